import { describe, expect, test } from 'vitest';
import { declineOf, declineDraft, mayBeDeclined, standingMove } from '@/lib/moderation/declines';
import { declineName } from '@/lib/moderation/rules';
import { CommentStatus, DECLINE_REASONS, DECLINE_WORDS_MAX_CHARACTERS, type Decision } from '@/lib/moderation/schema';

type Past = Parameters<typeof standingMove>[0][number];
const event = (id: string, decision: Decision, fromStatus: CommentStatus | null, toStatus: CommentStatus, undoesId: string | null = null): Past => ({ id, decision, fromStatus, toStatus, undoesId });

test.each(DECLINE_REASONS)('the draft for “%s” thanks, invites, fits, and blames nobody', (reason) => {
  const words = declineDraft(reason);
  expect(words).toMatch(/^Thank you for writing\./);
  expect(words.length).toBeLessThan(DECLINE_WORDS_MAX_CHARACTERS / 4);
  expect(words).not.toMatch(/!|\byou (?:were|are)\b|\bbad\b|\brude\b|\bspam\b|violat|guideline/i);
  expect(declineName(reason)).not.toBe('');
});

test.each(Object.values(CommentStatus))('a comment that is %s can be declined where there is something to decide; a mention never', (status) => {
  expect(mayBeDeclined({ status, isMention: false })).toBe(status !== 'trash' && status !== 'deleted');
  expect(mayBeDeclined({ status, isMention: true })).toBe(false);
});

describe('the event by which a comment is where it is', () => {
  const submit = event('1', 'submit', null, 'pending');
  const decline = event('2', 'decline', 'pending', 'trash');
  test.each<[string, Past[], string | null]>([
    ['the last decision', [submit, decline], '2'],
    ['not an undo, nor what it took back', [submit, decline, event('3', 'undo', 'trash', 'pending', '2')], '1'],
    ['not an edit', [submit, decline, event('3', 'edit', 'trash', 'trash')], '2'],
    ['a later one', [submit, decline, event('3', 'restore', 'trash', 'pending'), event('4', 'trash', 'pending', 'trash')], '4'],
    ['the earlier one again, once the later is undone', [submit, decline, event('3', 'restore', 'trash', 'pending'), event('4', 'undo', 'pending', 'trash', '3')], '2'],
    ['none, of what was imported', [], null],
  ])('is %s', (_, events, id) => {
    expect(standingMove(events)?.id ?? null).toBe(id);
  });

  test('tells its writer the words of that very decision, only while the comment is in the trash', () => {
    const declines = [{ eventId: '2', reason: 'other' as const, words: 'First.' }, { eventId: '4', reason: 'unkind' as const, words: 'Second.' }];
    const again = [submit, decline, event('3', 'undo', 'trash', 'pending', '2'), event('4', 'decline', 'pending', 'trash')];
    expect(declineOf({ status: 'trash', events: again, declines })).toEqual({ reason: 'unkind', words: 'Second.' });
    expect(declineOf({ status: 'pending', events: again, declines })).toBeNull();
    expect(declineOf({ status: 'trash', events: [submit, event('5', 'trash', 'pending', 'trash')], declines })).toBeNull();
    expect(declineOf({ status: 'trash', events: again, declines: [] })).toBeNull();
  });
});
