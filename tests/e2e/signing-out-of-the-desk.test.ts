import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';

const blog = useBlog();

const body = (page: Page) => page.getByRole('textbox', { name: 'Post body', exact: true });
const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });
const textOf = async (id: string): Promise<string | undefined> => (await blog.sql.query<{ html: string }>('SELECT html FROM "Post" WHERE id = $1', [id])).rows[0]?.html;
const countKept = (page: Page): Promise<number> => page.evaluate(() => new Promise<number>((resolve, reject) => {
  const opened = indexedDB.open('soapbox-desk');
  opened.onerror = () => reject(opened.error);
  opened.onsuccess = () => {
    const count = opened.result.transaction('kept-texts').objectStore('kept-texts').count();
    count.onsuccess = () => resolve(count.result);
  };
}));

type Kept = { at: string; fields: { title: string; html: string } };

/** Changes the one text that the browser keeps. */
const changeKept = (page: Page, change: Partial<Kept['fields']> & { at?: string }): Promise<void> => page.evaluate(({ at, ...fields }) => new Promise<void>((resolve, reject) => {
  const opened = indexedDB.open('soapbox-desk');
  opened.onerror = () => reject(opened.error);
  opened.onsuccess = () => {
    const done = opened.result.transaction('kept-texts', 'readwrite');
    done.oncomplete = () => resolve();
    const cursor = done.objectStore('kept-texts').openCursor();
    cursor.onsuccess = () => {
      const kept = cursor.result?.value as Kept | undefined;
      if (kept) cursor.result?.update({ ...kept, ...(at && { at }), fields: { ...kept.fields, ...fields } });
    };
  };
}), change);

/** An author's desk in a browser that keeps words of theirs, typed where there was no connection, in a window that died. */
async function deskWithKept(): Promise<{ page: Page; id: string }> {
  const first = await blog.newPage({ allow: [/ERR_INTERNET_DISCONNECTED/, /409/] });
  await blog.signIn(first, 'author');
  await first.goto('/admin/posts/new');
  await body(first).click();
  await first.keyboard.type('It rained all day.');
  await expect(first.getByRole('status')).toHaveText('Saved', { timeout: 20_000 });
  const id = first.url().slice(-36);
  await first.context().setOffline(true);
  await first.keyboard.type(' Typed on the train.');
  await expect(first.getByRole('status')).toHaveText('Offline – kept in this browser', { timeout: 20_000 });
  const crashed = first.waitForEvent('crash');
  void (await first.context().newCDPSession(first)).send('Page.crash').catch(() => undefined);
  await crashed;
  await first.close();
  const page = await first.context().newPage();
  await page.context().setOffline(false);
  await page.goto('/admin/posts');
  expectValue(await countKept(page)).toBe(1);
  return { page, id };
}

test('whoever signs out has what the browser kept brought to the blog, and leaves nothing in the browser', async () => {
  const { page, id } = await deskWithKept();
  await button(page, 'Sign out').click();
  await page.waitForURL('/');
  expectValue(await textOf(id)).toContain('Typed on the train.');
  expectValue(await countKept(page)).toBe(0);
  expectValue((await page.request.get('/admin/posts', { maxRedirects: 0 })).status()).not.toBe(200);
});

test('what was changed elsewhere meanwhile is asked about; what belongs to somebody else is not shown', async () => {
  const { page, id } = await deskWithKept();
  await blog.sql.query('UPDATE "Post" SET revision = revision + 1 WHERE id = $1', [id]);
  await button(page, 'Sign out').click();
  const asked = page.getByRole('alertdialog', { name: 'Only this browser has some of your words' });
  await expect(asked.getByRole('link')).toHaveText(/^It rained all day\. Typed/);
  await blog.expectAccessible(page);
  await button(page, 'Keep here and sign out').click();
  await page.waitForURL('/');
  expectValue(await countKept(page)).toBe(1);

  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments');
  const sent: string[] = [];
  await page.route('**/admin/posts/save', async (route) => {
    sent.push(route.request().postData() ?? '');
    await route.abort();
  });
  await button(page, 'Sign out').click();
  await page.waitForURL('/');
  expectValue([await countKept(page), sent]).toEqual([1, []]);
  await page.unroute('**/admin/posts/save');

  await blog.signIn(page, 'author');
  await page.goto('/admin/posts');
  await button(page, 'Sign out').click();
  await button(page, 'Throw away and sign out').click();
  await page.waitForURL('/');
  expectValue([await countKept(page), await textOf(id)]).toEqual([0, '<p>It rained all day.</p>']);
});

test('what a window keeps while the earlier text is brought stays in the browser', async () => {
  const { page, id } = await deskWithKept();
  await page.route('**/admin/posts/save', async (route) => {
    await changeKept(page, { title: 'Typed meanwhile', at: new Date().toISOString() });
    await route.continue();
  });
  await button(page, 'Sign out').click();
  await page.waitForURL('/');
  expectValue(await textOf(id)).toContain('Typed on the train.');
  expectValue(await countKept(page)).toBe(1);
});

test('a text that is too long to be saved is asked about, and never thrown away unasked', async () => {
  const { page, id } = await deskWithKept();
  await changeKept(page, { title: 'Far too long', html: '<br>'.repeat(50_001) });
  await button(page, 'Sign out').click();
  await expect(page.getByRole('alertdialog').getByRole('link', { name: 'Far too long' })).toBeVisible();
  await button(page, 'Stay signed in').click();
  await page.goto(`/admin/posts/${id}`);
  await expect(button(page, 'Take up what was typed')).toBeVisible({ timeout: 20_000 });
  expectValue(await countKept(page)).toBe(1);
});
