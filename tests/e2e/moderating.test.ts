import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { untilTakenOver } from '../support/react';
import { articleWith, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();
const TEXT = 'May I ask how long this takes?';

async function leaveComment(): Promise<Awaited<ReturnType<typeof findOpenPost>>> {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  await postComment(page, { comment: TEXT, name: 'Nora Asks', email: 'nora@example.net' });
  await expect(articleWith(page, TEXT)).toBeVisible();
  return post;
}

async function openQueue(role: 'owner' | 'moderator' = 'owner'): Promise<Page> {
  const page = await blog.newPage();
  await blog.signIn(page, role);
  await page.goto('/admin/comments');
  return page;
}

async function countIn(page: Page, queue: string): Promise<number> {
  const link = page.getByRole('link', { name: new RegExp(`^${queue}\\b`) });
  return Number(/\d+/.exec((await link.textContent()) ?? '')?.[0]);
}

/** The desk is an app: a button that only script serves is pressed once React has taken it over. */
async function press(page: Page, name: string): Promise<void> {
  const button = articleWith(page, TEXT).getByRole('button', { name, exact: true });
  await untilTakenOver(button);
  await button.click();
}
/** Presses, and waits until the blog has answered: a page that is left takes an unsent decision with it. */
async function decide(page: Page, name: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await press(page, name);
  await answered;
}

const openList = (page: Page, queue: string) => page.getByRole('link', { name: new RegExp(`^${queue}\\b`) }).click();

async function isPublic(path: string): Promise<boolean> {
  const answer = await blog.request(path);
  return (await answer.text()).includes(TEXT);
}

test('the owner signs in by the link that the command line prints, once', async () => {
  const printed = await blog.command('people', 'sign-in-link', 'owner@example.com');
  const link = /https?:\/\/\S+/.exec(printed)![0];
  const page = await blog.newPage();
  await page.goto(link);
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL('**/admin');
  await expect(page.getByRole('heading', { level: 1, name: 'Home' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'First steps' })).toBeVisible();

  const second = await blog.newPage();
  const answer = await second.goto(link);
  expectValue(answer?.status()).toBe(404);
  await expect(second.getByRole('main').getByRole('alert')).toBeVisible();
  await expect(second.getByRole('button', { name: 'Sign in' })).toHaveCount(0);
});

test('approve and reply: the next request of any visitor shows both', async () => {
  const post = await leaveComment();
  const page = await openQueue();
  const pending = await countIn(page, 'Pending');
  const approved = await countIn(page, 'Approved');
  expectValue(pending).toBeGreaterThan(0);
  expectValue(await isPublic(post.path)).toBe(false);

  await decide(page, 'Approve');
  await expect(page.getByRole('status').filter({ hasText: 'Approved' })).toBeVisible();
  expectValue(await isPublic(post.path)).toBe(true);
  await expect.poll(() => countIn(page, 'Pending')).toBe(pending - 1);
  await expect.poll(() => countIn(page, 'Approved')).toBe(approved + 1);

  await openList(page, 'Approved');
  await press(page, 'Reply');
  await page.getByRole('textbox', { name: 'Reply to Nora Asks' }).fill('As long as it takes, and that is fine.');
  await page.getByRole('button', { name: 'Post reply' }).click();
  await expect(page.getByText('Your reply is published.')).toBeVisible();

  const visitor = await blog.newPage({ javaScript: false });
  await visitor.goto(post.path);
  await expect(visitor.getByRole('region', { name: `${post.count + 2} thoughts on “${post.title}”` })).toBeVisible();
  await expect(articleWith(visitor, TEXT)).toBeVisible();
  await expect(articleWith(visitor, 'As long as it takes, and that is fine.')).toContainText('Author');
});

test('spam, trash and restore move a comment out of sight and back, and every act can be undone', async () => {
  const post = await leaveComment();
  const page = await openQueue();
  await decide(page, 'Approve');
  await expect.poll(() => isPublic(post.path)).toBe(true);

  await openList(page, 'Approved');
  await decide(page, 'Spam');
  await expect(page.getByRole('status').filter({ hasText: 'Spam' })).toBeVisible();
  expectValue(await isPublic(post.path)).toBe(false);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(() => isPublic(post.path)).toBe(true);

  await openList(page, 'Approved');
  await decide(page, 'Trash');
  await expect.poll(() => isPublic(post.path)).toBe(false);
  await openList(page, 'Trash');
  await decide(page, 'Restore');
  await expect.poll(() => isPublic(post.path)).toBe(true);

  await openList(page, 'Approved');
  await decide(page, 'Unapprove');
  await expect.poll(() => isPublic(post.path)).toBe(false);
});

test('a comment is deleted for good only after asking, and its events stay', async () => {
  await leaveComment();
  const page = await openQueue();
  await decide(page, 'Trash');
  await openList(page, 'Trash');
  await press(page, 'Delete permanently');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Keep it' }).click();
  await expect(articleWith(page, TEXT)).toBeVisible();
  await press(page, 'Delete permanently');
  await page.getByRole('alertdialog').getByRole('button', { name: 'Delete it' }).click();
  await expect(page.getByText(TEXT)).toHaveCount(0);
  const { rows } = await blog.sql.query(`SELECT count(*)::int AS comments FROM "Comment" WHERE source = $1 OR html LIKE '%how long this takes%'`, [TEXT]);
  expectValue(rows).toEqual([{ comments: 0 }]);
});

test('every decision is an event with its actor, and no event can be changed', async () => {
  await leaveComment();
  const page = await openQueue();
  await decide(page, 'Approve');
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Taken back' })).toBeVisible();
  const { rows } = await blog.sql.query<{ decision: string; byPerson: boolean; toStatus: string }>(
    `SELECT decision, "actorId" IS NOT NULL AS "byPerson", "toStatus" FROM "ModerationEvent"
     JOIN "Comment" ON "Comment".id = "commentId" WHERE source = $1 ORDER BY "ModerationEvent"."createdAt", "ModerationEvent".id`, [TEXT]);
  expectValue(rows).toEqual([
    { decision: 'submit', byPerson: false, toStatus: 'pending' },
    { decision: 'approve', byPerson: true, toStatus: 'approved' },
    { decision: 'undo', byPerson: true, toStatus: 'pending' },
  ]);
  await expectValue(blog.sql.query(`UPDATE "ModerationEvent" SET decision = 'spam'`)).rejects.toThrow();
  await expectValue(blog.sql.query('DELETE FROM "ModerationEvent"')).rejects.toThrow();
});

test('of two moderators who decide at once, the second is told', async () => {
  await leaveComment();
  const first = await openQueue('owner');
  const second = await blog.newPage();
  // Nothing tells the second in time (two-desks.test.ts: what is told in time cannot be pressed any more).
  await second.route((url) => url.pathname === '/admin/live', (route) => route.abort());
  await blog.signIn(second, 'moderator');
  await second.goto('/admin/comments');
  await decide(first, 'Approve');
  await expect(first.getByRole('status').filter({ hasText: 'Approved' })).toBeVisible();
  const answered = second.waitForResponse((response) => response.request().method() === 'POST');
  await press(second, 'Spam');
  expectValue((await answered).status()).toBe(409);
  await expect(second.getByRole('main').getByRole('alert')).toBeVisible();
  const { rows } = await blog.sql.query('SELECT status FROM "Comment" WHERE source = $1', [TEXT]);
  expectValue(rows).toEqual([{ status: 'approved' }]);
});

test('a moderator sees no e-mail address', async () => {
  await leaveComment();
  const page = await openQueue('moderator');
  await expect(articleWith(page, TEXT)).toBeVisible();
  expectValue(await page.content()).not.toContain('nora@example.net');
});

test('the desk is closed to strangers and hidden from readers', async () => {
  const stranger = await blog.newPage();
  await stranger.goto('/admin/comments');
  expectValue(new URL(stranger.url()).pathname).toBe('/sign-in');
  const reader = await blog.newPage();
  await blog.signIn(reader, 'reader');
  for (const path of ['/admin', '/admin/comments']) {
    const answer = await reader.goto(path);
    expectValue([path, answer?.status()]).toEqual([path, 404]);
  }
});
