import type { Page } from 'playwright-core';
import { v7 } from 'uuid';
import { beforeEach, expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { untilTakenOver } from '../support/react';
import { articleWith, findOpenPost, type OpenPost } from '../support/stories';

const blog = useBlog();

const BROWSER = 'Mozilla/5.0 (X11; Linux x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36';
const WORDS = ['The oldest question.', 'A younger question.', 'The youngest question.'];

let post: OpenPost;

/** Three readers have asked something under the author's open post, days ago, and were let through. */
async function ask(): Promise<void> {
  for (const [at, words] of WORDS.entries()) {
    await blog.change(
      `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash", rule, "createdAt")
       SELECT $1, $2, p.id, $1, 1, $3, $4, '<p>' || $4 || '</p>', 'approved', '', 'first-comment', now() - $5 * interval '1 day' FROM "Post" p WHERE p.kind = 'post' AND p.slug = $6`,
      [v7(), `000000000qs${at}`, `Reader ${at}`, words, 9 - at * 3, post.slug]);
  }
}

const main = (page: Page) => page.getByRole('main');
const status = (page: Page) => page.locator('main div[role="status"]');
const overflow = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function openAs(role: 'owner' | 'author' | 'moderator', path: string, look: { width?: number; colorScheme?: 'light' | 'dark' } = {}): Promise<Page> {
  const page = await blog.newPage(look);
  await blog.signIn(page, role);
  await page.goto(path);
  return page;
}

/** Focus at the start of the list, once React has taken the page over. */
async function begin(page: Page): Promise<void> {
  const start = page.getByRole('heading', { level: 1, name: 'Replies' });
  await untilTakenOver(start);
  await start.focus();
}

beforeEach(async () => {
  post = await findOpenPost(blog);
});

test('the author answers where the comment stands, says that another needs no reply, and takes that back', async () => {
  await ask();
  const page = await openAs('owner', '/admin/replies');
  const group = page.getByRole('region', { name: new RegExp(post.title) });
  await expect(group.getByRole('article')).toHaveCount(3);
  expectValue(await group.getByRole('article').getByText(/question\./).allTextContents()).toEqual(WORDS);
  await expect(group.getByText('9 days')).toBeVisible();
  await expect(page.getByRole('link', { name: 'Replies 3' })).toBeVisible();

  await articleWith(page, WORDS[0]!).getByRole('button', { name: 'Reply', exact: true }).click();
  await page.getByRole('textbox', { name: 'Reply to Reader 0' }).fill('Here is the answer.');
  await page.getByRole('button', { name: 'Post reply' }).click();
  await expect(status(page)).toContainText('Your reply is published.');
  await expect(group.getByRole('article')).toHaveCount(2);
  expectValue(await (await blog.request(post.path)).text()).toContain('Here is the answer.');

  await articleWith(page, WORDS[1]!).getByRole('button', { name: 'Needs no reply' }).click();
  await expect(status(page)).toContainText('The comment by Reader 1 needs no reply.');
  await expect(group.getByRole('article')).toHaveCount(1);
  await status(page).getByRole('button', { name: 'Undo' }).click();
  await expect(group.getByRole('article')).toHaveCount(2);
  await expect(page.getByRole('link', { name: 'Replies 2' })).toBeVisible();
});

test('the whole desk is done by keys, while their switch is on', async () => {
  await ask();
  const page = await openAs('owner', '/admin/replies');
  await begin(page);
  const focused = () => page.evaluate(() => document.activeElement?.closest('.card')?.querySelector('h3')?.textContent ?? null);
  await page.keyboard.press('j');
  await expect.poll(focused).toBe('Reader 0');
  await page.keyboard.press('j');
  await page.keyboard.press('k');
  await expect.poll(focused).toBe('Reader 0');
  await page.keyboard.press('n');
  await expect(status(page)).toContainText('The comment by Reader 0 needs no reply.');
  await expect.poll(focused).toBe('Reader 1');
  await page.keyboard.press('z');
  await expect(main(page).getByRole('article')).toHaveCount(3);
  await page.keyboard.press('r');
  await expect(page.getByRole('textbox')).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog')).toContainText('Needs no reply');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await page.getByRole('switch', { name: 'Keyboard shortcuts' }).uncheck();
  await page.getByRole('button', { name: 'Reply' }).first().focus();
  await page.keyboard.press('n');
  await expect(main(page).getByRole('article')).toHaveCount(3);
});

test('what is old is cleared at once, and what came with its post is left out until it is asked for', async () => {
  await ask();
  const page = await openAs('owner', '/admin/replies');
  await expect(page.getByText(/older comments?, which came here with/)).toBeVisible();
  await page.getByText('Clear what is old').click();
  await page.getByRole('combobox', { name: /older than/ }).selectOption({ label: 'a week' });
  await page.getByRole('button', { name: 'Mark as needing no reply' }).click();
  await expect(status(page)).toContainText('The comment by a reader needs no reply.');
  await expect(main(page).getByRole('article')).toHaveCount(2);
  await status(page).getByRole('button', { name: 'Undo' }).click();
  await expect(main(page).getByRole('article')).toHaveCount(3);
  await page.getByRole('link', { name: 'Show them too' }).click();
  await expect(page.getByRole('link', { name: 'Leave them out' })).toBeVisible();
  expectValue(await main(page).getByRole('article').count()).toBeGreaterThan(3);
});

test('with nothing to answer the desk says so', async () => {
  const page = await openAs('owner', '/admin/replies');
  await expect(page.getByText('Everybody has an answer. Nothing waits for you here.')).toBeVisible();
  await blog.expectAccessible(page);
});

test.each([[1280, 'light'], [1280, 'dark'], [390, 'light'], [390, 'dark']] as const)('at %i px in %s both pages are whole, accessible, and lead to what they count', async (width, colorScheme) => {
  await ask();
  const page = await openAs('owner', '/admin', { width, colorScheme });
  await expect(page.locator('.home-bars svg .recharts-bar-rectangle path').first()).toBeVisible();
  await page.getByText('The same in numbers').click();
  await expect(page.getByRole('table').getByRole('row')).toHaveCount(31);
  await blog.expectAccessible(page);
  expectValue(await overflow(page)).toBe(0);
  await page.getByRole('link', { name: '90 days' }).click();
  await expect(page.getByRole('heading', { level: 2, name: 'The last 90 days' })).toBeVisible();
  const waits = page.getByRole('list', { name: 'What waits' });
  await expect(waits.getByRole('link', { name: /Comments waiting/ })).toHaveAttribute('href', '/admin/comments?queue=pending');
  await waits.getByRole('link', { name: '3 To answer' }).click();
  await expect(main(page).getByRole('article')).toHaveCount(3);
  await main(page).getByRole('button', { name: 'Reply' }).first().click();
  await blog.expectAccessible(page);
  expectValue(await overflow(page)).toBe(0);
});

test('a post that somebody reads is counted once, when the page was kept too, and never for a program or for who has a desk', async () => {
  const countOf = async () => (await blog.sql.query<{ count: number }>(`SELECT coalesce(sum(r.count), 0)::int AS count FROM "ReadCount" r JOIN "Post" p ON p.id = r."postId" WHERE p.slug = $1`, [post.slug])).rows[0]?.count;
  const read = (headers: Record<string, string> = {}, method = 'GET') => blog.request(post.path, { method, headers: { 'user-agent': BROWSER, 'x-forwarded-for': '198.51.100.20', ...headers } });
  const { sessionToken } = await blog.openSession('owner');
  await read({ 'user-agent': 'Googlebot/2.1 (+http://www.google.com/bot.html)' });
  await read({ 'sec-purpose': 'prefetch', 'user-agent': `${BROWSER} ahead` });
  await read({ 'user-agent': `${BROWSER} head` }, 'HEAD');
  await read({ cookie: `authjs.session-token=${sessionToken}`, 'user-agent': `${BROWSER} owner` });
  const first = await read();
  expectValue([first.status, first.headers.get('set-cookie')]).toEqual([200, null]);
  expectValue((await read({ 'if-none-match': first.headers.get('etag') ?? '', 'user-agent': `${BROWSER} again` })).status).toBe(304);
  await read();
  await expect.poll(countOf, { timeout: 20_000 }).toBe(2);
  await read();
  await read({ 'user-agent': `${BROWSER} last` });
  await expect.poll(countOf, { timeout: 20_000 }).toBe(3);

  const page = await openAs('owner', '/admin');
  await expect(page.getByRole('list', { name: 'Most read' }).getByRole('listitem').first()).toContainText(`${post.title}3 reads`);
});

test('a post that was fetched ahead is counted when it is read', async () => {
  const countOf = async () => (await blog.sql.query<{ count: number }>(`SELECT coalesce(sum(r.count), 0)::int AS count FROM "ReadCount" r JOIN "Post" p ON p.id = r."postId" WHERE p.slug = $1`, [post.slug])).rows[0]?.count ?? 0;
  const before = await countOf();
  const page = await blog.newPage();
  // A browser that is driven says so; to be counted it must not.
  await page.setExtraHTTPHeaders({ 'user-agent': `${BROWSER} reader` });
  await page.goto('/');
  const link = page.getByRole('link', { name: post.title, exact: true }).first();
  const ahead = page.waitForRequest((request) => new URL(request.url()).pathname === post.path && request.method() === 'GET').catch(() => null);
  await link.hover();
  await link.click();
  await page.waitForURL(`**${post.path}`);
  await ahead;
  await expect.poll(countOf, { timeout: 20_000 }).toBe(before + 1);
});

test('a post that a CDN may have given is told of by the page, once, and no other page tells', async () => {
  const told: string[] = [];
  const page = await blog.newPage();
  page.on('request', (request) => { if (request.url().includes('/api/reads')) told.push(`${request.method()} ${new URL(request.url()).pathname}`); });
  await page.goto(post.path);
  await page.route((url) => !url.pathname.startsWith('/api/'), async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, headers: { ...answer.headers(), 'server-timing': 'cdn' } });
  });
  for (const path of ['/', post.path, '/privacy']) await page.goto(path, { waitUntil: 'networkidle' });
  expectValue(told).toEqual([`GET /api/reads${post.path}`]);
});

test('an author sees their own numbers, a moderator comments alone, and the reply desk is not for moderators', async () => {
  const { userId } = await blog.openSession('author');
  await blog.change(`INSERT INTO "Post" (id, slug, title, source, html, status, "authorId", "updatedAt") VALUES ($1, 'my-draft', 'My own draft', '', '', 'draft', $2, now())`, [v7(), userId]);
  const author = await openAs('author', '/admin');
  await expect(author.getByRole('list', { name: 'What waits' }).getByRole('link', { name: '1 Drafts' })).toBeVisible();
  await expect(author.getByRole('link', { name: 'My own draft' })).toBeVisible();
  await expect(author.getByText('Nothing was read in these days.')).toBeVisible();

  const moderator = await openAs('moderator', '/admin');
  await expect(moderator.getByRole('list', { name: 'What waits' }).getByRole('listitem')).toHaveCount(1);
  await expect(moderator.getByText('Published comments', { exact: false }).first()).toBeVisible();
  for (const words of ['Reads', 'Most read', 'Writing', 'My own draft']) await expect(main(moderator).getByText(words)).toHaveCount(0);
  await blog.expectAccessible(moderator);
  expectValue((await moderator.goto('/admin/replies'))?.status()).toBe(404);
});

test('the dashboard is closed to strangers and hidden from readers', async () => {
  for (const path of ['/admin', '/admin/replies']) {
    const stranger = await blog.request(path);
    expectValue([stranger.status, stranger.headers.get('location')]).toEqual([307, '/sign-in']);
    const reader = await blog.request(path, { headers: { cookie: `authjs.session-token=${(await blog.openSession('reader')).sessionToken}` } });
    expectValue(reader.status).toBe(404);
  }
});
