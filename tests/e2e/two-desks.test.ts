import { randomBytes } from 'node:crypto';
import type { Page, Request } from 'playwright-core';
import { afterAll, beforeAll, expect as expectValue, test } from 'vitest';
import { expect, useBlog, type Role } from '../support/blog';
import { until } from '../support/blog-process';
import { Instance, openSessionOf, useOwnDatabase } from '../support/instances';
import { PostgresProxy } from '../support/postgres-proxy';
import { findOpenPost, postComment } from '../support/stories';

const blog = useBlog();
const LIVE = '/admin/live';
/** A poll comes every 25 seconds at the latest. */
const POLL_PATIENCE = { timeout: 40_000 };

const card = (page: Page, name: string) => page.getByRole('article', { name, exact: true });
const viewButton = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true });

/** A reader's first comment, which waits. */
async function leaveComment(name: string): Promise<void> {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  await postComment(page, { comment: `What ${name} has to say.`, name, email: `${name.split(' ', 1)[0]?.toLowerCase()}@example.net` });
  await expect(page.getByText('awaiting moderation')).toBeVisible();
}

const isStream = (request: Request) => new URL(request.url()).pathname === LIVE && !request.url().includes('poll');

/** Whether the page is told what happens: its stream is there, or another page of its browser has it. */
const listening = (page: Page) => page.evaluate(async (name) => ((await navigator.locks.query()).held ?? []).some((lock) => lock.name?.startsWith(name)), 'soapbox-desk ');

async function openDesk(role: Role, page?: Page, path = '/admin/comments'): Promise<Page> {
  const desk = page ?? (await blog.newPage());
  if (!page) await blog.signIn(desk, role);
  await desk.goto(path);
  await expect.poll(() => listening(desk)).toBe(true);
  return desk;
}

async function decide(page: Page, name: string, act: string): Promise<void> {
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await card(page, name).getByRole('button', { name: act, exact: true }).click();
  await answered;
}

const rail = async (page: Page, queue: string) => Number(/\d+/.exec((await page.getByRole('navigation', { name: 'Queues' }).getByRole('link', { name: new RegExp(`^${queue}\\b`) }).textContent()) ?? '')?.[0]);

test('a decision of somebody else greys the card where it stands, with the name; counts and title follow', async () => {
  for (const name of ['Ida One', 'Jon Two', 'Kim Three']) await leaveComment(name);
  const [owner, moderator] = [await openDesk('owner'), await openDesk('moderator')];
  const [pending, approved] = [await rail(moderator, 'Pending'), await rail(moderator, 'Approved')];
  const order = () => moderator.getByRole('main').getByRole('article').evaluateAll((articles) => articles.map(({ id }) => id));
  const before = await order();
  await decide(owner, 'Jon Two', 'Approve');

  await expect(card(moderator, 'Jon Two').getByText('Approved by Marlene')).toBeVisible();
  await expect(card(moderator, 'Jon Two').getByRole('button', { name: 'Approve', exact: true })).toBeDisabled();
  await expect(card(moderator, 'Ida One').getByRole('button', { name: 'Approve', exact: true })).toBeEnabled();
  expectValue(await order()).toEqual(before);
  await expect.poll(() => rail(moderator, 'Pending')).toBe(pending - 1);
  await expect.poll(() => rail(moderator, 'Approved')).toBe(approved + 1);
  await expect.poll(() => moderator.title()).toContain(`(${pending - 1}) Comments`);
  await blog.expectAccessible(moderator);

  // An act of one's own does not take it away; asking for the list does.
  await decide(moderator, 'Ida One', 'Spam');
  await expect(card(moderator, 'Ida One')).toHaveCount(0);
  await expect(card(moderator, 'Jon Two')).toBeVisible();
  await viewButton(moderator, 'Refresh the list').click();
  await expect(card(moderator, 'Jon Two')).toHaveCount(0);
  await expect(card(moderator, 'Kim Three')).toBeVisible();
});

test('new ones wait behind “View 3 new”, and the list does not move before', async () => {
  await leaveComment('Ida One');
  const desk = await openDesk('moderator');
  const place = await card(desk, 'Ida One').boundingBox();
  for (const name of ['Jon Two', 'Kim Three', 'Lou Four']) await leaveComment(name);
  await expect(viewButton(desk, 'View 3 new')).toBeVisible();
  expectValue(await card(desk, 'Ida One').boundingBox()).toEqual(place);
  await expect(card(desk, 'Lou Four')).toHaveCount(0);
  await blog.expectAccessible(desk);
  await viewButton(desk, 'View 3 new').click();
  for (const name of ['Jon Two', 'Kim Three', 'Lou Four', 'Ida One']) await expect(card(desk, name)).toBeVisible();
  await expect(card(desk, 'Lou Four')).toBeFocused();
  await expect(desk.getByRole('button', { name: /^View/ })).toHaveCount(0);
});

test('of two who decide at once one wins, and the other is told who, and sees how the comment stands', async () => {
  await leaveComment('Ida One');
  const [owner, moderator] = [await openDesk('owner'), await openDesk('moderator')];
  // What the first one does is told only after the second one has pressed.
  await moderator.route((url) => url.pathname === LIVE, (route) => route.abort());
  await moderator.reload();
  await decide(owner, 'Ida One', 'Approve');
  await decide(moderator, 'Ida One', 'Spam');
  await expect(moderator.getByRole('main').getByRole('alert')).toHaveText('Marlene has approved this meanwhile. Here is how it stands now.');
  await moderator.unrouteAll();
  await expect(card(moderator, 'Ida One').getByText('Approved by Marlene')).toBeVisible(POLL_PATIENCE);
  blog.takeComplaints();
});

test('an author is told of comments under their own posts, and of no others', async () => {
  const author = await blog.newPage();
  const authorId = await blog.signIn(author, 'author');
  const post = await findOpenPost(blog);
  await blog.change('UPDATE "Post" SET "authorId" = $1 WHERE slug <> $2 AND kind = \'post\'', [authorId, post.slug]);
  await openDesk('author', author);
  const told: string[] = [];
  await author.exposeFunction('tell', (data: string) => told.push(data));
  await author.evaluate((id) => {
    new BroadcastChannel(`soapbox-desk ${id}`).onmessage = ({ data }) => (globalThis as unknown as { tell: (data: string) => void }).tell(JSON.stringify(data));
  }, authorId);
  await leaveComment('Ida One');
  const { rows } = await blog.sql.query<{ id: string }>(
    `SELECT c.id FROM "Comment" c JOIN "Post" p ON p.id = c."postId" WHERE p."authorId" = $1 LIMIT 1`, [authorId]);
  const mine = rows[0]?.id;
  await blog.sql.query(`INSERT INTO "ModerationEvent" (id, "commentId", decision, "fromStatus", "toStatus") VALUES (gen_random_uuid(), $1, 'unapprove', 'approved', 'pending')`, [mine]);
  await expect.poll(() => told.join('')).toContain('"unapprove"');
  expectValue(told.join('')).not.toContain('"submit"');
});

test('the tabs of a browser share one stream, and when the tab that has it is closed another takes it up', async () => {
  await leaveComment('Ida One');
  await leaveComment('Jon Two');
  const owner = await openDesk('owner');
  const first = await blog.newPage();
  await blog.signIn(first, 'moderator');
  const streams: string[] = [];
  first.context().on('request', (request) => void (isStream(request) && streams.push(request.url())));
  await openDesk('moderator', first);
  const second = await openDesk('moderator', await first.context().newPage());
  expectValue(streams).toHaveLength(1);

  await decide(owner, 'Ida One', 'Approve');
  for (const page of [first, second]) await expect(card(page, 'Ida One').getByText('Approved by Marlene')).toBeVisible();
  expectValue(streams).toHaveLength(1);

  await first.close();
  await expect.poll(() => streams.length).toBe(2);
  await decide(owner, 'Jon Two', 'Spam');
  await expect(card(second, 'Jon Two').getByText('Moved to Spam by Marlene')).toBeVisible();
});

test('what one does in another tab is marked as one’s own', async () => {
  await leaveComment('Ida One');
  const first = await openDesk('moderator');
  const second = await openDesk('moderator', await first.context().newPage());
  await decide(second, 'Ida One', 'Approve');
  await expect(card(first, 'Ida One').getByText('Approved by you')).toBeVisible();
  await expect(second.getByText('Approved by you')).toHaveCount(0);
});

test('where the stream is cut on the way, the desk asks by itself, and says nothing of it', async () => {
  await leaveComment('Ida One');
  const owner = await openDesk('owner');
  const moderator = await blog.newPage();
  await blog.signIn(moderator, 'moderator');
  await moderator.route((url) => url.pathname === LIVE && !url.searchParams.has('poll'), (route) => route.abort());
  await openDesk('moderator', moderator);
  await decide(owner, 'Ida One', 'Approve');
  await expect(card(moderator, 'Ida One').getByText('Approved by Marlene')).toBeVisible(POLL_PATIENCE);
  await leaveComment('Jon Two');
  await expect(viewButton(moderator, 'View 1 new')).toBeVisible(POLL_PATIENCE);
  await expect(moderator.getByRole('main').getByRole('alert')).toHaveCount(0);
});

test('whoever signs out is told nothing more', async () => {
  // The browser says 401 of the stream, and the page nothing.
  const desk = await blog.newPage({ allow: [/^answer 401: GET \S+\/admin\/live/] });
  await blog.signIn(desk, 'moderator');
  await openDesk('moderator', desk);
  const refused = desk.waitForResponse((response) => new URL(response.url()).pathname === LIVE && response.status() === 401, { timeout: 45_000 });
  await blog.sql.query('DELETE FROM "Session"');
  await refused;
  await expect(desk.getByRole('main').getByRole('alert')).toHaveCount(0);
});

test('a desk that is open costs readers nothing: a page is kept as before', async () => {
  await openDesk('moderator');
  const post = await findOpenPost(blog);
  const etag = (await blog.request(post.path)).headers.get('etag');
  const { headers, status } = await blog.request(post.path, { headers: { 'if-none-match': etag ?? '' } });
  expectValue([status, headers.get('set-cookie')]).toEqual([304, null]);
});

const sessionToken = randomBytes(32).toString('base64url');
const database = useOwnDatabase();
let notices: PostgresProxy;
let instances: [Instance, Instance];

beforeAll(async () => {
  notices = await PostgresProxy.open(database.url);
  const start = (direct: string) => Instance.start({ freshness: 'fast', database: database.url, direct, cdn: 'off', sessionToken });
  const first = await start(database.url);
  instances = [first, await start(notices.url)];
  await openSessionOf(database.sql, 'moderator', sessionToken);
});

afterAll(async () => {
  await Promise.all(instances.map((one) => one.stop()));
  await notices.close();
});

test('what is decided at one instance is told at another; and after the other could hear nothing for a while, too', async () => {
  const [first, second] = instances;
  const { rows } = await database.sql.query<{ id: string; revision: number }>(`SELECT "publicId" AS id, revision FROM "Comment" WHERE status = 'approved' LIMIT 2`);
  const [one, other] = rows as [(typeof rows)[number], (typeof rows)[number]];
  const answer = await fetch(`${second.url}${LIVE}`, { headers: { cookie: `authjs.session-token=${sessionToken}` } });
  expectValue(answer.headers.get('content-type')).toBe('text/event-stream');
  let said = '';
  const reading = (async () => {
    const reader = answer.body!.pipeThrough(new TextDecoderStream()).getReader();
    for (let { done, value } = await reader.read(); !done; { done, value } = await reader.read()) said += value ?? '';
  })();
  await first.toggle({ ...one, isShown: true });
  await until(() => said.includes(one.id), () => `It was not told: ${said}`);

  await database.sql.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1::int[])', [notices.ports]);
  await first.toggle({ ...other, isShown: true });
  await until(() => said.includes(other.id) || said.includes('event: reload'), () => `It was not told that something may be missing: ${said}`);

  const begun = performance.now();
  await second.stop();
  await reading;
  expectValue(performance.now() - begun).toBeLessThan(8_000);
  instances = [first, await Instance.start({ freshness: 'fast', database: database.url, direct: database.url, cdn: 'off', sessionToken })];
});
