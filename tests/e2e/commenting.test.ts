import { test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();
const WAITING = 'Your comment is awaiting moderation.';
const UNTIL_THEN = 'A person reads it before it appears. You can see it here until then.';

test.each([true, false])("a guest's comment is held, and its writer alone sees it, also after a reload (script: %s)", async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto(post.path);
  await postComment(page, { comment: 'This helped me on a hard night.' });

  await expect(page.getByRole('status').filter({ hasText: WAITING })).toContainText(UNTIL_THEN);
  await expect(articleWith(page, 'This helped me on a hard night.')).toBeVisible();
  expect(new URL(page.url()).pathname).toBe(javaScript ? post.path : `${post.path}/reply`);
  await page.reload();
  await expect(articleWith(page, 'This helped me on a hard night.')).toContainText(WAITING);

  const other = await blog.newPage({ javaScript });
  for (const path of [post.path, `${post.path}/reply`, '/']) {
    await other.goto(path);
    await expect(other.getByText('This helped me on a hard night.')).toHaveCount(0);
    await expect(other.getByText(WAITING)).toHaveCount(0);
  }
});

test.each([true, false])('a guest replies to a comment, and the reply waits (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto(post.path);
  const link = page.getByRole('link', { name: /^Reply to / }).first();
  const name = (await link.textContent())!.trim();
  await link.click();
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Cancel reply' })).toBeVisible();
  await postComment(page, { comment: 'I feel the same.' });
  await expect(articleWith(page, 'I feel the same.')).toContainText(WAITING);
  const { rows } = await blog.sql.query(`SELECT "parentId", status FROM "Comment" WHERE source = 'I feel the same.'`);
  expect(rows).toEqual([{ parentId: expect.any(String), status: 'pending' }]);
});

test.each([true, false])('a refused comment comes back with a sentence and everything typed (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto(post.path);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await postComment(page, { comment: 'Words that took an hour.', email: 'not an address', website: 'https://example.com/me' });
  expect((await answered).status()).toBe(422);
  await expect(page.getByRole('alert').first()).toContainText('e-mail address');
  await expect(field(page, 'Comment (required)')).toHaveValue('Words that took an hour.');
  await expect(field(page, 'Name (required)')).toHaveValue('Grete Waits');
  await expect(field(page, 'Website (optional)')).toHaveValue('https://example.com/me');
  await expect(field(page, 'Email (required)')).toHaveAttribute('aria-invalid', 'true');
});

test.each([true, false])('a second comment within fifteen seconds is asked to wait, and is not lost (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto(post.path);
  await postComment(page, { comment: 'The first.' });
  await expect(articleWith(page, 'The first.')).toContainText(WAITING);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await postComment(page, { comment: 'The second, at once.' });
  const answer = await answered;
  expect(answer.status()).toBe(429);
  expect(Number(answer.headers()['retry-after'])).toBeGreaterThan(0);
  await expect(page.getByRole('alert').first()).toContainText(/wait/i);
  await expect(field(page, 'Comment (required)')).toHaveValue('The second, at once.');
});

test('the same words twice are refused as a duplicate', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  await postComment(page, { comment: 'Said once.' });
  const again = await blog.newPage({ javaScript: false });
  await blog.sql.query(`UPDATE "Comment" SET "createdAt" = "createdAt" - interval '1 minute' WHERE source = 'Said once.'`);
  await again.goto(post.path);
  const answered = again.waitForResponse((response) => response.request().method() === 'POST');
  await postComment(again, { comment: 'Said once.' });
  expect((await answered).status()).toBe(409);
  await expect(again.getByRole('alert').first()).toBeVisible();
  await expect(field(again, 'Comment (required)')).toHaveValue('Said once.');
});

test('HTML and script in every field are shown as words or not at all', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(post.path);
  const evil = `<script>document.title='taken'</script><img src=x onerror="document.title='taken'">`;
  await postComment(page, { comment: `${evil} <b>bold</b> javascript:alert(1) [x](javascript:alert(1))`, name: `Eve ${evil}`, website: 'https://example.com/?"><script>' });
  const article = articleWith(page, 'javascript:alert(1)');
  await expect(article).toContainText(WAITING);
  await expect(article.locator('script, img, b')).toHaveCount(0);
  expect(await article.locator('a').evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).protocol).filter((protocol) => !/^https?:$/.test(protocol)))).toEqual([]);
  expect(await page.title()).not.toBe('taken');
});

test('without `Save my name` posting sets one cookie alone; with it the next box is filled in', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  expect(await page.context().cookies()).toEqual([]);
  await postComment(page, { comment: 'No trace, please.' });
  await expect(articleWith(page, 'No trace, please.')).toBeVisible();
  expect((await page.context().cookies()).map(({ name }) => name)).toEqual(['here']);

  const saver = await blog.newPage();
  await saver.goto(post.path);
  await saver.getByRole('checkbox', { name: 'Save my name, email and website in this browser' }).check();
  await postComment(saver, { comment: 'Remember me.', name: 'Mina Kept', email: 'mina@example.net' });
  await expect(articleWith(saver, 'Remember me.')).toContainText(WAITING);
  await saver.goto(post.path);
  await expect(field(saver, 'Name (required)')).toHaveValue('Mina Kept');
  await expect(field(saver, 'Email (required)')).toHaveValue('mina@example.net');
});

test('a guest who types a known name is held and marked for the moderator', async () => {
  const post = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ name: string; email: string }>(
    `SELECT name, email FROM "Comment" WHERE status = 'approved' AND "userId" IS NULL AND email IS NOT NULL LIMIT 1`);
  const page = await blog.newPage();
  await page.goto(post.path);
  await postComment(page, { comment: 'It is really me.', name: rows[0]!.name, email: rows[0]!.email });
  await expect(articleWith(page, 'It is really me.')).toContainText(WAITING);
  const desk = await blog.newPage();
  await blog.signIn(desk, 'owner');
  await desk.goto('/admin/comments');
  await expect(articleWith(desk, 'It is really me.')).toContainText(/same name or address as an approved reader, not proven/i);
});
