import { expect, test } from 'vitest';
import { keepPlaces } from '@/components/moderation/shown-cards';
import { queueCard } from '@/tests/support/queue-card';

const cards = (ids: string) => [...ids].map((id) => queueCard(id, id));
const kept = (shown: string, now: string) => keepPlaces(new Set(shown), cards(now)).map(({ id }) => id).join('');

test('cards that come after those that are shown stand at their end', () => {
  expect(kept('bcd', 'cdef')).toBe('cdef');
});

test('new cards above those that are shown are held back', () => {
  expect(kept('bcd', 'xbyzcd')).toBe('bcd');
});

test('a card that was shown before stands again where it was', () => {
  expect(kept('bcd', 'bcd')).toBe('bcd');
});

test('where none of those that were shown is left, all are new', () => {
  expect(kept('bcd', 'xy')).toBe('xy');
});
