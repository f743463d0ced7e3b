import { beforeEach, expect as expectValue, test } from 'vitest';
import type { Page } from 'playwright-core';
import { expect, useBlog } from '../support/blog';
import { fieldsOfForm, multipart, sendRaw } from '../support/raw-request';
import { articleWith, findOpenPost, postComment, type OpenPost } from '../support/stories';

const blog = useBlog();

const PASSWORD = 'Rosengarten';
const WORDS = 'Words for those who were let in';
const SAID = 'A comment for those who were let in';
const NOT_THE_PASSWORD = 'This is not the password. Please check it and try again.';

let post: OpenPost;
let commentId: string;

beforeEach(async () => {
  post = await findOpenPost(blog);
});

async function become(status: string, more: { slug?: string } = {}): Promise<void> {
  await blog.change(
    `UPDATE "Post" SET status = $2::"PostStatus", password = CASE WHEN $2 = 'password' THEN $3 END, html = '<p>' || $4 || '</p>', excerpt = $4, slug = coalesce($5, slug) WHERE slug = $1`,
    [post.slug, status, PASSWORD, WORDS, more.slug ?? null],
  );
  const { rows } = await blog.sql.query<{ publicId: string }>(
    `UPDATE "Comment" c SET source = $2, html = '<p>' || $2 || '</p>' FROM "Post" p WHERE p.id = c."postId" AND p.slug = $1 AND c.status = 'approved' RETURNING "publicId"`, [more.slug ?? post.slug, SAID]);
  commentId = rows[0]!.publicId;
  await blog.change('SELECT 1');
}

async function open(page: Page, password: string): Promise<void> {
  await page.getByLabel('Password', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'Open', exact: true }).click();
}

/** The cookies of a browser that has said the password. */
async function keys(path = post.path): Promise<string> {
  const form = await (await blog.request(path)).text();
  const { body, headers } = multipart({ ...fieldsOfForm(form, 'Open'), password: PASSWORD });
  const answer = await blog.request(path, { method: 'POST', body: new Uint8Array(body), headers });
  expectValue([answer.status, answer.headers.get('location')]).toEqual([303, `${path}/read`]);
  return answer.headers.getSetCookie().map((cookie) => cookie.split(';')[0]).join('; ');
}

test('a post with a password: the form, without script; a wrong one is told and can be corrected; then the post, its comments and the box', async () => {
  await become('password');
  const page = await blog.newPage({ javaScript: false, width: 390 });
  await page.goto(post.path);
  await expect(page.getByRole('heading', { level: 1, name: post.title })).toBeVisible();
  await expect(page.getByRole('region')).toHaveCount(0);
  const [answer] = await Promise.all([page.waitForResponse((response) => response.request().method() === 'POST'), open(page, 'rosengarten')]);
  expectValue(answer.status()).toBe(403);
  await expect(page.getByRole('alert')).toHaveText(NOT_THE_PASSWORD);
  await expect(page.getByLabel('Password', { exact: true })).toHaveValue('');
  await open(page, PASSWORD);
  await page.waitForURL(`**${post.path}/read`);
  await expect(page.getByText(WORDS, { exact: true })).toBeVisible();
  await expect(page.getByText(SAID).first()).toBeVisible();

  await page.goto(`/comments/${commentId}`);
  expectValue(page.url()).toBe(`${blog.url}${post.path}/read#comment-${commentId}`);
  await page.goto(`/comments/${commentId}/report`);
  await expect(page.getByRole('button', { name: 'Send report' })).toBeVisible();
  await page.goto(`${post.path}/reply/${commentId}`);
  await expect(page.locator('blockquote')).toContainText(SAID);
  await postComment(page, { comment: 'Let in, and glad of it.' });
  expectValue(new URL(page.url()).pathname).toBe(`${post.path}/reply`);
  await expect(articleWith(page, 'Let in, and glad of it.')).toBeVisible();

  await page.goto(post.path);
  await page.getByRole('link', { name: 'Read on without typing it again' }).click();
  await expect(page.getByText(WORDS, { exact: true })).toBeVisible();
  await blog.change('UPDATE "Post" SET password = $2 WHERE slug = $1', [post.slug, 'Another']);
  await page.goto(`${post.path}/read`);
  expectValue(new URL(page.url()).pathname).toBe(post.path);
});

test.each([['light', 390], ['dark', 1280]] as const)('the form and what is behind it are accessible, %s, %i px, and speak by script too', async (colorScheme, width) => {
  await become('password');
  const page = await blog.newPage({ colorScheme, width });
  await page.goto(post.path);
  await blog.expectAccessible(page);
  await open(page, 'wrong');
  await expect(page.getByRole('alert')).toHaveText(NOT_THE_PASSWORD);
  await expect(page.getByLabel('Password', { exact: true })).toBeFocused();
  await blog.expectAccessible(page);
  await page.keyboard.type(PASSWORD);
  await page.keyboard.press('Enter');
  await page.waitForURL('**/read');
  await blog.expectAccessible(page);
  await postComment(page, { comment: 'Let in, by script.' });
  await expect(articleWith(page, 'Let in, by script.').getByRole('status')).toContainText('awaiting moderation');
  expectValue(new URL(page.url()).pathname).toBe(`${post.path}/read`);
});

test('the key is sent below the post’s address and to its comments alone, is hidden from script, and opens this post alone', async () => {
  await become('password', { slug: 'für-euch' });
  const path = `/posts/${encodeURIComponent('für-euch')}`;
  const page = await blog.newPage();
  await page.goto(path);
  await open(page, PASSWORD);
  await page.waitForURL('**/read');
  const kept = (await page.context().cookies([`${blog.url}${path}/read`, `${blog.url}/comments/x`])).filter(({ name }) => name.startsWith('open-'));
  expectValue(kept.map(({ path: at, httpOnly, sameSite }) => [at, httpOnly, sameSite]).sort()).toEqual([['/comments', true, 'Lax'], [path, true, 'Lax']]);
  expectValue((await page.context().cookies([blog.url, `${blog.url}/admin`, `${blog.url}/posts/f`])).filter(({ name }) => name.startsWith('open-'))).toEqual([]);
  const other = await findOpenPost(blog);
  await blog.change(`UPDATE "Post" SET status = 'password', password = $2 WHERE slug = $1`, [other.slug, PASSWORD]);
  const cookie = kept.map(({ name, value }) => `${name}=${value}`).join('; ');
  const answer = await blog.request(`${other.path}/read`, { headers: { cookie } });
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, other.path]);
});

test('no answer that is kept has a word of it, whoever asked before', async () => {
  await blog.request(post.path);
  await become('password');
  const cookie = await keys();
  const { sessionToken } = await blog.openSession('owner');
  const paths = [
    post.path, `${post.path}/`, post.path.replace('/posts/', '/%70osts/'), `${post.path}?x=1`, `${post.path}/comments/2`, `${post.path}/feed.xml`,
    `${post.path}/read`, `${post.path}/read/`, `${post.path}/read?x=1`, `${post.path}/%72ead`, `${post.path}/read/comments/2`, `${post.path}/read/comments/0`, `${post.path}/reply`, `${post.path}/reply/${commentId}`,
    `/comments/${commentId}`, `/comments/${commentId}/report`, '/', '/page/2', '/feed.xml', '/comments/feed.xml', '/missing', '/archive/2026', '/privacy', '/search?q=let',
  ];
  let isRead = 0;
  for (const path of paths) {
    for (const sent of [cookie, `authjs.session-token=${sessionToken}; here=1`, '']) {
      for (const method of ['GET', 'HEAD', 'GET']) {
        const answer = await blog.request(path, { method, headers: { cookie: sent } });
        const isTold = /let in/.test((await answer.text()).replaceAll('value="let"', ''));
        if (isTold) isRead += 1;
        if (isTold) expectValue([path, sent === '', answer.headers.get('cache-control')]).toEqual([path, false, 'private, no-store']);
        if (path.includes('/read')) expectValue([path, answer.headers.get('cache-control')]).toEqual([path, 'private, no-store']);
        if (answer.status === 200 && path.startsWith(post.path)) expectValue([path, answer.headers.get('x-robots-tag')]).toEqual([path, 'noindex']);
      }
    }
  }
  expectValue(isRead).toBeGreaterThan(10);
});

test('whoever has not said it is refused by the act itself, not only by the page', async () => {
  await become('password');
  const cookie = await keys();
  const box = fieldsOfForm(await (await blog.request(`${post.path}/read`, { headers: { cookie } })).text(), 'Post Comment');
  const { rows: [before] } = await blog.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM "Comment"');
  const { body, headers } = multipart({ ...box, comment: 'From outside', name: 'Nobody', email: 'nobody@example.net' });
  for (const path of [post.path, '/posts/none', `${post.path}/read`, `${post.path}/reply`]) expectValue((await sendRaw(blog, { method: 'POST', path, body, headers })).status).toBeGreaterThanOrEqual(300);
  const { rows: [after] } = await blog.sql.query<{ n: number }>('SELECT count(*)::int AS n FROM "Comment"');
  expectValue(after).toEqual(before);
  expectValue((await blog.request(`/comments/${commentId}`)).status).toBe(404);
});

test('whoever guesses is asked to wait, with how long', async () => {
  await become('password');
  const { body, headers } = multipart({ ...fieldsOfForm(await (await blog.request(post.path)).text(), 'Open'), password: 'a guess' });
  const guess = () => sendRaw(blog, { method: 'POST', path: post.path, body, headers: { ...headers, 'x-forwarded-for': '203.0.113.9' } });
  for (let n = 0; n < 10; n++) expectValue((await guess()).status).toBe(403);
  const late = await guess();
  expectValue([late.status, Number(late.headers['retry-after']) > 0, late.text.includes('tried very often'), late.text.includes('Password')]).toEqual([429, true, true, true]);
});

test('from published to a password: gone at the next request, with its comments; back again: the way to the form leads home', async () => {
  const long = async () => Promise.all([post.path, '/', '/feed.xml'].map(async (path) => (await (await blog.request(path)).text()).includes(WORDS)));
  await become('published');
  expectValue(await long()).toEqual([true, true, true]);
  await become('password');
  expectValue(await long()).toEqual([false, false, false]);
  expectValue((await blog.request(`${post.path}/comments/2`)).status).toBe(404);
  await become('published');
  expectValue(await long()).toEqual([true, true, true]);
  const answer = await blog.request(`${post.path}/read`);
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, post.path]);
});

test('an unlisted post is there for whoever has its address, and nobody is told of it', async () => {
  await become('unlisted');
  const answer = await blog.request(post.path);
  const html = await answer.text();
  expectValue([answer.status, answer.headers.get('x-robots-tag'), /<meta name="robots" content="noindex"\/?>/.test(html), html.includes(WORDS)]).toEqual([200, 'noindex', true, true]);
  expectValue((await blog.request(`${post.path}/feed.xml`)).status).toBe(404);
  for (const path of ['/', '/feed.xml', '/comments/feed.xml', '/missing']) expectValue([path, (await (await blog.request(path)).text()).includes(post.path)]).toEqual([path, false]);
  const page = await blog.newPage({ javaScript: false });
  await page.goto(post.path);
  await postComment(page, { comment: 'Found by its address.' });
  await expect(articleWith(page, 'Found by its address.')).toBeVisible();
});

test('a preview is for whoever has the link: kept nowhere, told nobody, gone when it is taken back', async () => {
  await become('draft');
  const path = `/preview/${'x'.repeat(43)}`;
  expectValue((await blog.request(path)).status).toBe(404);
  await blog.change('UPDATE "Post" SET "previewToken" = $2 WHERE slug = $1', [post.slug, 'x'.repeat(43)]);
  const answer = await blog.request(path);
  expectValue(['cache-control', 'x-robots-tag', 'referrer-policy'].map((name) => answer.headers.get(name))).toEqual(['private, no-store', 'noindex', 'strict-origin']);
  const page = await blog.newPage({ width: 390, colorScheme: 'dark' });
  await page.goto(path);
  await expect(page.getByRole('note')).toHaveText('This is a preview. It is not on the blog yet. Only whoever has this link sees it.');
  await expect(page.getByText(WORDS, { exact: true })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Post Comment' })).toHaveCount(0);
  await blog.expectAccessible(page);
  for (const status of ['private', 'password', 'trash']) {
    await become(status);
    expectValue([status, (await blog.request(path)).status]).toEqual([status, status === 'trash' ? 404 : 200]);
    if (status !== 'password') expectValue((await blog.request(post.path)).status).toBe(404);
  }
  await become('draft');
  await blog.change('UPDATE "Post" SET "previewToken" = NULL WHERE slug = $1', [post.slug]);
  expectValue((await blog.request(path)).status).toBe(404);
});
