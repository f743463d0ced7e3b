import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { field, findOpenPost, postComment, type OpenPost } from '../support/stories';

const blog = useBlog();

const HELPLINE = 'If you need somebody to talk to now: 116 123, day and night.\nhttps://help.example/chat';
const CLOSED = 'Comments are closed.';
const EVERY = 'A person reads every comment here before it appears.';

/** An author at the desk with the open sample post as their own. */
async function authorOf(post: OpenPost): Promise<{ page: Page; id: string }> {
  const page = await blog.newPage();
  const author = await blog.signIn(page, 'author');
  await blog.change('UPDATE "Post" SET "authorId" = $1 WHERE slug = $2', [author, post.slug]);
  const { rows } = await blog.sql.query<{ id: string }>('SELECT id FROM "Post" WHERE slug = $1', [post.slug]);
  return { page, id: rows[0]!.id };
}

async function openForm(page: Page, title: string): Promise<void> {
  await page.goto('/admin/comments');
  await page.getByRole('link', { name: 'Posts', exact: true }).click();
  await page.getByRole('link', { name: `Discussion of “${title}”` }).click();
  await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible();
}

async function save(page: Page, says: RegExp): Promise<void> {
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('status')).toHaveText(says);
}

test.each([true, false])('an author makes a post sensitive: readers see where to find help, and what is written waits (reader’s script: %s)', async (javaScript) => {
  const post = await findOpenPost(blog);
  const { page: desk } = await authorOf(post);
  await openForm(desk, post.title);
  await blog.expectAccessible(desk);
  await desk.getByRole('radio', { name: 'Sensitive' }).check();
  await desk.getByRole('textbox', { name: /^Where readers find help/ }).fill(HELPLINE);
  await save(desk, /^Saved\. Comments close on \d+ \w+ \d{4}\.$/);
  await expect(desk.getByRole('radio', { name: 'On a date' })).toBeChecked();
  await blog.expectAccessible(desk);

  const reader = await blog.newPage({ javaScript });
  await reader.goto(post.path);
  const notes = reader.getByRole('note');
  await expect(notes).toHaveCount(2);
  await expect(notes.first().getByRole('link', { name: '116 123' })).toHaveAttribute('href', 'tel:116123');
  await expect(notes.first().getByRole('link', { name: 'https://help.example/chat' })).toHaveAttribute('rel', 'noopener');
  await expect(reader.getByText(EVERY)).toBeVisible();
  await expect(reader.getByText(/^Comments close on \d+ \w+ \d{4}\.$/)).toBeVisible();
  if (javaScript) await blog.expectAccessible(reader);
  await postComment(reader, { comment: 'Something that is hard to say.' });
  await expect(reader.getByText('Your comment is awaiting moderation.')).toBeVisible();
  const { rows } = await blog.sql.query<{ status: string; rule: string }>(`SELECT status, rule FROM "Comment" WHERE source = 'Something that is hard to say.'`);
  expectValue(rows).toEqual([{ status: 'pending', rule: 'sensitive' }]);

  await reader.goto(`${post.path}/reply`);
  await expect(reader.getByRole('note').getByRole('link', { name: '116 123' })).toBeVisible();
  if (javaScript) await blog.expectAccessible(reader);
});

test('an author closes comments: the next request says so in place of the box, what is published stays, and a text under way is kept', async () => {
  const post = await findOpenPost(blog);
  const { page: desk } = await authorOf(post);
  const reader = await blog.newPage();
  await reader.goto(post.path);
  await field(reader, 'Comment (required)').fill('A long text of mine.');
  await field(reader, 'Email (required)').fill('grete@example.net');
  await field(reader, 'Name (required)').fill('Grete');

  await openForm(desk, post.title);
  await desk.getByRole('radio', { name: 'Closed', exact: true }).check();
  await save(desk, /^Saved\. Comments are closed\.$/);

  const html = await (await blog.request(post.path)).text();
  expectValue([html.includes(CLOSED), html.includes('Post Comment')]).toEqual([true, false]);
  await reader.getByRole('button', { name: 'Post Comment' }).click();
  await expect(reader.getByRole('alert')).toHaveText('Comments are closed. Copy your text if you want to keep it.');
  await expect(field(reader, 'Your text')).toHaveValue('A long text of mine.');

  const other = await blog.newPage();
  await other.goto(post.path);
  await expect(other.getByText(CLOSED)).toBeVisible();
  await expect(other.getByRole('region', { name: /thoughts? on/ }).getByRole('article')).toHaveCount(post.count);
  await expect(other.getByRole('link', { name: /^Reply to / })).toHaveCount(0);
  await blog.expectAccessible(other);
  await other.goto(`${post.path}/reply`);
  await expect(other.getByText(CLOSED)).toBeVisible();

  await desk.getByRole('radio', { name: 'Open for good' }).check();
  await save(desk, /^Saved\. Comments stay open\.$/);
  expectValue(await (await blog.request(post.path)).text()).toContain('Post Comment');
});

test('the owner’s rule of days closes old posts at the next request, and says why; what was opened for good stays open', async () => {
  const post = await findOpenPost(blog);
  await blog.change(`UPDATE "Post" SET "publishedAt" = now() - interval '40 days' WHERE slug = $1`, [post.slug]);
  expectValue(await (await blog.request(post.path)).text()).toContain('Post Comment');
  await blog.change('UPDATE "Site" SET "closeAfterDays" = 30');
  const reader = await blog.newPage({ javaScript: false });
  await reader.goto(post.path);
  await expect(reader.getByText(CLOSED)).toBeVisible();
  await expect(reader.getByText('Comments close 30 days after a post comes out.')).toBeVisible();
  await expect(reader.getByRole('button', { name: 'Post Comment' })).toHaveCount(0);

  const { page: desk } = await authorOf(post);
  await openForm(desk, post.title);
  await expect(desk.getByText(/^Comments close 30 days after a post comes out: this one’s on/)).toBeVisible();
  await desk.getByRole('radio', { name: 'Open for good' }).check();
  await save(desk, /^Saved\. Comments stay open\.$/);
  await blog.change('UPDATE "Site" SET "closeAfterDays" = 1');
  expectValue(await (await blog.request(post.path)).text()).toContain('Post Comment');
});

test('by keyboard alone a date is chosen; one that is over is refused at its field, and nothing typed is lost', async () => {
  const post = await findOpenPost(blog);
  const { page } = await authorOf(post);
  await openForm(page, post.title);
  await page.getByRole('radio', { name: 'By the blog’s rule' }).focus();
  for (let step = 0; step < 3; step += 1) await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('radio', { name: 'On a date' })).toBeChecked();
  await page.keyboard.press('Tab');
  await expect(page.getByLabel('Last day for comments')).toBeFocused();
  await page.getByLabel('Last day for comments').fill('2020-01-01');
  await page.keyboard.press('Enter');
  await expect(page.getByText(/^This day is over\./)).toBeVisible();
  await expect(page.getByLabel('Last day for comments')).toHaveValue('2020-01-01');
  await expect(page.getByRole('radio', { name: 'On a date' })).toBeChecked();
  await blog.expectAccessible(page);
  await page.getByLabel('Last day for comments').fill('2199-12-03');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status')).toHaveText('Saved. Comments close on 3 December 2199.');
  expectValue(await (await blog.request(post.path)).text()).toMatch(/Comments close on <time[^>]*>3 December 2199<\/time>\./);
});

test('an author’s list holds their own posts alone, and is usable on a phone', async () => {
  const post = await findOpenPost(blog);
  const { page } = await authorOf(post);
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto('/admin/posts');
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(page.getByRole('article', { name: post.title })).toContainText('Published');
  await blog.expectAccessible(page);
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
});

test.each(['moderator', 'reader', 'author'] as const)('a %s to whom a post does not belong is not told that it can be set', async (role) => {
  const { rows } = await blog.sql.query<{ id: string }>('SELECT id FROM "Post" WHERE slug = $1', [(await findOpenPost(blog)).slug]);
  const page = await blog.newPage();
  await blog.signIn(page, role);
  expectValue((await page.goto(`/admin/posts/${rows[0]!.id}/discussion`))?.status()).toBe(404);
  expectValue((await page.goto('/admin/posts'))?.status()).toBe(role === 'author' ? 200 : 404);
  for (const id of ['none', '00000000-0000-7000-8000-000000000000']) expectValue((await page.goto(`/admin/posts/${id}/discussion`))?.status()).toBe(404);
});

test('who is not signed in is sent to do so', async () => {
  for (const path of ['/admin/posts', '/admin/posts/00000000-0000-7000-8000-000000000000/discussion']) {
    const answer = await blog.request(path);
    expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
  }
});
