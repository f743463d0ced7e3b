import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { pictureIn } from '../support/sample-files';
import { expect, useBlog } from '../support/blog';
import { act, body, editorIsReady, paste, postIdOf, saved, titleBox, write } from '../support/writing';

// What an author does with one post, from the first word to the redirect, across every part that has to do with it.
// What the editor's screen does by itself: editor.test.ts.

const blog = useBlog();

const VIDEO = 'https://www.youtube.com/watch?v=abcdefghijk';
const ELSEWHERE = ['/', '/feed.xml', '/feed.json', '/sitemaps/posts-1.xml', '/search?q=bakery'];
const statusOf = async (path: string) => (await blog.request(path)).status;
const textOf = async (path: string) => (await blog.request(path)).text();
/** Without its markup: what was looked for is marked. */
const wordsOf = async (path: string) => (await textOf(path)).replace(/<\/?mark>/g, '');
const rowOf = async (id: string) => (await blog.sql.query<{ slug: string; status: string; html: string }>('SELECT slug, status::text, html FROM "Post" WHERE id = $1', [id])).rows[0]!;
const said = (page: Page, words: RegExp | string) => expect(page.getByRole('status').filter({ hasText: words })).toBeVisible({ timeout: 20_000 });

async function openAuthor(options: Parameters<typeof blog.newPage>[0] = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, 'author');
  return page;
}

async function pastePicture(page: Page): Promise<void> {
  await page.keyboard.press('Enter');
  await paste(body(page), { files: [{ name: 'river.jpg', type: 'image/jpeg', bytes: await pictureIn('jpeg', { width: 1600, height: 900, colour: '#336699' }) }] });
  await expect.poll(() => body(page).locator('img').first().getAttribute('src'), { timeout: 20_000 }).toMatch(/^\/media\//);
}

/** The beginning of the next minute that is far enough away, as a field of the blog's zone (UTC) has it. */
const soon = (): string => new Date(Math.ceil((Date.now() + 20_000) / 60_000) * 60_000).toISOString().slice(0, 16);

test('a post with a picture and a video is written, scheduled, comes out by itself, is changed from a second window, moves, and goes back', async () => {
  const page = await openAuthor();
  await write(page, 'The bakery by the river', 'We went out before breakfast.');
  await pastePicture(page);
  await body(page).press('Control+End');
  await page.keyboard.press('Enter');
  await paste(body(page), { text: VIDEO });
  await expect(saved(page)).toBeVisible({ timeout: 20_000 });
  await blog.expectAccessible(page);
  const id = await postIdOf(page);

  await page.getByLabel(/^Comes out on/).fill(soon());
  await act(page, 'Schedule').click();
  await said(page, /^It comes out on/);
  const path = `/posts/${(await rowOf(id)).slug}`;
  expectValue((await rowOf(id)).status).toBe('scheduled');
  for (const where of [path, `${path}/feed.xml`, `${path}/reply`]) expectValue([where, await statusOf(where)]).toEqual([where, 404]);
  for (const where of ELSEWHERE) expectValue([where, (await wordsOf(where)).includes('The bakery')]).toEqual([where, false]);
  await expect.poll(() => statusOf(path), { timeout: 140_000, intervals: [500] }).toBe(200);
  for (const where of ELSEWHERE) expectValue([where, (await wordsOf(where)).includes(where === '/sitemaps/posts-1.xml' ? path : 'The bakery')]).toEqual([where, true]);
  const shown = await textOf(path);
  expectValue(shown).toContain('We went out before breakfast.');
  expectValue(shown).toMatch(/<img[^>]+src="\/media\//);
  expectValue(shown).toContain('https://www.youtube-nocookie.com/embed/abcdefghijk');

  const second = await page.context().newPage();
  await second.goto(`/admin/posts/${id}`);
  await editorIsReady(second);
  await expect(page.getByText('This post is open in another window of yours.')).toBeVisible({ timeout: 40_000 });
  await titleBox(second).fill('The bakery by the bridge');
  await expect(saved(second)).toBeVisible({ timeout: 20_000 });
  expectValue(await textOf(path)).not.toContain('by the bridge');
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('The bakery by the tower');
  await expect(page.getByRole('alert').filter({ hasText: /window|saved/ })).toBeVisible({ timeout: 20_000 });
  await act(second, 'Update').click();
  await said(second, 'It is updated.');
  expectValue(await textOf(path)).toContain('The bakery by the bridge');
  await page.close();

  await second.getByRole('textbox', { name: 'Address', exact: true }).fill('bridge');
  await act(second, 'Update').click();
  await expect.poll(async () => (await rowOf(id)).slug).toBe('bridge');
  const moved = await blog.request(path);
  expectValue([moved.status, moved.headers.get('location'), await statusOf('/posts/bridge')]).toEqual([308, '/posts/bridge', 200]);

  await second.goto(`/admin/posts/${id}/revisions`);
  await expect(second.getByRole('heading', { level: 1 })).toBeVisible();
  await blog.expectAccessible(second);
}, 240_000);

test('a post with a password shows its words to whoever says it, and nowhere else', async () => {
  const page = await openAuthor();
  await write(page, 'For the family', 'The bakery is closed on Mondays, secretly.');
  await expect(saved(page)).toBeVisible({ timeout: 20_000 });
  await page.getByRole('radio', { name: 'Whoever has the password' }).check();
  await page.getByRole('textbox', { name: 'Password', exact: true }).fill('rabbit 🐇');
  await act(page, 'Publish').click();
  await said(page, 'Whoever has the password can read it now.');
  const path = `/posts/${(await rowOf(await postIdOf(page))).slug}`;
  for (const where of [...ELSEWHERE, path, `${path}/read`, `${path}/feed.xml`, `${path}/reply`]) expectValue([where, (await textOf(where)).includes('secretly')]).toEqual([where, false]);
  const reader = await blog.newPage();
  await reader.goto(path);
  await blog.expectAccessible(reader);
  await reader.getByLabel('Password').fill('hare');
  await reader.getByRole('button').filter({ hasText: /read|open|show|enter|continue/i }).last().click();
  await expect(reader.getByText('secretly')).toHaveCount(0);
  await reader.getByLabel('Password').fill('rabbit 🐇');
  await reader.getByRole('button').filter({ hasText: /read|open|show|enter|continue/i }).last().click();
  await expect(reader.getByText('secretly')).toBeVisible();
  expectValue(await textOf(path)).not.toContain('secretly');
});

test('a picture whose upload is cut is sent again by itself', async () => {
  const page = await openAuthor({ allow: [/ERR_|Failed to load/] });
  await write(page, 'A picture on a train', 'It takes two tries.');
  let tries = 0;
  await page.route('**/admin/media/upload*', (route) => (++tries === 1 ? route.abort('connectionreset') : route.continue()));
  await pastePicture(page);
  expectValue(tries).toBeGreaterThan(1);
  await expect(saved(page)).toBeVisible({ timeout: 20_000 });
  await expect.poll(async () => (await rowOf(await postIdOf(page))).html, { timeout: 20_000 }).toContain('src="/media/');
});

test('who is no author any more while a window is open saves nothing, and loses nothing', async () => {
  const page = await openAuthor({ allow: [/404|403|401/] });
  await write(page, 'While I was one', 'Words of before.');
  await expect(saved(page)).toBeVisible({ timeout: 20_000 });
  const id = await postIdOf(page);
  await blog.sql.query(`UPDATE "User" SET role = 'reader' WHERE email = 'author@example.com'`);
  await body(page).press('Control+End');
  await page.keyboard.type(' Words of after.');
  await expect(page.getByRole('alert').first()).toBeVisible({ timeout: 20_000 });
  expectValue((await rowOf(id)).html).not.toContain('after');
  await expect(body(page)).toContainText('Words of after.');
});
