import { expect as expectValue, test } from 'vitest';
import { PROVIDERS } from '../../lib/identity/schema';
import { expect, useBlog } from '../support/blog';
import { freePort, useProcesses } from '../support/blog-process';
import { mailTo } from '../support/mail';
import { useProviders } from '../support/provider-control';
import { SOMEBODY } from '../support/provider-script';
import { fieldsOfForm, multipart, sendRaw } from '../support/raw-request';
import { consentLink, providerButton, signInByPopup } from '../support/signing-in';
import { findOpenPost } from '../support/stories';

const blog = useBlog();
const providers = useProviders();
const { run, dataDir } = useProcesses();

const FORGED: Record<string, string>[] = [
  { host: 'evil.example' },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
  { forwarded: 'host=evil.example;proto=https' },
  { 'x-original-url': '/evil', 'x-rewrite-url': '/evil', 'x-forwarded-prefix': '/evil' },
  { host: 'evil.example', 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https' },
];

const setBy = (headers: { 'set-cookie'?: string[] }) => headers['set-cookie'] ?? [];
const namesOf = (lines: string[]) => lines.map((line) => line.split('=', 1)[0]);

/** Sends the form of a post's box by one of its buttons, as a browser without script would, with these headers besides. */
async function press(button: string, headers: Record<string, string>, typed: Record<string, string> = {}) {
  const { path } = await findOpenPost(blog);
  const form = fieldsOfForm(await (await blog.request(path)).text(), button);
  const { body, headers: type } = multipart({ ...form, ...typed });
  return sendRaw(blog, { method: 'POST', path, body, headers: { ...type, ...headers } });
}

test.each(FORGED)('a sign-in form with %j leads to the same place, with the same cookies', async (forged) => {
  for (const [provider, button] of [['google', 'Google'], ['twitter', 'Twitter (X)'], ['facebook', 'Facebook']] as const) {
    const answer = await press(button, forged, { comment: 'Words.' });
    expectValue(answer.status).toBe(303);
    const address = new URL(answer.headers.location!);
    expectValue([address.origin, address.searchParams.get('redirect_uri')]).toEqual([providers[provider].address, `${blog.url}/api/auth/callback/${provider}`]);
    const cookies = setBy(answer.headers);
    expectValue(cookies.length).toBeGreaterThan(2);
    expectValue(cookies.filter((line) => !/; HttpOnly/i.test(line) || !/; SameSite=Lax/i.test(line) || !/; Path=\/(;|$)/i.test(line) || /Domain=/i.test(line))).toEqual([]);
    expectValue(cookies.filter((line) => line.includes('evil'))).toEqual([]);
  }
});

test.each(FORGED)('a mail that was asked for with %j links to the blog itself', async (forged) => {
  const answer = await press('Email me a sign-in link', forged, { comment: 'Words.', email: 'tilda@example.net' });
  expectValue(answer.status).toBe(200);
  const { link, html, text } = await mailTo(blog, 'tilda@example.net');
  expectValue(new URL(link!).origin).toBe(blog.url);
  expectValue(`${html}${text}`).not.toContain('evil');
});

test.each(FORGED)('a return from the provider with %j ends at the blog itself', async (forged) => {
  const page = await blog.newPage({ javaScript: false });
  await page.goto((await findOpenPost(blog)).path);
  await providerButton(page, 'google').click();
  const link = await consentLink(page, `Continue as ${SOMEBODY.google.name}`).getAttribute('href');
  const back = new URL((await fetch(new URL(link!, providers.google.address), { redirect: 'manual' })).headers.get('location')!);
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await sendRaw(blog, { path: back.pathname + back.search, headers: { cookie, ...forged } });
  expectValue([answer.status, answer.headers.location]).toEqual([303, expectValue.stringMatching(new RegExp(`^${blog.url}/posts/[^?]+/reply$`))]);
  expectValue(namesOf(setBy(answer.headers))).toContain('authjs.session-token');
  expectValue(setBy(answer.headers).filter((line) => /evil|Domain=/i.test(line))).toEqual([]);
  expectValue((await providers.google.received()).token).toEqual([expectValue.objectContaining({ redirectUri: `${blog.url}/api/auth/callback/google`, status: 200 })]);
});

test('a form from another origin begins nothing', async () => {
  for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, { origin: 'https://evil.example', host: 'evil.example' }, { 'sec-fetch-site': 'cross-site' }] as Record<string, string>[]) {
    const answer = await press('Google', headers);
    expectValue([answer.status, setBy(answer.headers)]).toEqual([403, []]);
  }
});

test('no address in a form leads anywhere else after a sign-in', async () => {
  for (const to of ['https://evil.example/', '//evil.example/', '/\\evil.example/', 'javascript:alert(1)', '/ok\nhttps://evil.example']) {
    const page = await blog.newPage({ javaScript: false });
    await page.goto(`/sign-in?to=${encodeURIComponent(to)}`);
    await providerButton(page, 'google').click();
    await consentLink(page, `Continue as ${SOMEBODY.google.name}`).click();
    await expect(consentLink(page, `Continue as ${SOMEBODY.google.name}`)).toHaveCount(0);
    expectValue(new URL(page.url()).origin).toBe(blog.url);
  }
});

test('with an https address every link, callback and cookie is of that address, whatever a request claims', async () => {
  const port = await freePort();
  const site = 'https://blog.example';
  const keys = Object.fromEntries(PROVIDERS.flatMap((provider) => ['ID', 'SECRET'].map((name) => [`AUTH_${provider.toUpperCase()}_${name}`, 'made-up'])));
  const server = run(['server/start.ts'], { DATA_DIR: dataDir(), PORT: String(port), SITE_URL: site, ...keys });
  await server.untilSaid('The blog is at');
  expectValue(server.said).not.toContain('docs/logins.md');
  const here = `http://127.0.0.1:${port}`;
  const [{ slug = '' } = {}] = [...(await (await fetch(here)).text()).matchAll(/href="(?:https:\/\/blog\.example)?\/posts\/(?<slug>[^"/#]+)"/g)].map(({ groups }) => groups ?? {});
  const html = await (await fetch(`${here}/posts/${slug}`)).text();
  for (const [provider, button, origin] of [['google', 'Google', 'https://accounts.google.com'], ['twitter', 'Twitter (X)', 'https://x.com'], ['facebook', 'Facebook', 'https://www.facebook.com']] as const) {
    const { body, headers } = multipart({ ...fieldsOfForm(html, button), comment: 'Words.' });
    const answer = await fetch(`${here}/posts/${slug}`, { method: 'POST', body: new Uint8Array(body), redirect: 'manual', headers: { ...headers, origin: site, 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'http' } });
    expectValue(answer.status).toBe(303);
    const address = new URL(answer.headers.get('location')!);
    expectValue([address.origin, address.searchParams.get('redirect_uri')]).toEqual([origin, `${site}/api/auth/callback/${provider}`]);
    expectValue(answer.headers.getSetCookie().filter((line) => !/^__Host-[^;]*;.*\bSecure\b/i.test(line))).toEqual([]);
    expectValue(answer.headers.getSetCookie().length).toBeGreaterThan(2);
  }
  const foreign = await fetch(`${here}/posts/${slug}`, { method: 'POST', body: new FormData(), headers: { origin: here } });
  expectValue(foreign.status).toBe(403);
});

test('reading asks for nothing personal without the cookie here=1, and once with it', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  const asked: string[] = [];
  page.on('request', (request) => asked.push(new URL(request.url()).pathname));
  const personal = () => asked.filter((address) => /^\/(api|account|admin|sign-in)|\/reply/.test(address));
  for (const address of [path, '/', '/privacy', path]) await page.goto(address, { waitUntil: 'networkidle' });
  expectValue([personal(), await page.context().cookies()]).toEqual([[], []]);

  await signInByPopup(page, 'google');
  expectValue((await page.context().cookies()).find(({ name }) => name === 'here')).toMatchObject({ value: '1', httpOnly: false, sameSite: 'Lax' });
  expectValue((await page.context().cookies()).find(({ name }) => name.endsWith('session-token'))).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
  asked.length = 0;
  await page.goto(path, { waitUntil: 'networkidle' });
  expectValue(personal()).toEqual([`${path}/reply`]);
  asked.length = 0;
  await page.goto('/', { waitUntil: 'networkidle' });
  expectValue(personal()).toEqual([]);
});

test('a signed-in reader gets the same kept page as everybody, to the byte', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await signInByPopup(page, 'google');
  const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const [anonymous, own] = await Promise.all([blog.request(path), blog.request(path, { headers: { cookie } })]);
  expectValue([own.headers.get('etag'), own.headers.get('cache-control'), await own.text()]).toEqual([anonymous.headers.get('etag'), anonymous.headers.get('cache-control'), await anonymous.text()]);
});
