import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import sharp from 'sharp';
import { v7 } from 'uuid';
import { describe, test } from 'vitest';
import { newCommentId } from '../../lib/ids';
import { smallPicture } from '../../lib/media/small-picture';
import { picturePath } from '../../lib/media/rules';
import { expect, useBlog } from '../support/blog';
import { findOpenPost } from '../support/stories';

const blog = useBlog();

/** A picture that nobody else has. */
async function somePicture() {
  const small = await smallPicture(await sharp(randomBytes(30 * 30 * 3), { raw: { width: 30, height: 30, channels: 3 } }).png().toBuffer());
  if (!small.ok) throw new Error(small.message);
  return small.value;
}

async function keepPictureOf(userId: string): Promise<string> {
  const { bytes, sha256 } = await somePicture();
  await blog.change(`INSERT INTO "Picture" ("userId", sha256, "mimeType", bytes, source) VALUES ($1, $2, 'image/webp', $3, 'https://pictures.example/me')`, [userId, sha256, bytes]);
  return picturePath(sha256);
}

type Said = { userId?: string; pseudonymId?: string; name: string; status?: 'approved' | 'pending' };

async function say(slug: string, { userId, pseudonymId, name, status = 'approved' }: Said): Promise<string> {
  const [id, publicId] = [v7(), newCommentId()];
  await blog.change(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, "userId", "pseudonymId", name, source, html, status, "sourceHash")
     SELECT $1, $2, id, $1, 1, $3, $4, $5, 'Words', '<p>Words</p>', $6::"CommentStatus", 'h' FROM "Post" WHERE slug = $7`,
    [id, publicId, userId ?? null, pseudonymId ?? null, name, status, slug],
  );
  return `#comment-${publicId}`;
}

/** A person with a picture, who wrote once under their own name and once under another on the same post; a guest beside them. */
async function scene() {
  const post = await findOpenPost(blog);
  const slug = post.path.split('/').at(-1)!;
  const { userId } = await blog.openSession('reader');
  const picture = await keepPictureOf(userId);
  const pseudonymId = v7();
  await blog.sql.query(`INSERT INTO "Pseudonym" (id, "postId", "userId", name) SELECT $1, id, $2, 'Somebody Else' FROM "Post" WHERE slug = $3`, [pseudonymId, userId, slug]);
  const own = await say(slug, { userId, name: 'The reader' });
  const masked = await say(slug, { userId, pseudonymId, name: 'Somebody Else' });
  const guest = await say(slug, { name: 'Ruth Adeyemi' });
  return { post, slug, userId, picture, own, masked, guest };
}

const monogramIn = (page: Page, comment: string) => page.locator(`${comment} .comment-head [aria-hidden="true"]`);

type Shifting = typeof globalThis & { shifts: number };

/** Counts how often something on the page is moved from its place by something else. */
function noteShifts(): void {
  const page = globalThis as Shifting;
  page.shifts = 0;
  new PerformanceObserver((list) => { page.shifts += list.getEntries().length; }).observe({ type: 'layout-shift', buffered: true });
}

const shiftsOf = (page: Page) => page.evaluate(() => (globalThis as Shifting).shifts);

test('a person’s picture stands beside what they write under their own name, and nowhere else', async () => {
  const { post, picture, own, masked, guest } = await scene();
  const page = await blog.newPage();
  await page.goto(post.path);
  const shown = page.locator(`${own} img`);
  await shown.scrollIntoViewIfNeeded();
  await expect(shown).toHaveAttribute('src', picture);
  await expect.poll(() => shown.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(160);
  await expect(page.locator(`img[src="${picture}"]`)).toHaveCount(1);
  await expect(monogramIn(page, masked)).toHaveText('SE');
  await expect(monogramIn(page, guest)).toHaveText('RA');
  // The picture says nothing besides.
  await expect(page.locator(own)).toHaveAccessibleName(/^The reader \d+ \S+ \d+$/);
  await expect(page.getByRole('region', { name: /thoughts? on/ }).getByRole('img')).toHaveCount(0);
});

test('without script it stands there too', async () => {
  const { post, picture, own } = await scene();
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  await expect(page.locator(`${own} img`)).toHaveAttribute('src', picture);
});

test('one who shows no picture any more has a monogram, and the picture is gone from its address', async () => {
  const { post, userId, picture, own } = await scene();
  expect((await blog.request(picture)).status).toBe(200);
  await blog.change('UPDATE "User" SET "showPicture" = false WHERE id = $1', [userId]);
  const page = await blog.newPage();
  await page.goto(post.path);
  await expect(monogramIn(page, own)).toHaveText('TR');
  await expect(page.locator(`img[src="${picture}"]`)).toHaveCount(0);
  expect((await blog.request(picture)).status).toBe(404);
});

test('the writer of a post is seen in its byline', async () => {
  const post = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ authorId: string }>('SELECT "authorId" FROM "Post" WHERE slug = $1', [post.path.split('/').at(-1)]);
  const page = await blog.newPage();
  await page.goto(post.path);
  const byline = page.locator('.byline');
  await expect(byline.locator('[aria-hidden="true"]')).toBeVisible();
  const picture = await keepPictureOf(rows[0]!.authorId);
  await page.reload();
  await expect(byline.locator('img')).toHaveAttribute('src', picture);
});

test('one’s own waiting comment and the queue show it, but not with a pseudonym', async () => {
  const { post, slug, userId, picture } = await scene();
  const waiting = await say(slug, { userId, name: 'The reader', status: 'pending' });
  const page = await blog.newPage();
  expect(await blog.signIn(page, 'reader')).toBe(userId);
  await page.goto(`${post.path}/reply`);
  await expect(page.locator(`${waiting} img`)).toHaveAttribute('src', picture);
  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments?queue=all');
  await expect(desk.getByRole('article', { name: 'The reader' }).first().locator('img')).toHaveAttribute('src', picture);
  await expect(desk.getByRole('article', { name: 'Somebody Else' }).locator('[aria-hidden="true"]').first()).toHaveText('SE');
  await expect(desk.getByRole('article', { name: 'Somebody Else' }).locator('img')).toHaveCount(0);
});

test.each(['light', 'dark'] as const)('axe finds nothing wrong with portraits in the %s theme, on a phone or at the desk, and nothing moves', async (colorScheme) => {
  const { post, own } = await scene();
  for (const width of [390, 1280]) {
    const page = await blog.newPage({ width, colorScheme });
    await page.addInitScript(noteShifts);
    await page.goto(post.path);
    await page.locator(own).scrollIntoViewIfNeeded();
    await expect.poll(() => page.locator(`${own} img`).evaluate((image: HTMLImageElement) => image.complete)).toBe(true);
    await blog.expectAccessible(page);
    expect(await shiftsOf(page)).toBe(0);
    // They are noted: this is one.
    await page.evaluate(async () => {
      scrollTo(0, 0);
      await new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown)));
      document.querySelector('main')?.prepend(Object.assign(document.createElement('p'), { textContent: 'Late' }));
    });
    await expect.poll(() => shiftsOf(page)).toBeGreaterThan(0);
  }
  const desk = await blog.newPage({ colorScheme });
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments?queue=all');
  await blog.expectAccessible(desk);
});

describe('the address of a picture', () => {
  test('sets no cookie, is kept a day, and is not sent twice', async () => {
    const { picture } = await scene();
    for (const cookie of ['', 'here=1; authjs.session-token=nothing']) {
      const headers = { cookie };
      const answer = await blog.request(picture, { headers });
      expect(answer.status).toBe(200);
      expect(answer.headers.get('set-cookie')).toBeNull();
      expect(answer.headers.get('content-type')).toBe('image/webp');
      expect(answer.headers.get('cache-control')).toBe('public, max-age=86400');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('vary')).toBeNull();
      expect((await sharp(Buffer.from(await answer.arrayBuffer())).metadata()).format).toBe('webp');
      const again = await blog.request(picture, { headers: { ...headers, 'if-none-match': answer.headers.get('etag')! } });
      expect(again.status).toBe(304);
      expect(again.headers.get('cache-control')).toBe('public, max-age=86400');
    }
  });

  test.each([`/pictures/${'a'.repeat(64)}.webp`, '/pictures/me.webp', '/pictures/', '/pictures/x/y.webp', `/pictures/${'A'.repeat(64)}.webp`])('%s is no picture', async (path) => {
    const answer = await blog.request(path);
    expect(answer.status).toBe(404);
    expect(answer.headers.get('cache-control')).toBe('private, no-store');
  });
});
