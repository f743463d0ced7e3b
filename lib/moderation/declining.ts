import { changing } from '../db/change';
import { isWritten } from '../comments/schema';
import type { Actor } from '../identity/schema';
import { fail, ok, type Failure, type Result } from '../result';
import { cleanText } from '../text/clean';
import { t } from '../words/t';
import { causeMail } from './cause-mail';
import { conflictOf, lockSeen, move } from './decisions';
import { mayBeDeclined } from './declines';
import { DECLINE_WORDS_MAX_CHARACTERS, type Decided, type DeclineReason, type SeenComment } from './schema';

/** Why these words cannot be said, or null. */
function refusalOfWords(words: string): Failure | null {
  if (words === '') return fail('invalid', t('decisions.declining.wordsWanted'));
  if (words.length > DECLINE_WORDS_MAX_CHARACTERS) return fail('invalid', t('decisions.refusals.tooLong', { count: DECLINE_WORDS_MAX_CHARACTERS }));
  return isWritten(words) ? null : fail('invalid', t('decisions.refusals.notStorable'));
}

/**
 * Declines a comment: it goes to the Trash, and its writer reads why, on its private page at once and, where their
 * address is proven, by mail in two minutes. Undone like any decision, which stops the mail.
 * Refuses: `invalid` for words that are none, too long or not to be stored, `not-found`, `conflict` as decideComment,
 * also for what is in the Trash already and for a mention, which nobody here wrote.
 */
export async function declineComment(actor: Actor, { reason, words: typed, ...seen }: SeenComment & { reason: DeclineReason; words: string }, now: Date): Promise<Result<Decided>> {
  const words = cleanText(typed).trim();
  return changing(async (tx, changed) => {
    const locked = await lockSeen(tx, actor, seen);
    if (!locked.ok) return locked;
    const comment = locked.value;
    if (!mayBeDeclined({ status: comment.status, isMention: comment.kind !== 'comment' })) return conflictOf(tx, comment.id);
    const refusal = refusalOfWords(words);
    if (refusal) return refusal;
    const decided = await move(tx, changed, comment, { decision: 'decline', to: 'trash', reasons: [{ rule: 'declined', reason }] }, now);
    await tx.decline.create({ data: { eventId: decided.event, commentId: comment.id, reason, words, createdAt: now }, select: { eventId: true } });
    await causeMail(tx, decided.event, now);
    return ok(decided);
  });
}
