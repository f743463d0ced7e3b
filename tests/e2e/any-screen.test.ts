import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { useBlog } from '../support/blog';
import { listDeskKinds, listKinds, makeEveryKind } from '../support/page-kinds';
import { addPictureAndTable } from '../support/reader-pages';
import { hiddenUnderSticky, placesOf, shiftsOf, sidewaysIn, slowFonts, watchShifts } from '../support/screen';

const blog = useBlog();

/** One page of each kind, with a picture and a table in one. */
async function everyKind(): Promise<string[]> {
  await addPictureAndTable(blog);
  await makeEveryKind(blog);
  return (await listKinds(blog)).map(({ path }) => path);
}

/** Of all pages at once, so that a failure names each. */
const expectNothing = (found: Record<string, string[]>) => expectValue(Object.entries(found).filter(([, words]) => words.length > 0)).toEqual([]);

const deskPaths = async () => (await listDeskKinds(blog)).map(({ path }) => path);

test.each([390, 1280])('nothing moves on any page while it comes over a slow line and its fonts come last, at %i px', async (width) => {
  const page = await blog.newPage({ width });
  await watchShifts(page);
  const { release } = await slowFonts(page);
  for (const path of await everyKind()) {
    await page.goto(path, { waitUntil: 'domcontentloaded' });
    await page.waitForFunction(() => performance.getEntriesByName('first-contentful-paint').length > 0);
    const before = await placesOf(page);
    await release();
    await page.waitForLoadState('load');
    expectValue([path, await shiftsOf(page)]).toEqual([path, []]);
    expectValue([path, (await placesOf(page)).filter((place) => !before.includes(place))]).toEqual([path, []]);
  }
});

test.each([390, 1280])('without its fonts a page is read in the reader’s own, and nothing moves, at %i px', async (width) => {
  const page = await blog.newPage({ width });
  await page.route('**/*.woff2', (route) => route.abort());
  await watchShifts(page);
  for (const path of await everyKind()) {
    await page.goto(path);
    expectValue([path, await shiftsOf(page), await sidewaysIn(page)]).toEqual([path, [], []]);
    expectValue([path, await page.evaluate(() => getComputedStyle(document.querySelector('h1')!).visibility)]).toEqual([path, 'visible']);
  }
});

/** What 1280 × 1024 is in CSS pixels at 400 % (WCAG 2.2, 1.4.10). */
const ZOOMED = { width: 320, height: 256 };

test('at 400 % no page of readers scrolls sideways or hides a control', async () => {
  const page = await blog.newPage(ZOOMED);
  const found: Record<string, string[]> = {};
  for (const path of await everyKind()) {
    await page.goto(path);
    found[path] = [...(await sidewaysIn(page)), ...(await hiddenUnderSticky(page))];
  }
  expectNothing(found);
});

test('at 400 % no page of the desk scrolls sideways or hides a control', async () => {
  const page = await blog.newPage(ZOOMED);
  await makeEveryKind(blog);
  await blog.signIn(page, 'owner');
  const found: Record<string, string[]> = {};
  for (const path of await deskPaths()) {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    found[path] = [...(await sidewaysIn(page)), ...(await hiddenUnderSticky(page))];
  }
  expectNothing(found);
});

const middleOf = (page: Page, selector: string) => page.locator(selector).first().evaluate((element) => {
  const { left, right } = element.getBoundingClientRect();
  return (left + right) / 2 / document.documentElement.clientWidth;
});

test.each([[390, 'ar'], [1280, 'he']])('a blog written from right to left is mirrored and scrolls nowhere sideways, at %i px in %s', async (width, language) => {
  const page = await blog.newPage({ width });
  const paths = await everyKind();
  await blog.change('UPDATE "Site" SET language = $1', [language]);
  for (const path of paths) {
    await page.goto(path);
    expectValue([path, await page.getAttribute('html', 'dir'), await page.getAttribute('html', 'lang'), await sidewaysIn(page)]).toEqual([path, 'rtl', language, []]);
  }
  await page.goto('/');
  expectValue(await middleOf(page, '.site-name')).toBeGreaterThan(0.5);
  expectValue(await middleOf(page, '.theme-place')).toBeLessThan(0.5);
  await page.goto('/page/2');
  expectValue(await middleOf(page, '.pager-back')).toBeGreaterThan(0.5);
});

test.each([390, 1280])('the desk of a blog written from right to left is mirrored and scrolls nowhere sideways, at %i px', async (width) => {
  const page = await blog.newPage({ width });
  await makeEveryKind(blog);
  await blog.change('UPDATE "Site" SET language = $1', ['ar']);
  await blog.signIn(page, 'owner');
  for (const path of await deskPaths()) {
    await page.goto(path);
    await page.getByRole('heading').first().waitFor();
    expectValue([path, await page.getAttribute('html', 'dir'), await sidewaysIn(page)]).toEqual([path, 'rtl', []]);
  }
  await page.goto('/admin/comments');
  if (width === 1280) expectValue(await middleOf(page, '.rail')).toBeGreaterThan(0.5);
});
