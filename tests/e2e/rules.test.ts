import { expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { expect, useBlog } from '../support/blog';
import { untilTakenOver } from '../support/react';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const heldWords = (page: Page) => field(page, 'Held words, one a line');
const outcome = (page: Page) => page.getByRole('complementary', { name: 'What your changes would do' });

/** A page of rules that hears what is typed. */
async function openRules(page: Page): Promise<void> {
  await page.goto('/admin/rules');
  await expect(page.getByRole('heading', { level: 1, name: 'Rules' })).toBeVisible();
  await untilTakenOver(heldWords(page));
}

test('an owner types a word, sees which comments it would have held, saves, and the next such comment says why it waits', async () => {
  const { path } = await findOpenPost(blog);
  const guest = await blog.newPage({ javaScript: false });
  await guest.goto(path);
  await postComment(guest, { comment: 'There is a zeppelin over the playground.' });
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await openRules(page);
  await heldWords(page).fill('ZEPPELIN');
  await expect(outcome(page).getByRole('status').first()).toHaveText(/^Of your \d+ comments this would have held 1\.$/);
  const tried = page.getByRole('article', { name: 'Comment by Grete Waits' });
  await expect(tried).toContainText('There is a zeppelin over the playground.');
  await expect(tried).toContainText('Contains the word “ZEPPELIN”, which is held.');
  expectValue((await blog.sql.query('SELECT 1 FROM "ScreeningRules" WHERE "heldWords" <> \'{}\'')).rowCount).toBe(0);
  await blog.expectAccessible(page);
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. From now on comments are screened by these rules.')).toBeVisible();

  const next = await blog.newPage({ javaScript: false });
  await next.goto(path);
  await postComment(next, { comment: 'Another zeppelin today.', name: 'Odo Other', email: 'odo@example.net' });
  await expect(articleWith(next, 'Another zeppelin today.')).toBeVisible();
  await page.goto('/admin/comments');
  const card = page.getByRole('article', { name: 'Odo Other' });
  await card.getByRole('link', { name: 'Contains the word “ZEPPELIN”, which is held.' }).click();
  await page.waitForURL('**/admin/rules#held-words');
  await expect(page.getByRole('region', { name: 'Held words' })).toBeInViewport();
  await page.goto('/admin/comments');
  await card.getByRole('link', { name: 'All of these: A held word' }).click();
  await page.waitForURL(/rule=held-word/);
  await expect(page.getByRole('article', { name: 'Odo Other' })).toBeVisible();
});

test('what cannot be saved has its status and its sentence, and nothing typed is lost; by keyboard alone, on a phone', async () => {
  const page = await blog.newPage({ width: 390, colorScheme: 'dark', allow: [/422/] });
  await blog.signIn(page, 'owner');
  await openRules(page);
  const refused = field(page, 'Refused writers, one a line');
  await refused.focus();
  await page.keyboard.type('not one');
  await expect(outcome(page).getByRole('status').first()).toHaveText('“not one” is no e-mail address, no domain and no address on the network.');
  const answer = page.waitForResponse((response) => response.request().method() === 'POST' && response.status() === 422);
  await page.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await answer;
  await expect(outcome(page).getByRole('alert')).toContainText('“not one” is no e-mail address');
  await expect(refused).toBeFocused();
  await expect(refused).toHaveValue('not one');
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type('casino.example');
  await expect(outcome(page).getByRole('status').first()).toHaveText(/^Of your \d+ comments this would have changed nothing\.$/);
  await page.getByRole('button', { name: 'Save' }).focus();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Saved. From now on')).toBeVisible();
  expectValue((await blog.sql.query('SELECT refused FROM "ScreeningRules"')).rows).toEqual([{ refused: ['casino.example'] }]);
});

test('of two owners the second is told, keeps what they typed, and may save it on top', async () => {
  const [one, other] = [await blog.newPage(), await blog.newPage({ allow: [/409/] })];
  for (const page of [one, other]) {
    await blog.signIn(page, 'owner');
    await openRules(page);
  }
  await heldWords(one).fill('zeppelin');
  await one.getByRole('button', { name: 'Save' }).click();
  await expect(one.getByText('Saved. From now on')).toBeVisible();
  await field(other, 'Trusted writers, one a line').fill('school.example');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(outcome(other).getByRole('alert')).toContainText('Somebody else has changed the rules');
  await expect(field(other, 'Trusted writers, one a line')).toHaveValue('school.example');
  await other.getByRole('button', { name: 'Save' }).click();
  await expect(other.getByText('Saved. From now on')).toBeVisible();
  await expect(heldWords(other)).toHaveValue('zeppelin');
});

test('sixty thousand phrases, more than a megabyte, are pasted and saved, and the page then carries their number', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await openRules(page);
  await field(page, 'Words that are not allowed, one a line').evaluate((area: HTMLTextAreaElement) => {
    area.value = Array.from({ length: 60_000 }, (_, at) => `unwanted phrase ${at}`).join('\n');
    area.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  await expect(outcome(page).getByRole('status').first()).toContainText('That is a long list.');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByText('Saved. From now on')).toBeVisible({ timeout: 30_000 });
  expectValue((await blog.sql.query('SELECT cardinality("disallowedWords") AS count FROM "ScreeningRules"')).rows).toEqual([{ count: 60_000 }]);
  const part = page.getByRole('region', { name: 'Words that are not allowed' });
  await expect(part).toContainText('60,000 lines');
  expectValue((await page.content()).includes('unwanted phrase 59999')).toBe(false);
  await part.getByRole('button', { name: /^Open the list/ }).click();
  await expect.poll(() => field(page, 'Words that are not allowed, one a line').evaluate((area: HTMLTextAreaElement) => area.value.endsWith('\nunwanted phrase 59999'))).toBe(true);
});

test('a moderator and an author read the rules without an address; a reader is not told of them', async () => {
  await blog.sql.query(`INSERT INTO "ScreeningRules" (id, trusted, refused, "heldWords") VALUES (1, '{school.example,mary@home.example}', '{192.0.2.7,198.51.100.0/24,tom@shop.example}', '{zeppelin,ann@mail.example}')`);
  for (const role of ['moderator', 'author'] as const) {
    const page = await blog.newPage({ width: role === 'author' ? 390 : 1280 });
    await blog.signIn(page, role);
    await page.goto('/admin/comments');
    await page.getByRole('link', { name: 'Rules', exact: true }).click();
    await expect(page.getByRole('region', { name: 'Refused writers' })).toContainText('3 addresses that only an owner sees');
    await expect(page.getByRole('region', { name: 'Trusted writers' })).toContainText('school.example');
    await expect(page.getByRole('region', { name: 'Held words' })).toContainText('zeppelin');
    expectValue(await page.content()).not.toMatch(/home\.example|shop\.example|mail\.example|192\.0\.2|198\.51/);
    await expect(page.getByRole('button', { name: 'Save' })).toHaveCount(0);
    await blog.expectAccessible(page);
  }
  const reader = await blog.newPage({ allow: [/404/] });
  await blog.signIn(reader, 'reader');
  expectValue((await reader.goto('/admin/rules'))?.status()).toBe(404);
  const answer = await blog.request('/admin/rules');
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
});
