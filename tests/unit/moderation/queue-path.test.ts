import { expect, test } from 'vitest';
import { countedText, isNarrowed, prefixQuery, queuePath, undoableEvent, wholeQueue, writerOf } from '@/lib/moderation/rules';
import { COUNTED_MAX, queueFilterSchema, sortSchema, UNDO_DAYS, type Decision } from '@/lib/moderation/schema';

const readBack = (path: string) => {
  const asked = Object.fromEntries(new URL(path, 'http://here').searchParams);
  return { filter: queueFilterSchema.parse(asked), sort: sortSchema.parse(asked.sort), after: asked.after, comment: asked.comment };
};

test('a whole queue has a short address', () => {
  expect(queuePath({ queue: 'spam' })).toBe('/admin/comments?queue=spam');
  expect(queuePath(wholeQueue('pending'))).toBe('/admin/comments?queue=pending');
  expect(isNarrowed(wholeQueue('all'))).toBe(false);
});

test('an address of a queue says all that was asked for, and is read back as the same', () => {
  const filter = { queue: 'approved', q: 'bedtime & “four” 100%', post: 'schlaf-für-alle', person: 'abcdefgh0123', network: '3fa9c0ffee12', rule: 'links', from: '2026-11-01', to: '2026-11-25' } as const;
  expect(readBack(queuePath(filter, 'risk', { after: '0123abcdefgh', comment: '1123abcdefgh' }))).toEqual({ filter, sort: 'risk', after: '0123abcdefgh', comment: '1123abcdefgh' });
  expect(isNarrowed(filter)).toBe(true);
});

test('what is wrong in an address is left out', () => {
  const asked = { queue: 'nothing', q: '  \0 ', post: undefined, person: 'Robert', network: '3FA9C0FFEE12', rule: 'none', from: '2026-02-30', to: 'today' };
  expect(queueFilterSchema.parse(asked)).toEqual(wholeQueue('pending'));
  expect(queueFilterSchema.parse({ queue: 'pending', q: '', post: '', person: '', network: '', rule: '', from: '', to: '' }), 'a form sent empty').toEqual(wholeQueue('pending'));
  expect(queueFilterSchema.parse({ q: ['a', 'b'], person: ['x'] })).toEqual(wholeQueue('pending'));
  expect(sortSchema.parse('sideways')).toBe('newest');
});

test('the last word of a search may go on, where it is a word that is looked for', () => {
  expect(prefixQuery('night ow', "'night' & 'ow'")).toBe("'night' & 'ow':*");
  expect(prefixQuery('o’brien', "'o''brien'")).toBe("'o''brien':*");
  expect(prefixQuery('night -ow', "'night' & !'ow'")).toBe("'night' & !'ow'");
  expect(prefixQuery('"night owl"', "'night' <-> 'owl'")).toBe("'night' <-> 'owl'");
  expect(prefixQuery('night ', "'night'")).toBe("'night'");
  expect(prefixQuery('a', "'a'")).toBe("'a'");
});

test('a comment’s writer is the name on one post before the person, the person before the address, and the comment itself at last', () => {
  const all = { publicId: 'abcdefgh0123', userId: 'u', pseudonymId: 'p', email: 'e@example.com' };
  expect(writerOf(all)).toEqual({ kind: 'pseudonym', key: 'p' });
  expect(writerOf({ ...all, pseudonymId: null })).toEqual({ kind: 'user', key: 'u' });
  expect(writerOf({ ...all, pseudonymId: null, userId: null })).toEqual({ kind: 'email', key: 'e@example.com' });
  for (const email of [null, '']) expect(writerOf({ ...all, pseudonymId: null, userId: null, email })).toEqual({ kind: 'comment', key: 'abcdefgh0123' });
});

test('a number is told as far as it was counted', () => {
  expect([0, COUNTED_MAX, COUNTED_MAX + 1].map(countedText)).toEqual(['0', '99', '99+']);
});

const DAY_MS = 24 * 60 * 60 * 1000;
const now = new Date('2026-11-25T12:00:00Z');
const happened = (id: string, decision: Decision, { undoes = null as string | null, days = 0 } = {}) =>
  ({ id, decision, fromStatus: decision === 'submit' ? null : ('pending' as const), undoesId: undoes, createdAt: new Date(now.getTime() - days * DAY_MS) });

test('the latest decision that stands can be taken back, and nothing else', () => {
  const received = happened('received', 'submit');
  expect(undoableEvent([], now)).toBeNull();
  expect(undoableEvent([received], now)).toBeNull();
  expect(undoableEvent([received, happened('a', 'approve'), happened('b', 'trash')], now)?.id).toBe('b');
  expect(undoableEvent([received, happened('a', 'approve'), happened('b', 'trash'), happened('c', 'undo', { undoes: 'b' })], now)?.id).toBe('a');
  expect(undoableEvent([received, happened('a', 'approve'), happened('c', 'undo', { undoes: 'a' })], now)).toBeNull();
});

test('neither a deletion, nor readers’ reports, nor what is old can be taken back, nor anything before them', () => {
  expect(undoableEvent([happened('a', 'trash'), happened('b', 'delete')], now)).toBeNull();
  expect(undoableEvent([happened('a', 'approve'), happened('b', 'report')], now)).toBeNull();
  expect(undoableEvent([happened('a', 'approve', { days: UNDO_DAYS })], now)).toBeNull();
  expect(undoableEvent([happened('a', 'approve', { days: UNDO_DAYS - 1 })], now)?.id).toBe('a');
});
