import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { MissingPage } from '@/components/site/missing-page';

test('a missing page says so and offers what was written last', () => {
  const post = { id: '1', kind: 'post', slug: 'cups', title: 'The blue cup', excerpt: '', publishedAt: new Date(0), author: { id: 'a', name: 'M', slug: null }, approvedCount: 0 } as const;
  render(<MissingPage latest={[post]} />);
  expect(screen.getByRole('heading', { level: 1 }).textContent).toBe('There is no such page');
  expect(screen.getByRole('link', { name: 'The blue cup' }).getAttribute('href')).toBe('/posts/cups');
});

test('on an empty blog the missing page has no empty list', () => {
  render(<MissingPage latest={[]} />);
  expect(screen.queryByRole('list')).toBeNull();
});
