import type { Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { untilTakenOver } from '../support/react';
import { articleWith, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();
const TEXT = 'May I ask how long the mornings take?';

async function openDesk(role: 'owner' | 'moderator', size: { width: number; height: number }): Promise<Page> {
  const post = await findOpenPost(blog);
  const reader = await blog.newPage({ javaScript: false });
  await reader.goto(post.path);
  await postComment(reader, { comment: TEXT, name: 'Nora Asks', email: 'nora@example.net' });
  await expect(articleWith(reader, TEXT)).toBeVisible();
  const page = await blog.newPage();
  await page.setViewportSize(size);
  await blog.signIn(page, role);
  await page.goto('/admin/comments');
  await expect(articleWith(page, TEXT)).toBeVisible();
  return page;
}

/** Until React has taken the page over, what only script serves does nothing. */
const untilAlive = (page: Page) => untilTakenOver(page.getByRole('button', { name: 'Search' }));

test('a queue is searched, narrowed by reason and widened again, all of it in its address', async () => {
  const page = await openDesk('moderator', { width: 1280, height: 900 });
  await page.getByRole('searchbox', { name: 'Search comments' }).fill('mornings tak');
  await page.getByRole('combobox', { name: 'Reason' }).selectOption('First comment');
  await page.getByRole('combobox', { name: 'Sort' }).selectOption('Oldest');
  await page.getByRole('button', { name: 'Search' }).click();
  await page.waitForURL(/q=mornings\+tak.*rule=first-comment.*sort=oldest/);
  await expect(page.getByRole('article')).toHaveCount(1);
  await expect(articleWith(page, TEXT)).toBeVisible();
  await blog.expectAccessible(page);

  await page.getByRole('searchbox', { name: 'Search comments' }).fill('nothing says this');
  await page.getByRole('button', { name: 'Search' }).click();
  await expect(page.getByText('No comment matches.')).toBeVisible();
  expectValue(await page.title()).toMatch(/^\(\d+\) Comments/);
  await page.getByRole('link', { name: 'Clear filters' }).first().click();
  await page.waitForURL((url) => !url.searchParams.has('q'));
  await expect(articleWith(page, TEXT)).toBeVisible();
});

test('a note is added on the card, a decision is taken back from its history, and the writer leads to all of theirs', async () => {
  const page = await openDesk('moderator', { width: 1280, height: 900 });
  const card = articleWith(page, TEXT);
  await untilAlive(page);
  await card.getByText('Add a note').click();
  await card.getByRole('textbox', { name: 'Private note about this comment' }).fill('Asks kindly.');
  await card.getByRole('button', { name: 'Add note' }).click();
  await expect(card.getByRole('list', { name: 'Private notes' })).toContainText('Asks kindly. The moderator');
  await card.getByRole('button', { name: 'Trash' }).click();
  await expect(card).toHaveCount(0);

  await page.getByRole('link', { name: /^Trash\b/ }).click();
  await page.waitForURL('**/admin/comments?queue=trash');
  const trashed = articleWith(page, TEXT);
  await expect(trashed).toBeVisible();
  await untilAlive(page);
  await trashed.getByText('History').click();
  await expect(trashed.getByText('moved to Trash by The moderator: Pending → Trash')).toBeVisible();
  await blog.expectAccessible(page);
  await trashed.getByRole('button', { name: 'Undo' }).click();
  await expect(trashed).toHaveCount(0);

  await page.goto('/admin/comments');
  await articleWith(page, TEXT).getByRole('link', { name: 'Nora Asks' }).click();
  await page.waitForURL('**/admin/comments?queue=all&person=**');
  await expect(page.getByRole('link', { name: 'Remove filter: By Nora Asks' })).toBeVisible();
  expectValue(await page.content()).not.toContain('nora@example.net');
});

test('on a phone the filters unfold, nothing is wider than the page, and axe finds nothing', async () => {
  const page = await openDesk('owner', { width: 390, height: 844 });
  await untilAlive(page);
  await expect(page.getByRole('combobox', { name: 'Reason' })).toBeHidden();
  await page.getByRole('button', { name: 'Filters' }).click();
  await expect(page.getByRole('combobox', { name: 'Reason' })).toBeVisible();
  await page.getByText('Add a note').first().click();
  expectValue(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
  await blog.expectAccessible(page);
});
