import { test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { makeThreads } from '../support/reader-pages';
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

test.each([true, false])('a discussion is read from the newest thread on, its newest comment is one step away, and a thread folds (script: %s)', async (javaScript) => {
  const { path, ids } = await makeThreads(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto(path);
  const comments = page.getByRole('region', { name: /thoughts on/ });
  const order = () => comments.getByRole('article').evaluateAll((articles) => articles.map(({ id }) => id));
  const named = ids.map((id) => `comment-${id}`);
  expect(await order()).toEqual(named);
  await expect(comments.getByRole('article', { name: 'Reply 1 of 1 to First, level 2. Reply' })).toBeVisible();

  await page.getByRole('link', { name: 'Newest first' }).click();
  await page.waitForURL(`**${path}/comments/newest#comments`);
  expect(await order()).toEqual([named[2], named[0], named[1]]);
  await expect(page.getByRole('link', { name: 'Newest first' })).toHaveAttribute('aria-current', 'true');
  await expect(page.locator('link[rel="canonical"]')).toHaveAttribute('href', new RegExp(`${path}$`));

  await page.getByRole('link', { name: 'Jump to the newest comment' }).click();
  await expect(page.locator(`article#comment-${ids[1]}`)).toBeInViewport();
  await comments.getByText('1 reply', { exact: true }).click();
  await expect(page.locator(`article#comment-${ids[1]}`)).toBeHidden();
  await expect(page.locator(`article#comment-${ids[0]}`)).toBeVisible();
});

test('whoever has the keyboard alone walks from comment to comment, and is always told where they are', async () => {
  const { path, ids } = await makeThreads(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await page.locator(`#comment-${ids[0]}`).getByRole('link', { name: 'Reply to First' }).focus();
  const at = (id?: string) => expect(page.locator(`article#comment-${id}`)).toBeFocused();
  await page.keyboard.press('j');
  await at(ids[1]);
  await expect(page.locator(`article#comment-${ids[1]}`)).toBeInViewport();
  await page.keyboard.press('j');
  await at(ids[2]);
  await page.keyboard.press('k');
  await page.keyboard.press('u');
  await at(ids[0]);
  await page.keyboard.press('f');
  await expect(page.locator(`article#comment-${ids[1]}`)).toBeHidden();
  await page.keyboard.press('j');
  await at(ids[2]);
  await page.keyboard.press('r');
  await expect(page.getByRole('heading', { name: 'Reply to Second' })).toBeVisible();
  await page.keyboard.type('just kidding');
  await expect(page.getByRole('textbox', { name: 'Comment (required)' })).toHaveValue('just kidding');
});

test.each([true, false])('a long post shows where its parts are (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const part = (number: number) => `<h2>Part ${number}</h2>\n<p>${'Some quiet words about a long evening at home. '.repeat(40)}</p>`;
  await blog.change('UPDATE "Post" SET html = $1 WHERE slug = $2', [[1, 2, 3].map(part).join('\n'), post.slug]);
  const page = await blog.newPage({ javaScript });
  await page.goto(post.path);
  const contents = page.getByRole('navigation', { name: 'In this post' });
  await contents.getByText('In this post').click();
  await contents.getByRole('link', { name: 'Part 3' }).click();
  await expect(page.getByRole('heading', { name: 'Part 3' })).toBeInViewport();
});

test('a post is passed on without anybody but the reader knowing, and its address can be copied', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const elsewhere: string[] = [];
  page.on('request', (request) => new URL(request.url()).origin !== blog.url && elsewhere.push(request.url()));
  await page.goto(post.path);
  const share = page.getByRole('list', { name: 'Share' });
  for (const link of await share.getByRole('link').all()) expect(decodeURIComponent((await link.getAttribute('href'))!)).toContain(blog.url + post.path);
  await share.getByRole('button', { name: 'Copy link' }).click();
  await expect(page.getByText('The link is copied.')).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(blog.url + post.path);
  expect(elsewhere).toEqual([]);
});

test('on paper stand the post and what was said, folded or not, and nothing else', async () => {
  const { path, ids } = await makeThreads(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await page.getByText('1 reply', { exact: true }).click();
  await page.emulateMedia({ media: 'print' });
  await expect(page.locator(`article#comment-${ids[1]}`)).toBeVisible();
  for (const other of [page.getByRole('list', { name: 'Share' }), page.getByText('Newest first'), page.getByRole('heading', { name: 'Leave a Reply' }), page.getByText('1 reply', { exact: true }), page.getByRole('contentinfo')]) await expect(other).toBeHidden();
});
