import type { Client } from 'pg';
import { UNTOUCHED_SAMPLE } from '../site/sample-posts';
import { HTML_VERSION } from '../text/safe-html';
import type { ImportedSite } from './form';
import { FITTING_KEYS } from './resolve-names';
import { OWN_REDIRECTS, REDIRECTS } from './resolve-posts';

/** So many lessons of each kind an import brings. */
const LESSONS_OF_EACH = 5_000;

// Everything here is INSERT … SELECT: decided by the resolve steps, made by pass 1. `$1` is ImportKey.source.
const USERS = `
  INSERT INTO "User" (id, name, slug, email, about, website, role, "createdAt", "updatedAt")
  SELECT id, name, slug, email, COALESCE(about, ''), website, 'author', now(), now() FROM s_author WHERE state = 'new'`;

// An account whose name was made from its address, or is the sample blog's, is named as the export names it.
const NAMES = `
  UPDATE "User" u SET name = a.name, slug = CASE WHEN EXISTS (SELECT FROM "User" x WHERE x.slug = a.slug AND x.id <> u.id) THEN u.slug ELSE a.slug END, "updatedAt" = now()
  FROM s_author a WHERE a.state = 'here' AND NOT COALESCE(a.is_own, false) AND a.target = u.id
    AND NOT EXISTS (SELECT FROM "ImportKey" k WHERE k.kind = 'author' AND k."targetId" = u.id)
    AND (u.name = split_part(u.email, '@', 1) OR EXISTS (SELECT FROM "Post" p WHERE p."authorId" = u.id AND p.sample))`;

// The sample posts make room for the first of a person's own, but not where somebody has written under them.
const SAMPLES = `
  DELETE FROM "Post" p WHERE EXISTS (SELECT FROM s_item WHERE state = 'new') AND ${UNTOUCHED_SAMPLE}`;

const CATEGORIES = `
  INSERT INTO "Category" (id, slug, name, description, "parentId")
  SELECT s.id, s.slug, s.name, s.description, t.parent FROM s_term s JOIN s_term_tree t ON t.id = s.id WHERE s.state = 'new' AND s.kind = 'category'`;

const TAGS = `INSERT INTO "Tag" (id, slug, name, description) SELECT id, slug, name, description FROM s_term WHERE state = 'new' AND kind = 'tag'`;

// A file that came with an export of ours was copied under the name that is its content.
const OWN_FILES = `
  UPDATE "MediaAsset" m SET id = CASE WHEN EXISTS (SELECT FROM "MediaAsset" x WHERE x.id = o.id) THEN m.id ELSE o.id END, name = o.name, alt = o.alt, "createdAt" = o.created_at
  FROM s_own_file o WHERE o.sha256 = m.sha256 AND starts_with(m.name, m.sha256::text || '.')`;

const OWN_SOURCES = `
  INSERT INTO "MediaSource" AS s (address, "assetId") SELECT DISTINCT ON (a.address) a.address, m.id
  FROM s_own_file o JOIN "MediaAsset" m USING (sha256), json_array_elements_text(o.addresses::json) a(address) ORDER BY a.address
  ON CONFLICT (address) DO UPDATE SET "assetId" = excluded."assetId", failure = NULL WHERE s."assetId" IS NULL`;

const POSTS = `
  INSERT INTO "Post" (id, kind, slug, title, source, html, "htmlVersion", excerpt, "isOwnExcerpt", status, password, "publishedAt", "createdAt", "updatedAt", "authorId", "parentId", "menuOrder", sticky, "commentsOpen", "coverId",
    care, "commentsByAge", "commentsCloseAt", helpline)
  SELECT i.id, i.kind::"PostKind", i.slug, i.title, i.source, t.html, ${HTML_VERSION}, t.excerpt, i.is_own_excerpt, i.status::"PostStatus", i.password, i.published_at, i.created_at, i.updated_at,
    a.target, p.parent, i.menu_order, i.sticky, i.comments_open, m.id, i.care::"Care", i.comments_by_age, i.comments_close_at, i.helpline
  FROM s_item i JOIN s_post_text t USING (item) JOIN s_author a ON a.login = i.author_login AND a.state IN ('new', 'here') LEFT JOIN s_page_tree p ON p.id = i.id
  LEFT JOIN "MediaAsset" m ON m.sha256 = t.cover_sha256
  WHERE i.state = 'new' ORDER BY i.item`;

// A post that came before and was not edited since: its pictures have become ours, or its HTML is made better now. One that
// is only said to be the same stays as it is.
const TEXTS = `
  UPDATE "Post" p SET html = t.html, "htmlVersion" = ${HTML_VERSION}, "coverId" = COALESCE(p."coverId", m.id)
  FROM s_item i JOIN s_post_text t USING (item) LEFT JOIN "MediaAsset" m ON m.sha256 = t.cover_sha256
  WHERE i.state = 'here' AND NOT i.by_key AND p.id = i.target AND p.source = i.source AND (p.html, p."htmlVersion") IS DISTINCT FROM (t.html, ${HTML_VERSION})`;

const postTerms = (table: string, column: string, kind: string) => `
  INSERT INTO "${table}" ("postId", "${column}")
  SELECT DISTINCT i.target, t.target FROM s_item_term x JOIN s_item i USING (item) JOIN s_term t ON t.kind = x.kind AND t.slug = x.slug
  WHERE x.kind = '${kind}' AND i.state = 'new' AND t.state IN ('new', 'here') AND t.target IS NOT NULL`;

const OLD_ADDRESSES = `INSERT INTO "Redirect" (path, "postId") ${REDIRECTS} ON CONFLICT DO NOTHING`;

const OWN_ADDRESSES = `INSERT INTO "Redirect" (path, "postId", "to") SELECT path, target, CASE WHEN target IS NULL THEN fixed END FROM (${OWN_REDIRECTS}) r ON CONFLICT DO NOTHING`;

// A file that only says that it knows somebody here, or the post, puts nothing in the name of an account that was here. Who
// has the same id, came in with this file, or has the same address and writes under a post of the file, is that account.
const COMMENTS = `
  INSERT INTO "Comment" (id, "publicId", "legacyNumber", "postId", "parentId", "rootId", depth, kind, "userId", name, email, website, source, format, html, "htmlVersion",
    status, "createdAt", "editedAt", "sourceHash", "replyCount")
  SELECT p.id, c.public_id, c.legacy_number::bigint, p.post, p.parent, t.root, t.depth, c.kind::"CommentKind", a.target, c.name, c.email, c.website, c.source, c.format::"TextFormat", c.html, ${HTML_VERSION},
    c.status::"CommentStatus", c.created_at, c.edited_at, c.source_hash, COALESCE(r.n, 0)
  FROM s_comment c JOIN s_place p ON p.no = c.no AND p.state = 'new' JOIN s_thread t ON t.id = p.id
  LEFT JOIN s_item i ON i.item = c.item
  LEFT JOIN (SELECT number, id, target, by_key FROM s_author WHERE number <> '' AND state IN ('new', 'here')) a
    ON a.number = c.user_number AND (a.target = a.id OR NOT (a.by_key OR COALESCE(i.by_key, false)))
  LEFT JOIN (SELECT parent, count(*) AS n FROM s_place WHERE state = 'new' AND status = 'approved' AND parent IS NOT NULL GROUP BY parent) r ON r.parent = p.id
  ORDER BY c.no`;

// Where the same page is known already to speak of the same post, that stands.
const MENTIONS = `
  INSERT INTO "Mention" ("commentId", "postId", "sourceMark", target, way)
  SELECT p.id, p.post, c.mention::json->>'mark', c.mention::json->>'target', (c.mention::json->>'way')::"MentionWay"
  FROM s_comment c JOIN s_place p ON p.no = c.no AND p.state = 'new' WHERE c.mention IS NOT NULL ORDER BY c.no
  ON CONFLICT DO NOTHING`;

// The newest of what was kept and of what was spam there teach the spam score; the hourly job learns them.
const LESSONS = `
  INSERT INTO "SpamLesson" ("commentId", features)
  SELECT id, '{}' FROM (
    SELECT p.id, row_number() OVER (PARTITION BY p.status ORDER BY c.created_at DESC, c.no DESC) AS place
    FROM s_comment c JOIN s_place p ON p.no = c.no AND p.state = 'new' WHERE p.kind = 'comment' AND p.status IN ('approved', 'spam')) newest
  WHERE place <= ${LESSONS_OF_EACH}`;

// Added, not set: a decision made while we move counts too. Touches only what was here before and posts that got comments.
const REPLY_COUNTS = `
  UPDATE "Comment" c SET "replyCount" = "replyCount" + r.n
  FROM (SELECT parent, count(*) AS n FROM s_place WHERE state = 'new' AND status = 'approved' AND parent IS NOT NULL GROUP BY parent) r
  WHERE c.id = r.parent AND NOT EXISTS (SELECT FROM s_place p WHERE p.id = c.id AND p.state = 'new')`;

const POST_COUNTS = `
  UPDATE "Post" p SET "approvedCount" = "approvedCount" + c.n
  FROM (SELECT post, count(*) AS n FROM s_place WHERE state = 'new' AND status = 'approved' AND kind = 'comment' GROUP BY post) c WHERE p.id = c.post`;

const keys = (kind: string, select: string) => `
  INSERT INTO "ImportKey" (source, kind, "externalId", "targetId") SELECT $1, '${kind}', x.external, x.target FROM (${select}) x (external, target)
  ON CONFLICT DO NOTHING`;

// An author deleted here and needed again has a key already: it points to the new person from now on.
const AUTHOR_KEYS = `
  INSERT INTO "ImportKey" AS k (source, kind, "externalId", "targetId") SELECT $1, 'author', login, target FROM s_author WHERE state = 'new' OR (state = 'here' AND NOT by_key AND login <> target::text)
  ON CONFLICT (source, kind, "externalId") DO UPDATE SET "targetId" = excluded."targetId" WHERE k."targetId" IS DISTINCT FROM excluded."targetId"`;

// What an export of ours says of earlier imports: of what is new here, and of what was deleted there.
const EARLIER_KEYS = `
  INSERT INTO "ImportKey" (source, kind, "externalId", "targetId")
  SELECT s.source, s.kind, s.external, x.target FROM (${FITTING_KEYS}) s JOIN (
    SELECT 'author' AS of, login AS number, target FROM s_author WHERE state = 'new'
    UNION ALL SELECT kind, key, target FROM s_term WHERE state = 'new'
    UNION ALL SELECT 'post', number, target FROM s_item WHERE state = 'new'
    UNION ALL SELECT 'comment', number, id FROM s_place WHERE state = 'new'
    UNION ALL SELECT 'gone', '', NULL) x USING (of, number)
  ON CONFLICT DO NOTHING`;

// By which an old list was asked for (`?cat=5`): lib/posts/old-addresses.ts.
const numbersOfTerms = (kind: string) => `SELECT number, target FROM s_term WHERE kind = '${kind}' AND state IN ('new', 'here') AND target IS NOT NULL AND number <> ''`;

const STEPS: [what: string, sql: string][] = [
  ['authors', USERS],
  ['names', NAMES],
  ['sample posts', SAMPLES],
  ['categories', CATEGORIES],
  ['tags', TAGS],
  ['files', OWN_FILES],
  ['files', OWN_SOURCES],
  ['posts', POSTS],
  ['texts', TEXTS],
  ['categories of posts', postTerms('PostCategory', 'categoryId', 'category')],
  ['tags of posts', postTerms('PostTag', 'tagId', 'tag')],
  ['old addresses', OLD_ADDRESSES],
  ['old addresses', OWN_ADDRESSES],
  ['comments', COMMENTS],
  ['comments', MENTIONS],
  ['lessons', LESSONS],
  ['counts of replies', REPLY_COUNTS],
  ['counts of comments', POST_COUNTS],
  ['keys', AUTHOR_KEYS],
  ['keys', keys('author-slug', `SELECT COALESCE(nicename, slug), target FROM s_author WHERE state IN ('new', 'here') AND NOT COALESCE(is_own, false)`)],
  ['keys', keys('author-number', `SELECT number, target FROM s_author WHERE state IN ('new', 'here') AND number <> '' AND NOT COALESCE(is_own, false)`)],
  ['keys', keys('category-number', numbersOfTerms('category'))],
  ['keys', keys('tag-number', numbersOfTerms('tag'))],
  ['keys', keys('category', `SELECT key, target FROM s_term WHERE kind = 'category' AND (state = 'new' OR (state = 'here' AND key <> target::text)) AND target IS NOT NULL`)],
  ['keys', keys('tag', `SELECT key, target FROM s_term WHERE kind = 'tag' AND (state = 'new' OR (state = 'here' AND key <> target::text)) AND target IS NOT NULL`)],
  ['keys', keys('post', `SELECT number, target FROM s_item WHERE state = 'new'`)],
  ['keys', keys('comment', `SELECT number, id FROM s_place WHERE state = 'new' UNION ALL SELECT number, target FROM s_place WHERE is_twin`)],
  ['keys', EARLIER_KEYS],
];

const FILLED = ['User', 'Category', 'Tag', 'Post', 'PostCategory', 'PostTag', 'Redirect', 'Comment', 'Mention', 'SpamLesson', 'ImportKey'];

// A blog that nobody has named yet is called what the old one was called.
const SITE = `
  INSERT INTO "Site" AS s (id, title, tagline, language, "timeZone") VALUES (1, $1, $2, COALESCE($3, 'en'), COALESCE($4, 'UTC'))
  ON CONFLICT (id) DO UPDATE SET title = excluded.title, tagline = excluded.tagline, language = COALESCE($3, s.language), "timeZone" = COALESCE($4, s."timeZone"), sample = false, "updatedAt" = now()
  WHERE s.sample AND (s.title, s.tagline) IS DISTINCT FROM ($1, $2)`;

/** Pass 2: moves what is resolved into the blog's tables, by SQL alone. Runs inside the caller's transaction. */
export async function moveStaged(client: Client, site: ImportedSite, onStep: (done: number, total: number) => void): Promise<void> {
  const { source, title, tagline, own } = site;
  if (title || own) await client.query(SITE, [title, tagline, own?.language ?? null, own?.timeZone ?? null]);
  for (const [index, [, sql]] of STEPS.entries()) {
    onStep(index, STEPS.length);
    await client.query(sql, sql.includes('$1') ? [source] : []);
  }
  onStep(STEPS.length, STEPS.length);
}

/** Tells PostgreSQL what is in the tables now, so that the next page is found by index. */
export async function analyzeFilled(client: Client): Promise<void> {
  for (const table of FILLED) await client.query(`ANALYZE public."${table}"`);
}
