import { expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { PROVIDERS, WAY_NAMES } from '../../lib/identity/schema';
import { expect, useBlog } from '../support/blog';
import { useProviders } from '../support/provider-control';
import { SOMEBODY } from '../support/provider-script';
import { AN_HOUR, blockPopups, connecting, consentLink, expectTextKept, openPopup, follow, pathOf, providerButton, signInByPopup, signInByRedirect, speaking, text } from '../support/signing-in';
import { articleWith, field, findOpenPost } from '../support/stories';

const blog = useBlog();
const providers = useProviders();
const WAITING = 'Your comment is awaiting moderation.';
const GROUP = 'Fill in your details below or click an icon to log in';

async function post(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(page, 'It took me an hour')).toContainText(WAITING);
}

/** The owner approves it; then it stands on the post for everybody, under this name. */
async function expectPublished(path: string, name: string): Promise<void> {
  const desk = await blog.newPage();
  await blog.signIn(desk, 'owner');
  await desk.goto('/admin/comments');
  await articleWith(desk, 'It took me an hour').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(desk.getByRole('button', { name: 'Undo' })).toBeVisible();
  const reader = await blog.newPage({ javaScript: false });
  await reader.goto(path);
  await expect(articleWith(reader, 'It took me an hour')).toContainText(name);
  await expect(articleWith(reader, 'It took me an hour')).toContainText('<b>not bold</b>');
}

test.each(PROVIDERS)('%s in a window of its own: from typing to a published comment, without leaving the page', async (provider) => {
  const { name } = SOMEBODY[provider];
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await expect(page.getByRole('group', { name: GROUP })).toBeVisible();
  await text(page).fill(AN_HOUR);
  const popup = await openPopup(page, provider);
  await expect(connecting(page, provider)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Cancel', exact: true })).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await follow(popup, `Continue as ${name}`);

  await expect(speaking(page, WAY_NAMES[provider])).toBeVisible();
  await expect(page.getByText(name, { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Log Out' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Change' })).toBeVisible();
  await expect(connecting(page, provider)).toHaveCount(0);
  await expect(field(page, 'Email (required)')).toHaveCount(0);
  await expectTextKept(page);
  await blog.expectAccessible(page);
  expectValue(pathOf(page)).toBe(path);
  await post(page);
  await expectPublished(path, name);
});

test.each(PROVIDERS.flatMap((provider) => [[provider, true], [provider, false]] as const))('%s by redirect: away, back with the text, posted (script: %s)', async (provider, javaScript) => {
  const { name } = SOMEBODY[provider];
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  if (javaScript) await blockPopups(page);
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  await signInByRedirect(page, provider);
  expectValue(pathOf(page)).toBe(`${path}/reply`);
  await expect(page.getByText(name, { exact: true })).toBeVisible();
  await expectTextKept(page);
  if (javaScript) await blog.expectAccessible(page);
  await post(page);
  await expectPublished(path, name);
});

test.each([true, false])('a reply inside a thread goes on at the same comment (window: %s)', async (opensWindow) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  if (!opensWindow) await blockPopups(page);
  await page.goto(path);
  const link = page.getByRole('link', { name: /^Reply to / }).first();
  const [name, answered] = [(await link.textContent())!.trim(), await page.locator('article:has(a[data-reply])').first().getAttribute('id')];
  await link.click();
  await text(page).fill(AN_HOUR);
  if (opensWindow) await signInByPopup(page, 'google');
  else await signInByRedirect(page, 'google');
  expectValue(pathOf(page)).toBe(opensWindow ? path : `${path}/reply/${answered!.replace('comment-', '')}`);
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await expectTextKept(page);
  await post(page);
  const { rows } = await blog.sql.query(`SELECT parent."publicId" AS id FROM "Comment" c JOIN "Comment" parent ON parent.id = c."parentId" WHERE c.source LIKE 'It took me%'`);
  expectValue(rows).toEqual([{ id: answered!.replace('comment-', '') }]);
});

test('every provider is asked with a state and a challenge, and gets the secret and the verifier from the server', async () => {
  const { path } = await findOpenPost(blog);
  for (const provider of PROVIDERS) {
    const page = await blog.newPage({ javaScript: false });
    await page.goto(path);
    await signInByRedirect(page, provider);
    const { authorize, token } = await providers[provider].received();
    expectValue(authorize).toEqual([expectValue.objectContaining({ redirect_uri: `${blog.url}/api/auth/callback/${provider}`, response_type: 'code', code_challenge_method: 'S256', state: expectValue.stringMatching(/^.{20,}$/) })]);
    expectValue(token).toEqual([expectValue.objectContaining({ hasVerifier: true, status: 200, clientAuthentication: expectValue.stringMatching(/^(basic|post)$/) })]);
    expectValue([provider, authorize[0]?.nonce !== undefined]).toEqual([provider, provider === 'google']);
  }
});

test.each([true, false])('Log Out keeps the text, and the next comment is a guest’s (script: %s)', async (javaScript) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  if (javaScript) await blockPopups(page);
  await page.goto(`${path}/reply`);
  await signInByRedirect(page, 'twitter');
  await text(page).fill(AN_HOUR);
  await page.getByRole('button', { name: 'Log Out' }).click();
  await expect(page.getByRole('group', { name: GROUP })).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  expectValue((await page.context().cookies()).map(({ name }) => name).filter((name) => /session|here/.test(name))).toEqual([]);
  expectValue((await blog.sql.query('SELECT 1 FROM "Session"')).rowCount).toBe(0);
  await field(page, 'Email (required)').fill('grete@example.net');
  await field(page, 'Name (required)').fill('Grete Waits');
  await post(page);
  expectValue((await blog.sql.query(`SELECT "userId", name FROM "Comment" WHERE source LIKE 'It took me%'`)).rows).toEqual([{ userId: null, name: 'Grete Waits' }]);
});

test.each([true, false])('Change offers the other ways and keeps the text; one can also stay (script: %s)', async (javaScript) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  if (javaScript) await blockPopups(page);
  await page.goto(`${path}/reply`);
  await signInByRedirect(page, 'google');
  await text(page).fill(AN_HOUR);
  await page.getByRole('button', { name: 'Change' }).click();
  await expect(page.getByRole('group', { name: GROUP })).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  if (javaScript) await blog.expectAccessible(page);
  await page.getByRole('button', { name: `Keep writing as ${SOMEBODY.google.name}` }).click();
  await expect(speaking(page, 'Google')).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await page.getByRole('button', { name: 'Change' }).click();
  await signInByRedirect(page, 'facebook');
  await expectTextKept(page);
  expectValue((await blog.sql.query('SELECT way FROM "Session"')).rows).toEqual([{ way: 'facebook' }]);
  await post(page);
  expectValue((await blog.sql.query(`SELECT u.name FROM "Comment" c JOIN "User" u ON u.id = c."userId" WHERE c.source LIKE 'It took me%'`)).rows).toEqual([{ name: SOMEBODY.facebook.name }]);
});

test('two threads in two tabs: each is back at its own, with its own text', async () => {
  const { path } = await findOpenPost(blog);
  const first = await blog.newPage();
  await first.goto(path);
  await first.getByRole('link', { name: /^Reply to / }).first().click();
  await text(first).fill('To the first.');
  const second = await first.context().newPage();
  await second.goto(path);
  await second.getByRole('link', { name: /^Reply to / }).nth(1).click();
  await text(second).fill('To the second.');

  const popups = [await openPopup(first, 'google'), await openPopup(second, 'twitter')] as const;
  await follow(popups[1], `Continue as ${SOMEBODY.twitter.name}`);
  await expect(speaking(second, 'Twitter')).toBeVisible();
  await expectTextKept(second, 'To the second.');
  await expect(text(first)).toHaveValue('To the first.');
  await follow(popups[0], `Continue as ${SOMEBODY.google.name}`);
  await expect(connecting(first, 'google')).toHaveCount(0);
  await expect(text(first)).toHaveValue('To the first.');
  await expect(first.getByRole('button', { name: 'Log Out' }).or(first.getByRole('alert'))).toBeVisible();
  await expect(text(second)).toHaveValue('To the second.');
});

test('two threads in two tabs, by redirect: neither text takes the place of the other', async () => {
  const { rows } = await blog.sql.query<{ slug: string }>(`SELECT slug FROM "Post" WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= now() AND "commentsOpen" LIMIT 2`);
  const first = await blog.newPage({ javaScript: false });
  const second = await first.context().newPage();
  for (const [index, page] of [first, second].entries()) {
    await page.goto(`/posts/${rows[index]!.slug}`);
    await text(page).fill(`Under post ${index}.`);
  }
  await providerButton(first, 'google').click();
  await expect(consentLink(first, 'Cancel')).toBeVisible();
  await signInByRedirect(second, 'twitter');
  await expectTextKept(second, 'Under post 1.');
  await consentLink(first, `Continue as ${SOMEBODY.google.name}`).click();
  await expect(text(first)).toHaveValue('Under post 0.');
});

test('Cancel in the box ends the wait: the window closes, the button has the focus, nothing is lost', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  const popup = await openPopup(page, 'google');
  await Promise.all([popup.waitForEvent('close'), page.getByRole('button', { name: 'Cancel', exact: true }).click()]);
  await expect(connecting(page, 'google')).toHaveCount(0);
  await expect(providerButton(page, 'google')).toBeFocused();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await signInByPopup(page, 'facebook');
  await expectTextKept(page);
});

test('a provider that does not answer is waited for, and can be left; the page says so all the while', async () => {
  await providers.google.hold('authorize');
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  const [popup] = await Promise.all([page.waitForEvent('popup'), providerButton(page, 'google').click()]);
  await expect(connecting(page, 'google')).toBeVisible();
  await expect.poll(async () => (await providers.google.received()).authorize.length).toBe(1);
  await blog.expectAccessible(page);
  await Promise.all([popup.waitForEvent('close'), page.getByRole('button', { name: 'Cancel', exact: true }).click()]);
  await expect(text(page)).toHaveValue(AN_HOUR);
  await providers.google.release();
});

test('a provider that cuts the window that opened it: the box learns of the sign-in all the same', async () => {
  await providers.google.set({ cutsOpener: true });
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  const popup = await openPopup(page, 'google');
  await expect(connecting(page, 'google')).toBeVisible();
  await consentLink(popup, `Continue as ${SOMEBODY.google.name}`).click();
  await expect(speaking(page, 'Google')).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await expect(connecting(page, 'google')).toHaveCount(0);
});
