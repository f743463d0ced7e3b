import { v7 } from 'uuid';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';

const blog = useBlog();

const HOUR_MS = 3_600_000;
const PAGE_MAILS = 25;

/** Writes a mail as it stands in the table. */
async function keepMail(changes: { to?: string; subject?: string; text?: string; createdAt?: Date; expires?: Date | null; sentAt?: Date | null; failure?: string | null } = {}): Promise<void> {
  const mail = { id: v7(), to: 'ida@example.com', subject: 'Your sign-in link', text: `Hello.\n\nRead more:\n${blog.url}/privacy?from=mail\n\nNot ours: https://evil.example/`, html: '<p>Hello.</p>', createdAt: new Date(), expires: null, sentAt: null, failure: null, ...changes };
  const columns = Object.keys(mail).map((name) => `"${name}"`).join(', ');
  await blog.sql.query(`INSERT INTO "Mail" (${columns}) VALUES (${Object.keys(mail).map((_, index) => `$${index + 1}`).join(', ')})`, Object.values(mail));
}

test.each([[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const)('at %i px in %s the owner reads what was to be sent, learns why it was not, and how that is changed', async (width, colorScheme) => {
  const now = Date.now();
  await keepMail({ createdAt: new Date(now - HOUR_MS), to: 'old@example.com', subject: 'Too old', expires: new Date(now - HOUR_MS / 2) });
  await keepMail({ createdAt: new Date(now - 2 * HOUR_MS), to: 'bo@example.com', subject: 'Sent before', sentAt: new Date(now - 2 * HOUR_MS), text: '' });
  await keepMail({ createdAt: new Date(now - 3 * HOUR_MS), to: 'a-very-long-address-that-goes-on-and-on-and-on-for-a-while@a-rather-long-domain.example.com', subject: 'Refused', failure: 'The mail server does not take mails to this address. It said: “550 No such user”.' });
  await keepMail();
  const page = await blog.newPage({ width, colorScheme });
  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments');
  await page.getByRole('link', { name: 'Outbox' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Outbox' })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'No mail leaves this blog yet' })).toBeVisible();
  await page.getByText('How to have mails sent').click();
  await expect(page.getByText('SMTP_URL=smtps://')).toBeVisible();
  const mails = page.getByRole('list', { name: 'Mails' }).getByRole('listitem');
  await expect(mails).toHaveCount(4);
  await expect(mails.nth(0)).toContainText('ida@example.com');
  await expect(mails.nth(3)).toContainText('Refused');
  await expect(page.getByText('One mail of the last 30 days could not be sent.')).toBeVisible();
  await expect(mails.nth(0).getByText('Hello.')).toBeHidden();
  for (const index of [0, 1, 2, 3]) await mails.nth(index).locator('summary').click();
  await expect(mails.nth(0).getByText('Kept here, because no mail server is set.')).toBeVisible();
  await expect(mails.nth(0).getByText('Hello.')).toBeVisible();
  await expect(mails.nth(0).getByRole('link')).toHaveCount(1);
  await expect(mails.nth(3).getByText('550 No such user')).toBeVisible();
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await mails.nth(0).getByRole('link').click();
  await expect(page).toHaveURL(/\/privacy\?from=mail$/);
});

test('many mails are shown page by page', async () => {
  for (let minute = 0; minute <= PAGE_MAILS; minute += 1) await keepMail({ subject: `Mail ${minute}`, createdAt: new Date(Date.UTC(2026, 0, 1, 0, minute)) });
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/outbox');
  await expect(page.getByText('Mail 25', { exact: true })).toBeVisible();
  await expect(page.getByText('Mail 0', { exact: true })).toHaveCount(0);
  await page.getByRole('link', { name: 'Older mails' }).click();
  await expect(page.getByText('Mail 0', { exact: true })).toBeVisible();
  await expect(page.getByRole('list', { name: 'Mails' }).getByRole('listitem')).toHaveCount(1);
  await page.getByRole('link', { name: 'Newest mails' }).click();
  await expect(page.getByText('Mail 25', { exact: true })).toBeVisible();
});

test.each(['moderator', 'author', 'reader'] as const)('a %s is not told of the outbox', async (role) => {
  await keepMail();
  const page = await blog.newPage();
  await blog.signIn(page, role);
  expectValue((await page.goto('/admin/outbox'))?.status()).toBe(404);
  expectValue(await page.content()).not.toContain('ida@example.com');
  await page.goto('/admin/comments');
  await expect(page.getByRole('link', { name: 'Outbox' })).toHaveCount(0);
});

test('who is not signed in is sent to do so', async () => {
  const answer = await blog.request('/admin/outbox');
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
});

test.each(['', 'x', '0', v7(), '%00'])('a cursor that is none (“%s”) shows the newest mails', async (after) => {
  await keepMail();
  const { sessionToken } = await blog.openSession('owner');
  const answer = await blog.request(`/admin/outbox?after=${after}`, { headers: { cookie: `authjs.session-token=${sessionToken}` } });
  if (after === '%00') return expectValue(answer.status).toBe(400);
  expectValue(answer.status).toBe(200);
  expectValue(await answer.text()).toContain('ida@example.com');
});

test('the queue of jobs runs, and readiness says so', async () => {
  expectValue(await (await blog.request('/readyz')).text()).toMatch(/^ok/);
});

test('a job that was given up stands in plain words, and one press has it done', async () => {
  const id = v7();
  // Of a comment that is gone: there is nothing to tell, and the job is done.
  await blog.sql.query(`INSERT INTO pgboss.job (id, name, data, singleton_key, state, policy, completed_on) VALUES ($1::uuid, 'held-notice', $2, $1::text, 'failed', 'short', now())`, [id, { comment: v7(), origin: 'https://blog.example' }]);
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/outbox');
  const undone = page.getByRole('region', { name: 'Not done' });
  await expect(undone.getByRole('listitem')).toHaveText(/^Telling moderators of a comment that waits Given up on/);
  await blog.expectAccessible(page);
  await undone.getByRole('button', { name: 'Try again', exact: true }).click();
  await expect(undone.getByText('It is being tried again.')).toBeFocused();
  await expect(undone.getByRole('listitem')).toHaveCount(0);
  await expect.poll(async () => (await blog.sql.query<{ state: string }>(`SELECT state FROM pgboss.job WHERE name = 'held-notice' AND singleton_key = $1`, [id])).rows).toEqual([{ state: 'completed' }]);
});
