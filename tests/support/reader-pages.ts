import { randomBytes } from 'node:crypto';
import { PAGE_COMMENTS } from '../../lib/comments/schema';
import type { BlogUnderTest } from './blog';
import { findOpenPost } from './stories';

/** What a reader can ask for and nobody has written. */
export const MISSING_PAGE = '/nothing-here';

/** Every page of readers that the blog has now, one of each kind at least; the sign-in and what is missing too. */
export async function listReaderPages(blog: BlogUnderTest): Promise<string[]> {
  const { slug } = await findOpenPost(blog);
  const list = async (query: string) => (await blog.sql.query<{ path: string }>(query)).rows.map(({ path }) => path);
  return [
    '/', `/posts/${slug}/comments/newest`, '/privacy', '/search', '/search?q=attachment', '/search?q=zzzz', MISSING_PAGE, '/sign-in', `/posts/${slug}/reply`,
    ...(await list(`SELECT CASE kind WHEN 'post' THEN '/posts/' ELSE '/' END || slug AS path FROM "Post" WHERE status = 'published' AND "publishedAt" <= now()`)),
    ...(await list(`SELECT '/categories/' || slug AS path FROM "Category" WHERE EXISTS (SELECT FROM "PostCategory" WHERE "categoryId" = id)`)),
    ...(await list(`SELECT '/tags/' || slug AS path FROM "Tag" WHERE EXISTS (SELECT FROM "PostTag" WHERE "tagId" = id)`)),
    ...(await list(`SELECT '/authors/' || slug AS path FROM "User" u WHERE slug IS NOT NULL AND EXISTS (SELECT FROM "Post" WHERE "authorId" = u.id AND kind = 'post' AND status = 'published')`)),
    ...(await list(`SELECT DISTINCT to_char("publishedAt" AT TIME ZONE 'UTC', '"/archive/"YYYY') AS path FROM "Post" WHERE kind = 'post' AND status = 'published'`)),
    ...(await list(`SELECT DISTINCT to_char("publishedAt" AT TIME ZONE 'UTC', '"/archive/"YYYY/MM') AS path FROM "Post" WHERE kind = 'post' AND status = 'published'`)),
    ...(await list(`SELECT '/posts/' || slug || '/reply/' || "publicId" AS path FROM "Comment" JOIN "Post" ON "Post".id = "postId" WHERE "Comment".status = 'approved' AND "commentsOpen" LIMIT 1`)),
    ...(await list(`SELECT '/comments/' || "publicId" || '/report' AS path FROM "Comment" WHERE status = 'approved' AND kind = 'comment' LIMIT 1`)),
  ];
}

/** Gives a post so many comments that they fill more than one page; gives the path of the second. */
export async function makeLongDiscussion(blog: Pick<BlogUnderTest, 'sql' | 'change'>): Promise<string> {
  const { slug, path } = await findOpenPost(blog);
  await blog.change(
    `WITH made AS (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $2::int) n), added AS (
       INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash")
       SELECT made.id, substr(md5(made.id::text), 1, 12), "Post".id, made.id, 1, 'Reader ' || n, 'Thought ' || n, '<p>Thought ' || n || '</p>', 'approved', md5(made.id::text)
       FROM made, "Post" WHERE slug = $1 RETURNING 1)
     UPDATE "Post" SET "approvedCount" = "approvedCount" + (SELECT count(*) FROM added) WHERE slug = $1`,
    [slug, PAGE_COMMENTS + 10],
  );
  return `${path}/comments/2`;
}

const PICTURE = '<figure class="remote-picture"><a class="picture-link" href="https://pictures.example/cat.png" rel="nofollow noopener"><span>Picture: A cat</span> <small>at pictures.example</small></a></figure>';

/** Gives a post a picture and a table; its path. */
export async function addPictureAndTable(blog: BlogUnderTest): Promise<string> {
  const { slug, path } = await findOpenPost(blog);
  await blog.change('UPDATE "Post" SET html = html || $2 WHERE slug = $1', [slug, `${PICTURE}<table><tbody><tr><td>one</td><td>two</td></tr></tbody></table>`]);
  return path;
}

/** A post with two threads, the first with a reply that is newer than both: its path, and the ids in the order in which they are read. */
export async function makeThreads(blog: BlogUnderTest): Promise<{ path: string; ids: [string, string, string] }> {
  const slug = `threads-${randomBytes(4).toString('hex')}`;
  const ids = [randomId(), randomId(), randomId()] as const;
  await blog.change(
    `INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId", "approvedCount", "updatedAt")
     SELECT gen_random_uuid(), $1, 'Two threads', '', '<p>Words.</p>', 'published', now() - interval '1 hour', id, 3, now() FROM "User" WHERE role = 'owner' LIMIT 1`,
    [slug],
  );
  const comment = (name: string, id: string, minutesAgo: number, parent: string | null) =>
    blog.change(
      `INSERT INTO "Comment" (id, "publicId", "postId", "parentId", "rootId", depth, name, source, html, status, "sourceHash", "createdAt")
       SELECT made.id, $2::text, "Post".id, above.id, COALESCE(above.id, made.id), CASE WHEN above.id IS NULL THEN 1 ELSE 2 END, $3::text, $3::text, '<p>' || $3::text || '</p>', 'approved', md5($2::text), now() - $4::int * interval '1 minute'
       FROM (SELECT gen_random_uuid() AS id) AS made, "Post" LEFT JOIN "Comment" AS above ON above."publicId" = $5 WHERE slug = $1`,
      [slug, id, name, minutesAgo, parent],
    );
  await comment('First', ids[0], 30, null);
  await comment('Second', ids[2], 20, null);
  await comment('Reply', ids[1], 10, ids[0]);
  return { path: `/posts/${slug}`, ids: [...ids] };
}

const randomId = () => randomBytes(6).toString('hex');
