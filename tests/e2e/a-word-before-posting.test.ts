import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog, type PageOptions } from '../support/blog';
import { articleWith, field, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const TEXT = 'We are in the same boat. Call me on 0171 2345678, any evening.';
const WITHOUT = 'We are in the same boat. Call me on [phone number], any evening.';
const WAITING = 'Your comment is awaiting moderation.';

const word = (page: Page) => page.getByRole('group', { name: 'A word before you post' });
const text = (page: Page) => field(page, 'Comment (required)');
const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
const kept = async () => (await blog.sql.query<{ source: string }>(`SELECT source FROM "Comment" WHERE name = 'Grete Waits'`)).rows.map(({ source }) => source);

/** A guest who has sent a comment with a telephone number, and is told so. */
async function isTold(options: PageOptions = {}): Promise<Page> {
  const post = await findOpenPost(blog);
  const page = await blog.newPage(options);
  await page.goto(post.path);
  const answered = page.waitForResponse((response) => response.request().method() === 'POST');
  await postComment(page, { comment: TEXT, website: 'https://example.com/me' });
  expect((await answered).status()).toBe(422);
  await expect(word(page)).toContainText('Everyone can read this. Your comment shows a phone number: 0171 2345678.');
  return page;
}

test.each([true, false])('a number is named once, with everything typed kept and the focus on the word; taken out, the comment goes without it (script: %s)', async (javaScript) => {
  const page = await isTold({ javaScript });
  await expect(word(page)).toBeFocused();
  expectValue(await kept()).toEqual([]);
  await expect(text(page)).toHaveValue(TEXT);
  await expect(field(page, 'Name (required)')).toHaveValue('Grete Waits');
  await expect(field(page, 'Website (optional)')).toHaveValue('https://example.com/me');
  // Axe is script.
  if (javaScript) await blog.expectAccessible(page);

  await press(page, 'Take it out');
  await expect(page.getByRole('status').filter({ hasText: 'It is taken out.' })).toBeVisible();
  await expect(text(page)).toHaveValue(WITHOUT);
  await expect(text(page)).toBeFocused();
  await expect(word(page)).toHaveCount(0);
  expectValue(await kept()).toEqual([]);
  if (javaScript) await blog.expectAccessible(page);

  await press(page, 'Post Comment');
  await expect(articleWith(page, WITHOUT)).toContainText(WAITING);
  expectValue(await kept()).toEqual([WITHOUT]);
});

test.each([true, false])('left in, it is posted as it is and held, and the moderator sees why (script: %s)', async (javaScript) => {
  const page = await isTold({ javaScript });
  await press(page, 'Post it as it is');
  await expect(articleWith(page, TEXT)).toContainText(WAITING);
  await expect(word(page)).toHaveCount(0);
  expectValue(await kept()).toEqual([TEXT]);

  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments');
  await expect(articleWith(desk, TEXT)).toContainText('Shows a phone number; its writer was told, and left it in.');
});

test.each([true, false])('what is new in the text is told of, and what was told is not said again alone (script: %s)', async (javaScript) => {
  const page = await isTold({ javaScript });
  await text(page).fill(`${TEXT} Or write to jane@example.com.`);
  await press(page, 'Post it as it is');
  await expect(word(page).getByRole('listitem')).toHaveText(['a phone number: 0171 2345678', 'an e-mail address: jane@example.com']);
  expectValue(await kept()).toEqual([]);
  await text(page).fill(`${TEXT} Please do.`);
  await press(page, 'Post Comment');
  await expect(articleWith(page, `${TEXT} Please do.`)).toContainText(WAITING);
  expectValue(await kept()).toEqual([`${TEXT} Please do.`]);
});

test.each([true, false])('Enter in a field does not go past the word (script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript });
  await page.goto(post.path);
  await text(page).fill(TEXT);
  await field(page, 'Email (required)').fill('grete@example.net');
  await field(page, 'Name (required)').fill('Grete Waits');
  await field(page, 'Name (required)').press('Enter');
  await expect(word(page)).toBeFocused();
  expectValue(await kept()).toEqual([]);
});

test('a number that was taken out does not come back by a reload', async () => {
  const page = await isTold();
  await text(page).fill(`${TEXT} Please.`);
  await press(page, 'Take it out');
  await expect(text(page)).toHaveValue(`${WITHOUT} Please.`);
  await page.reload();
  await expect(text(page)).toHaveValue(`${WITHOUT} Please.`);
});

test('who runs the blog is told in the box too, and then speaks at once', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto(post.path);
  await text(page).fill(TEXT);
  await press(page, 'Post Comment');
  await expect(word(page)).toBeFocused();
  await press(page, 'Post it as it is');
  await expect(articleWith(page, TEXT)).toBeVisible();
  await expect(articleWith(page, TEXT)).not.toContainText(WAITING);
});

test('whoever publishes a post finds what its text shows beside how it is discussed', async () => {
  const { slug } = await findOpenPost(blog);
  const { rows } = await blog.sql.query<{ id: string }>(`UPDATE "Post" SET html = html || '<p>Write to anna@example.com if you like.</p>' WHERE slug = $1 RETURNING id`, [slug]);
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto(`/admin/posts/${rows[0]!.id}/discussion`);
  await expect(page.getByRole('region', { name: 'A word about the text' }).getByRole('listitem').last()).toContainText('Write to anna@example.com if you like.');
  await blog.expectAccessible(page);
});
