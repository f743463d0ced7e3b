import type { Locator, Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { en } from '../../lib/words/en';
import { expect, useBlog, type PageOptions, type Role } from '../support/blog';
import { mailsTo, mailTo } from '../support/mail';
import { untilTakenOver } from '../support/react';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const TEXT = 'My neighbour Hilde shouts every morning.';
const KINDER = 'Somebody near me is loud every morning.';
const ANSWER = 'Thank you, Nora.\nCould you say it without the name?';

async function openAs(role: Role, path: string, options: PageOptions = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, role);
  await page.goto(path);
  return page;
}

/** A button that only script serves is pressed once React has taken it over. */
async function press(button: Locator): Promise<void> {
  await untilTakenOver(button);
  await button.click();
}

/** Declines the comment with this text, as a moderator does; gives the desk. */
async function decline(text: string, words?: string): Promise<Page> {
  const desk = await openAs('moderator', '/admin/comments');
  await press(articleWith(desk, text).getByRole('button', { name: 'Decline…' }));
  const dialog = desk.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'Reason' }).selectOption(en.decisions.decline.personal);
  await expect(dialog.getByRole('textbox')).toHaveValue(en.decisions.declineDraft.personal);
  await blog.expectAccessible(desk);
  if (words !== undefined) await dialog.getByRole('textbox').fill(words);
  await dialog.getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(desk.getByRole('status').filter({ hasText: 'Declined' })).toBeVisible();
  return desk;
}

const idOf = async (text: string) => (await blog.sql.query<{ publicId: string }>('SELECT "publicId" FROM "Comment" WHERE source = $1', [text])).rows[0]!.publicId;

/** The two minutes are over: whatever waits for them is taken up at once. */
async function twoMinutesLater(): Promise<void> {
  const { rowCount } = await blog.sql.query(`UPDATE pgboss.job SET start_after = now() WHERE name IN ('decision-mail', 'standing-mail') AND state = 'created'`);
  await blog.sql.query(`SELECT pg_notify('soapbox_jobs', 'decision-mail')`);
  if (rowCount === 0) throw new Error('Nothing waits.');
}
const jobsAreDone = () => expect.poll(async () => (await blog.sql.query(`SELECT 1 FROM pgboss.job WHERE name IN ('decision-mail', 'standing-mail') AND state < 'completed'`)).rowCount, { timeout: 20_000 }).toBe(0);

test('a guest without script sees why it was not published, says it in other words, and nobody else has a trace of it', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  await postComment(page, { comment: TEXT, name: 'Nora Asks', email: 'nora@example.net' });
  const kept = await blog.request(post.path);
  const before = await kept.text();
  await decline(TEXT, ANSWER);
  const id = await idOf(TEXT);

  await page.goto(`/comments/${id}`);
  expectValue(new URL(page.url()).pathname).toBe(`${post.path}/reply`);
  const own = articleWith(page, TEXT);
  await expect(own).toContainText('Your comment was not published. Nobody else sees it. The reason: private details of somebody.');
  await expect(own).toContainText('Could you say it without the name?');
  await expect(own).not.toContainText('awaiting moderation');

  const after = await blog.request(post.path);
  expectValue(after.headers.get('etag')).toBe(kept.headers.get('etag'));
  expectValue(await after.text()).toBe(before);
  const stranger = await blog.newPage();
  await stranger.goto(`${post.path}/reply?reword=${id}`);
  await expect(field(stranger, 'Comment (required)')).toHaveValue('');
  expectValue(await stranger.content()).not.toMatch(/Hilde|say it without the name/);

  await own.getByRole('link', { name: 'Say it in other words' }).click();
  await expect(field(page, 'Comment (required)')).toHaveValue(TEXT);
  await expect(field(page, 'Name (required)')).toHaveValue('Nora Asks');
  await field(page, 'Comment (required)').fill(KINDER);
  // Refused once, for the address: what it says again is not forgotten by that.
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expect(field(page, 'Comment (required)')).toHaveValue(KINDER);
  await field(page, 'Email (required)').fill('nora@example.net');
  await blog.sql.query(`UPDATE "Comment" SET "createdAt" = "createdAt" - interval '1 minute' WHERE "publicId" = $1`, [id]);
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(page, KINDER)).toContainText('Your comment is awaiting moderation.');
  await expect(page.getByText(TEXT)).toHaveCount(0);

  const desk = await openAs('moderator', '/admin/comments');
  await expect(articleWith(desk, KINDER)).toContainText('Says a declined comment in other words.');
});

test('a signed-in reader sees it where it would stand, and is told by mail in two minutes, with a link that leads to the box', async () => {
  const post = await findOpenPost(blog);
  const page = await openAs('reader', post.path);
  await expect(page.getByText('You are commenting using your email account.')).toBeVisible();
  await field(page, 'Comment (required)').fill(TEXT);
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(page, TEXT)).toContainText('awaiting moderation');
  await decline(TEXT, ANSWER);
  const id = await idOf(TEXT);

  await page.goto(post.path);
  await expect(articleWith(page, TEXT)).toContainText('Your comment was not published.');
  await blog.expectAccessible(page);
  await page.goto('/account/comments');
  await expect(articleWith(page, TEXT)).toContainText('Not published');
  await expect(articleWith(page, TEXT)).toContainText('Could you say it without the name?');
  await blog.expectAccessible(page);

  expectValue(await mailsTo(blog, 'reader@example.com')).toEqual([]);
  await twoMinutesLater();
  await expect.poll(async () => (await mailsTo(blog, 'reader@example.com')).length, { timeout: 20_000 }).toBe(1);
  const mail = await mailTo(blog, 'reader@example.com');
  expectValue(mail.text).toContain(ANSWER);
  const outbox = await openAs('owner', '/admin/outbox');
  await expect(outbox.getByRole('list', { name: 'Mails' })).toContainText(`Your comment on “${post.title}”`);
  const { sessionToken } = await blog.openSession('moderator');
  expectValue((await blog.request('/admin/outbox', { headers: { cookie: `authjs.session-token=${sessionToken}` } })).status).toBe(404);

  // Whoever is not signed in there is asked to, and comes to the box by it.
  const elsewhere = await blog.newPage();
  await elsewhere.goto(mail.link!);
  await expect(elsewhere.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  await blog.signIn(elsewhere, 'reader');
  await elsewhere.goto(mail.link!);
  await expect(field(elsewhere, 'Comment (required)')).toHaveValue(TEXT);
  expectValue(new URL(elsewhere.url()).search).toBe(`?reword=${id}`);
  await field(elsewhere, 'Comment (required)').fill(`${TEXT} Half changed.`);
  await elsewhere.reload();
  await expect(field(elsewhere, 'Comment (required)')).toHaveValue(`${TEXT} Half changed.`);
});

test('an undo within two minutes stops the mail, and the writer sees it wait again', async () => {
  const post = await findOpenPost(blog);
  const page = await openAs('reader', `${post.path}/reply`, { javaScript: false });
  await field(page, 'Comment (required)').fill(TEXT);
  await page.getByRole('button', { name: 'Post Comment' }).click();
  const desk = await decline(TEXT);
  await desk.getByRole('button', { name: 'Undo' }).click();
  await expect(desk.getByRole('status').filter({ hasText: 'Taken back' })).toBeVisible();
  await twoMinutesLater();
  await jobsAreDone();
  expectValue(await mailsTo(blog, 'reader@example.com')).toEqual([]);
  await page.goto(`${post.path}/reply`);
  await expect(articleWith(page, TEXT)).toContainText('awaiting moderation');
});

test('words for a comment on which somebody else has decided meanwhile are not lost', async () => {
  const post = await findOpenPost(blog);
  const guest = await blog.newPage({ javaScript: false });
  await guest.goto(post.path);
  await postComment(guest, { comment: TEXT });
  const desk = await openAs('moderator', '/admin/comments?queue=all', { allow: [/409/] });
  await press(articleWith(desk, TEXT).getByRole('button', { name: 'Decline…' }));
  await desk.getByRole('dialog').getByRole('textbox').fill(ANSWER);
  await blog.sql.query(`UPDATE "Comment" SET revision = revision + 1 WHERE source = $1`, [TEXT]);
  await desk.getByRole('dialog').getByRole('button', { name: 'Decline', exact: true }).click();
  await expect(desk.getByRole('dialog').getByRole('alert')).toContainText('meanwhile');
  await expect(desk.getByRole('dialog').getByRole('textbox')).toHaveValue(ANSWER);
});

test.each([true, false])('a warned reader reads it before they comment again, and nothing typed is lost (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await openAs('reader', `${post.path}${javaScript ? '' : '/reply'}`, { javaScript, allow: [/403/] });
  const { rows } = await blog.sql.query<{ id: string }>(`SELECT id FROM "User" WHERE email = 'reader@example.com'`);
  const desk = await openAs('owner', `/admin/people/${rows[0]!.id}`, { javaScript });
  await desk.getByRole('textbox', { name: 'What they are to read' }).fill('Please keep to the post.');
  await desk.getByRole('button', { name: 'Warn', exact: true }).click();
  await expect(desk.getByText('reads this before they comment again')).toBeVisible();
  if (javaScript) await blog.expectAccessible(desk);

  await field(page, 'Comment (required)').fill('Typed before I knew.');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(page.getByRole('alert')).toContainText('Somebody who runs this blog has written to you.');
  await expect(page.getByText('Please keep to the post.')).toBeVisible();
  if (javaScript) await blog.expectAccessible(page);
  await page.getByRole('button', { name: 'I have read this' }).click();
  await expect(page.getByRole('button', { name: 'I have read this' })).toHaveCount(0);
  await expect(field(page, 'Comment (required)')).toHaveValue('Typed before I knew.');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(page, 'Typed before I knew.')).toBeVisible();
  await desk.goto(`/admin/people/${rows[0]!.id}`);
  await expect(desk.getByRole('list', { name: 'What was done about them' })).toContainText('Warning: read');
});

test.each([[1280, 'light'], [390, 'dark']] as const)('whoever is banned reads why and until when in place of the box, and is told by mail (%i px, %s)', async (width, colorScheme) => {
  const post = await findOpenPost(blog);
  const { userId } = await blog.openSession('reader');
  const desk = await openAs('owner', `/admin/people/${userId}`, { width, colorScheme });
  const standing = desk.getByRole('combobox', { name: 'Standing', exact: true });
  await expect(desk.getByRole('textbox', { name: 'Reason' })).toBeHidden();
  await standing.selectOption('banned');
  await desk.getByLabel('Until').fill('2040-07-01T10:00');
  await desk.getByRole('textbox', { name: 'Reason' }).fill('Please rest a little.');
  await desk.getByRole('button', { name: 'Set standing' }).click();
  await expect(desk.getByRole('status').filter({ hasText: 'banned until 1 July 2040 at 10:00' })).toBeVisible();
  await blog.expectAccessible(desk);

  for (const path of [post.path, `${post.path}/reply`, '/account']) {
    const page = await openAs('reader', path, { width, colorScheme });
    await expect(page.getByText('You cannot comment here until 1 July 2040 at 10:00.')).toBeVisible();
    await expect(page.getByText('Please rest a little.')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Post Comment' })).toHaveCount(0);
    await blog.expectAccessible(page);
  }
  await twoMinutesLater();
  await expect.poll(async () => (await mailsTo(blog, 'reader@example.com')).length, { timeout: 20_000 }).toBe(1);
  expectValue((await mailTo(blog, 'reader@example.com')).text).toContain('You cannot comment on Small Hours until 1 July 2040 at 10:00.');
  await desk.getByRole('button', { name: 'Undo' }).click();
  await expect(desk.getByRole('status').filter({ hasText: 'is now normal' })).toBeVisible();
  const free = await openAs('reader', `${post.path}/reply`);
  await expect(free.getByRole('button', { name: 'Post Comment' })).toBeVisible();
});
