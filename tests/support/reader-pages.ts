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
    '/', '/privacy', '/search', '/search?q=the', '/search?q=zzzz', MISSING_PAGE, '/sign-in', `/posts/${slug}/reply`,
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
