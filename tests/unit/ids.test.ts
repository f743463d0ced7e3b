import { expect, test } from 'vitest';
import { isCommentId, newCommentId, newId } from '@/lib/ids';

test('a comment id has twelve characters that cannot be confused', () => {
  const id = newCommentId();
  expect(id).toMatch(/^[0-9a-hjkmnp-tv-z]{12}$/);
  expect(isCommentId(id)).toBe(true);
});

test.each(['', 'short', 'UPPERCASE123', '0123456789abc', 'with-a-dash1', 'ioul00000000', '0123456789a\n'])('%j is no comment id', (value) => {
  expect(isCommentId(value)).toBe(false);
});

test('keys made later sort later', () => {
  const keys = Array.from({ length: 1_000 }, newId);
  expect([...keys].sort()).toEqual(keys);
});
