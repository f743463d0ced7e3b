import { randomBytes } from 'node:crypto';
import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { pressTabUntil } from '../support/keyboard';
import { makeLongDiscussion } from '../support/reader-pages';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const MOST_MS = 72_000 + 2_000;

/** A page of a reader whose clock a test may put forward. */
async function open(path: string, options: Parameters<typeof blog.newPage>[0] = {}): Promise<Page> {
  const page = await blog.newPage(options);
  await page.clock.install();
  await page.goto(path);
  return page;
}

/** Puts its clock forward until it has asked, and waits for what it is told. */
async function passMinute(page: Page): Promise<void> {
  let isTold = false;
  const told = page.waitForResponse((response) => response.url().endsWith('/count')).finally(() => { isTold = true; });
  // Again where the page had not yet set its clock after the answer before.
  await expect.poll(async () => {
    if (!isTold) await page.clock.fastForward(MOST_MS);
    return isTold;
  }, { intervals: [500] }).toBe(true);
  await (await told).finished();
}

const news = (page: Page) => page.getByRole('status').filter({ hasText: /new comments?, show/ });
const show = (page: Page) => page.getByRole('button', { name: 'show', exact: true });

/** Publishes a comment behind the blog's back. Gives its id. */
async function publish(slug: string, words: string, { below }: { below?: string } = {}): Promise<string> {
  const id = randomBytes(6).toString('hex');
  await blog.change(
    `WITH added AS (
       INSERT INTO "Comment" (id, "publicId", "postId", "parentId", "rootId", depth, name, source, html, status, "sourceHash")
       SELECT made.id, $2::text, "Post".id, above.id, COALESCE(above."rootId", made.id), COALESCE(above.depth, 0) + 1, 'Wanda', $3::text, '<p>' || $3::text || '</p>', 'approved', md5($2::text)
       FROM (SELECT gen_random_uuid() AS id) AS made, "Post" LEFT JOIN "Comment" AS above ON above."publicId" = $4 WHERE slug = $1 RETURNING 1)
     UPDATE "Post" SET "approvedCount" = "approvedCount" + 1 WHERE slug = $1`, [slug, id, words, below ?? null]);
  return id;
}

async function firstComment(slug: string): Promise<{ id: string; name: string }> {
  const { rows } = await blog.sql.query<{ id: string; name: string }>(
    `SELECT "publicId" AS id, name FROM "Comment" WHERE status = 'approved' AND kind = 'comment' AND "parentId" IS NULL AND "postId" = (SELECT id FROM "Post" WHERE slug = $1) ORDER BY "createdAt" LIMIT 1`, [slug]);
  return rows[0]!;
}

test('one reader writes, a moderator publishes it, and another who has the post open is told within a minute and shown it, by keys alone', async () => {
  const post = await findOpenPost(blog);
  const reader = await open(post.path);
  const writer = await blog.newPage();
  await writer.goto(post.path);
  await postComment(writer, { comment: 'A word for whoever reads along.' });
  await expect(articleWith(writer, 'A word for whoever reads along.')).toContainText('awaiting moderation');
  await passMinute(reader);
  await expect(news(reader)).toHaveCount(0);

  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments');
  const approve = articleWith(desk, 'A word for whoever reads along.').getByRole('button', { name: 'Approve', exact: true });
  await expect.poll(() => approve.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__react')))).toBe(true);
  await approve.click();
  await expect(desk.getByRole('status').filter({ has: desk.getByRole('button', { name: 'Undo' }) })).toBeVisible();

  await passMinute(reader);
  await expect(news(reader)).toHaveText('1 new comment, show');
  await blog.expectAccessible(reader);
  await pressTabUntil(reader, show(reader));
  await reader.keyboard.press('Enter');
  const article = articleWith(reader, 'A word for whoever reads along.');
  await expect(article).toBeFocused();
  await expect(article).toBeInViewport();
  await expect(reader.getByRole('article', { name: /^Grete Waits New/ })).toBeVisible();
  await expect(reader.getByRole('heading', { name: new RegExp(`^${post.count + 1} thoughts on`) })).toBeVisible();
  await expect(news(reader)).toHaveCount(0);
  await blog.expectAccessible(reader);
  await passMinute(reader);
  await expect(news(reader)).toHaveCount(0);
});

test.each([390, 1280])('at %i px nothing on the page moves when it is said, and what is being written stays, below the comment that it answers', async (width) => {
  const post = await findOpenPost(blog);
  const { id, name } = await firstComment(post.slug);
  const page = await open(post.path, { width });
  await page.locator(`#comment-${id}`).getByRole('link', { name: `Reply to ${name}` }).click();
  await field(page, 'Comment (required)').fill('Half a thought');
  const places = () => page.locator('body :is(h1, h2, p, li, article, form, textarea, button, a):not(.news, .news *)').evaluateAll((all) => all.map((one) => { const { x, y, width: w, height } = one.getBoundingClientRect(); return [x, y, w, height].map(Math.round).join(); }));
  const before = await places();
  await publish(post.slug, 'The newest word of all.', { below: id });
  await passMinute(page);
  await expect(news(page)).toHaveText('1 new comment, show');
  expectValue(await places()).toEqual(before);
  await show(page).click();
  await expect(articleWith(page, 'The newest word of all.')).toBeFocused();
  await expect(field(page, 'Comment (required)')).toHaveValue('Half a thought');
  await expect(page.getByRole('heading', { name: `Reply to ${name}` })).toBeVisible();
  expectValue(await page.locator('[data-comment-box]').evaluate((box) => box.previousElementSibling?.id)).toBe(`comment-${id}`);
  await page.getByRole('link', { name: 'Cancel reply' }).click();
  await expect(field(page, 'Comment (required)')).toHaveValue('Half a thought');
});

test('on a long discussion it leads to the page where the newest is', async () => {
  const second = await makeLongDiscussion(blog);
  const post = await findOpenPost(blog);
  const page = await open(post.path);
  const id = await publish(post.slug, 'The last of many.');
  await passMinute(page);
  await show(page).click();
  await expect(page).toHaveURL(new RegExp(`/comments/\\d+#comment-${id}$`));
  await expect(articleWith(page, 'The last of many.')).toBeInViewport();
  expectValue(second).toContain('/comments/');
});

test('one’s own comment that is just published is no news', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.clock.install();
  await page.goto(post.path);
  await expect(page.getByText('You are commenting')).toBeVisible();
  await field(page, 'Comment (required)').fill('My own word.');
  await page.getByRole('button', { name: 'Post Comment' }).click();
  await expect(page.getByRole('status').filter({ hasText: 'Your comment is published.' })).toBeVisible();
  await passMinute(page);
  await expect(news(page)).toHaveCount(0);
  // And somebody else's is.
  await publish(post.slug, 'Another word.');
  await passMinute(page);
  await expect(news(page)).toHaveText('1 new comment, show');
  await show(page).click();
  await expect(articleWith(page, 'Another word.')).toBeFocused();
  await expect(articleWith(page, 'Another word.').getByText('Moderate', { exact: true })).toBeVisible();
});

const countOf = (path: string, headers: Record<string, string> = {}, method = 'GET') => blog.request(`${path}/count`, { method, headers });

test('the count is kept and the same for everybody, sets no cookie, and whoever has it is told so', async () => {
  const post = await findOpenPost(blog);
  const first = await countOf(post.path);
  expectValue([first.status, first.headers.get('content-type'), first.headers.get('cache-control'), first.headers.get('set-cookie'), first.headers.get('x-content-type-options')])
    .toEqual([200, 'application/json', 'public, max-age=0, must-revalidate', null, 'nosniff']);
  const body = await first.text();
  expectValue(JSON.parse(body)).toEqual({ comments: post.count, newest: expectValue.stringMatching(/^[0-9a-z]{12}$/) });
  const etag = first.headers.get('etag')!;
  expectValue(etag).toMatch(/^"/);
  const { sessionToken } = await blog.openSession('moderator');
  const own = await countOf(post.path, { cookie: `authjs.session-token=${sessionToken}; here=1` });
  expectValue([own.headers.get('etag'), await own.text(), own.headers.get('set-cookie')]).toEqual([etag, body, null]);
  const again = await countOf(post.path, { 'if-none-match': etag });
  expectValue([again.status, await again.text(), again.headers.get('etag')]).toEqual([304, '', etag]);
  const head = await countOf(post.path, {}, 'HEAD');
  expectValue([head.status, await head.text(), head.headers.get('etag')]).toEqual([200, '', etag]);
  const noisy = await blog.request(`${post.path}/count?utm_source=x`);
  expectValue([noisy.headers.get('etag'), await noisy.text()]).toEqual([etag, body]);
});

test('a decision is counted by the very next request', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await blog.signIn(page, 'moderator');
  await page.goto(post.path);
  const { id, name } = await firstComment(post.slug);
  const { headers } = await countOf(post.path);
  const article = page.locator(`#comment-${id}`);
  await article.locator('summary', { hasText: 'Moderate' }).click();
  await article.getByRole('group', { name: `Moderate the comment by ${name}` }).getByRole('button', { name: 'Spam' }).click();
  await expect(article.getByRole('button', { name: 'Undo' })).toBeFocused();
  const next = await countOf(post.path, { 'if-none-match': headers.get('etag')! });
  expectValue([next.status, ((await next.json()) as { comments: number }).comments]).toEqual([200, post.count - 1]);
  const heading = /(\d+) thoughts? on/.exec(await (await blog.request(post.path)).text())?.[1];
  expectValue(Number(heading)).toBe(post.count - 1);
});

test('nothing is counted of a post that not everybody may read, nor of none; and it is only asked', async () => {
  const post = await findOpenPost(blog);
  for (const method of ['PUT', 'PATCH', 'DELETE']) {
    const answer = await countOf(post.path, {}, method);
    expectValue([answer.status, answer.headers.get('allow')]).toEqual([405, 'GET, HEAD, POST']);
  }
  expectValue((await countOf(post.path, { origin: blog.url }, 'POST')).status).toBeGreaterThanOrEqual(400);
  expectValue((await countOf(post.path, { origin: blog.url }, 'POST')).status).toBeLessThan(500);
  for (const path of ['/posts/no-such-post', '/posts/%00', `/posts/${'x'.repeat(3_000)}`, "/posts/'--", '/privacy']) {
    const { status } = await countOf(path);
    expectValue([path, status === 404 || status === 400]).toEqual([path, true]);
  }
  for (const status of ['private', 'draft', 'trash', 'password']) {
    await blog.change(`UPDATE "Post" SET status = $2::"PostStatus", password = 'once upon' WHERE slug = $1`, [post.slug, status]);
    const answer = await countOf(post.path);
    expectValue([status, answer.status, /comments"/.test(await answer.text())]).toEqual([status, 404, false]);
  }
});
