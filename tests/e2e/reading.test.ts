import { test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { findOpenPost } from '../support/stories';

const blog = useBlog();

test.each([true, false])('a reader finds a post on the front page and reads it with its comments (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto('/');
  await page.getByRole('link', { name: post.title, exact: true }).first().click();
  await page.waitForURL(`**${post.path}`);

  await expect(page.getByRole('heading', { level: 1 })).toHaveText(post.title);
  await expect(page.getByRole('article').filter({ has: page.getByRole('heading', { level: 1 }) })).toHaveCount(1);
  const thoughts = post.count === 1 ? `1 thought on “${post.title}”` : `${post.count} thoughts on “${post.title}”`;
  const comments = page.getByRole('region', { name: thoughts });
  await expect(comments.getByRole('heading', { name: thoughts })).toBeVisible();
  await expect(comments.getByRole('list').first()).toBeVisible();
  await expect(comments.getByRole('article')).toHaveCount(post.count);
  await expect(comments.getByRole('article').first().getByRole('link', { name: /^Reply to / }).first()).toBeVisible();
  await expect(page.getByRole('heading', { name: 'Leave a Reply' })).toBeVisible();
});

test('the comment box says what it wants by name', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(post.path);
  const email = page.getByRole('textbox', { name: 'Email (required)' });
  await expect(email).toHaveAccessibleDescription(/Address never made public/);
  await expect(page.getByRole('textbox', { name: 'Comment (required)' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Name (required)' })).toBeVisible();
  await expect(page.getByRole('textbox', { name: 'Website (optional)' })).toBeVisible();
  await expect(page.getByRole('group', { name: /^Fill in your details below/ })).toBeVisible();
  await expect(page.getByRole('checkbox', { name: 'Save my name, email and website in this browser' })).not.toBeChecked();
  await expect(page.getByRole('button', { name: 'Post Comment' })).toBeVisible();
});

test('a comment has a permalink that leads to it', async () => {
  const post = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ id: string }>(
    `SELECT "publicId" AS id FROM "Comment" JOIN "Post" ON "Post".id = "postId" WHERE slug = $1 AND "Comment".status = 'approved' LIMIT 1`, [post.slug]);
  const id = rows[0]!.id;
  const answer = await blog.request(`/comments/${id}`);
  expect(answer.status).toBe(307);
  expect(answer.headers.get('location')).toContain(`${post.path}`);
  expect(answer.headers.get('location')).toMatch(new RegExp(`#comment-${id}$`));
  const page = await blog.newPage();
  await page.goto(`/comments/${id}`);
  await expect(page.locator(`article#comment-${id}`)).toBeInViewport();
});

test('a post with closed comments says so in place of the box', async () => {
  const post = await findOpenPost(blog);
  await blog.change('UPDATE "Post" SET "commentsOpen" = false WHERE slug = $1', [post.slug]);
  const page = await blog.newPage();
  await page.goto(post.path);
  await expect(page.getByText('Comments are closed.')).toBeVisible();
  await expect(page.getByRole('button', { name: 'Post Comment' })).toHaveCount(0);
  await expect(page.getByRole('link', { name: /^Reply to / })).toHaveCount(0);
});

test('what is not there says so with its real status', async () => {
  for (const path of ['/nothing-here', '/posts/nothing-here', '/comments/zzzzzzzzzzzz', '/page/999', '/categories/none', '/archive/1999/13']) {
    const page = await blog.newPage();
    const answer = await page.goto(path);
    expect([path, answer?.status()]).toEqual([path, 404]);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
  }
});

test('the theme can be switched, and stays', async () => {
  const page = await blog.newPage({ colorScheme: 'light' });
  await page.goto('/');
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await page.reload();
  await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
  await expect(page.getByRole('button', { name: 'Dark theme', pressed: true })).toBeVisible();
});
