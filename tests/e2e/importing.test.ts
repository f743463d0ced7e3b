import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { fixture } from '../support/wxr/write-export';

const blog = useBlog();
const FILE = fixture('blog-1.2.xml');
const NEVER_PUBLIC = ['Draft words', 'Private words', 'Password words', 'Future words', 'Pending words', 'Trashed words', 'Archived words', 'Held words', 'Spam words', 'Trash words', 'Internal words', 'Words under a draft'];

/** Every address of the blog that a reader can come upon, found by following links from the front page. */
async function crawl(): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  const queue = ['/'];
  for (let path = queue.pop(); path !== undefined; path = queue.pop()) {
    if (seen.has(path)) continue;
    const answer = await blog.request(path);
    const html = answer.status === 200 ? await answer.text() : '';
    seen.set(path, html);
    for (const [, href = ''] of html.matchAll(/<a [^>]*href="(\/[^"#?]*)/g)) if (!/^\/(admin|sign-in|_next)/.test(href)) queue.push(href);
  }
  return seen;
}

test('an imported blog stands at its old addresses in one hop, with its threads, mentions and links to its pictures', async () => {
  const printed = await blog.command('import', FILE, '--no-media');
  expect(printed).toContain('Comments');
  for (const old of ['/2016/05/13/caf%c3%a9-light/', '/2016/05/13/caf%C3%A9-light', '/2016/05/13/café-light/', '/?p=10', '/about/our-house/']) {
    const moved = await blog.request(old);
    expect([old, moved.status]).toEqual([old, 308]);
    expect([old, (await blog.request(moved.headers.get('location') ?? '')).status]).toEqual([old, 200]);
  }
  const target = (await blog.request('/?p=10')).headers.get('location') ?? '';

  const page = await blog.newPage();
  await page.goto(target);
  await expect(page.getByRole('list', { name: 'Mentions' }).getByRole('link', { name: 'A day – another blog » lamps' })).toHaveAttribute('rel', 'nofollow ugc noopener');
  const orphan = page.getByRole('article').filter({ hasText: 'An approved reply to a held comment' });
  await expect(orphan).toBeVisible();
  await expect(orphan.locator('xpath=ancestor::li[2]/div[contains(@class, "comment--anchor")]')).toBeVisible();
  await expect(page.locator('#comment-104')).toHaveCount(1);
  await expect(page.locator('figure.remote-picture a.picture-link').first()).toHaveAttribute('href', /^https:\/\/www\.lantern\.example\//);
  await blog.expectAccessible(page);

  const before = await (await blog.request(target)).text();
  await blog.command('import', FILE, '--no-media');
  expect(await (await blog.request(target)).text()).toBe(before);
});

test('nothing that the export keeps private is on any page a reader can come upon, or at its old address', async () => {
  const source = readFileSync(FILE, 'utf8');
  for (const words of NEVER_PUBLIC) expect(source).toContain(words);
  await blog.command('import', FILE, '--no-media');
  const pages = await crawl();
  expect(pages.size).toBeGreaterThan(20);
  for (const [path, html] of pages) for (const words of NEVER_PUBLIC) expect([path, words, html.includes(words)]).toEqual([path, words, false]);
  for (const old of ['/?p=11', '/?p=12', '/?p=13', '/?p=14', '/?p=15', '/?p=16', '/2016/06/01/only-for-us/', '/unheard-of/']) {
    expect([old, (await blog.request(old)).status]).toEqual([old, 404]);
  }
  const locked = await blog.request('/2016/06/02/behind-a-word/');
  expect([locked.status, locked.headers.get('location')]).toEqual([308, '/posts/behind-a-word']);
  expect(await (await blog.request('/posts/behind-a-word')).text()).toContain('Password');
});

test('an old comment’s number still leads to it', async () => {
  await blog.command('import', FILE, '--no-media');
  const answer = await blog.request('/comments/104');
  expect(answer.status).toBe(307);
  expect(answer.headers.get('location')).toMatch(/^\/posts\/[^#]+#comment-[0-9a-z]{12}$/);
  expect((await blog.request('/comments/103')).status).toBe(404);
});
