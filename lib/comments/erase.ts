import type { Tx } from '../db/client';
import { t } from '../words/t';

/** The name under which a comment stands whose writer has deleted their account and kept what they wrote. */
export const anonymous = (): string => t('comments.one.anonymous');

/**
 * Takes back the mails that hold words of these comments and are not sent yet: all, or the notices to readers; what is being
 * sent at this moment is not waited for. A step of a command. Value: how many.
 */
export async function dropUnsent(tx: Tx, ids: string[], which: 'all' | 'notices'): Promise<number> {
  return tx.$executeRaw`
    DELETE FROM "Mail" WHERE id IN (
      SELECT id FROM "Mail" WHERE "commentId" = ANY(${ids}::uuid[]) AND "sentAt" IS NULL AND (${which} = 'all' OR "subscriberId" IS NOT NULL)
      FOR UPDATE SKIP LOCKED)`;
}

/**
 * Takes back what readers were to be told of a comment that is hidden. Whoever was not told yet is told when it comes back;
 * whose mail was sent is not told again. A step of the command that hides it.
 */
export async function takeBackNotices(tx: Tx, id: string): Promise<void> {
  if ((await dropUnsent(tx, [id], 'notices')) > 0) await tx.comment.update({ where: { id }, data: { announcedAt: null }, select: { id: true } });
}

/** What others said of a comment, its writer among those it names or is told to: nothing of it is kept without the text, or for nobody. */
async function emptyWords(tx: Tx, ids: string[]): Promise<void> {
  await tx.commentRevision.deleteMany({ where: { commentId: { in: ids } } });
  await tx.decline.deleteMany({ where: { commentId: { in: ids } } });
  await tx.akismetCheck.deleteMany({ where: { commentId: { in: ids } } });
  // What is not sent yet is not sent any more; of what was, the words go.
  await dropUnsent(tx, ids, 'all');
  await tx.mail.updateMany({ where: { commentId: { in: ids } }, data: { subject: '…', text: '', html: '' } });
  // Of a mention only the hash of its page stays.
  await tx.mention.updateMany({ where: { commentId: { in: ids } }, data: { target: '' } });
  await tx.personNote.deleteMany({ where: { commentId: { in: ids } } });
  // What was learned of them stays, as sums; what a deleted one has still to teach waits as signs without words. What a
  // reason quotes goes: words, and the address that an owner refuses.
  await tx.spamLesson.deleteMany({ where: { commentId: { in: ids }, owed: null } });
  await tx.$executeRaw`
    UPDATE "ModerationEvent" SET "reasons" = spam_reasons_without_words("reasons")
    WHERE "commentId" = ANY(${ids}::uuid[]) AND "reasons" <> spam_reasons_without_words("reasons")`;
  // That it was reported stays, and what came of it: the reporter may be waiting to hear.
  await tx.report.updateMany({ where: { commentId: { in: ids } }, data: { words: '' } });
}

const NOBODY = { email: null, website: null, ipHash: null, writerHash: null, userId: null, pseudonymId: null };

/**
 * Empties comments for good. Their rows stay as the anchors of their replies, and so that an import does not bring them
 * back. A step of a command, inside its transaction, which holds their posts; status, event and counts are the command's.
 */
export async function emptyComments(tx: Tx, ids: string[]): Promise<void> {
  await emptyWords(tx, ids);
  await tx.comment.updateMany({ where: { id: { in: ids } }, data: { ...NOBODY, name: '', source: '', html: '', sourceHash: '' } });
}

/**
 * Takes from comments who wrote them, for good, and keeps what they say. A name used on one post only stays: it names
 * nobody any more, and to become `Anonymous` in one moment with others would tell that they were one person. Earlier texts
 * go: their writer took them back.
 * A step of a command, like `emptyComments`; it touches neither status nor counts.
 */
export async function anonymiseComments(tx: Tx, ids: string[]): Promise<void> {
  await emptyWords(tx, ids);
  // Of two comments that say the same in other words one may be a guest's, with their name.
  await tx.comment.updateMany({ where: { OR: [{ id: { in: ids } }, { rewordsId: { in: ids } }], rewordsId: { not: null } }, data: { rewordsId: null } });
  await tx.comment.updateMany({ where: { id: { in: ids }, pseudonymId: null }, data: { ...NOBODY, name: anonymous() } });
  await tx.comment.updateMany({ where: { id: { in: ids } }, data: NOBODY });
}
