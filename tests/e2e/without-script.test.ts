import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { useBlog } from '../support/blog';
import { addPictureAndTable, listReaderPages, makeLongDiscussion } from '../support/reader-pages';

const blog = useBlog();

/** What only script can do, and so only script shows; nothing else may differ. */
const ONLY_WITH_SCRIPT = [
  /^ *- button "Dark theme"\n/gm, // a choice that is kept in the browser
  /^ *- listitem:\n *- button "Copy link"\n/gm,
  /^ *- group: Keys\n/gm, // they do nothing without
  /^- alert$/gm, // at the sign-in, which belongs to the desk: where Next would say the name of a new page
];

const withoutAdditions = (snapshot: string): string => ONLY_WITH_SCRIPT.reduce((left, addition) => left.replace(addition, ''), snapshot).trimEnd();

/** What a reader sees, as a screen reader would say it: roles, names, text, addresses. */
const seen = (page: Page): Promise<string> => page.locator('body').ariaSnapshot();

test('a reader sees the same with and without script, page by page', async () => {
  const withScript = await blog.newPage();
  const without = await blog.newPage({ javaScript: false });
  const secondPage = await makeLongDiscussion(blog);
  await addPictureAndTable(blog);
  for (const path of [secondPage, ...(await listReaderPages(blog))]) {
    await withScript.goto(path);
    await without.goto(path);
    expectValue([path, withoutAdditions(await seen(withScript))]).toEqual([path, await seen(without)]);
  }
});
