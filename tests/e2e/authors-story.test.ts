import type { Page } from 'playwright-core';
import { describe, expect as expectValue, test } from 'vitest';
import { pictureIn } from '../support/sample-files';
import { expect, useBlog } from '../support/blog';
import { act, body, editorIsReady, paste, postIdOf, saved, titleBox, write } from '../support/writing';

// What an author does with one post, from the first word to the redirect, across every part that has to do with it.

const blog = useBlog();

const VIDEO = 'https://www.youtube.com/watch?v=abcdefghijk';
const statusOf = async (path: string) => (await blog.request(path)).status;
const textOf = async (path: string) => (await blog.request(path)).text();

async function openAuthor(options: Parameters<typeof blog.newPage>[0] = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await blog.signIn(page, 'author');
  return page;
}

const rowOf = async (id: string) => (await blog.sql.query<{ slug: string; html: string; status: string; title: string; revision: number }>('SELECT slug, html, status::text, title, revision FROM "Post" WHERE id = $1', [id])).rows[0]!;

/** Publishes what the editor shows; gives the address at which readers find it. */
async function publish(page: Page): Promise<string> {
  await act(page, 'Publish').click();
  const confirm = page.getByRole('dialog').getByRole('button', { name: 'Publish', exact: true });
  await expect(act(page, 'Update').or(confirm).first()).toBeVisible();
  if (await confirm.isVisible()) await confirm.click();
  await expect(act(page, 'Update')).toBeVisible();
  return `/posts/${(await rowOf(await postIdOf(page))).slug}`;
}

test('a post with a picture and a video: written, published, and whole at the very next request', async () => {
  const page = await openAuthor();
  await write(page, 'A walk by the river', 'We went out before breakfast.');
  await page.keyboard.press('Enter');
  const picture = await pictureIn('jpeg', { width: 1600, height: 900, colour: '#336699' });
  await paste(body(page), { files: [{ name: 'river.jpg', type: 'image/jpeg', bytes: picture }] });
  await expect(body(page).getByRole('img').or(body(page).locator('img')).first()).toBeVisible();
  await expect.poll(() => body(page).locator('img').first().getAttribute('src')).toMatch(/^\/media\//);
  await body(page).press('Control+End');
  await page.keyboard.press('Enter');
  await paste(body(page), { text: VIDEO });
  await expect(saved(page)).toBeVisible();
  await blog.expectAccessible(page);
  const path = await publish(page);
  // Nothing waited for: the act has answered, and the page is there.
  const shown = await textOf(path);
  expectValue(shown).toContain('We went out before breakfast.');
  expectValue(shown).toMatch(/<img[^>]+src="\/media\//);
  expectValue(shown).toContain('https://www.youtube-nocookie.com/embed/abcdefghijk');
  expectValue(await textOf('/')).toContain('A walk by the river');
  expectValue(await textOf('/feed.xml')).toContain('A walk by the river');
  expectValue(await textOf('/sitemap.xml')).toContain(path);
  const reader = await blog.newPage();
  await reader.goto(path);
  await expect(reader.getByRole('article').first().locator('img').first()).toBeVisible();
  await blog.expectAccessible(reader);
});

describe('a post that is out', () => {
  test('is changed for readers by Update alone; in a second window nothing is overwritten', async () => {
    const page = await openAuthor();
    await write(page, 'Two windows', 'As it was first.');
    const path = await publish(page);
    const id = await postIdOf(page);
    const second = await page.context().newPage();
    await second.goto(`/admin/posts/${id}`);
    await editorIsReady(second);
    await expect(page.getByText(/other window|another window|second window/i).first()).toBeVisible({ timeout: 40_000 });

    await body(page).press('Control+End');
    await page.keyboard.type(' First window.');
    await expect.poll(async () => (await blog.sql.query<{ html: string }>(`SELECT fields ->> 'html' AS html FROM "PostDraft" WHERE "postId" = $1`, [id])).rows[0]?.html ?? '').toContain('First window.');
    expectValue(await textOf(path)).not.toContain('First window.');

    await body(second).press('Control+End');
    await second.keyboard.type(' Second window.');
    await expect(second.getByRole('alert').or(second.getByRole('dialog')).or(second.getByRole('alertdialog')).first()).toBeVisible({ timeout: 20_000 });
    const kept = (await blog.sql.query<{ html: string }>(`SELECT fields ->> 'html' AS html FROM "PostDraft" WHERE "postId" = $1`, [id])).rows[0]?.html ?? '';
    expectValue(kept).toContain('First window.');
    expectValue(kept).not.toContain('Second window.');
    await expect(body(second)).toContainText('Second window.');
    await blog.expectAccessible(second);

    await act(page, 'Update').click();
    await expect.poll(() => textOf(path)).toContain('First window.');
  });

  test('with a new last part of its address is found at the old one, by one redirect', async () => {
    const page = await openAuthor();
    await write(page, 'An old name', 'Words that stay.');
    const path = await publish(page);
    const id = await postIdOf(page);
    await page.getByRole('textbox', { name: /address/i }).fill('a-new-name');
    await act(page, 'Update').click();
    await expect.poll(async () => (await rowOf(id)).slug).toBe('a-new-name');
    const moved = await blog.request(path);
    expectValue([moved.status, moved.headers.get('location')]).toEqual([308, '/posts/a-new-name']);
    expectValue(await statusOf('/posts/a-new-name')).toBe(200);
  });
});

test('scheduled, it is nowhere until its moment, and then there by itself', async () => {
  const page = await openAuthor();
  await write(page, 'Tomorrow’s bread', 'Let it rest overnight.');
  await expect(saved(page)).toBeVisible();
  await act(page, 'Schedule').click();
  const at = new Date(Date.now() + 65_000);
  await page.getByLabel(/date|when|time/i).first().fill(at.toISOString().slice(0, 16));
  await page.getByRole('button', { name: 'Schedule', exact: true }).last().click();
  const id = await postIdOf(page);
  await expect.poll(async () => (await rowOf(id)).status).toBe('scheduled');
  const { slug } = await rowOf(id);
  for (const where of [`/posts/${slug}`, `/posts/${slug}/feed.xml`, `/posts/${slug}/reply`]) expectValue([where, await statusOf(where)]).toEqual([where, 404]);
  for (const where of ['/', '/feed.xml', '/feed.json', '/sitemap.xml', '/search?q=overnight']) expectValue([where, (await textOf(where)).includes('Tomorrow’s bread')]).toEqual([where, false]);
  await expect.poll(() => statusOf(`/posts/${slug}`), { timeout: 150_000, intervals: [500] }).toBe(200);
  expectValue(await textOf('/')).toContain('Tomorrow’s bread');
  expectValue((await rowOf(id)).status).toBe('published');
}, 200_000);
