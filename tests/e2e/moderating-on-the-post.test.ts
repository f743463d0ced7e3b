import type { Locator, Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { findOpenPost } from '../support/stories';

const blog = useBlog();

/** What no form of ours sends. */
const WRONG: Record<string, string>[] = [{ post: 'a\0b' }, { post: '' }, { decision: 'delete' }, { comment: '../admin' }, { revision: 'x' }];

async function scene() {
  const post = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ id: string; name: string }>(
    `SELECT "publicId" AS id, name FROM "Comment" WHERE status = 'approved' AND kind = 'comment' AND "postId" = (SELECT id FROM "Post" WHERE slug = $1) ORDER BY "createdAt" LIMIT 1`, [post.slug]);
  const { id, name } = rows[0]!;
  const { rows: [pending] } = await blog.sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM "Comment" WHERE status = 'pending' AND "postId" = (SELECT id FROM "Post" WHERE slug = $1)`, [post.slug]);
  return { post, id, waiting: pending?.count ?? 0, tools: `Moderate the comment by ${name}` };
}

const saying = (place: Locator, words: string) => place.getByRole('status').filter({ hasText: words });

const bytes = async (path: string) => Buffer.from(await (await blog.request(path)).arrayBuffer()).toString('base64');
const statusOf = async (id: string) => (await blog.sql.query<{ status: string }>('SELECT status FROM "Comment" WHERE "publicId" = $1', [id])).rows[0]?.status;

async function openAs(role: 'owner' | 'moderator' | 'reader', path: string, options: Parameters<typeof blog.newPage>[0] = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, role);
  await page.goto(path);
  return page;
}

test.each(['owner', 'moderator'] as const)('the %s acts on a comment where it stands, takes it back, and everybody else’s page is the same, byte for byte', async (role) => {
  const { post, id, tools, waiting } = await scene();
  const before = await bytes(post.path);
  const page = await openAs(role, post.path, { width: 390 });
  const article = page.locator(`#comment-${id}`);
  await article.locator('summary', { hasText: 'Moderate' }).click();
  const group = article.getByRole('group', { name: tools });
  await expect(group.getByRole('button')).toHaveText(['Unapprove', 'Spam', 'Trash']);
  await blog.expectAccessible(page);
  expectValue(await bytes(post.path)).toBe(before);

  await group.getByRole('button', { name: 'Spam' }).click();
  await expect(saying(article, 'Moved to Spam. Readers do not see it.')).toBeVisible();
  await expect(group.getByRole('button', { name: 'Undo' })).toBeFocused();
  expectValue(await statusOf(id)).toBe('spam');
  expectValue((await (await blog.request(post.path)).text()).includes(`<article class="comment" id="comment-${id}"`)).toBe(false);
  await blog.expectAccessible(page);

  await group.getByRole('button', { name: 'Undo' }).click();
  await expect(saying(article, 'Taken back. Readers see it again.')).toBeVisible();
  expectValue([await statusOf(id), await bytes(post.path)]).toEqual(['approved', before]);
  await group.getByRole('button', { name: 'Unapprove' }).click();
  await expect(saying(article, 'Moved to Pending. Readers do not see it.')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('link', { name: waiting === 0 ? '1 waits at the desk' : `${waiting + 1} wait at the desk` })).toBeVisible();
  await expect(page.locator(`article#comment-${id}`)).toHaveCount(0);
});

test('what somebody else has decided meanwhile is told, with how it stands now', async () => {
  const { post, id, tools } = await scene();
  const page = await openAs('owner', post.path);
  const article = page.locator(`#comment-${id}`);
  await article.locator('summary', { hasText: 'Moderate' }).click();
  const other = await openAs('moderator', `${post.path}/reply/${id}`, { javaScript: false });
  await other.getByRole('button', { name: 'Trash' }).click();
  await expect(other.getByRole('status').filter({ hasText: 'Moved to Trash' })).toBeVisible();
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await article.getByRole('group', { name: tools }).getByRole('button', { name: 'Spam' }).click();
  expectValue((await answered).status()).toBe(409);
  await expect(article.getByRole('alert')).toContainText('The moderator has moved this to Trash meanwhile.');
  await expect(article.getByRole('button', { name: 'Undo' })).toBeVisible();
});

test('without script the comment’s own page has the same, and leads back to itself', async () => {
  const { post, id, tools } = await scene();
  const path = `${post.path}/reply/${id}`;
  const page = await openAs('moderator', path, { javaScript: false });
  await page.getByRole('group', { name: tools }).getByRole('button', { name: 'Trash' }).click();
  expectValue(new URL(page.url()).pathname).toBe(path);
  await expect(page.getByRole('status').filter({ hasText: 'Moved to Trash. Readers do not see it.' })).toBeVisible();
  expectValue(await statusOf(id)).toBe('trash');
  const withScript = await openAs('moderator', path, { width: 390 });
  await blog.expectAccessible(withScript);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Taken back. Readers see it again.' })).toBeVisible();
  expectValue(await statusOf(id)).toBe('approved');
  await expect(page.getByRole('link', { name: 'Edit at the desk' })).toHaveAttribute('href', `/admin/comments?queue=all&comment=${id}`);
});

test('a reader finds no tools, and who sends the form all the same changes nothing', async () => {
  const { post, id } = await scene();
  const path = `${post.path}/reply/${id}`;
  const reader = await openAs('reader', post.path);
  await expect(reader.locator('[data-identity="person"]')).toBeVisible();
  await expect(reader.locator('[data-moderate], .moderate, [data-desk-placed]')).toHaveCount(0);
  expectValue(await (await reader.goto(path))!.text()).not.toContain('data-moderate');

  const { sessionToken } = await blog.openSession('moderator');
  const html = await (await blog.request(path, { headers: { cookie: `authjs.session-token=${sessionToken}` } })).text();
  const { body, headers } = multipart(fieldsOfForm(html, 'Trash'));
  const stranger = await blog.openSession('reader');
  for (const cookie of ['', `authjs.session-token=${stranger.sessionToken}`]) {
    const answer = await blog.request(path, { method: 'POST', body: new Uint8Array(body), headers: { ...headers, cookie, origin: blog.url } });
    expectValue([cookie === '', answer.status]).toEqual([cookie === '', 404]);
  }
  for (const wrong of WRONG) {
    const { body: sent, headers: kind } = multipart({ ...fieldsOfForm(html, 'Trash'), ...wrong });
    const answer = await blog.request(path, { method: 'POST', body: new Uint8Array(sent), headers: { ...kind, cookie: `authjs.session-token=${sessionToken}`, origin: blog.url } });
    expectValue([wrong, answer.status]).toEqual([wrong, 400]);
  }
  expectValue(await statusOf(id)).toBe('approved');
});

test('an edited comment is acted on as it is now', async () => {
  const { post, id, tools } = await scene();
  await blog.change('UPDATE "Comment" SET revision = 2, "editedAt" = now() WHERE "publicId" = $1', [id]);
  const page = await openAs('moderator', post.path);
  const article = page.locator(`#comment-${id}`);
  await article.locator('summary', { hasText: 'Moderate' }).click();
  await article.getByRole('group', { name: tools }).getByRole('button', { name: 'Trash' }).click();
  await expect(saying(article, 'Moved to Trash. Readers do not see it.')).toBeVisible();
});
