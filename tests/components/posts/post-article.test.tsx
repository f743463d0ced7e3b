import { render, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import { PostArticle } from '@/components/posts/post-article';
import type { PostView } from '@/lib/posts/queries';
import { SITE_DEFAULTS } from '@/lib/site/schema';
import { storedHtml } from '@/lib/text/safe-html';

const post: PostView = {
  id: '1', isLocked: false, isListed: true, kind: 'post', slug: 'cups', title: 'The blue cup', excerpt: '', html: storedHtml('<p>Say what you <em>see</em>.</p>'),
  publishedAt: new Date('2016-05-13T08:31:00Z'), updatedAt: new Date('2016-05-13T08:31:00Z'),
  author: { id: 'a', name: 'Marja Lind', slug: 'marja', claimed: true, picture: null },
  categories: [{ name: 'Growing up', slug: 'growing-up' }], tags: [{ name: 'first year', slug: 'first-year' }],
  approvedCount: 0, commentsOpen: true, closing: { at: null, afterDays: null }, care: 'open', helpline: null, cover: null, contents: [],
};

test('a post is an article named by its title, the only first heading', () => {
  render(<PostArticle post={post} site={SITE_DEFAULTS}><p>the discussion</p></PostArticle>);
  const article = screen.getByRole('article', { name: 'The blue cup' });
  expect(screen.getAllByRole('heading', { level: 1 }).map((heading) => heading.textContent)).toEqual(['The blue cup']);
  expect(article.textContent).not.toContain('the discussion');
  expect(screen.getByText('the discussion')).toBeTruthy();
});

test('the byline names its author and its date, exact for machines', () => {
  render(<PostArticle post={post} site={SITE_DEFAULTS} />);
  expect(screen.getByRole('link', { name: 'Marja Lind' }).getAttribute('href')).toBe('/authors/marja');
  expect(screen.getByText('13 May 2016').getAttribute('datetime')).toBe('2016-05-13T08:31:00.000Z');
  expect(screen.getByText('1 min read')).toBeTruthy();
});

test('the picture above the text has its words and its size, so that nothing jumps', () => {
  render(<PostArticle post={{ ...post, cover: { path: '/media/a.png', alt: 'A lamp', width: 800, height: 600, focusX: 50, focusY: 50 } }} site={SITE_DEFAULTS} />);
  const picture = screen.getByRole('img', { name: 'A lamp' });
  expect(['src', 'width', 'height'].map((name) => picture.getAttribute(name))).toEqual(['/media/a.png', '800', '600']);
});

test('categories and tags are lists of links', () => {
  render(<PostArticle post={post} site={SITE_DEFAULTS} />);
  const filed = within(screen.getByRole('list', { name: 'Filed under' })).getByRole('link');
  const tagged = within(screen.getByRole('list', { name: 'Tagged' })).getByRole('link');
  expect([filed.getAttribute('href'), tagged.getAttribute('href')]).toEqual(['/categories/growing-up', '/tags/first-year']);
});

test('the posts before and after are linked, and only those there are', () => {
  render(<PostArticle post={post} site={SITE_DEFAULTS} more={{ previous: { slug: 'old', title: 'An older one' }, next: null, related: [] }} />);
  const links = within(screen.getByRole('navigation', { name: 'More posts' })).getAllByRole('link');
  expect(links.map((link) => [link.textContent, link.getAttribute('href')])).toEqual([['Previous An older one', '/posts/old']]);
});

test('the posts about the same are linked with their dates, below a heading, and only where there are any', () => {
  const more = { previous: null, next: null, related: [{ slug: 'mugs', title: 'On mugs', publishedAt: new Date('2016-05-13T12:00:00Z') }, { slug: 'tea', title: 'Tea', publishedAt: new Date('2017-01-02T12:00:00Z') }] };
  const { rerender } = render(<PostArticle post={post} site={SITE_DEFAULTS} more={more} />);
  const related = within(screen.getByRole('navigation', { name: 'More posts' })).getByRole('region', { name: 'Related posts' });
  expect(within(related).getAllByRole('listitem').map((item) => [item.textContent, within(item).getByRole('link').getAttribute('href')])).toEqual([['On mugs 13 May 2016', '/posts/mugs'], ['Tea 2 January 2017', '/posts/tea']]);
  rerender(<PostArticle post={post} site={SITE_DEFAULTS} more={{ ...more, related: [] }} />);
  expect(screen.queryByRole('navigation', { name: 'More posts' })).toBeNull();
});

test('a long post says where its parts are, one below the other, and is one line until it is asked', () => {
  const contents = [{ id: 'section-one', title: 'One', level: 2 as const }, { id: 'section-half', title: 'And a half', level: 3 as const }, { id: 'section-two', title: 'Two', level: 2 as const }];
  render(<PostArticle post={{ ...post, contents }} site={SITE_DEFAULTS} />);
  const nav = screen.getByRole('navigation', { name: 'In this post', hidden: true });
  expect(nav.querySelector('details')!.open).toBe(false);
  expect(within(nav).getAllByRole('link', { hidden: true }).map((link) => [link.textContent, link.getAttribute('href')])).toEqual([['One', '#section-one'], ['And a half', '#section-half'], ['Two', '#section-two']]);
  expect(within(nav).getByText('And a half').closest('ol')!.parentElement!.firstElementChild!.textContent).toBe('One');
});

test('a post is passed on by plain links that load and tell nothing', () => {
  render(<PostArticle post={post} site={SITE_DEFAULTS} address="https://blog.test/posts/cups" />);
  const links = within(screen.getByRole('list', { name: 'Share' })).getAllByRole<HTMLAnchorElement>('link');
  expect(links.map((link) => link.textContent)).toEqual(['E-mail', 'WhatsApp', 'Facebook', 'X', 'Bluesky']);
  for (const link of links) {
    expect(decodeURIComponent(link.href)).toContain('https://blog.test/posts/cups');
    expect(link.rel).toContain('noreferrer');
  }
  expect(links[0]!.href).toBe('mailto:?subject=The%20blue%20cup&body=https%3A%2F%2Fblog.test%2Fposts%2Fcups');
});

test('the byline leads to what was said, where anything was', () => {
  const { rerender } = render(<PostArticle post={post} site={SITE_DEFAULTS} />);
  expect(screen.queryByText(/comment/)).toBeNull();
  rerender(<PostArticle post={{ ...post, approvedCount: 1 }} site={SITE_DEFAULTS} />);
  expect(screen.getByRole('link', { name: '1 comment' }).getAttribute('href')).toBe('#comments');
});

test('a page has no byline, and leads to no other posts', () => {
  render(<PostArticle post={{ ...post, kind: 'page', categories: [], tags: [] }} site={SITE_DEFAULTS} />);
  expect(screen.queryByText(/min read/)).toBeNull();
  expect(screen.queryByRole('navigation')).toBeNull();
  expect(screen.queryByRole('list')).toBeNull();
});
