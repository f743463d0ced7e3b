import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { describe, expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const mailsTo = async (to: string) => (await blog.sql.query<{ text: string }>('SELECT text FROM "Mail" WHERE "to" = $1 ORDER BY "createdAt", id', [to])).rows;

/** The path of the first address in the latest mail to somebody that has this in it. */
async function linkTo(to: string, part: string): Promise<string> {
  const find = async () => (await mailsTo(to)).at(-1)?.text.split(/\s+/).find((word) => word.startsWith(blog.url) && word.includes(part)) ?? '';
  await expect.poll(find, { timeout: 20_000 }).toContain(part);
  return (await find()).slice(blog.url.length);
}

describe.each([[true, 390, 'dark'], [false, 1280, 'light']] as const)('script %s, %i px, %s', (javaScript, width, colorScheme) => {
  // axe runs in the page.
  const expectAccessible = async (page: Page) => { if (javaScript) await blog.expectAccessible(page); };
  const open = () => blog.newPage({ javaScript, width, colorScheme });

  test('a guest asks what is kept of their address, takes it along, and has it deleted', async () => {
    const email = `grete${width}@example.net`;
    const page = await open();
    await page.goto((await findOpenPost(blog)).path);
    await postComment(page, { comment: `What I wrote at ${width}.`, email });
    await expect(page.getByText('awaiting moderation').first()).toBeVisible();
    await page.goto('/privacy');
    await page.getByRole('link', { name: 'a link in a mail' }).click();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await expect(field(page, 'Email (required)')).toHaveAccessibleDescription('Please type your e-mail address.');
    await field(page, 'Email (required)').fill(email.toUpperCase());
    await page.getByRole('button', { name: 'Send me the link' }).click();
    await expect(page.getByRole('status')).toContainText('a link is on its way');

    const path = await linkTo(email, '/privacy/data/');
    await page.goto(path);
    await expect(page.getByRole('main')).toContainText('1 comment that you wrote without signing in.');
    await expectAccessible(page);
    const coming = page.waitForEvent('download');
    await page.getByRole('link', { name: 'Download it as a file' }).click();
    const kept = JSON.parse(readFileSync(await (await coming).path(), 'utf8')) as { address: string; comments: { text: string }[] };
    expectValue([kept.address, kept.comments.map(({ text }) => text)]).toEqual([email, [`What I wrote at ${width}.`]]);

    await page.getByRole('radio', { name: 'Go too' }).check();
    await page.getByRole('checkbox', { name: /^Yes, delete it/ }).check();
    await page.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByRole('status')).toHaveText('It is deleted.');
    const { rows } = await blog.sql.query<{ count: number }>(`SELECT (SELECT count(*) FROM "Comment" WHERE email = $1 OR source LIKE 'What I wrote at ${width}%')::int + (SELECT count(*) FROM "Mail" WHERE "to" = $1)::int AS count`, [email]);
    expectValue(rows[0]?.count).toBe(0);
    expectValue((await blog.request(path)).status).toBe(404);
  });

  test('somebody who is written about asks that it goes, proves their address, and has an answer from the desk', async () => {
    const email = `anna${width}@example.org`;
    const page = await open();
    await page.goto('/privacy');
    await page.getByRole('link', { name: 'Say what is about you or your child' }).click();
    await expectAccessible(page);
    await field(page, 'Where it is (required)').fill('/about');
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(field(page, 'What it is, and why it should go (required)')).toHaveAccessibleDescription(/Please say what it is\./);
    await expect(field(page, 'Where it is (required)')).toHaveValue('/about');
    await field(page, 'What it is, and why it should go (required)').fill(`My child is named here (${width}).`);
    await field(page, 'Email (optional)').fill(email);
    await page.getByRole('button', { name: 'Send' }).click();
    await expect(page.getByRole('heading', { level: 1, name: 'Your request' })).toBeVisible();
    await expect(page.getByRole('status')).toContainText('It has arrived.');
    await expectAccessible(page);
    const own = new URL(page.url()).pathname;
    await expect(page.getByRole('button', { name: /^Yes, send the answer/ })).toHaveCount(0);
    const byMail = await linkTo(email, '/privacy/removal/');
    expectValue(byMail).not.toBe(own);
    await page.goto(byMail);
    await page.getByRole('button', { name: 'Yes, send the answer to my address' }).click();
    await expect(page.getByText('The answer goes to')).toBeVisible();

    const desk = await blog.newPage({ width, colorScheme });
    await blog.signIn(desk, 'moderator');
    await desk.goto('/admin/removals');
    const card = desk.getByRole('article').filter({ hasText: `(${width})` });
    await expect(card).toContainText('30 days left');
    await expect(card).not.toContainText(email);
    await blog.expectAccessible(desk);
    await card.getByRole('button', { name: 'Answer' }).click();
    await expect(card.getByRole('alert')).toHaveText('Please write an answer.');
    await card.getByRole('combobox', { name: 'What was done' }).selectOption('It was changed.');
    await card.getByRole('textbox', { name: 'Your answer (required)' }).fill('The name is gone.');
    await card.getByRole('button', { name: 'Answer' }).click();
    await expect(desk.getByRole('article').filter({ hasText: 'The name is gone.' })).toBeVisible();
    await expect(desk.getByRole('article').filter({ hasText: `(${width})` }).getByRole('button', { name: 'Answer' })).toHaveCount(0);
    await page.goto(own);
    await expect(page.getByRole('status')).toContainText('The name is gone.');
    await expect.poll(async () => (await mailsTo(email)).at(-1)?.text ?? '', { timeout: 20_000 }).toContain('The name is gone.');
  });
});

test('how long things are kept is the owner’s to set, and the privacy page says it', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/settings');
  const section = page.getByRole('region', { name: 'How long things are kept' });
  await section.getByRole('spinbutton', { name: 'Comments in Spam, in days' }).fill('99999');
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByRole('spinbutton', { name: 'Comments in Spam, in days' })).toHaveAccessibleDescription(/from 0 to 3650/);
  await section.getByRole('spinbutton', { name: 'Comments in Spam, in days' }).fill('12');
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByRole('status')).toHaveText('Saved.');
  expectValue(await (await blog.request('/privacy')).text()).toContain('A comment that was called spam: 12 days.');
});

test.each(['author', 'reader'] as const)('of requests an %s is not told', async (role) => {
  const page = await blog.newPage();
  await blog.signIn(page, role);
  expectValue((await page.goto('/admin/removals'))?.status()).toBe(404);
});
