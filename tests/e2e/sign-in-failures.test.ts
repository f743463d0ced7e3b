import { expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { PROVIDERS, WAY_NAMES, type Provider } from '../../lib/identity/schema';
import { expect, useBlog } from '../support/blog';
import { useProviders } from '../support/provider-control';
import { SOMEBODY, type Fault } from '../support/provider-script';
import { AN_HOUR, connecting, consentLink, follow, openPopup, pathOf, providerButton, signInByPopup, signInByRedirect, text } from '../support/signing-in';
import { field, findOpenPost } from '../support/stories';

const blog = useBlog();
const providers = useProviders();
const SAVE = 'Save my name, email and website in this browser';

async function fillBox(page: Page): Promise<void> {
  await text(page).fill(AN_HOUR);
  await field(page, 'Email (required)').fill('grete@example.net');
  await field(page, 'Name (required)').fill('Grete Waits');
  await page.getByRole('checkbox', { name: SAVE }).check();
}

/** A sentence, everything typed, and nobody signed in. */
async function expectAllKept(page: Page, sentence: RegExp | string): Promise<void> {
  await expect(page.getByRole('alert').first()).toContainText(sentence);
  await expect(text(page)).toHaveValue(AN_HOUR);
  await expect(field(page, 'Email (required)')).toHaveValue('grete@example.net');
  await expect(field(page, 'Name (required)')).toHaveValue('Grete Waits');
  await expect(page.getByRole('checkbox', { name: SAVE })).toBeChecked();
  expectValue((await page.context().cookies()).filter(({ name }) => name.includes('session-token'))).toEqual([]);
  expectValue((await blog.sql.query('SELECT 1 FROM "Session"')).rowCount).toBe(0);
}

const accounts = async () => (await blog.sql.query('SELECT 1 FROM "Account"')).rowCount;

test.each(PROVIDERS)('cancelled at %s in its window: a sentence, and the text', async (provider) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await fillBox(page);
  await follow(await openPopup(page, provider), 'Cancel');
  await expectAllKept(page, `${WAY_NAMES[provider]} says that it was cancelled`);
  await expect(connecting(page, provider)).toHaveCount(0);
  expectValue(pathOf(page)).toBe(path);
  await blog.expectAccessible(page);
  await signInByPopup(page, provider);
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(text(page)).toHaveValue(AN_HOUR);
});

test.each(PROVIDERS)('cancelled at %s without script: back with a sentence and the text', async (provider) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(path);
  await fillBox(page);
  await providerButton(page, provider).click();
  await consentLink(page, 'Cancel').click();
  await expectAllKept(page, `${WAY_NAMES[provider]} says that it was cancelled`);
  expectValue(pathOf(page)).toBe(`${path}/reply`);
  await signInByRedirect(page, provider);
  await expect(text(page)).toHaveValue(AN_HOUR);
});

test('an error in the window, too, leaves the text and the place in the thread', async () => {
  await providers.google.fails('token-down');
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  const link = page.getByRole('link', { name: /^Reply to / }).first();
  const name = (await link.textContent())!.trim();
  await link.click();
  await fillBox(page);
  await follow(await openPopup(page, 'google'), `Continue as ${SOMEBODY.google.name}`);
  await expectAllKept(page, 'Google');
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
});

const FAULTS: [Provider, Fault][] = [
  ...(['error', 'wrong-state', 'no-state', 'no-code', 'unknown-code', 'token-refuses', 'token-down', 'token-garbled', 'token-hangs-up', 'token-moved'] as const).flatMap((fault): [Provider, Fault][] => PROVIDERS.map((provider) => [provider, fault])),
  ...(['wrong-signature', 'signed-by-public-key', 'unsigned', 'expired', 'wrong-issuer', 'wrong-audience', 'wrong-nonce', 'no-nonce', 'no-id-token'] as const).map((fault): [Provider, Fault] => ['google', fault]),
  ...(['userinfo-down', 'userinfo-garbled', 'userinfo-moved'] as const).flatMap((fault): [Provider, Fault][] => [['twitter', fault], ['facebook', fault]]),
];

test.each(FAULTS)('%s with the fault %s signs nobody in, makes nobody up, and loses nothing', async (provider, fault) => {
  await providers[provider].fails(fault);
  const { path } = await findOpenPost(blog);
  const people = (await blog.sql.query('SELECT 1 FROM "User"')).rowCount;
  const page = await blog.newPage({ javaScript: false });
  await page.goto(path);
  await fillBox(page);
  await providerButton(page, provider).click();
  const answered = page.waitForResponse((response) => response.url().startsWith(`${blog.url}/api/auth/callback/`));
  await consentLink(page, `Continue as ${SOMEBODY[provider].name}`).click();
  expectValue((await answered).status()).toBe(303);
  await expectAllKept(page, new RegExp(`Signing in with ${WAY_NAMES[provider]} did not work|${WAY_NAMES[provider]} cannot be reached`));
  expectValue(pathOf(page)).toBe(`${path}/reply`);
  expectValue([await accounts(), (await blog.sql.query('SELECT 1 FROM "User"')).rowCount]).toEqual([0, people]);
  const { rows } = await blog.sql.query<{ lastWorkedAt: Date | null; lastFailure: string }>('SELECT "lastWorkedAt", "lastFailure" FROM "ProviderState" WHERE way = $1::"SignInWay"', [provider]);
  // Without its state nobody knows whether the return is of a sign-in that was begun here: it tells nothing of the provider.
  const isStateless = fault === 'wrong-state' || fault === 'no-state';
  expectValue(rows).toEqual(isStateless ? [] : [{ lastWorkedAt: null, lastFailure: expectValue.stringMatching(/\S/) }]);
});

test('a code works once: the second return with it signs nobody in', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(path);
  const returned = page.waitForRequest((request) => request.url().startsWith(`${blog.url}/api/auth/callback/google`));
  await signInByRedirect(page, 'google');
  const address = (await returned).url();
  const again = await blog.request(address);
  expectValue([again.status, again.headers.getSetCookie().filter((line) => /session-token=[^;]/.test(line))]).toEqual([303, []]);
  await page.getByRole('button', { name: 'Log Out' }).click();
  await page.goto(address);
  expectValue((await blog.sql.query('SELECT 1 FROM "Session"')).rowCount).toBe(0);

  await providers.google.fails('replayed-code');
  await page.goto(path);
  await fillBox(page);
  await providerButton(page, 'google').click();
  await consentLink(page, `Continue as ${SOMEBODY.google.name}`).click();
  await expectAllKept(page, 'Signing in with Google did not work');
});

test("a return that somebody else began signs nobody in: an attacker's account is not put under a reader's hands", async () => {
  const attacker = await blog.newPage({ javaScript: false, allow: [/./] });
  await attacker.goto((await findOpenPost(blog)).path);
  await providerButton(attacker, 'google').click();
  const link = await consentLink(attacker, `Continue as ${SOMEBODY.google.name}`).getAttribute('href');
  const back = await fetch(new URL(link!, providers.google.address), { redirect: 'manual' });
  const victim = await blog.newPage({ javaScript: false });
  await victim.goto(back.headers.get('location')!);
  await expect(victim.getByText(SOMEBODY.google.name)).toHaveCount(0);
  expectValue((await victim.context().cookies()).filter(({ name }) => name.includes('session-token'))).toEqual([]);
  expectValue([await accounts(), (await blog.sql.query('SELECT 1 FROM "Session"')).rowCount]).toEqual([0, 0]);
});

test('what Google tells beside its id_token is not asked elsewhere, whatever its answer names', async () => {
  await providers.google.set({ people: [{ sub: SOMEBODY.google.sub, name: SOMEBODY.google.name }], fault: 'userinfo-moved' });
  const page = await blog.newPage({ javaScript: false });
  await page.goto((await findOpenPost(blog)).path);
  await providerButton(page, 'google').click();
  await consentLink(page, `Continue as ${SOMEBODY.google.name}`).click();
  await expect(page.getByRole('alert').first()).toContainText('Google cannot be reached');
  expectValue([(await providers.google.received()).userinfo, await accounts()]).toEqual([0, 0]);
});

test.each(PROVIDERS.map((of, index): [Provider, Provider] => [of, PROVIDERS[(index + 1) % PROVIDERS.length]!]))('what %s answers, brought to where %s answers, signs nobody in and is told to nobody', async (of, at) => {
  const page = await blog.newPage({ javaScript: false });
  await page.goto((await findOpenPost(blog)).path);
  await providerButton(page, of).click();
  const link = await consentLink(page, `Continue as ${SOMEBODY[of].name}`).getAttribute('href');
  const back = await fetch(new URL(link!, providers[of].address), { redirect: 'manual' });
  await page.goto(back.headers.get('location')!.replace(`/callback/${of}`, `/callback/${at}`));
  await expect(page.getByRole('alert').first()).toContainText(`Signing in with ${WAY_NAMES[at]} did not work`);
  expectValue([await accounts(), (await blog.sql.query('SELECT 1 FROM "Session"')).rowCount]).toEqual([0, 0]);
  expectValue((await Promise.all(PROVIDERS.map((provider) => providers[provider].received()))).map(({ token }) => token)).toEqual([[], [], []]);
});

test('a return that nobody began is not told to the owner as a failure of the provider', async () => {
  for (const search of ['?error=server_error', '?code=made-up&state=made-up', '']) expectValue((await blog.request(`/api/auth/callback/google${search}`)).status).toBe(303);
  expectValue((await blog.sql.query('SELECT 1 FROM "ProviderState"')).rowCount).toBe(0);
});

test('no other address of NextAuth is there', async () => {
  for (const path of ['', '/signin', '/signin/google', '/signout', '/session', '/csrf', '/providers', '/error', '/callback', '/callback/email', '/callback/nodemailer', '/callback/google/more', '/webauthn-options']) {
    expectValue([path, (await blog.request(`/api/auth${path}`)).status]).toEqual([path, 404]);
  }
});
