import { render, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { SearchScreen } from '@/components/posts/search-screen';
import { SITE_DEFAULTS } from '@/lib/site/schema';

test.each([
  ['no-words', /no words to look for/], ['too-many', /too many places/], [{ posts: [], page: 1, hasMore: false }, /No post says “-sleep”/],
] as const)('what was not found is said as it is: %j', (found, sentence) => {
  render(<SearchScreen words="-sleep" found={typeof found === 'string' ? found : { ...found, posts: [] }} site={SITE_DEFAULTS} />);
  expect(screen.getByText(sentence)).toBeTruthy();
  expect(screen.getByRole('searchbox', { name: 'Words to look for' })).toHaveProperty('value', '-sleep');
});

test('before anything is looked for there is only the field', () => {
  render(<SearchScreen words="" found={undefined} site={SITE_DEFAULTS} />);
  expect(screen.queryByText(/No post|no words|too many/)).toBeNull();
});
