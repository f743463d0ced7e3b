import sharp from 'sharp';
import { expect as expectValue, test } from 'vitest';
import { newId } from '@/lib/ids';
import { expect, useBlog } from '../support/blog';
import { untilTakenOver } from '../support/react';

const blog = useBlog();
const WITHIN = { timeout: 30_000 };

/** A photograph as a phone makes it: many pixels, and the place where it was taken. */
const photograph = () =>
  sharp({ create: { width: 2000, height: 1500, channels: 3, background: '#7a5', noise: { type: 'gaussian', mean: 128, sigma: 25 } } })
    .blur(2).withExif({ IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 0/1' } }).jpeg({ quality: 90 }).toBuffer();

test('an author uploads several files at once, describes one, and readers get it in the size of their screen until it is deleted', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'author');
  await page.goto('/admin/media');
  const field = page.locator('input[type=file]');
  await untilTakenOver(field, WITHIN);
  const bytes = await photograph();
  await field.setInputFiles([{ name: 'harbour.jpg', mimeType: 'image/jpeg', buffer: bytes }, { name: 'evil.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>') }]);
  await expect(page.getByRole('region', { name: 'Just uploaded' }).getByRole('link', { name: /harbour\.jpg/ })).toBeVisible(WITHIN);
  await expect(page.getByRole('alert').filter({ hasText: 'no picture' })).toBeVisible(WITHIN);
  await blog.expectAccessible(page);

  await page.getByRole('region', { name: 'Just uploaded' }).getByRole('link', { name: /harbour\.jpg/ }).click();
  await page.getByRole('textbox', { name: 'Description' }).fill('The harbour at night');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Saved.')).toBeVisible(WITHIN);
  await blog.expectAccessible(page);

  const { rows: [asset] } = await blog.sql.query<{ id: string; path: string; author: string }>(`SELECT id, '/media/' || sha256 || '.jpg' AS path, "uploadedById" AS author FROM "MediaAsset" WHERE name = 'harbour.jpg'`);
  const postId = newId();
  await blog.sql.query(`INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId", "updatedAt") VALUES ($1, 'harbour', 'Harbour', '', $2, 'published', now() - interval '1 day', $3, now())`, [postId, `<p>Words.</p><p><img src="${asset?.path}" alt="The harbour" width="2000" height="1500" loading="lazy"></p>`, asset?.author]);

  const reader = await blog.newPage({ width: 390 });
  const loaded: string[] = [];
  reader.on('response', (response) => { if (new URL(response.url()).pathname.startsWith('/media/')) loaded.push(response.url()); });
  await reader.goto('/posts/harbour');
  const image = reader.getByRole('img', { name: 'The harbour' });
  await expect.poll(() => image.evaluate((element: HTMLImageElement) => element.complete && element.naturalWidth > 0), WITHIN).toBe(true);
  expectValue(loaded.map((url) => url.replace(/^.*\/media\/[0-9a-f]{64}/, ''))).toEqual(['-640.avif']);
  await blog.expectAccessible(reader);

  await page.goto(`/admin/media/${asset?.id}`);
  await expect(page.getByRole('region', { name: 'Where it is used' })).toContainText('Harbour, in its text');
  const open = page.getByRole('button', { name: 'Delete…' });
  await untilTakenOver(open, WITHIN);
  await open.click();
  const dialog = page.getByRole('dialog', { name: 'Delete harbour.jpg?' });
  await expect(dialog).toContainText('It is used in one post.');
  await blog.expectAccessible(page);
  await dialog.getByRole('button', { name: 'Delete', exact: true }).click();
  await expect(page.getByText('The file is deleted.')).toBeVisible(WITHIN);
  await reader.goto('/posts/harbour');
  await expect(reader.getByText('The harbour', { exact: true })).toBeVisible();
  expectValue(await reader.locator('img[src*="/media/"]').count()).toBe(0);
});
