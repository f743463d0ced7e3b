import type { Locator, Page } from 'playwright-core';
import type { BlogUnderTest } from './blog';

export type OpenPost = { slug: string; title: string; path: string; count: number };

/** The newest sample post that takes comments and has some. */
export async function findOpenPost(blog: Pick<BlogUnderTest, 'sql'>): Promise<OpenPost> {
  const { rows } = await blog.sql.query<{ slug: string; title: string; count: number }>(
    `SELECT slug, title, "approvedCount" AS count FROM "Post"
     WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= now() AND "commentsOpen" AND "approvedCount" > 0
     ORDER BY "publishedAt" DESC LIMIT 1`,
  );
  const post = rows[0];
  if (!post) throw new Error('The sample blog has no open post with comments.');
  return { ...post, path: `/posts/${post.slug}` };
}

export type Typed = { comment: string; name?: string; email?: string; website?: string };

export const field = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });

/** Types into the comment box as a guest does, and posts it. */
export async function postComment(page: Page, { comment, name = 'Grete Waits', email = 'grete@example.net', website }: Typed): Promise<void> {
  await field(page, 'Comment (required)').fill(comment);
  await field(page, 'Email (required)').fill(email);
  await field(page, 'Name (required)').fill(name);
  if (website !== undefined) await field(page, 'Website (optional)').fill(website);
  await page.getByRole('button', { name: 'Post Comment' }).click();
}

/** The article, anywhere on the page, that holds this text. */
export const articleWith = (page: Page, text: string): Locator => page.getByRole('article').filter({ hasText: text }).last();
