import { expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { expect, useBlog } from '../support/blog';
import { untilTakenOver } from '../support/react';
import { exportOf, fixture, writeExport } from '../support/wxr/write-export';

const blog = useBlog();
const FILE = fixture('blog-1.2.xml');

const card = (page: Page) => page.getByRole('region', { name: 'Bring a blog here' });
const field = (page: Page) => page.getByLabel('File of your old blog');
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
/** How many comments came in. */
const comments = async () => (await blog.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM "Comment" WHERE "legacyNumber" IS NOT NULL')).rows[0]?.n ?? 0;

/** The page, as an owner, sending pieces of so many bytes. */
async function openMoving(page: Page, pieceBytes = 4_000): Promise<void> {
  await blog.signIn(page, 'owner');
  await page.goto('/admin/moving');
  const form = page.locator('form[data-piece-bytes]');
  await untilTakenOver(form);
  await form.evaluate((element: HTMLFormElement, bytes) => { element.dataset.pieceBytes = String(bytes); }, pieceBytes);
}

test('an owner sends a file in pieces, sees what would come in, imports it, and reads it on the blog', async () => {
  const page = await blog.newPage();
  const pieces: number[] = [];
  page.on('request', (request) => { if (request.url().includes('/pieces?at=')) pieces.push(request.postDataBuffer()?.length ?? 0); });
  await openMoving(page);
  await blog.expectAccessible(page);
  await field(page).setInputFiles(FILE);
  await button(page, 'Upload and check').click();
  await expect(page.getByRole('table', { name: 'What would come in' })).toBeVisible({ timeout: 30_000 });
  expectValue(pieces.length).toBeGreaterThan(3);
  expectValue(Math.max(...pieces)).toBe(4_000);
  await expect(page.getByRole('row', { name: /^Posts/ })).toHaveText(/^Posts9/);
  await expect(card(page)).toContainText('This is a WordPress export, from lantern.example.');
  await blog.expectAccessible(page);
  expectValue(await comments()).toBe(0);
  await page.getByRole('checkbox', { name: 'Copy pictures too' }).uncheck();
  await button(page, 'Import').click();
  await expect(page.getByRole('heading', { name: 'Your blog has moved in' })).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('table', { name: 'What came in' })).toBeVisible();
  expectValue(await comments()).toBeGreaterThan(5);
  await blog.expectAccessible(page);
  const moved = await blog.request('/?p=10');
  expectValue(moved.status).toBe(308);
  expectValue((await blog.request(moved.headers.get('location') ?? '')).status).toBe(200);
  expectValue((await blog.sql.query('SELECT 1 FROM "TransferPiece"')).rowCount).toBe(0);
});

test('after a cut the upload goes on by itself, and after a closed page with the same file', async () => {
  const page = await blog.newPage({ allow: [/ERR_|Failed to load/] });
  await openMoving(page);
  let count = 0;
  // The second piece is lost, and from the fifth on all of them.
  await page.route('**/pieces?at=*', (route) => {
    count += 1;
    return count === 2 || count >= 5 ? route.abort('connectionreset') : route.continue();
  });
  await field(page).setInputFiles(FILE);
  await button(page, 'Upload and check').click();
  await expect(page.getByText(/^The connection is interrupted/)).toBeVisible();
  await expect.poll(() => count, { timeout: 30_000 }).toBeGreaterThan(4);
  page.on('dialog', (dialog) => void dialog.accept());
  await page.goto('/admin/moving');
  await expect(card(page)).toContainText('Choose the same file again');
  const [{ received }] = (await blog.sql.query<{ received: string }>('SELECT received FROM "Transfer"')).rows as [{ received: string }];
  expectValue(Number(received)).toBeGreaterThan(4_000);
  await page.unroute('**/pieces?at=*');
  const first = page.waitForRequest('**/pieces?at=*');
  await page.getByLabel('The same file').setInputFiles(FILE);
  await button(page, 'Go on').click();
  expectValue(new URL((await first).url()).searchParams.get('at')).toBe(received);
  await expect(page.getByRole('table', { name: 'What would come in' })).toBeVisible({ timeout: 30_000 });
});

test('by keyboard alone, on a phone in the dark: cancelled, begun again, removed', async () => {
  const page = await blog.newPage({ width: 390, colorScheme: 'dark' });
  await openMoving(page);
  await field(page).setInputFiles(writeExport(exportOf([{ id: 1 }])));
  await button(page, 'Upload and check').focus();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Import')).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('heading', { name: 'Ready to come in' })).toBeFocused();
  // Nobody takes it up, so that there is time to cancel: another import runs as far as the blog knows.
  const other = await blog.sql.connect();
  await other.query('SELECT pg_advisory_lock(7366024901)');
  await button(page, 'Import').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('progressbar', { name: 'Waiting until another import is done' })).toBeVisible({ timeout: 30_000 });
  await blog.expectAccessible(page);
  await button(page, 'Cancel').focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Cancelled' })).toBeFocused();
  other.release(true);
  expectValue((await blog.sql.query(`SELECT 1 FROM "Post" WHERE title = 'Post 1'`)).rowCount).toBe(0);
  await page.keyboard.press('Tab');
  await expect(button(page, 'Begin again')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(button(page, 'Import')).toBeVisible({ timeout: 30_000 });
  await button(page, 'Remove the file').focus();
  await page.keyboard.press('Enter');
  await expect(field(page)).toBeVisible();
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  await blog.expectAccessible(page);
});

test('a file that is no export says so, and leaves everything as it was', async () => {
  const page = await blog.newPage();
  await openMoving(page);
  await field(page).setInputFiles({ name: `${'a very long name '.repeat(10)}.xml`, mimeType: 'text/xml', buffer: Buffer.from('<rss version="2.0"><channel><item></channel>') });
  await button(page, 'Upload and check').click();
  await expect(card(page).getByRole('alert')).not.toBeEmpty({ timeout: 30_000 });
  await expect(button(page, 'Begin again')).toBeVisible();
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBe(0);
  expectValue(await comments()).toBe(0);
});

test('without script a small file is sent by the form, checked and imported', async () => {
  const page = await blog.newPage({ javaScript: false });
  await blog.signIn(page, 'owner');
  await page.goto('/admin/moving');
  await expect(page.getByText(/^Without JavaScript a file may have up to 1 MB/)).toBeVisible();
  await field(page).setInputFiles(writeExport(exportOf([{ id: 1, title: 'Sent by hand' }])));
  await button(page, 'Upload and check').click();
  await expect.poll(async () => { await page.goto('/admin/moving'); return button(page, 'Import').count(); }, { timeout: 30_000 }).toBe(1);
  await button(page, 'Import').click();
  await expect.poll(async () => { await page.goto('/admin/moving'); return page.getByRole('heading', { name: 'Your blog has moved in' }).count(); }, { timeout: 30_000 }).toBe(1);
  expectValue((await blog.sql.query(`SELECT status FROM "Post" WHERE title = 'Sent by hand'`)).rows).toEqual([{ status: 'published' }]);
});

test('what an owner takes along opens: the blog as a file, a backup, each named by blog and day', async () => {
  const page = await blog.newPage();
  await openMoving(page);
  for (const name of ['WordPress export (XML)', 'Markdown (ZIP)', 'Pictures and files (ZIP)']) {
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name }).click()]);
    expectValue(download.suggestedFilename()).toMatch(/^[a-z-]+-\d{4}-\d\d-\d\d-(wordpress\.xml|markdown\.zip|media\.zip)$/);
    expectValue(await download.failure()).toBeNull();
  }
  await button(page, 'Make one now').click();
  await expect(page.getByText('A backup is being made.')).toBeVisible();
  await expect.poll(async () => { await page.goto('/admin/moving'); return page.getByRole('link', { name: /^Download the backup/ }).count(); }, { timeout: 60_000 }).toBeGreaterThan(0);
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /^Download the backup/ }).first().click()]);
  expectValue(download.suggestedFilename()).toMatch(/^[a-z-]+-backup-\d{4}-\d\d-\d\dT\d+(-by-hand)?\.tar$/);
  expectValue(await download.failure()).toBeNull();
});

test('to whoever is no owner there is no such page, no file and nothing to send to', async () => {
  for (const role of ['reader', 'author', 'moderator'] as const) {
    const { sessionToken } = await blog.openSession(role);
    const headers = { cookie: `authjs.session-token=${sessionToken}` };
    for (const path of ['/admin/moving', '/admin/moving/wordpress.xml', '/admin/moving/media.zip', '/admin/moving/backups/2026-11-26T0300.tar']) expectValue([role, path, (await blog.request(path, { headers })).status]).toEqual([role, path, 404]);
    const page = await blog.newPage({ allow: [/404/] });
    await blog.signIn(page, role);
    if (role !== 'reader') {
      await page.goto('/admin/comments');
      await expect(page.getByRole('link', { name: 'Moving' })).toHaveCount(0);
    }
  }
  for (const path of ['/admin/moving', '/admin/moving/wordpress.xml']) {
    const answer = await blog.request(path);
    expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
  }
});
