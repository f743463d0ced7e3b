import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { listReaderPages, MISSING_PAGE } from '../support/reader-pages';
import { articleWith, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

test.each([
  [390, 'light'], [390, 'dark'], [1280, 'light'], [1280, 'dark'],
] as const)('no page has a fault that axe finds, scrolls sideways or fetches from elsewhere, at %i px in %s', async (width, colorScheme) => {
  const page = await blog.newPage({ width, colorScheme });
  for (const path of await listReaderPages(blog)) {
    const answer = await page.goto(path);
    expectValue([path, answer?.status()]).toEqual([path, path === MISSING_PAGE ? 404 : 200]);
    await blog.expectAccessible(page);
    expectValue([path, await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)]).toEqual([path, 0]);
  }
});

test.each([
  [390, 'light'], [1280, 'dark'],
] as const)('the desk has no fault that axe finds at %i px in %s', async (width, colorScheme) => {
  const page = await blog.newPage({ width, colorScheme });
  await blog.signIn(page, 'owner');
  for (const path of ['/admin/health', '/admin/moving', '/admin/webhooks', '/admin/posts', '/admin/rules', '/admin/log', '/admin/log/people', ...['pending', 'approved', 'spam', 'trash', 'all'].map((queue) => `/admin/comments?queue=${queue}`)]) {
    await page.goto(path);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await blog.expectAccessible(page);
  }
});

test('a held comment and a refused box have no fault that axe finds', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ width: 390, colorScheme: 'dark' });
  await page.goto(path);
  await postComment(page, { comment: 'Held.', email: 'nobody' });
  await expect(page.getByRole('alert').first()).toBeVisible();
  await blog.expectAccessible(page);
  await postComment(page, { comment: 'Held.' });
  await expect(articleWith(page, 'Held.')).toBeVisible();
  await blog.expectAccessible(page);
});

test('a page of readers is whole without script, sets no cookie, and carries only its own script', async () => {
  for (const path of await listReaderPages(blog)) {
    const answer = await blog.request(path);
    const html = await answer.text();
    expectValue([path, answer.headers.get('set-cookie')]).toEqual([path, null]);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const scripts = /script-src[^;]*/.exec(policy)?.[0] ?? '';
    expectValue([path, /unsafe-inline|unsafe-eval/.test(scripts), /frame-ancestors 'none'/.test(policy)]).toEqual([path, false, true]);
    expectValue([path, answer.headers.get('x-content-type-options')]).toEqual([path, 'nosniff']);
    expectValue([path, answer.headers.has('referrer-policy')]).toEqual([path, true]);
    if (path === '/sign-in') continue; // the desk is an app
    const tags = html.match(/<script\b[^>]*>/g) ?? [];
    expectValue([path, tags.filter((tag) => !tag.includes('data-own'))]).toEqual([path, []]);
    expectValue([path, html.includes('__next_f')]).toEqual([path, false]);
    expectValue([path, /<h1\b/.test(html)]).toEqual([path, true]);
  }
});

test('every page and every control can be reached by keyboard alone, and shows where the focus is', async () => {
  const { path } = await findOpenPost(blog);
  const page = await blog.newPage({ width: 390 });
  await page.goto(path);
  const reached = new Set<string>();
  const controls = await page.locator('a[href]:visible, button:visible, input:visible, textarea:visible, summary:visible').count();
  for (let presses = 0; presses < controls + 5; presses += 1) {
    await page.keyboard.press('Tab');
    const focused = await page.evaluate(() => {
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const style = getComputedStyle(element);
      const isMarked = style.outlineStyle !== 'none' || style.boxShadow !== 'none';
      return { words: `${element.tagName} ${element.id} ${element.textContent?.trim().slice(0, 40)}`, isMarked };
    });
    if (!focused) break;
    expectValue(focused).toEqual({ ...focused, isMarked: true });
    reached.add(focused.words);
  }
  expectValue([...reached].some((words) => words.includes('Post Comment'))).toBe(true);
  expectValue([...reached][0]).toMatch(/skip|content/i);
});
