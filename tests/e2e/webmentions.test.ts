import { execFile } from 'node:child_process';
import { once } from 'node:events';
import http, { type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import { JSDOM } from 'jsdom';
import { afterAll, beforeAll, beforeEach, expect as expectValue, inject, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { findOpenPost, type OpenPost } from '../support/stories';

const blog = useBlog();
let post: OpenPost;
let postId = '';
let answer: RequestListener;
let asked = 0;
const sender = http.createServer((request, response) => {
  asked += 1;
  answer(request, response);
});
let source = '';

beforeAll(async () => {
  sender.listen(0, '127.0.0.1');
  await once(sender, 'listening');
  source = `http://127.0.0.1:${(sender.address() as AddressInfo).port}/note`;
});
afterAll(() => {
  sender.closeAllConnections();
  sender.close();
});
beforeEach(async () => {
  asked = 0;
  post = await findOpenPost(blog);
  postId = (await blog.sql.query<{ id: string }>(`SELECT id FROM "Post" WHERE slug = $1 AND kind = 'post'`, [post.slug])).rows[0]!.id;
  answer = (_, response) => void response.writeHead(200, { 'content-type': 'text/html' })
    .end(`<div class="h-entry"><b class="p-author">Ruth Bell</b><a class="u-in-reply-to" href="${blog.url}${post.path}">x</a><p class="p-summary">So very &lt;true&gt;.</p></div>`);
});

/** Where a page says that it is told of pages elsewhere: in its head, and in a header. */
async function offersOf(path: string): Promise<(string | null)[]> {
  const page = await blog.request(path);
  const { head } = new JSDOM(await page.text()).window.document;
  return [head.querySelector('link[rel="webmention"]')?.getAttribute('href') ?? null, page.headers.get('link')];
}

const tell = (fields: Record<string, string>, headers: Record<string, string> = {}) => blog.request('/webmention', { method: 'POST', body: new URLSearchParams(fields), headers });
const states = async () => (await blog.sql.query<{ state: string }>(`SELECT state::text FROM pgboss.job WHERE name = 'webmention' AND data->>'source' = $1`, [source])).rows.map(({ state }) => state);
const countMentions = async () => (await blog.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM "Comment" WHERE kind = 'mention' AND website = $1`, [source])).rows[0]!.n;

/** The job, by a process that may ask the sender of this test. */
async function look(): Promise<void> {
  const job = JSON.stringify({ source, target: blog.url + post.path, post: postId, origin: blog.url });
  const environment: Record<string, string> = { ...inject('blogEnvironment'), DATABASE_URL: inject('blogDatabase'), AUTH_SECRET: 'of no use: it signs nothing here'.padEnd(40, '.') };
  const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'tests/support/look-into-mention.ts', job, new URL(source).origin], { env: environment as NodeJS.ProcessEnv });
  expectValue(JSON.parse(stdout)).toMatchObject({ ok: true });
}

test('a post that takes comments says where it is told of pages elsewhere, kept or not; others do not', async () => {
  const endpoint = `${blog.url}/webmention`;
  for (const time of ['rendered', 'kept']) expectValue([time, ...(await offersOf(post.path))]).toEqual([time, endpoint, `<${endpoint}>; rel="webmention"`]);
  const head = await blog.request(post.path, { method: 'HEAD' });
  expectValue(head.headers.get('link')).toBe(`<${endpoint}>; rel="webmention"`);
  for (const path of ['/', '/about', '/nothing', `${post.path}/reply`]) expectValue([path, ...(await offersOf(path))]).toEqual([path, null, null]);
  await blog.change(`UPDATE "Post" SET status = 'unlisted' WHERE id = $1`, [postId]);
  expectValue(await offersOf(post.path)).toEqual([endpoint, `<${endpoint}>; rel="webmention"`]);
  for (const closed of [`"commentsOpen" = false`, `"commentsOpen" = true, status = 'password', password = 'x'`]) {
    await blog.change(`UPDATE "Post" SET ${closed} WHERE id = $1`, [postId]);
    expectValue(await offersOf(post.path)).toEqual([null, null]);
  }
});

test('what is told is answered in a word of plain text, and a stranger’s browser does not tell', async () => {
  const good = { source: 'https://ruth.example/1', target: blog.url + post.path };
  for (const [fields, status] of [[good, 202], [{ ...good, target: `${blog.url}/` }, 400], [{ ...good, source: 'x' }, 400], [{}, 400], [{ ...good, source: good.target }, 400]] as const) {
    const answered = await tell(fields);
    expectValue([answered.status, answered.headers.get('content-type'), answered.headers.get('cache-control')]).toEqual([status, 'text/plain; charset=utf-8', 'private, no-store']);
    expectValue(await answered.text()).toMatch(/^[A-Z].+\.\n$/);
  }
  expectValue((await tell(good, { origin: 'https://elsewhere.example' })).status).toBe(403);
  const asked405 = await blog.request('/webmention');
  expectValue([asked405.status, asked405.headers.get('allow')]).toEqual([405, 'POST']);
  const many = await Promise.all(Array.from({ length: 40 }, (_, n) => tell({ ...good, source: `https://many.example/${n}` })));
  expectValue(new Set(many.map(({ status }) => status))).toEqual(new Set([202, 429]));
  expectValue(many.find(({ status }) => status === 429)?.headers.get('retry-after')).toMatch(/^\d+$/);
});

test('a sender on this machine is never asked by the blog itself', async () => {
  expectValue((await tell({ source, target: blog.url + post.path })).status).toBe(202);
  // Behind what the test before has told of: names that are looked up first.
  await expect.poll(states, { timeout: 30_000 }).toEqual(['completed']);
  expectValue([asked, await countMentions()]).toEqual([0, 0]);
});

test('a page that links here waits at the desk, stands among the mentions when it is approved, and goes when it is gone', async () => {
  await look();
  const reader = await blog.newPage();
  await reader.goto(post.path);
  await expect(reader.getByText('So very <true>.')).toHaveCount(0);
  const desk = await blog.newPage();
  await blog.signIn(desk, 'owner');
  await desk.goto('/admin/comments');
  const card = desk.getByRole('article').filter({ hasText: 'Ruth Bell' });
  await expect(card).toContainText('Pending mention');
  await expect(card).toContainText('A page of another site links to this post.');
  await expect(card.getByRole('link', { name: /127\.0\.0\.1/ })).toHaveAttribute('href', source);
  await blog.expectAccessible(desk);
  await expect.poll(() => card.getByRole('button', { name: 'Approve' }).evaluate((element) => Object.keys(element).some((key) => key.startsWith('__react')))).toBe(true);
  await card.getByRole('button', { name: 'Approve' }).click();
  await expect(desk.getByRole('status').filter({ hasText: 'Undo' })).toBeVisible();

  await reader.goto(post.path);
  const mention = reader.getByRole('list', { name: 'Mentions' }).getByRole('listitem').filter({ hasText: 'Ruth Bell' });
  await expect(mention).toContainText('replied');
  await expect(mention).toContainText('So very <true>.');
  await expect(mention.getByRole('link')).toHaveAttribute('rel', 'nofollow ugc noopener');
  await expect(mention.getByRole('link')).toHaveAttribute('href', source);
  await blog.expectAccessible(reader);

  answer = (_, response) => void response.writeHead(410).end();
  await look();
  await expect.poll(async () => (await (await blog.request(post.path)).text()).includes('Ruth Bell')).toBe(false);
});

test('an owner says that the blog is told of nothing, and the next reader’s page does not say where', async () => {
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/settings');
  const section = page.getByRole('region', { name: 'Search engines and other sites', exact: true });
  const tells = section.getByRole('checkbox', { name: /Webmention/ });
  await tells.uncheck();
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByRole('status').filter({ hasText: 'Saved.' })).toBeVisible();
  expectValue(await offersOf(post.path)).toEqual([null, null]);
  expectValue((await tell({ source: 'https://ruth.example/1', target: blog.url + post.path })).status).toBe(400);
  await page.reload();
  await expect(tells).not.toBeChecked();
  await blog.expectAccessible(page);
});
