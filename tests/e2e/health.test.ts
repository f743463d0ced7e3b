import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { addPictureAndTable, listReaderPages, makeLongDiscussion } from '../support/reader-pages';
import { articleWith, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

test("every page of readers is what the blog expects of Next's markup: nothing of it is left, and nothing was noted", async () => {
  const { path } = await findOpenPost(blog);
  const secondPage = await makeLongDiscussion(blog);
  await addPictureAndTable(blog);
  for (const address of [secondPage, ...(await listReaderPages(blog))]) {
    const html = await (await blog.request(address)).text();
    if (address !== '/sign-in') expectValue([address, html.match(/__next_f|TURBOPACK|\/_next\/static\/[^"]*\.js|<template|<!--\$[?!~]|<div hidden="" id=/)]).toEqual([address, null]);
  }
  // The answers to forms carry more of Next's than pages do.
  const guest = await blog.newPage({ javaScript: false });
  await guest.goto(path);
  await postComment(guest, { comment: 'Words.', email: 'nobody' });
  expectValue(await guest.content()).not.toMatch(/__next_f/);
  await postComment(guest, { comment: 'Words.' });
  await expect(articleWith(guest, 'Words.')).toBeVisible();

  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  await page.goto('/admin/comments');
  await page.getByRole('link', { name: 'Health' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Health' })).toBeVisible();
  await expect(page.getByText('Everything is in order.')).toBeVisible();
  await expect(page.getByRole('list', { name: 'Faults' })).toHaveCount(0);
  await expect(page.getByText(/^[1-9]\d* [\d.]+ MB$/)).toBeVisible();
  await expect(page.getByText(/PostgreSQL \d+.*answered in \d+ ms, \d+ of \d+ connections/)).toBeVisible();
  await blog.expectAccessible(page);
});

test.each(['moderator', 'author', 'reader'] as const)('a %s is not told of the health page', async (role) => {
  const page = await blog.newPage();
  await blog.signIn(page, role);
  expectValue((await page.goto('/admin/health'))?.status()).toBe(404);
  await page.goto('/admin/comments');
  await expect(page.getByRole('link', { name: 'Health' })).toHaveCount(0);
});

test('who is not signed in is sent to do so', async () => {
  const answer = await blog.request('/admin/health');
  expectValue([answer.status, answer.headers.get('location')]).toEqual([307, '/sign-in']);
});
