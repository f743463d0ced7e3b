import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { useProviders } from '../support/provider-control';
import { untilTakenOver } from '../support/react';
import { field, findOpenPost } from '../support/stories';

const blog = useBlog();
useProviders();

const PAGES = ['/account', '/account/comments', '/account/delete'];
const BOTH = [[true, 'with script'], [false, 'without script']] as const;

async function openAccount(options: Parameters<typeof blog.newPage>[0] = {}, role: 'reader' | 'author' | 'moderator' | 'owner' = 'reader'): Promise<{ page: Page; userId: string }> {
  const page = await blog.newPage(options);
  const userId = await blog.signIn(page, role);
  await page.goto('/account');
  return { page, userId };
}

/** The desk is an app: a form is sent once React has taken it over, or as a plain form where there is no script. */
async function press(page: Page, name: string | RegExp, javaScript: boolean): Promise<number> {
  const button = page.getByRole('main').getByRole('button', { name, exact: typeof name === 'string' });
  if (javaScript) await untilTakenOver(button);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await button.click();
  return (await answered).status();
}

async function writeComment(userId: string, given: { source: string; status?: string; name?: string; pseudonymId?: string }): Promise<string> {
  const { slug } = await findOpenPost(blog);
  const id = v7();
  const publicId = id.replace(/-/g, '').slice(-12);
  await blog.change(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, "userId", "pseudonymId", name, source, html, status, "sourceHash")
     SELECT $1, $2, "Post".id, $1, 1, $3, $4, $5, $6, '<p>' || $6 || '</p>', $7::"CommentStatus", md5($6) FROM "Post" WHERE slug = $8`,
    [id, publicId, userId, given.pseudonymId ?? null, given.name ?? 'The reader', given.source, given.status ?? 'approved', slug],
  );
  return publicId;
}

test('who is not signed in is sent to do so and comes back; how to delete an account everybody may read', async () => {
  for (const [path, to] of [['/account', '/account'], ['/account/comments', '/account/comments'], ['/account/data', '/account']] as const) {
    const answer = await blog.request(path);
    expectValue([path, answer.status, answer.headers.get('location')]).toEqual([path, 307, `/sign-in?to=${encodeURIComponent(to)}`]);
  }
  const page = await blog.newPage({ javaScript: false });
  expectValue((await page.goto('/account/delete'))?.status()).toBe(200);
  await expect(page.getByRole('heading', { level: 1, name: 'Delete your account' })).toBeVisible();
  await expect(page.getByRole('link', { name: 'Sign in to delete my account' })).toHaveAttribute('href', '/sign-in?to=%2Faccount%2Fdelete');
  await expect(page.getByRole('button')).toHaveCount(0);
});

test.each([[390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark']] as const)('no page of the account has a fault that axe finds or scrolls sideways, at %i px in %s', async (width, colorScheme) => {
  const { page, userId } = await openAccount({ width, colorScheme });
  await blog.sql.query(`INSERT INTO "Account" ("userId", type, provider, "providerAccountId", "statedEmail") VALUES ($1, 'oidc', 'google', 'g', 'reader@gmail.example'), ($1, 'oauth', 'twitter', 't', NULL)`, [userId]);
  await blog.openSession('reader');
  for (const status of ['approved', 'pending', 'trash']) await writeComment(userId, { source: `${status} ${'Wort'.repeat(80)}`, status });
  await blog.sql.query('UPDATE "User" SET name = $2 WHERE id = $1', [userId, '寿限無'.repeat(80)]);
  const look = async (path: string) => {
    await page.goto(path);
    await blog.expectAccessible(page);
    expectValue([path, await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)]).toEqual([path, 0]);
  };
  for (const path of PAGES) await look(path);
  await blog.sql.query(`UPDATE "User" SET "deleteAt" = now() + interval '20 hours', "deleteComments" = 'remove' WHERE id = $1`, [userId]);
  for (const path of PAGES) await look(path);
  await page.context().clearCookies();
  await look('/account/delete');
});

test.each(BOTH)('a new name and website stand on what one has written, for the very next reader (script: %s)', async (javaScript) => {
  const { page, userId } = await openAccount({ javaScript });
  await writeComment(userId, { source: 'Said by me.' });
  const { path } = await findOpenPost(blog);
  expectValue(await (await blog.request(path)).text()).toContain('The reader');
  await field(page, 'Name (required)').fill('Ines of the Hill');
  await field(page, 'Website (optional)').fill('ines.example');
  await page.getByRole('checkbox', { name: 'Show my picture beside what I write' }).uncheck();
  expectValue(await press(page, 'Save', javaScript)).toBe(200);
  await expect(page.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  await expect(field(page, 'Name (required)')).toHaveValue('Ines of the Hill');
  await expect(field(page, 'Website (optional)')).toHaveValue('https://ines.example');
  await expect(page.getByRole('checkbox', { name: 'Show my picture beside what I write' })).not.toBeChecked();
  const html = await (await blog.request(path)).text();
  expectValue([html.includes('Ines of the Hill'), html.includes('href="https://ines.example"'), html.includes('The reader')]).toEqual([true, true, false]);
});

test.each(BOTH)('a refused name is said beside its field, and nothing typed is lost (script: %s)', async (javaScript) => {
  await blog.openSession('moderator');
  const { page } = await openAccount({ javaScript, allow: [/422/] });
  await field(page, 'Name (required)').fill('the MODERATOR');
  await field(page, 'Website (optional)').fill('ines.example');
  expectValue(await press(page, 'Save', javaScript)).toBe(422);
  await expect(page.getByRole('main').getByRole('alert')).toContainText('Someone who runs this blog has this name.');
  await expect(field(page, 'Name (required)')).toHaveValue('the MODERATOR');
  await expect(field(page, 'Website (optional)')).toHaveValue('ines.example');
  await expect(field(page, 'Name (required)')).toHaveAttribute('aria-invalid', 'true');
  if (javaScript) await blog.expectAccessible(page);
});

test.each(BOTH)('another session of one’s own is ended, and its browser is signed out (script: %s)', async (javaScript) => {
  const { page } = await openAccount({ javaScript });
  const other = await openAccount();
  await page.reload();
  await expect(page.getByText('this browser')).toHaveCount(1);
  expectValue(await press(page, /^End the session/, javaScript)).toBe(200);
  await expect(page.getByRole('status').filter({ hasText: 'That session has ended.' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^End/ })).toHaveCount(0);
  await other.page.goto('/account');
  expectValue(new URL(other.page.url()).pathname).toBe('/sign-in');
});

test.each(BOTH)('how one signs in is changed after signing in once more, and by no form from before (script: %s)', async (javaScript) => {
  const { page, userId } = await openAccount({ javaScript, allow: [/403/] });
  await blog.sql.query(`INSERT INTO "Account" ("userId", type, provider, "providerAccountId") VALUES ($1, 'oidc', 'google', 'mine')`, [userId]);
  const logins = () => blog.sql.query('SELECT FROM "Account" WHERE "userId" = $1', [userId]).then(({ rowCount }) => rowCount);
  await page.reload();
  await expect(page.getByRole('button', { name: 'Link Facebook' })).toBeVisible();
  await blog.sql.query(`UPDATE "Session" SET "createdAt" = now() - interval '16 minutes' WHERE "userId" = $1`, [userId]);
  expectValue(await press(page, /^Unlink/, javaScript)).toBe(403);
  await expect(page.getByRole('main')).toContainText('nothing was changed');
  expectValue(await logins()).toBe(1);
  await page.goto('/account');
  await expect(page.getByRole('button', { name: /^(Link|Unlink)/ })).toHaveCount(0);
  await page.getByRole('link', { name: 'sign in once more' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Sign in' })).toBeVisible();
  // Only what leads back to the same account.
  await expect(page.getByRole('button', { name: /Twitter|Facebook/ })).toHaveCount(0);
  await expect(page.getByRole('button', { name: /Google/ })).toBeVisible();
  await blog.sql.query('UPDATE "Session" SET "createdAt" = now() WHERE "userId" = $1', [userId]);
  await page.goto('/sign-in?again=1&to=%2Faccount');
  expectValue(new URL(page.url()).pathname).toBe('/account');
  expectValue(await press(page, /^Unlink/, javaScript)).toBe(200);
  expectValue(await logins()).toBe(0);
});

test('somebody else’s session and login are not there to be ended', async () => {
  const other = await openAccount({}, 'moderator');
  const { rows } = await blog.sql.query<{ id: string }>('SELECT id FROM "Session" WHERE "userId" = $1', [other.userId]);
  await blog.sql.query(`INSERT INTO "Account" ("userId", type, provider, "providerAccountId") VALUES ($1, 'oidc', 'google', 'theirs')`, [other.userId]);
  const { page, userId } = await openAccount({ javaScript: false, allow: [/404/] });
  await blog.sql.query(`INSERT INTO "Account" ("userId", type, provider, "providerAccountId") VALUES ($1, 'oidc', 'google', 'mine')`, [userId]);
  await blog.openSession('reader');
  await page.reload();
  await page.locator('input[name="session"]').evaluate((input, id) => input.setAttribute('value', id), rows[0]!.id);
  expectValue(await press(page, /^End the session/, false)).toBe(404);
  await page.goto('/account');
  await page.locator('input[name="account"]').evaluate((input) => input.setAttribute('value', 'theirs'));
  expectValue(await press(page, /^Unlink/, false)).toBe(404);
  expectValue((await blog.sql.query('SELECT FROM "Session" WHERE "userId" = $1', [other.userId])).rowCount).toBe(1);
  expectValue((await blog.sql.query('SELECT FROM "Account"')).rowCount).toBe(2);
});

test.each(BOTH)('signed out everywhere is signed out everywhere, here too (script: %s)', async (javaScript) => {
  const { page, userId } = await openAccount({ javaScript });
  const other = await openAccount();
  await press(page, 'Sign out everywhere', javaScript);
  await page.waitForURL((url) => url.pathname === '/');
  expectValue((await page.context().cookies()).map(({ name }) => name)).not.toContain('authjs.session-token');
  expectValue((await blog.sql.query('SELECT FROM "Session" WHERE "userId" = $1', [userId])).rowCount).toBe(0);
  await other.page.goto('/account');
  expectValue(new URL(other.page.url()).pathname).toBe('/sign-in');
});

test.each(BOTH)('a login is unlinked while another way in is left; the last one offers no button (script: %s)', async (javaScript) => {
  const { page, userId } = await openAccount({ javaScript });
  await blog.sql.query('UPDATE "User" SET "emailVerified" = NULL WHERE id = $1', [userId]);
  await blog.sql.query(`INSERT INTO "Account" ("userId", type, provider, "providerAccountId", "statedEmail") VALUES ($1, 'oidc', 'google', 'g', 'reader@gmail.example'), ($1, 'oauth', 'twitter', 't', NULL)`, [userId]);
  await page.reload();
  expectValue(await press(page, 'Unlink Google, reader@gmail.example', javaScript)).toBe(200);
  await expect(page.getByRole('status').filter({ hasText: 'Google is not linked any more.' })).toBeVisible();
  await expect(page.getByRole('button', { name: /^Unlink/ })).toHaveCount(0);
  await expect(page.getByText('This is your only way to sign in')).toBeVisible();
});

test('one’s own comments lead to where they stand, with their state and the name used there', async () => {
  const { page, userId } = await openAccount();
  const published = await writeComment(userId, { source: 'Said out loud.' });
  const waiting = await writeComment(userId, { source: 'Said and waiting.', status: 'pending' });
  const pseudonym = v7();
  await blog.sql.query(`INSERT INTO "Pseudonym" (id, "postId", "userId", name) SELECT $1, id, $2, 'Quiet Heron' FROM "Post" WHERE slug = $3`, [pseudonym, userId, (await findOpenPost(blog)).slug]);
  await writeComment(userId, { source: 'Said as a heron.', name: 'Quiet Heron', pseudonymId: pseudonym });
  await page.goto('/account/comments');
  const article = (text: string) => page.getByRole('article').filter({ hasText: text });
  await expect(article('Said out loud.')).toContainText('Published');
  await expect(article('Said as a heron.')).toContainText('as Quiet Heron, a name used on this post only');
  await expect(article('Said and waiting.')).toContainText('Waiting to be read');
  await expect(article('Said and waiting.').getByRole('link', { name: /^On “/ })).toHaveAttribute('href', `/comments/${waiting}`);
  await article('Said out loud.').getByRole('link', { name: /^On “/ }).click();
  await page.waitForURL(`**#comment-${published}`);
});

test('many comments come in pages', async () => {
  const { page, userId } = await openAccount();
  for (let at = 0; at < 21; at += 1) await writeComment(userId, { source: `Thought number ${at}.` });
  await expect(page.getByRole('article')).toHaveCount(0);
  await page.reload();
  await page.getByRole('link', { name: 'All your comments' }).click();
  await expect(page.getByRole('article')).toHaveCount(20);
  await page.getByRole('link', { name: 'Older comments' }).click();
  await expect(page.getByRole('article')).toHaveCount(1);
  await page.getByRole('link', { name: 'Newest comments' }).click();
  await expect(page.getByRole('article')).toHaveCount(20);
});

test('one’s data are a file that nobody keeps', async () => {
  const { userId, sessionToken } = await blog.openSession('reader');
  await writeComment(userId, { source: 'Said *by me*.' });
  const answer = await blog.request('/account/data', { headers: { cookie: `authjs.session-token=${sessionToken}` } });
  const header = (name: string) => answer.headers.get(name);
  expectValue([answer.status, header('cache-control'), header('content-disposition'), header('content-type')]).toEqual([200, 'private, no-store', 'attachment; filename="my-data.json"', 'application/json; charset=utf-8']);
  const text = await answer.text();
  expectValue(JSON.parse(text)).toMatchObject({ profile: { email: 'reader@example.com' }, sessions: [{}], comments: [{ text: 'Said *by me*.', state: 'published' }] });
  expectValue(text).not.toContain(sessionToken);
  const { page } = await openAccount();
  const download = page.waitForEvent('download');
  await page.getByRole('link', { name: 'Download my data' }).click();
  expectValue((await download).suggestedFilename()).toBe('my-data.json');
});

test.each(BOTH)('an account is to be deleted a day later, with a choice, and can be kept (script: %s)', async (javaScript) => {
  const { page, userId } = await openAccount({ javaScript, width: 390 });
  const asked = async () => (await blog.sql.query<{ choice: string | null; hours: number | null }>(`SELECT "deleteComments" AS choice, round(extract(epoch FROM "deleteAt" - now()) / 3600)::int AS hours FROM "User" WHERE id = $1`, [userId])).rows;
  await page.getByRole('link', { name: 'Delete my account' }).click();
  await page.getByRole('radio', { name: 'Keep what I wrote, without my name' }).check();
  await press(page, 'Delete my account', javaScript);
  await page.waitForURL('**/account');
  await expect(page.getByRole('region', { name: 'Your account will be deleted' })).toContainText('What you wrote stays, without your name.');
  expectValue(await asked()).toEqual([{ choice: 'anonymise', hours: 24 }]);
  await press(page, 'Keep my account', javaScript);
  await expect(page.getByRole('status').filter({ hasText: 'Your account stays.' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Your account will be deleted' })).toHaveCount(0);
  expectValue(await asked()).toEqual([{ choice: null, hours: null }]);
});

test.each([['Keep what I wrote, without my name', true], ['Remove what I wrote', false]] as const)('when the hour comes the account is gone, its sessions too; chosen: %s', async (choice, isKept) => {
  const { page, userId } = await openAccount();
  const { path } = await findOpenPost(blog);
  await writeComment(userId, { source: 'Said by whoever leaves.' });
  await page.goto('/account/delete');
  await page.getByRole('radio', { name: choice }).check();
  await press(page, 'Delete my account', true);
  await page.waitForURL('**/account');
  expectValue(await (await blog.request(path)).text()).toContain('The reader');
  // A day passes: for the person, and for the job that waits.
  await blog.sql.query(`UPDATE "User" SET "deleteAt" = now() - interval '1 second' WHERE id = $1`, [userId]);
  expectValue((await blog.sql.query(`UPDATE pgboss.job SET start_after = now() WHERE name = 'delete-accounts' AND state < 'active' AND start_after > now() + interval '23 hours'`)).rowCount).toBe(1);
  await expect.poll(async () => (await blog.sql.query('SELECT FROM "User" WHERE id = $1', [userId])).rowCount, { timeout: 30_000 }).toBe(0);
  const html = await (await blog.request(path)).text();
  expectValue([html.includes('Said by whoever leaves.'), html.includes('Anonymous'), html.includes('The reader')]).toEqual([isKept, isKept, false]);
  await page.goto('/account');
  expectValue(new URL(page.url()).pathname).toBe('/sign-in');
});

test.each(BOTH)('another way to sign in is linked while signed in (script: %s)', async (javaScript) => {
  const { page, userId } = await openAccount({ javaScript });
  await press(page, 'Link Facebook', javaScript);
  await page.getByRole('link', { name: 'Continue as Femi Oak' }).click();
  await page.waitForURL('**/account?added=facebook');
  await expect(page.getByRole('status').filter({ hasText: 'You can sign in with Facebook now, too.' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'How you sign in' }).getByRole('listitem')).toHaveCount(2);
  expectValue((await blog.sql.query('SELECT provider FROM "Account" WHERE "userId" = $1', [userId])).rows).toEqual([{ provider: 'facebook' }]);
});

test('a login that was not linked after all says why', async () => {
  const { page } = await openAccount();
  await press(page, 'Link Facebook', true);
  await page.getByRole('link', { name: 'Cancel' }).click();
  await page.waitForURL('**/account?**');
  await expect(page.getByRole('status').filter({ hasText: 'You have not signed in: Facebook says that it was cancelled.' })).toBeVisible();
});

test('without a choice nothing is asked for, and a sentence says so', async () => {
  const { page, userId } = await openAccount({ javaScript: false, allow: [/422/] });
  await page.goto('/account/delete');
  for (const radio of await page.getByRole('radio').all()) await radio.evaluate((element) => element.removeAttribute('required'));
  expectValue(await press(page, 'Delete my account', false)).toBe(422);
  await expect(page.getByRole('main').getByRole('alert')).toHaveText('Please choose what becomes of what you wrote.');
  expectValue((await blog.sql.query('SELECT "deleteAt" FROM "User" WHERE id = $1', [userId])).rows).toEqual([{ deleteAt: null }]);
});

test('the only owner is told what to do first, and has no button', async () => {
  const { page } = await openAccount({}, 'owner');
  await page.goto('/account/delete');
  await expect(page.getByText('You are the only owner of this blog. Make somebody else owner first.')).toBeVisible();
  await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
});

test('there is a way back to the blog for everybody, and to the desk for who has one', async () => {
  const reader = await openAccount();
  await expect(reader.page.getByRole('link', { name: 'Desk' })).toHaveCount(0);
  await expect(reader.page.getByRole('link', { name: 'Back to the blog' })).toHaveAttribute('href', '/');
  const author = await openAccount({}, 'author');
  await author.page.getByRole('link', { name: 'Desk' }).click();
  await expect(author.page.getByRole('heading', { level: 1, name: 'Comments' })).toBeVisible();
  await author.page.goto('/account');
  await author.page.getByRole('banner').getByRole('button', { name: 'Sign out' }).click();
  await author.page.waitForURL((url) => url.pathname === '/');
});
