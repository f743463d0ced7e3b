import fc from 'fast-check';
import { expect, test } from 'vitest';
import { actsFor, nextStatus, statusAfter, visibleDelta } from '@/lib/moderation/rules';
import { ACTS, CommentStatus } from '@/lib/moderation/schema';

const STATUSES = Object.values(CommentStatus);

test.each([
  ['pending', ['approve', 'spam', 'trash']],
  ['approved', ['unapprove', 'spam', 'trash']],
  ['spam', ['approve', 'trash', 'restore', 'delete']],
  ['trash', ['spam', 'restore', 'delete']],
  ['deleted', []],
] as const)('%s offers exactly its acts', (status, acts) => {
  expect(actsFor(status)).toEqual(acts);
});

test('restoring leads back to where a comment was, and to pending when that is unknown', () => {
  expect(statusAfter('trash', 'restore', 'approved')).toBe('approved');
  expect(statusAfter('trash', 'restore', 'spam')).toBe('spam');
  expect(statusAfter('spam', 'restore', null)).toBe('pending');
  expect(statusAfter('trash', 'restore', 'trash')).toBe('pending');
});

test('no act leads out of deleted, and none leads where the comment already is', () => {
  fc.assert(
    fc.property(fc.constantFrom(...STATUSES), fc.constantFrom(...ACTS), fc.option(fc.constantFrom(...STATUSES)), (status, act, before) => {
      const after = statusAfter(status, act, before);
      if (nextStatus[status][act] === undefined) expect(after).toBeNull();
      else expect(after).not.toBe(status);
      if (status === 'deleted') expect(after).toBeNull();
      if (act === 'restore') expect(after).not.toBe('deleted');
    }),
  );
});

test('only what appears or disappears changes the counts', () => {
  expect(visibleDelta(null, 'approved')).toBe(1);
  expect(visibleDelta('pending', 'approved')).toBe(1);
  expect(visibleDelta('approved', 'spam')).toBe(-1);
  expect(visibleDelta('pending', 'trash')).toBe(0);
  expect(visibleDelta('approved', 'approved')).toBe(0);
});
