import type { BrowserContext, Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { PROVIDER_BUTTONS, PROVIDERS, type Provider } from '../../lib/identity/schema';
import { expect, useBlog, type BlogUnderTest } from '../support/blog';
import { mailTo } from '../support/mail';
import { useProviders } from '../support/provider-control';
import { field, findOpenPost } from '../support/stories';

// Each way of becoming somebody else that we could think of. Without script: what counts is what the server does.
const blog = useBlog();
const providers = useProviders();

const X = 'ada@example.net';
const SAME_EMAIL = /^Somebody signs in here with the e-mail address that/;

/** A browser of its own, in front of a box. */
async function newcomer(): Promise<Page> {
  const page = await blog.newPage({ javaScript: false });
  await page.goto(`${(await findOpenPost(blog)).path}/reply`);
  return page;
}

/** Signs in at a provider from where a button for it is. */
async function signIn(page: Page, provider: Provider): Promise<void> {
  await page.getByRole('button', { name: PROVIDER_BUTTONS[provider] }).click();
  await goOn(page);
}

/** Agrees at the provider, and is back. */
async function goOn(page: Page): Promise<void> {
  await page.getByRole('link', { name: /^Continue as/ }).click();
  await page.waitForURL((url) => url.origin === blog.url && !url.pathname.startsWith('/api/'));
}

async function signInByMail(page: Page, address: string): Promise<void> {
  await field(page, 'Email (required)').fill(address);
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await page.goto((await mailTo(blog, address)).link ?? '');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.waitForURL(/\/reply$/);
}

/** Who this browser is, from the database; null for nobody. */
async function whoIs(context: BrowserContext): Promise<string | null> {
  const token = (await context.cookies()).find(({ name }) => name === 'authjs.session-token')?.value ?? '';
  const { rows } = await blog.sql.query<{ id: string }>(`SELECT "userId" AS id FROM "Session" WHERE "sessionToken" = encode(sha256(convert_to($1, 'UTF8')), 'hex')`, [token]);
  return rows[0]?.id ?? null;
}

type Row = { id: string; email: string | null; name: string | null; role: string; ways: string[] };

async function everybody({ sql }: BlogUnderTest = blog): Promise<Row[]> {
  const { rows } = await sql.query<Row>(
    `SELECT u.id, u.email, u.name, u.role::text, array_remove(array_agg(a.provider ORDER BY a.provider), NULL) AS ways
     FROM "User" u LEFT JOIN "Account" a ON a."userId" = u.id WHERE u.role <> 'owner' AND (a.provider IS NOT NULL OR u."emailVerified" IS NOT NULL) AND u.email IS DISTINCT FROM 'owner@example.com'
     GROUP BY u.id ORDER BY u.id`,
  );
  return rows;
}

test('an address proven by mail and by Google is one person', async () => {
  const [mail, google] = [await newcomer(), await newcomer()];
  await signInByMail(mail, X);
  await providers.google.is({ email: X.toUpperCase(), emailVerified: true });
  await signIn(google, 'google');
  const people = (await everybody()).filter(({ email }) => email === X);
  expectValue(people).toMatchObject([{ ways: ['google'] }]);
  expectValue([await whoIs(mail.context()), await whoIs(google.context())]).toEqual([people[0]?.id, people[0]?.id]);
});

test.each(['google', 'facebook'] as const)('an address that %s does not call proven takes nobody’s place: a sentence explains', async (way) => {
  const [victim, attacker] = [await newcomer(), await newcomer()];
  await signInByMail(victim, X);
  await providers[way].is({ sub: 'attacker', email: X, emailVerified: false });
  await signIn(attacker, way);
  await expect(attacker.getByRole('alert')).toHaveText(SAME_EMAIL);
  expectValue(await whoIs(attacker.context())).toBeNull();
  expectValue((await everybody()).filter(({ email }) => email === X)).toMatchObject([{ ways: [] }]);
  // Nor when they try again.
  await signIn(attacker, way);
  expectValue(await whoIs(attacker.context())).toBeNull();
});

test('whoever comes first with an unproven address holds no place for its owner: the owner arrives as themself', async () => {
  const [attacker, byMail, byGoogle] = [await newcomer(), await newcomer(), await newcomer()];
  await providers.facebook.is({ sub: 'attacker', email: X });
  await signIn(attacker, 'facebook');
  const squatter = await whoIs(attacker.context());
  await signInByMail(byMail, X);
  await providers.google.is({ sub: 'owner', email: X, emailVerified: true });
  await signIn(byGoogle, 'google');
  const owner = await whoIs(byMail.context());
  expectValue([squatter, owner].every(Boolean)).toBe(true);
  expectValue(owner).not.toBe(squatter);
  expectValue(await whoIs(byGoogle.context())).toBe(owner);
  expectValue((await everybody()).find(({ id }) => id === squatter)).toMatchObject({ email: null, ways: ['facebook'] });
  // And the first one is still only themself.
  await signIn(await newcomer(), 'facebook');
  expectValue((await everybody()).find(({ id }) => id === owner)).toMatchObject({ email: X, ways: ['google'] });
});

test('an address proven by Google beside an unproven one is somebody new, and a sentence explains, once', async () => {
  const [first, second, again] = [await newcomer(), await newcomer(), await newcomer()];
  await providers.facebook.is({ email: X });
  await signIn(first, 'facebook');
  await providers.google.is({ email: X, emailVerified: true });
  await signIn(second, 'google');
  await expect(second.getByRole('alert')).toContainText('the two are not joined');
  await expect(second.getByText('You are commenting using your Google account.')).toBeVisible();
  expectValue((await everybody()).map(({ email, ways }) => [email, ways])).toEqual([[null, ['facebook']], [X, ['google']]]);
  await signIn(again, 'google');
  await expect(again.getByText('You are commenting using your Google account.')).toBeVisible();
  await expect(again.getByRole('alert')).toHaveCount(0);
});

test('Twitter without an address is somebody, and the same one the next time', async () => {
  const [first, second] = [await newcomer(), await newcomer()];
  await signIn(first, 'twitter');
  await signIn(second, 'twitter');
  expectValue(await whoIs(first.context())).not.toBeNull();
  expectValue(await whoIs(second.context())).toBe(await whoIs(first.context()));
  expectValue((await everybody()).filter(({ ways }) => ways.includes('twitter'))).toMatchObject([{ email: null }]);
});

test.each(PROVIDERS)('a session that begins with %s is opened by 256 random bits, as any other', async (way) => {
  const tokens = new Set<string>();
  for (const page of [await newcomer(), await newcomer()]) {
    await signIn(page, way);
    tokens.add((await page.context().cookies()).find(({ name }) => name === 'authjs.session-token')?.value ?? '');
  }
  expectValue([...tokens]).toEqual([expectValue.stringMatching(/^[\w-]{43}$/), expectValue.stringMatching(/^[\w-]{43}$/)]);
});

test('the same number at two providers is two people', async () => {
  const [first, second] = [await newcomer(), await newcomer()];
  await providers.twitter.is({ sub: '1' });
  await providers.facebook.is({ sub: '1' });
  await signIn(first, 'twitter');
  await signIn(second, 'facebook');
  expectValue(await whoIs(first.context())).not.toBe(await whoIs(second.context()));
});

test('a role that waits for an address is had by who proves it, and by nobody who only states it', async () => {
  await blog.command('people', 'grant', X, 'moderator');
  const [attacker, invited] = [await newcomer(), await newcomer()];
  await providers.facebook.is({ sub: 'attacker', email: X });
  await signIn(attacker, 'facebook');
  await expect(attacker.getByRole('alert')).toHaveText(SAME_EMAIL);
  await providers.google.is({ sub: 'invited', email: X, emailVerified: true });
  await signIn(invited, 'google');
  expectValue((await everybody()).filter(({ role }) => role === 'moderator')).toMatchObject([{ id: await whoIs(invited.context()), email: X, ways: ['google'] }]);
});

test('signing in as somebody else while signed in changes who one is, adds nothing, and ends the session before', async () => {
  const page = await newcomer();
  await signIn(page, 'twitter');
  const before = await whoIs(page.context());
  const sessionBefore = (await page.context().cookies()).find(({ name }) => name === 'authjs.session-token')?.value;
  await page.getByRole('button', { name: 'Change' }).click();
  await signIn(page, 'facebook');
  expectValue(await whoIs(page.context())).not.toBe(before);
  expectValue((await everybody()).map(({ ways }) => ways).sort()).toEqual([['facebook'], ['twitter']]);
  const { rows } = await blog.sql.query(`SELECT 1 FROM "Session" WHERE "sessionToken" = encode(sha256(convert_to($1, 'UTF8')), 'hex')`, [sessionBefore]);
  expectValue(rows).toEqual([]);
});

test('a login is added by a sign-in with it while signed in, and the session is then a new one', async () => {
  const page = await newcomer();
  await signIn(page, 'twitter');
  const person = await whoIs(page.context());
  const token = async () => (await page.context().cookies()).find(({ name }) => name === 'authjs.session-token')?.value;
  const before = await token();
  await page.goto('/account');
  await page.getByRole('button', { name: 'Link Facebook' }).click();
  await goOn(page);
  expectValue(new URL(page.url()).pathname).toBe('/account');
  expectValue(await whoIs(page.context())).toBe(person);
  expectValue(await token()).not.toBe(before);
  expectValue(await everybody()).toMatchObject([{ id: person, ways: ['facebook', 'twitter'] }]);
  const other = await newcomer();
  await signIn(other, 'facebook');
  expectValue(await whoIs(other.context())).toBe(person);
});

test('a login that is somebody else’s is not added, and nobody changes', async () => {
  const [owner, other] = [await newcomer(), await newcomer()];
  await signIn(owner, 'facebook');
  await signIn(other, 'twitter');
  const [ownerId, otherId] = [await whoIs(owner.context()), await whoIs(other.context())];
  await other.goto('/account');
  await other.getByRole('button', { name: 'Link Facebook' }).click();
  await goOn(other);
  await expect(other.getByText('This Facebook account belongs to somebody else here.', { exact: false })).toBeVisible();
  expectValue([await whoIs(owner.context()), await whoIs(other.context())]).toEqual([ownerId, otherId]);
  expectValue((await everybody()).map(({ ways }) => ways)).toEqual([['facebook'], ['twitter']]);
});

test('a wish to add a login that was given up adds nothing later', async () => {
  const page = await newcomer();
  await signIn(page, 'twitter');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Link Facebook' }).click();
  await page.goto(`${(await findOpenPost(blog)).path}/reply`);
  await page.getByRole('button', { name: 'Change' }).click();
  await signIn(page, 'facebook');
  expectValue((await everybody()).map(({ ways }) => ways).sort()).toEqual([['facebook'], ['twitter']]);
});

test('the way back from a provider, opened in another browser, signs nobody in and adds nothing', async () => {
  const [attacker, victim] = [await newcomer(), await newcomer()];
  await signIn(victim, 'twitter');
  const victimId = await whoIs(victim.context());
  // The attacker goes to the provider, and keeps the way back to give it to somebody else.
  await attacker.getByRole('button', { name: 'Facebook' }).click();
  const agreed = await attacker.getByRole('link', { name: /^Continue as/ }).getAttribute('href');
  const back = await fetch(new URL(agreed ?? '', attacker.url()), { redirect: 'manual' });
  const address = back.headers.get('location') ?? '';
  expectValue(address).toContain('/api/auth/callback/facebook?code=');
  await victim.goto(address);
  expectValue(await whoIs(victim.context())).toBe(victimId);
  const stranger = await newcomer();
  await stranger.goto(address);
  expectValue(await whoIs(stranger.context())).toBeNull();
  expectValue((await everybody()).map(({ ways }) => ways)).toEqual([['twitter']]);
});

test('whom the blog shut out stays so by whatever way they come', async () => {
  const [page, again] = [await newcomer(), await newcomer()];
  await signIn(page, 'twitter');
  await blog.sql.query(`UPDATE "User" SET standing = 'banned' WHERE id = $1`, [await whoIs(page.context())]);
  await signIn(again, 'twitter');
  await expect(again.getByText('You cannot comment here any more.')).toBeVisible();
  await expect(again.getByRole('button', { name: 'Post Comment' })).toHaveCount(0);
});

test('a name that is the owner’s is not had by calling oneself so elsewhere', async () => {
  const { userId } = await blog.openSession('owner');
  await blog.sql.query(`UPDATE "User" SET name = 'Marlene' WHERE id = $1`, [userId]);
  const page = await newcomer();
  await providers.twitter.is({ name: 'MARLENE' });
  await signIn(page, 'twitter');
  expectValue((await everybody()).find(({ ways }) => ways.includes('twitter'))).toMatchObject({ name: null });
});

test('nothing of NextAuth’s has an address but the way back', async () => {
  const asks: [string, string][] = ['session', 'signin', 'signin/google', 'csrf', 'providers', 'signout', 'error', 'callback', 'callback/nodemailer', 'callback/google/more', 'callback/credentials'].flatMap((path) => [['GET', path], ['POST', path]] as [string, string][]);
  for (const [method, path] of asks) {
    const answer = await blog.request(`/api/auth/${path}`, { method, ...(method === 'POST' && { body: new URLSearchParams({ csrfToken: 'x' }) }) });
    expectValue([method, path, answer.status >= 400 && answer.status < 500]).toEqual([method, path, true]);
    expectValue([path, answer.headers.get('set-cookie')]).toEqual([path, null]);
  }
});
