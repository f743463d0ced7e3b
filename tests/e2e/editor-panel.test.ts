import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog, type PageOptions } from '../support/blog';

const blog = useBlog();
const WITHIN = { timeout: 30_000 };

const body = (page: Page) => page.getByRole('textbox', { name: 'Post body', exact: true });
const status = (page: Page) => page.getByRole('status').first();
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const settings = async (page: Page) => { if (await button(page, 'Settings').isVisible()) await button(page, 'Settings').click(); };
const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth <= innerWidth);

/** A draft of the author's, as its window has saved it. */
async function draft(options: PageOptions = {}): Promise<{ page: Page; id: string }> {
  const page = await blog.newPage(options);
  await blog.signIn(page, 'author');
  await page.goto('/admin/posts/new');
  await expect(body(page)).toBeVisible();
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('A rainy Tuesday');
  await body(page).click();
  await page.keyboard.type('It rained all day.');
  await expect(status(page)).toHaveText('Saved', { timeout: 20_000 });
  return { page, id: page.url().slice(-36) };
}

test.each([390, 1280])('at %i pixels changes that readers do not see yet are discarded: the editor shows what readers see, and their text stays among the earlier versions', async (width) => {
  const { page, id } = await draft({ width });
  await button(page, 'Publish').click();
  await expect(status(page)).toContainText('It is published.');
  await body(page).click();
  await page.keyboard.press('Control+A');
  await page.keyboard.type('It snowed all day.');
  await expect(status(page)).toHaveText('Saved', { timeout: 20_000 });
  await settings(page);
  await button(page, 'Discard the changes').click();
  await expect(status(page)).toHaveText('The changes are discarded. Their text stays among the earlier versions.');
  await expect(body(page)).toHaveText('It rained all day.');
  await expect(button(page, 'Discard the changes')).toHaveCount(0);
  await blog.expectAccessible(page);
  await page.reload();
  await expect(body(page)).toHaveText('It rained all day.');
  const { rows } = await blog.sql.query<{ html: string }>('SELECT html FROM "PostRevision" WHERE "postId" = $1', [id]);
  expectValue(rows.some(({ html }) => html.includes('It snowed all day.'))).toBe(true);
});

test('a private link shows a draft to whoever has it; a new one ends the old, and it can be stopped', async () => {
  const { page } = await draft();
  const opened = page.waitForEvent('popup');
  await button(page, 'Preview').click();
  await expect((await opened).getByText('It rained all day.')).toBeVisible();
  await page.getByText('Preview link', { exact: true }).click();
  const link = page.getByRole('textbox', { name: 'Link', exact: true });
  const address = () => link.inputValue().then((whole) => new URL(whole).pathname);
  const first = await address();
  await button(page, 'New link').click();
  await expect.poll(address).not.toBe(first);
  await expect(page.getByText('This is the new link. The old one shows nothing any more.')).toBeVisible();
  const second = await address();
  expectValue([(await blog.request(first)).status, (await blog.request(second)).status]).toEqual([404, 200]);
  await blog.expectAccessible(page);
  await button(page, 'Stop the link').click();
  await expect(link).toHaveCount(0);
  expectValue((await blog.request(second)).status).toBe(404);
});

test.each([390, 1280])('at %i pixels a cover picture is chosen, and what stays in sight of it is set by sliders and by a click', async (width) => {
  const { page, id } = await draft({ width });
  await settings(page);
  await page.getByText('Cover picture', { exact: true }).click();
  await button(page, 'Choose a picture').click();
  const bytes = await sharp({ create: { width: 600, height: 400, channels: 3, background: '#7a5' } }).jpeg().toBuffer();
  await page.getByRole('dialog', { name: 'Choose the cover picture' }).locator('input[type=file]').setInputFiles([{ name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: bytes }]);
  const across = page.getByRole('slider', { name: 'From the left' });
  await expect(across).toHaveValue('50', WITHIN);
  await across.focus();
  await page.keyboard.press('Home');
  await page.getByRole('slider', { name: 'From the top' }).fill('80');
  await expect(across).toHaveAttribute('aria-valuetext', '0 percent');
  await blog.expectAccessible(page);
  expectValue(await fits(page)).toBe(true);
  const focus = async () => (await blog.sql.query<{ x: number; y: number }>('SELECT "coverFocusX" AS x, "coverFocusY" AS y FROM "Post" WHERE id = $1', [id])).rows[0];
  await expect.poll(focus, WITHIN).toEqual({ x: 0, y: 80 });
  const picture = page.locator('.cover-picture');
  const box = (await picture.boundingBox())!;
  await picture.click({ position: { x: box.width / 4, y: box.height / 2 } });
  await expect(across).toHaveValue('25');
  await expect.poll(focus, WITHIN).toEqual({ x: 25, y: 50 });
});

test('a post with a password that is made a draft again comes out with it again, also in another window', async () => {
  const { page, id } = await draft();
  await page.getByRole('radio', { name: 'Whoever has the password' }).check();
  await page.getByRole('textbox', { name: 'Password' }).fill('primrose');
  await button(page, 'Schedule').click();
  await expect(page.getByText('Only what everybody may read can wait for its hour.')).toBeVisible();
  await expect(page.getByRole('radio', { name: 'Whoever has the password' })).toBeFocused();
  await button(page, 'Publish').click();
  await expect(status(page)).toContainText('Whoever has the password can read it now.');
  await button(page, 'Make it a draft again').click();
  await expect(button(page, 'Save draft')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'Password' })).toHaveValue('primrose');
  await button(page, 'Publish').click();
  await expect(status(page)).toContainText('Whoever has the password can read it now.');
  const { rows } = await blog.sql.query('SELECT status, password FROM "Post" WHERE id = $1', [id]);
  expectValue(rows).toEqual([{ status: 'password', password: 'primrose' }]);
});
