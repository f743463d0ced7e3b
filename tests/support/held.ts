import { randomInt } from 'node:crypto';
import { v7 } from 'uuid';
import type { BlogUnderTest } from './blog';
import { findOpenPost, type OpenPost } from './stories';

const DIGITS = '0123456789abcdefghjkmnpqrstvwxyz';
const newPublicId = () => Array.from({ length: 12 }, () => DIGITS[randomInt(DIGITS.length)]).join('');

export type Held = { name: string; text: string };

/** Comments on an open post, as guests left them: the first is the newest. */
export async function holdComments(blog: BlogUnderTest, count: number, status = 'pending'): Promise<{ post: OpenPost; held: Held[] }> {
  const post = await findOpenPost(blog);
  const held = Array.from({ length: count }, (_, index) => ({ name: `Guest ${index + 1}`, text: `Words of guest ${index + 1}.` }));
  for (const [index, { name, text }] of held.entries()) {
    const id = v7();
    await blog.sql.query(
      `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, email, source, html, status, "sourceHash", "createdAt", rule, risk)
       SELECT $1, $2, p.id, $1, 1, $3, $4, $5, '<p>' || $5 || '</p>', $6::"CommentStatus", '', now() - $7 * interval '1 minute', 'first-comment', 30 FROM "Post" p WHERE p.slug = $8`,
      [id, newPublicId(), name, `guest${index + 1}@example.net`, text, status, index, post.slug],
    );
    await blog.sql.query(
      `INSERT INTO "ModerationEvent" (id, "commentId", decision, "toStatus", reasons, "createdAt") VALUES ($1, $2, 'submit', 'pending', '[{"rule":"first-comment"}]', now() - interval '1 day')`,
      [v7(), id],
    );
  }
  return { post, held };
}
