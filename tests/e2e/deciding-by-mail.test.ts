import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog, type PageOptions, type Role } from '../support/blog';
import { mailsTo } from '../support/mail';
import { findOpenPost, postComment, type OpenPost } from '../support/stories';

const blog = useBlog();

const PHONE: PageOptions = { javaScript: false, width: 390 };
const TEXT = 'It helped to sit down on the floor first.';

/** Somebody who has proven their address, and so is told of what waits. */
async function prove(role: Role): Promise<string> {
  await blog.openSession(role);
  const email = `${role}@example.com`;
  await blog.sql.query('UPDATE "User" SET "emailVerified" = now() WHERE email = $1', [email]);
  return email;
}

/** A guest writes a comment that is held. */
async function writeComment(): Promise<OpenPost> {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(`${post.path}/reply`);
  await postComment(page, { comment: TEXT });
  await expect(page.getByText('Your comment is awaiting moderation.')).toBeVisible();
  return post;
}

/** The link of the one mail that tells this address of the comment. */
async function linkTo(email: string): Promise<string> {
  await expect.poll(async () => (await mailsTo(blog, email)).length, { timeout: 20_000 }).toBe(1);
  const [mail] = await mailsTo(blog, email);
  expectValue(mail?.text).toContain(TEXT);
  expectValue(mail?.link).toMatch(/\/decide\?token=[\w-]{43}$/);
  return mail?.link ?? '';
}

/** A guest has written; the page of the link in the owner's mail, on a phone where no script runs. */
async function openedByMail(options: PageOptions = PHONE): Promise<{ page: Page; post: OpenPost; link: string }> {
  const email = await prove('owner');
  const post = await writeComment();
  const link = await linkTo(email);
  const page = await blog.newPage(options);
  await page.goto(link);
  await expect(page.getByRole('article', { name: 'Comment by Grete Waits' })).toContainText(TEXT);
  return { page, post, link };
}

/** Presses a button; gives the status of the answer to its form. */
async function press(page: Page, name: string): Promise<number> {
  const answer = page.waitForResponse((response) => response.request().method() === 'POST');
  await page.getByRole('button', { name, exact: true }).click();
  return (await answer).status();
}

const isRead = async (post: OpenPost, words: string) => (await (await blog.request(post.path)).text()).includes(words);
const buttons = (page: Page) => page.getByRole('main').getByRole('button');

test('a held comment is approved from the mail on a phone without script and without signing in; the link then tells so', async () => {
  const { page, post, link } = await openedByMail();
  await expect(page.getByText('First comment by this person.')).toBeVisible();
  expectValue(await isRead(post, TEXT)).toBe(false);
  await press(page, 'Approve');
  await expect(page.getByRole('status')).toContainText('Approved by you');
  expectValue(await isRead(post, TEXT)).toBe(true);
  await expect(buttons(page)).toHaveCount(0);
  await page.goto(link);
  await expect(page.getByRole('status')).toContainText('Approved by you');
  await expect(buttons(page)).toHaveCount(0);
  expectValue((await page.context().cookies()).map(({ name }) => name)).toEqual([]);
  expectValue((await page.goto('/admin/comments'))?.url()).toContain('/sign-in');
});

test('it is answered from the mail, and by that published', async () => {
  const { page, post } = await openedByMail();
  await page.getByRole('textbox', { name: 'Reply to Grete Waits' }).fill('The floor is where the shoes are.');
  await press(page, 'Approve and reply');
  await expect(page.getByRole('status')).toContainText('Approved by you');
  expectValue([await isRead(post, TEXT), await isRead(post, 'The floor is where the shoes are.')]).toEqual([true, true]);
});

test('it is not published, and a moderator’s own link tells who said so', async () => {
  const moderator = await prove('moderator');
  const { page, post } = await openedByMail();
  await press(page, 'Do not publish');
  await expect(page.getByRole('status')).toContainText('Moved to Trash by you');
  expectValue(await isRead(post, TEXT)).toBe(false);
  const other = await blog.newPage(PHONE);
  await other.goto(await linkTo(moderator));
  await expect(other.getByRole('status')).toContainText(/Moved to Trash by \w+/);
  await expect(other.getByRole('status')).not.toContainText('by you');
  await expect(buttons(other)).toHaveCount(0);
});

test('who decides on what somebody else has decided meanwhile is told who did', async () => {
  const moderator = await prove('moderator');
  const { page } = await openedByMail();
  const other = await blog.newPage(PHONE);
  await other.goto(await linkTo(moderator));
  await press(page, 'Approve');
  expectValue(await press(other, 'Do not publish')).toBe(409);
  await expect(other.getByRole('alert')).toContainText('has approved this meanwhile');
  await expect(other.getByRole('status')).toContainText('Approved by');
});

test('a reply that is empty, or would be dropped, is refused with its status, and nothing is lost or decided', async () => {
  const { page, post } = await openedByMail();
  expectValue(await press(page, 'Approve and reply')).toBe(422);
  await expect(page.getByRole('alert')).toBeVisible();
  await page.getByRole('textbox', { name: 'Reply to Grete Waits' }).fill('Nearly lost.');
  expectValue(await press(page, 'Approve')).toBe(422);
  await expect(page.getByRole('alert')).toContainText('You have written a reply.');
  await expect(page.getByRole('textbox', { name: 'Reply to Grete Waits' })).toHaveValue('Nearly lost.');
  expectValue(await isRead(post, TEXT)).toBe(false);
  await press(page, 'Approve and reply');
  await expect(page.getByRole('status')).toContainText('Approved by you');
});

test('opening the link, as a mail scanner does, decides nothing; the answer is kept nowhere and tells no other site where it was', async () => {
  const { page, link } = await openedByMail();
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await blog.request(link, { method });
    expectValue([answer.status, answer.headers.get('cache-control'), answer.headers.get('set-cookie')]).toEqual([200, 'private, no-store', null]);
    const html = await answer.text();
    if (method === 'GET') {
      expectValue(html).toMatch(/<meta name="referrer" content="same-origin"/);
      expectValue(html).toMatch(/<meta name="robots" content="noindex, nofollow"/);
      expectValue(html).not.toMatch(/grete@example|owner@example/);
    }
  }
  await page.reload();
  await expect(page.getByRole('button', { name: 'Approve', exact: true })).toBeVisible();
  expectValue((await blog.sql.query('SELECT 1 FROM "DecisionLink" WHERE "usedAt" IS NOT NULL')).rowCount).toBe(0);
});

test('a link that is none opens nothing, and whoever tries many has to wait', async () => {
  const headers = { 'x-forwarded-for': '198.51.100.77' };
  const statuses: number[] = [];
  for (let time = 0; time < 22; time += 1) statuses.push((await blog.request(`/decide?token=${'a'.repeat(42)}${String.fromCharCode(97 + time)}`, { headers })).status);
  expectValue([...new Set(statuses)]).toEqual([404, 429]);
  expectValue((await blog.request('/decide')).status).toBe(404);
  expectValue((await blog.request('/decide?token=a&token=b')).status).toBe(404);
});

test.each([[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']] as const)('at %i px in %s the page has no fault that axe finds, scrolls not sideways, and decides by script too', async (width, colorScheme) => {
  const { page, post } = await openedByMail({ width, colorScheme });
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await press(page, 'Approve');
  await expect(page.getByRole('status')).toContainText('Approved by you');
  await blog.expectAccessible(page);
  expectValue(await isRead(post, TEXT)).toBe(true);
});

test('who switches the mails off in their account gets none', async () => {
  await prove('owner');
  const moderator = await prove('moderator');
  const page = await blog.newPage({ javaScript: false });
  await blog.signIn(page, 'owner');
  await page.goto('/account');
  const part = page.getByRole('region', { name: 'Mails to you' });
  await part.getByRole('checkbox', { name: 'Mail me about comments that wait' }).uncheck();
  await part.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('You are not mailed about comments any more.')).toBeVisible();
  await expect(part.getByRole('checkbox', { name: 'Mail me about comments that wait' })).not.toBeChecked();
  await writeComment();
  await linkTo(moderator);
  expectValue(await mailsTo(blog, 'owner@example.com')).toEqual([]);
});
