import { expect as expectValue, test } from 'vitest';
import { SIGN_IN_CODE_DIGITS } from '../../lib/identity/schema';
import { expect, useBlog } from '../support/blog';
import { mailTo } from '../support/mail';
import { useProviders } from '../support/provider-control';
import { SOMEBODY } from '../support/provider-script';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { consentLink, providerButton, signInByRedirect, text } from '../support/signing-in';
import { field, findOpenPost } from '../support/stories';

const blog = useBlog();
const providers = useProviders();

const NETWORK = '2001:db8:7:7';
const TRIES = 45;

test('from one place on the network no flood of texts is kept, whatever button it presses and from however many addresses', async () => {
  const { path } = await findOpenPost(blog);
  const html = await (await blog.request(path)).text();
  const statuses: number[] = [];
  for (let host = 1; host <= TRIES; host += 1) {
    const { body, headers } = multipart({ ...fieldsOfForm(html, 'Email me a sign-in link'), comment: `Words ${host}.`, email: 'no address' });
    statuses.push((await blog.request(path, { method: 'POST', body: new Uint8Array(body), headers: { ...headers, 'x-forwarded-for': `${NETWORK}::${host}` } })).status);
  }
  expectValue([statuses.filter((status) => status === 422).length, statuses.at(-1)]).toEqual([40, 429]);
  expectValue((await blog.sql.query('SELECT 1 FROM "CommentDraft"')).rowCount).toBe(40);
});

test('sign-ins that were begun and given up leave few cookies, and the last one still works', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  for (const provider of ['google', 'twitter', 'facebook', 'google', 'twitter', 'google'] as const) {
    await page.goto(`${path}/reply`);
    await providerButton(page, provider).click();
    await expect(consentLink(page, 'Cancel')).toBeVisible();
  }
  const sent = (await page.context().cookies(blog.url)).map(({ name, value }) => `${name}=${value}`).join('; ');
  expectValue(sent.length).toBeLessThan(6_500);
  await consentLink(page, `Continue as ${SOMEBODY.google.name}`).click();
  await expect(page.getByText('You are commenting using your Google account.', { exact: true })).toBeVisible();
});

test('a session put into the cookie of a sign-in by somebody else adds no login to their account', async () => {
  const { userId, sessionToken } = await blog.openSession('reader');
  const page = await blog.newPage({ javaScript: false });
  await page.goto((await findOpenPost(blog)).path);
  await providerButton(page, 'facebook').click();
  const context = page.context();
  const attempt = (await context.cookies(blog.url)).find(({ name }) => name.startsWith('sign-in.'))!;
  const { kept, ...more } = JSON.parse(decodeURIComponent(attempt.value)) as { kept: Record<string, string> };
  await context.addCookies([{ ...attempt, value: encodeURIComponent(JSON.stringify({ ...more, kept: { ...kept, 'session-token': sessionToken } })) }]);
  await consentLink(page, `Continue as ${SOMEBODY.facebook.name}`).click();
  // Nobody knows any more where it was begun: the page of all ways says so.
  await expect(page.getByRole('alert')).toHaveText(/^Signing in with Facebook did not work/);
  expectValue(new URL(page.url()).pathname).toBe('/sign-in');
  expectValue((await blog.sql.query('SELECT 1 FROM "Account" WHERE "userId" = $1', [userId])).rowCount).toBe(0);
  expectValue((await providers.facebook.received()).token).toEqual([]);
});

test('who signs out leaves nothing of what they were writing to the next at this browser', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(`${path}/reply`);
  await text(page).fill('Not for the next one.');
  await signInByRedirect(page, 'google');
  await expect(text(page)).toHaveValue('Not for the next one.');
  await page.goto('/account');
  await page.getByRole('button', { name: 'Sign out', exact: true }).click();
  await page.waitForURL(`${blog.url}/`);
  await page.goto(`${path}/reply`);
  await expect(text(page)).toHaveValue('');
});

test('a sign-in link says whom it signs in: a link of somebody else’s deceives nobody', async () => {
  const page = await blog.newPage({ javaScript: false });
  await page.goto('/sign-in');
  await field(page, 'Email').fill('Eve@example.net');
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click();
  const { link, text: words } = await mailTo(blog, 'eve@example.net');
  expectValue(words).toMatch(new RegExp(`\\b\\d{${SIGN_IN_CODE_DIGITS}}\\b`));
  const victim = await blog.newPage({ javaScript: false });
  await victim.goto(link ?? '');
  await expect(victim.getByText('This link signs you in on this device as eve@example.net.', { exact: false })).toBeVisible();
});
