import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { PostList } from '@/components/posts/post-list';
import type { PostCardView } from '@/lib/posts/queries';
import { SITE_DEFAULTS } from '@/lib/site/schema';

const card = (given: Partial<PostCardView>): PostCardView => ({
  id: given.slug ?? 'x', kind: 'post', slug: 'x', title: 'A title', excerpt: 'Some words.', publishedAt: new Date('2016-05-13T08:31:00Z'),
  author: { id: 'a', name: 'Marja', slug: 'marja' }, approvedCount: 0, ...given,
});

test('each post is an article whose title leads to it', () => {
  const posts = [card({ slug: 'one', title: 'One', approvedCount: 2 }), card({ slug: 'two', title: 'Two' })];
  render(<PostList list={{ posts, page: 1, hasMore: false }} base="/" site={SITE_DEFAULTS}><h1>Posts</h1></PostList>);
  const articles = screen.getAllByRole('article');
  expect(articles).toHaveLength(2);
  expect(within(articles[0]!).getByRole('link', { name: 'One' }).getAttribute('href')).toBe('/posts/one');
  expect(within(articles[0]!).getByRole('link', { name: '2 thoughts' }).getAttribute('href')).toBe('/posts/one#comments');
  expect(within(articles[1]!).queryByRole('link', { name: /thought/ })).toBeNull();
  expect(screen.queryByRole('navigation')).toBeNull();
});

test('the pages of a list lead to each other, the first by its plain address', () => {
  render(<PostList list={{ posts: [card({})], page: 2, hasMore: true }} base="/tags/sleep" site={SITE_DEFAULTS}><h1>Sleep</h1></PostList>);
  const pager = within(screen.getByRole('navigation', { name: 'Posts' }));
  expect(pager.getByRole('link', { name: 'Newer posts' }).getAttribute('href')).toBe('/tags/sleep');
  expect(pager.getByRole('link', { name: 'Older posts' }).getAttribute('href')).toBe('/tags/sleep/page/3');
  expect(pager.getByText('Page 2')).toBeTruthy();
});

test('an empty blog says so', () => {
  render(<PostList list={{ posts: [], page: 1, hasMore: false }} base="/" site={SITE_DEFAULTS}><h1>Posts</h1></PostList>);
  expect(screen.getByText(/Nothing has been written here yet/)).toBeTruthy();
});

test('what is kept at the top stands before the others and says why', () => {
  render(<PostList list={{ posts: [card({ slug: 'new', title: 'New' })], kept: [card({ slug: 'old', title: 'Old' })], page: 1, hasMore: false }} base="/" site={SITE_DEFAULTS}><h1>Posts</h1></PostList>);
  const [first, second] = screen.getAllByRole('article');
  expect([first?.textContent, second?.textContent].map((text) => text?.startsWith('Kept at the top'))).toEqual([true, false]);
  expect(within(first!).getByRole('link', { name: 'Old' })).toBeTruthy();
});
