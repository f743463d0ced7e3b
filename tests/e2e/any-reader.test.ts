import type { Locator, Page } from 'playwright-core';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { focusOf, pressTabUntil } from '../support/keyboard';
import { untilTakenOver } from '../support/react';
import { articleWith, field, findOpenPost, type OpenPost, postComment } from '../support/stories';

const blog = useBlog();
const FIRST = 'It was the same with us, every evening of that winter.';
const SECOND = 'Thank you. I had thought that we were the only ones.';
const WRITER = { name: 'Nora Asks', email: 'nora@example.net' };

/** By links alone, from the front page to a post. */
async function goToPost(page: Page, { title, path }: OpenPost): Promise<void> {
  await page.goto('/');
  await page.getByRole('link', { name: title, exact: true }).first().click();
  await page.waitForURL(`**${path}`);
}

/** Somebody who moderates approves what waits, and the writer may write again at once. */
async function approve(text: string): Promise<void> {
  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments');
  const answered = desk.waitForResponse((response) => response.request().method() === 'POST');
  const button = articleWith(desk, text).getByRole('button', { name: 'Approve', exact: true });
  await untilTakenOver(button);
  await button.click();
  await answered;
  await blog.change(`UPDATE "Comment" SET "createdAt" = "createdAt" - interval '1 hour' WHERE source = $1`, [text]);
}

test('without script a reader comes from the front page to a post, writes, is approved, answers somebody and sees the answer', async () => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript: false, width: 390 });
  await goToPost(page, post);
  await postComment(page, { ...WRITER, comment: FIRST });
  await page.waitForURL(({ pathname }) => pathname === `${post.path}/reply`);
  await expect(page.getByRole('status').filter({ hasText: 'Your comment is awaiting moderation.' })).toBeVisible();
  await expect(articleWith(page, FIRST)).toBeVisible();
  await approve(FIRST);

  await goToPost(page, post);
  const discussion = page.getByRole('region', { name: `${post.count + 1} thoughts on “${post.title}”` });
  await expect(discussion.getByRole('article').filter({ hasText: FIRST })).toHaveCount(1);
  const link = discussion.getByRole('link', { name: /^Reply to / }).first();
  const name = (await link.textContent())!.trim();
  await link.click();
  await page.waitForURL(`**${post.path}/reply/*`);
  await expect(page.getByRole('heading', { name, exact: true })).toBeVisible();
  await postComment(page, { ...WRITER, comment: SECOND });
  await page.waitForURL(({ pathname }) => pathname === `${post.path}/reply`);
  await expect(page.getByRole('status').filter({ hasText: 'Your comment is awaiting moderation.' })).toBeVisible();
  await expect(articleWith(page, SECOND)).toContainText(`in reply to ${name.replace('Reply to ', '')}`);
  await approve(SECOND);

  await goToPost(page, post);
  const answered = page.getByRole('listitem').filter({ has: page.getByRole('link', { name, exact: true }) }).first();
  await expect(answered.getByRole('article').filter({ hasText: SECOND })).toHaveCount(1);
});

/** Goes on by the Tab key to what is named, and expects the focus to be seen at each step. */
const tabTo = (page: Page, target: Locator) => pressTabUntil(page, target);

test.each([[true, 1280], [true, 390], [false, 390]])('with the keyboard alone a reader skips to the posts, opens one, writes and sends (script: %s, %i px)', async (javaScript, width) => {
  const post = await findOpenPost(blog);
  const page = await blog.newPage({ javaScript, width });
  await page.goto('/');
  await tabTo(page, page.getByRole('link', { name: /^Skip to/ }));
  expectValue((await focusOf(page)).steps).toBe(1);
  await page.keyboard.press('Enter');
  await tabTo(page, page.getByRole('link', { name: post.title, exact: true }).first());
  expectValue((await focusOf(page)).header).toBe(false); // the header was skipped
  await page.keyboard.press('Enter');
  await page.waitForURL(`**${post.path}`);

  await tabTo(page, field(page, 'Comment (required)'));
  await page.keyboard.type(FIRST);
  await tabTo(page, field(page, 'Email (required)'));
  await page.keyboard.type(WRITER.email);
  await tabTo(page, field(page, 'Name (required)'));
  await page.keyboard.type(WRITER.name);
  await tabTo(page, page.getByRole('button', { name: 'Post Comment' }));
  await page.keyboard.press('Enter');
  await expect(page.getByRole('status').filter({ hasText: 'Your comment is awaiting moderation.' })).toBeVisible();
  await expect(articleWith(page, FIRST)).toBeVisible();
  if (javaScript) expectValue((await focusOf(page)).isLost).toBe(false);
});

test('with the keyboard alone a reader searches, opens what was found and goes back through the header', async () => {
  const page = await blog.newPage({ width: 390 });
  await page.goto('/search');
  await tabTo(page, page.getByRole('searchbox'));
  await page.keyboard.type('attachment');
  await page.keyboard.press('Enter');
  await page.waitForURL('**/search?q=attachment');
  await tabTo(page, page.getByRole('article').first().getByRole('link').first());
  await page.keyboard.press('Enter');
  await page.waitForURL('**/posts/**');
  await tabTo(page, page.getByRole('banner').getByRole('link').first());
  await page.keyboard.press('Enter');
  await page.waitForURL(`${blog.url}/`);
});
