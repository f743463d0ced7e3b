import { expect, test } from 'vitest';
import { AUDIENCES, choiceOf, missingFor, publishAct, updateAct } from '@/components/editor-screen/editor-words';

const CLOCK = { wallClock: '2099-11-26T11:00', password: '' };

test('a draft that had a password begins with it, and asks for none', () => {
  const choice = choiceOf({ ...CLOCK, state: 'draft', password: 'primrose' });
  expect([missingFor('publish', choice), publishAct(choice)]).toEqual([null, { to: 'password', password: 'primrose' }]);
});

test.each(['draft', 'scheduled'] as const)('one that never had any, and is %s, is for everybody', (state) => {
  expect(choiceOf({ ...CLOCK, state }).audience).toBe('published');
});

test.each(AUDIENCES.filter((audience) => audience !== 'published'))('what is chosen for “%s” is never scheduled, and so shown to everybody, though a time was chosen before', (audience) => {
  expect(missingFor('schedule', { audience, password: 'primrose', at: '2099-11-26T11:00' })).toMatchObject({ field: 'audience' });
});

test('an update of a post that was given a password elsewhere leaves it as it is', () => {
  const saved = { ...CLOCK, state: 'password', password: 'primrose' } as const;
  expect(updateAct(choiceOf(saved), saved)).toEqual({ to: 'update' });
});
