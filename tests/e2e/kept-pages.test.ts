import { test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const SOON_MS = 4_000;

/** Reads a page over and over, past a moment, and checks each time that it shows what is right at that time. */
async function expectTurn(path: string, words: RegExp, turnsAt: Date, { shownBefore }: { shownBefore: boolean }): Promise<void> {
  let [before, after] = [0, 0];
  while (after < 3) {
    const askedAt = Date.now();
    const isShown = words.test(await (await blog.request(path)).text());
    const answeredAt = Date.now();
    if (answeredAt < turnsAt.getTime()) {
      before += 1;
      expect(isShown).toBe(shownBefore);
    } else if (askedAt >= turnsAt.getTime()) {
      after += 1;
      expect(isShown).toBe(!shownBefore);
    }
  }
  expect(before).toBeGreaterThan(2);
}

test('a post whose hour comes is on the front page from that moment on, though nobody changes anything', async () => {
  const post = await findOpenPost(blog);
  const turnsAt = new Date(Date.now() + SOON_MS);
  await blog.change('UPDATE "Post" SET "publishedAt" = $1 WHERE slug = $2', [turnsAt, post.slug]);
  await expectTurn('/', new RegExp(`href="${post.path}"`), turnsAt, { shownBefore: false });
  expect((await blog.request(post.path)).status).toBe(200);
});

test('comments that close at a moment are closed from that moment on, on a page that is kept', async () => {
  const post = await findOpenPost(blog);
  const turnsAt = new Date(Date.now() + SOON_MS);
  await blog.change('UPDATE "Post" SET "commentsCloseAt" = $1 WHERE slug = $2', [turnsAt, post.slug]);
  await expectTurn(post.path, /Post Comment/, turnsAt, { shownBefore: true });
  expect(await (await blog.request(post.path)).text()).toContain('Comments are closed.');
});

test('a moderator who is signed in gets the page of everybody, and leaves nothing of their own in it', async () => {
  const post = await findOpenPost(blog);
  const { sessionToken } = await blog.openSession('moderator');
  const cookie = `authjs.session-token=${sessionToken}; here=1; writer=${encodeURIComponent('{"name":"Secret","email":"secret@example.com"}')}`;
  for (const path of ['/', post.path, '/privacy', '/nowhere']) {
    await blog.change('SELECT 1');
    const own = await blog.request(path, { headers: { cookie } });
    const others = await blog.request(path);
    expect([own.status, own.headers.get('etag'), await own.text()]).toEqual([others.status, others.headers.get('etag'), await others.text()]);
    expect(own.headers.get('set-cookie')).toBeNull();
  }
});

test('who writes sees their comment in the page by one small request of their own; the page itself stays as it is kept', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await page.goto(post.path);
  await postComment(page, { comment: 'A thought of my own.' });
  await expect(page.getByText('Your comment is awaiting moderation.')).toBeVisible();

  const kept = (await blog.request(post.path)).headers.get('etag');
  const asked: { path: string; bytes: number }[] = [];
  page.on('requestfinished', async (request) => {
    if (request.resourceType() !== 'fetch') return;
    asked.push({ path: new URL(request.url()).pathname, bytes: (await request.sizes()).responseBodySize });
  });
  await page.reload();
  await expect(page.getByText('A thought of my own.')).toBeVisible();
  await expect.poll(() => asked).toEqual([{ path: `${post.path}/reply`, bytes: expect.any(Number) }]);
  expect(asked[0]!.bytes).toBeLessThan(6_000);
  const others = await blog.request(post.path);
  expect(others.headers.get('etag')).toBe(kept);
  expect(await others.text()).not.toContain('A thought of my own.');
});

test('what a query says beside the page makes no other page of it', async () => {
  const post = await findOpenPost(blog);
  const plain = await blog.request(post.path);
  const body = await plain.text();
  for (const noise of ['replytocom=7', 'utm_source=mail&utm_medium=x', 'fbclid=1', '%F0%9F%92%A9']) {
    const noisy = await blog.request(`${post.path}?${noise}`);
    expect([noisy.status, noisy.headers.get('etag'), await noisy.text()]).toEqual([200, plain.headers.get('etag'), body]);
  }
  const same = await blog.request(post.path, { headers: { 'if-none-match': plain.headers.get('etag')! } });
  expect([same.status, await same.text()]).toEqual([304, '']);
});
