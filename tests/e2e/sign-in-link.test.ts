import { expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { SIGN_IN_LINKS_PER_EMAIL, SIGN_IN_LINKS_PER_IP } from '../../lib/identity/schema';
import { expect, useBlog } from '../support/blog';
import { mailsTo, mailTo } from '../support/mail';
import { AN_HOUR, expectTextKept, pathOf, speaking, text } from '../support/signing-in';
import { articleWith, field, findOpenPost } from '../support/stories';

const blog = useBlog();
const ADDRESS = 'tilda.lane@example.net';
const ask = (page: Page) => page.getByRole('button', { name: 'Email me a sign-in link' }).click();
const sessions = async () => (await blog.sql.query('SELECT 1 FROM "Session"')).rowCount;

/** Types a comment and an address, and asks for a link. */
async function askForLink(page: Page, path: string, address = ADDRESS): Promise<void> {
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  await field(page, 'Email (required)').fill(address);
  await ask(page);
  await expect(page.getByRole('status').filter({ hasText: `on its way to ${address}` })).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
}

test.each([true, false])('the link, opened in the same browser: a page with a button, then back with the text (script: %s)', async (javaScript) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await askForLink(page, path);
  if (javaScript) await blog.expectAccessible(page);
  const { link } = await mailTo(blog, ADDRESS);
  await page.goto(link!);
  expectValue(await sessions()).toBe(0);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(speaking(page, 'email')).toBeVisible();
  expectValue(pathOf(page)).toBe(`${path}/reply`);
  await expectTextKept(page);
  await field(page, 'Name (required)').fill('Tilda Lane');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(articleWith(page, 'It took me an hour')).toContainText('Your comment is awaiting moderation.');
  expectValue((await blog.sql.query(`SELECT c.name, u.email, u."emailVerified" IS NOT NULL AS proven FROM "Comment" c JOIN "User" u ON u.id = c."userId" WHERE c.source LIKE 'It took me%'`)).rows).toEqual([{ name: 'Tilda Lane', email: ADDRESS, proven: true }]);
});

test.each([true, false])('the mail read on another device: its short code signs in where it was asked for (script: %s)', async (javaScript) => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await askForLink(page, path);
  const { code } = await mailTo(blog, ADDRESS);
  await field(page, 'Code from the mail').fill(code!);
  await page.getByRole('button', { name: 'Sign in with this code' }).click();
  await expect(speaking(page, 'email')).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await expect(text(page)).toBeFocused();
  expectValue(await sessions()).toBe(1);
  const { link } = await mailTo(blog, ADDRESS);
  const other = await blog.newPage({ javaScript: false });
  await other.goto(link!);
  await expect(other.getByRole('alert')).toContainText('used already or is too old');
});

test('a wrong code is refused with a sentence and the text; in another browser the right one opens nothing', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await askForLink(page, path);
  const { code } = await mailTo(blog, ADDRESS);
  const wrong = String((Number(code) + 1) % 1_000_000).padStart(6, '0');
  await field(page, 'Code from the mail').fill(wrong);
  await page.getByRole('button', { name: 'Sign in with this code' }).click();
  await expect(page.getByText('This code does not fit, or is too old.').first()).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await blog.expectAccessible(page);

  const other = await blog.newPage({ javaScript: false });
  await askForLink(other, path, 'somebody.else@example.net');
  await field(other, 'Code from the mail').fill(code!);
  await other.getByRole('button', { name: 'Sign in with this code' }).click();
  await expect(other.getByText('This code does not fit, or is too old.').first()).toBeVisible();
  expectValue(await sessions()).toBe(0);
});

test('a scanner that opens the link, again and again, signs nobody in and does not use it up', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await askForLink(page, path);
  const { link } = await mailTo(blog, ADDRESS);
  for (const method of ['GET', 'HEAD', 'GET']) {
    const answer = await blog.request(link!, { method });
    expectValue([answer.status, answer.headers.getSetCookie().filter((line) => line.includes('session-token'))]).toEqual([200, []]);
  }
  expectValue(await sessions()).toBe(0);
  await page.goto(link!);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(speaking(page, 'email')).toBeVisible();
});

test('a link that was used, or is older than fifteen minutes, says so; the text is still there', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await askForLink(page, path);
  const { link, code } = await mailTo(blog, ADDRESS);
  await blog.sql.query(`UPDATE "SignInLink" SET "createdAt" = "createdAt" - interval '15 minutes 1 second', expires = expires - interval '15 minutes 1 second'`);
  await field(page, 'Code from the mail').fill(code!);
  await page.getByRole('button', { name: 'Sign in with this code' }).click();
  await expect(page.getByText('This code does not fit, or is too old.').first()).toBeVisible();
  await expect(text(page)).toHaveValue(AN_HOUR);
  await page.goto(link!);
  expectValue(new URL(page.url()).pathname).toBe(`${path}/reply`);
  await expect(page.getByRole('alert')).toContainText('used already or is too old');
  await expect(text(page)).toHaveValue(AN_HOUR);
  // Where nothing was typed there is nothing to go back to.
  const elsewhere = await blog.newPage({ javaScript: false });
  expectValue((await elsewhere.goto(link!))?.status()).toBe(404);
  await expect(elsewhere.getByRole('alert')).toContainText('used already or is too old');
  expectValue(await sessions()).toBe(0);
});

test('a reply inside a thread goes on at the same comment, from the mail', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(path);
  await page.getByRole('link', { name: /^Reply to / }).first().click();
  const at = pathOf(page);
  await askForLink(page, at);
  await page.goto((await mailTo(blog, ADDRESS)).link!);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await expect(page.getByRole('link', { name: 'Cancel reply' })).toBeVisible();
  expectValue(pathOf(page)).toBe(at);
  await expect(text(page)).toHaveValue(AN_HOUR);
});

test('an address is sent so many links an hour and no more, wherever they are asked for', async () => {
  const { path } = await findOpenPost(blog);
  for (let sent = 0; sent < SIGN_IN_LINKS_PER_EMAIL; sent++) await askForLink(await blog.newPage({ javaScript: false }), path);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  await field(page, 'Email (required)').fill(ADDRESS);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await ask(page);
  expectValue([(await answered).status(), Number((await answered).headers()['retry-after'])]).toEqual([429, expectValue.closeTo(3_600, -2)]);
  await expect(page.getByRole('alert').first()).toContainText('Several links were asked for already');
  await expect(text(page)).toHaveValue(AN_HOUR);
  expectValue(await mailsTo(blog, ADDRESS)).toHaveLength(SIGN_IN_LINKS_PER_EMAIL);
});

test('a place on the network is sent so many links an hour and no more, whatever the addresses', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await askForLink(page, path);
  for (let sent = 1; sent < SIGN_IN_LINKS_PER_IP; sent++) {
    await field(page, 'Email (required)').fill(`tilda${sent}@example.net`);
    await ask(page);
    await expect(page.getByRole('status').filter({ hasText: `tilda${sent}@example.net` })).toBeVisible();
  }
  await field(page, 'Email (required)').fill('one.more@example.net');
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await ask(page);
  expectValue((await answered).status()).toBe(429);
  expectValue(await mailsTo(blog, 'one.more@example.net')).toEqual([]);
});

test('the answer, and the mail, are the same for an address that is known and one that is not', async () => {
  await blog.sql.query(`UPDATE "User" SET email = 'known@example.net', "emailVerified" = now() WHERE id = (SELECT id FROM "User" WHERE role <> 'owner' LIMIT 1)`);
  const { path } = await findOpenPost(blog);
  const seen: string[] = [];
  for (const address of ['known@example.net', 'fresh@example.net']) {
    const page = await blog.newPage({ javaScript: false });
    await askForLink(page, path, address);
    const said = await page.locator('#respond').innerHTML();
    const mail = await mailTo(blog, address);
    seen.push(`${said}\n${mail.subject}\n${mail.text}`.replaceAll(address, 'ADDRESS').replaceAll(mail.link!, 'LINK').replaceAll(mail.code!, 'CODE').replace(/name="\$ACTION[^>]*>/g, ''));
  }
  expectValue(seen[0]).toBe(seen[1]);
});

test('what is no address is refused with a sentence, and nothing is sent', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(path);
  await text(page).fill(AN_HOUR);
  for (const address of ['', 'nobody', 'a@b@c.example', 'me@example.net\nBcc: all@example.net']) {
    await field(page, 'Email (required)').fill(address);
    await ask(page);
    await expect(page.getByRole('alert').first()).toContainText('e-mail address');
    await expect(text(page)).toHaveValue(AN_HOUR);
  }
  expectValue((await blog.sql.query('SELECT 1 FROM "Mail"')).rowCount).toBe(0);
});
