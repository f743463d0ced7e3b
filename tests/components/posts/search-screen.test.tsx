import { render, screen } from '@testing-library/react';
import type { ComponentProps } from 'react';
import { expect, test } from 'vitest';
import { SearchScreen } from '@/components/posts/search-screen';
import { SITE_DEFAULTS } from '@/lib/site/schema';

type Found = ComponentProps<typeof SearchScreen>['found'];

test.each([
  ['no-words', /no words to look for/], ['too-many', /too many places/], [{ hits: [], page: 1, hasMore: false, corrected: null }, /No post says “-sleep”/],
  [{ comments: [], page: 1, hasMore: false }, /No comment says “-sleep”/],
] as const)('what was not found is said as it is: %j', (found, sentence) => {
  render(<SearchScreen words="-sleep" searched="posts" found={found as Found} site={SITE_DEFAULTS} />);
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.getByRole('searchbox', { name: 'Words to look for' })).toHaveProperty('value', '-sleep');
});

test('before anything is looked for there is only the field', () => {
  render(<SearchScreen words="" searched="posts" found={undefined} site={SITE_DEFAULTS} />);
  expect(screen.queryByText(/No post|no words|too many/)).toBeNull();
});

test('what was found is marked, and what was taken for what was asked is told', () => {
  const post = { id: '1', kind: 'post' as const, slug: 'tea', title: 'On tea', excerpt: '', publishedAt: new Date('2016-05-13'), author: { id: 'a', name: 'Marja', slug: null }, approvedCount: 0 };
  const hit = { ...post, titleParts: [{ text: 'On ', isHit: false }, { text: 'tea', isHit: true }], snippet: [{ text: '… a cup of ', isHit: false }, { text: 'tea', isHit: true }] };
  render(<SearchScreen words="taa" searched="posts" found={{ hits: [hit], page: 1, hasMore: false, corrected: 'tea' }} site={SITE_DEFAULTS} />);
  expect(screen.getByRole('link', { name: 'On tea' })).toHaveProperty('href', expect.stringContaining('/posts/tea'));
  expect(screen.getByText(/No post says “taa”/).textContent).toBe('No post says “taa”. These say tea.');
  expect(document.querySelectorAll('mark')).toHaveLength(2);
  expect(screen.getByRole('link', { name: 'Posts' }).getAttribute('aria-current')).toBe('page');
  expect(screen.getByRole('link', { name: 'Comments' })).toHaveProperty('href', expect.stringContaining('/search?q=taa&in=comments'));
});
