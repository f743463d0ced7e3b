import type { CDPSession, Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { findOpenPost } from '../support/stories';

const blog = useBlog();

/** What the browser considers fetching ahead, and what it has fetched, by path. */
class Ahead {
  candidates: string[] = [];
  readonly fetched = new Set<string>();
  readonly errors: string[] = [];

  static async of(page: Page): Promise<Ahead> {
    const ahead = new Ahead();
    const devtools: CDPSession = await page.context().newCDPSession(page);
    devtools.on('Preload.ruleSetUpdated', ({ ruleSet }) => { if (ruleSet.errorMessage) ahead.errors.push(ruleSet.errorMessage); });
    devtools.on('Preload.preloadingAttemptSourcesUpdated', ({ preloadingAttemptSources }) => { ahead.candidates = preloadingAttemptSources.map(({ key }) => new URL(key.url).pathname); });
    devtools.on('Preload.prefetchStatusUpdated', ({ prefetchUrl, status }) => { if (status === 'Ready' || status === 'Success') ahead.fetched.add(new URL(prefetchUrl).pathname); });
    await devtools.send('Preload.enable');
    return ahead;
  }
}

const deliveryOf = (page: Page) => page.evaluate(() => (performance.getEntriesByType('navigation')[0] as PerformanceNavigationTiming & { deliveryType: string }).deliveryType);

test('a hovered link to a page of readers is fetched ahead, and the click shows what was fetched', async () => {
  const { path, title } = await findOpenPost(blog);
  const page = await blog.newPage();
  const ahead = await Ahead.of(page);
  await page.goto('/');
  const link = page.getByRole('link', { name: title, exact: true }).first();
  await expect.poll(() => ahead.candidates).toContain(path);
  expectValue([...ahead.fetched]).toEqual([]);
  await link.hover();
  await expect.poll(() => [...ahead.fetched]).toEqual([path]);
  await link.click();
  await page.waitForURL(`**${path}`);
  expectValue(await deliveryOf(page)).toBe('navigational-prefetch');
  expectValue(ahead.errors).toEqual([]);
});

test('what is personal, a file, or leads elsewhere is never fetched ahead', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage();
  const ahead = await Ahead.of(page);
  await page.goto(path);
  await expect.poll(() => ahead.candidates).toContain('/privacy');
  const refused = ['/admin', '/admin/comments?queue=spam', '/account', '/sign-in', '/sign-in/link', '/api/auth/session', `${path}/reply`, `${path}/reply/abc`, '/comments/abc', '/feed.xml', '/comments/feed.xml', `${path}/feed.xml`, '/feed', '/icon.svg', 'https://elsewhere.example/'];
  await page.evaluate((addresses) => {
    const add = (href: string, more: Record<string, string> = {}) => {
      const link = Object.assign(document.createElement('a'), { href, textContent: href, ...more });
      document.querySelector('main')!.append(link);
    };
    addresses.forEach((href) => add(href));
    add('/nofollow', { rel: 'nofollow ugc noopener' });
    add('/download', { download: 'x' });
    add('/page/2?utm_source=x');
    add('/posts/some-post/comments/2');
  }, refused);
  await expect.poll(() => ahead.candidates).toEqual(expect.arrayContaining(['/page/2', '/posts/some-post/comments/2']));
  const personal = /^\/(admin|account|sign-in|api|comments|feed|nofollow|download)(\/|$)|\/reply(\/|$)|\.\w+$/;
  expectValue(ahead.candidates.filter((candidate) => personal.test(candidate))).toEqual([]);
  expectValue(await page.getByRole('link', { name: /^Reply to / }).count()).toBeGreaterThan(0);
});

test.each(['/sign-in', '/posts/SLUG/reply', '/healthz'])('%s says nothing of fetching ahead', async (address) => {
  const { slug } = await findOpenPost(blog);
  const answer = await blog.request(address.replace('SLUG', slug));
  expectValue([answer.status, answer.headers.get('speculation-rules')]).toEqual([200, null]);
});

test('the rules are served as what they are', async () => {
  const page = await blog.request('/');
  const rules = await blog.request(JSON.parse(page.headers.get('speculation-rules') ?? '""') as string);
  expectValue([rules.status, rules.headers.get('content-type')]).toEqual([200, 'application/speculationrules+json']);
});
