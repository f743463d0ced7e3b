// What a person has sent carries one of these; a comment that came with the sample blog, or an import, carries none.
const WRITTEN_HERE = `(c.rule IS NOT NULL OR c."ipHash" IS NOT NULL OR c."writerHash" IS NOT NULL)`;
// Somebody is changing it: it is theirs by now.
const NOT_IN_HAND = `NOT EXISTS (SELECT FROM "PostDraft" d WHERE d."postId" = p.id)`;

/** SQL: a post `p` of the sample blog under which nobody has written, and that nobody changes. An import removes these by itself. */
export const UNTOUCHED_SAMPLE = `p.sample AND ${NOT_IN_HAND} AND NOT EXISTS (SELECT FROM "Comment" c WHERE c."postId" = p.id AND ${WRITTEN_HERE})`;

/** SQL: a post `p` of the sample blog that an owner may remove by one button: what owners have tried under it goes with it, what anybody else has written does not. */
export const REMOVABLE_SAMPLE = `p.sample AND ${NOT_IN_HAND} AND NOT EXISTS (
  SELECT FROM "Comment" c WHERE c."postId" = p.id AND ${WRITTEN_HERE} AND NOT EXISTS (SELECT FROM "User" u WHERE u.id = c."userId" AND u.role = 'owner'))`;
