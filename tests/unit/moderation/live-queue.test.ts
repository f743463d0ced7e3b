import fc from 'fast-check';
import { expect, test } from 'vitest';
import { arrivalsIn, joinEvents, mergeQueue, OVERLAP_MS, overtakenWords, overtaking, type LiveEvent } from '@/lib/moderation/live-queue';
import type { CommentStatus } from '@/lib/moderation/schema';

let made = 0;
const event = (comment: string, from: CommentStatus | null, to: CommentStatus, given: Partial<LiveEvent> = {}): LiveEvent => {
  made += 1;
  return { id: `e${String(made).padStart(6, '0')}`, at: 1_000_000 + made, comment, decision: from === null ? 'submit' : 'approve', from, to, by: from === null ? null : 'Ann', isOwn: false, isEdit: false, ...given };
};
const card = (id: string, status: CommentStatus = 'pending', known: LiveEvent[] = []) => ({ id, status, history: known });
const start = { at: 1_000_000, whose: 'p', known: [] };

test('a decision that a card does not show yet overtakes it; one that it shows does not', () => {
  const approved = event('a', 'pending', 'approved');
  expect(overtaking(card('a'), [approved])).toBe(approved);
  expect(overtaking(card('a', 'approved', [approved]), [approved])).toBeNull();
  expect(overtaking(card('b'), [approved])).toBeNull();
});

test('of several decisions the last one counts, and what is taken back leaves the card as it was', () => {
  const [approved, back] = [event('a', 'pending', 'approved'), event('a', 'approved', 'pending', { decision: 'undo' })];
  expect(overtaking(card('a'), [approved, back])).toBeNull();
  const spam = event('a', 'pending', 'spam');
  expect(overtaking(card('a'), [approved, back, spam])).toBe(spam);
});

test('a changed text overtakes a card though it stands where it stood', () => {
  const edited = event('a', 'pending', 'pending', { decision: 'edit', isEdit: true });
  expect(overtaking(card('a'), [edited])).toBe(edited);
  const back = event('a', 'pending', 'pending', { decision: 'undo', isEdit: true });
  expect(overtaking(card('a'), [edited, back])).toBe(back);
});

test('what comes into a queue is new there: sent, sent back, restored; what only goes, or was there before, is not', () => {
  const events = [
    event('sent', null, 'pending'), event('back', 'approved', 'pending', { decision: 'unapprove' }), event('gone', 'pending', 'spam'), event('elsewhere', null, 'approved'),
    event('passing', null, 'pending'), event('passing', 'pending', 'approved'), event('returning', 'pending', 'spam'), event('returning', 'spam', 'pending'),
  ];
  expect(arrivalsIn('pending', events, start)).toEqual(['sent', 'back']);
  expect(arrivalsIn('approved', events, start)).toEqual(['elsewhere', 'passing']);
  expect(arrivalsIn('all', events, start)).toEqual(['sent', 'elsewhere', 'passing']);
  expect(arrivalsIn('spam', events, start)).toEqual(['gone']);
});

test('what the list already knew, and what was long before it, is not new', () => {
  const [known, early, late] = [event('known', null, 'pending'), event('early', null, 'pending', { at: start.at - OVERLAP_MS - 1 }), event('late', null, 'pending', { at: start.at - OVERLAP_MS })];
  expect(arrivalsIn('pending', [known, early, late], { at: start.at, whose: 'p', known: [known.id] })).toEqual(['late']);
});

test('events told twice are one, in the order in which they happened, whatever the order of telling', () => {
  const [first, second, third] = [event('a', null, 'pending'), event('a', 'pending', 'spam'), event('b', null, 'pending')];
  expect(joinEvents(joinEvents([], [third, first]), [second, first, second])).toEqual([first, second, third]);
});

const cards = (names: string) => [...names].map((id) => ({ id }));
const names = (merged: { cards: { id: string }[]; held: string[] }) => [merged.cards.map(({ id }) => id).join(''), merged.held.join('')];
const merge = (shown: string, fresh: string, { stays = '', seen = shown, arrived = '' } = {}) => names(mergeQueue(cards(shown), cards(fresh), { stays: new Set(stays), seen: new Set(seen), arrived: new Set(arrived) }));

test.each([
  ['what was decided on here goes, and the next comes at the end', 'abc', 'acd', {}, 'acd', ''],
  ['what is new on top waits', 'abc', 'xyabc', {}, 'abc', 'xy'],
  ['what is new in between waits', 'abc', 'axbc', {}, 'abc', 'x'],
  ['what somebody else decided on stays where it stands', 'abc', 'ac', { stays: 'b' }, 'abc', ''],
  ['what was taken back returns to its place', 'ac', 'abc', { seen: 'abc' }, 'abc', ''],
  ['what was taken back returns to the top', 'bc', 'abc', { seen: 'abc' }, 'abc', ''],
  ['what was taken back returns to the end, before what followed', 'abd', 'abcd', { seen: 'abcd' }, 'abcd', ''],
  ['after all were decided on the next ones come, and what is new waits', 'abc', 'xdef', { arrived: 'x' }, 'def', 'x'],
  ['what is new at the end waits too', 'abc', 'abcx', { arrived: 'x' }, 'abc', 'x'],
  ['another order on the screen stands', 'cab', 'abcd', {}, 'cabd', ''],
])('%s', (_, shown, fresh, given, expected, held) => {
  expect(merge(shown, fresh, given)).toEqual([expected, held]);
});

test('whatever comes: nothing is shown twice, nothing that is shown changes its order, and nothing new stands above it', () => {
  const list = fc.uniqueArray(fc.integer({ min: 0, max: 30 }).map(String));
  fc.assert(fc.property(list, list, fc.array(fc.integer({ min: 0, max: 30 }).map(String)), fc.array(fc.integer({ min: 0, max: 30 }).map(String)), (shown, fresh, stays, arrived) => {
    const of = (ids: string[]) => ids.map((id) => ({ id }));
    const merged = mergeQueue(of(shown), of(fresh), { stays: new Set(stays), seen: new Set(shown), arrived: new Set(arrived) });
    const ids = merged.cards.map(({ id }) => id);
    const before = ids.filter((id) => shown.includes(id));
    expect(new Set(ids).size).toBe(ids.length);
    expect(before).toEqual(shown.filter((id) => before.includes(id)));
    expect(ids.slice(0, before.length)).toEqual(before);
    expect(new Set([...ids, ...merged.held])).toEqual(new Set([...fresh, ...shown.filter((id) => stays.includes(id))]));
  }));
});

test.each<[Partial<LiveEvent>, string]>([
  [{}, 'Approved by Ann'],
  [{ isOwn: true }, 'Approved by you'],
  [{ decision: 'trash', by: null }, 'Moved to Trash'],
  [{ decision: 'undo', to: 'pending' }, 'Taken back by Ann, now Pending'],
  [{ decision: 'restore', to: 'approved' }, 'Restored by Ann, now Approved'],
  [{ decision: 'report', by: null, to: 'pending' }, 'Reported by readers, now in Pending'],
])('a card says what happened and by whom: %j', (given, words) => {
  expect(overtakenWords(event('a', 'pending', 'approved', given))).toBe(words);
});
