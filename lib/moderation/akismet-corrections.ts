import { postPath } from '../posts/rules';
import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { submitToAkismet, type AkismetFields } from './akismet';
import { unsealTold } from './akismet-seal';
import { noteAkismet } from './akismet-state';
import { standingMove } from './declines';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** So long what Akismet was told is kept for a comment on which nobody decides. */
export const AKISMET_DAYS = 15;
/** What could not be told to Akismet within so long is not told. */
const TOLD_WITHIN_MS = 2 * HOUR_MS;

const checkedSelect = {
  id: true, parentId: true, name: true, email: true, website: true, source: true, createdAt: true,
  post: { select: { slug: true } },
  revisions: { select: { source: true }, orderBy: { revision: 'asc' }, take: 1 },
  events: { select: { id: true, decision: true, fromStatus: true, toStatus: true, undoesId: true, createdAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
  akismetCheck: { select: { isSpam: true, guid: true, sealed: true } },
} as const satisfies Prisma.CommentSelect;

/**
 * Tells Akismet that it was wrong, for the job `akismet`: `submit-spam` or `submit-ham` with what it was told then. Looks
 * again, and does nothing when the decision does not stand any more. Afterwards what it was told is forgotten, also when it
 * cannot be read any more. May be told twice when killed in between, which Akismet does not mind.
 * @throws Error when Akismet did not take it, to be tried again
 */
export async function correctAkismet({ event, origin }: { event: string; origin: string }, now: Date): Promise<void> {
  const decided = await db().moderationEvent.findUnique({ where: { id: event }, select: { createdAt: true, toStatus: true, comment: { select: checkedSelect } } });
  const check = decided?.comment.akismetCheck;
  if (!decided || !check || standingMove(decided.comment.events)?.id !== event) return;
  const { comment, toStatus } = decided;
  const told = unsealTold(comment.id, check.sealed);
  const isLate = now.getTime() - decided.createdAt.getTime() > TOLD_WITHIN_MS;
  if (told && !isLate) {
    const fields: AkismetFields = {
      user_ip: told.ip, user_agent: told.userAgent, referrer: told.referrer, permalink: origin + postPath({ kind: 'post', slug: comment.post.slug }), comment_type: comment.parentId === null ? 'comment' : 'reply',
      comment_author: comment.name, comment_author_email: comment.email ?? '', comment_author_url: comment.website ?? '',
      // As it was told: a moderator may have changed the text since.
      comment_content: comment.revisions[0]?.source ?? comment.source, comment_date_gmt: comment.createdAt.toISOString(),
    };
    const failure = await submitToAkismet(toStatus === 'spam' ? 'spam' : 'ham', origin, { ...fields, comment_check_response: check.isSpam ? 'true' : 'false', ...(check.guid !== null && { guid: check.guid }) });
    await noteAkismet(failure, now);
    if (failure !== null) throw new Error(failure);
  }
  await db().akismetCheck.deleteMany({ where: { commentId: comment.id } });
}

/**
 * Forgets what Akismet was told of comments on which nobody has decided, before it is AKISMET_DAYS old, and of those whose correction could
 * not be told. Idempotent; for the hourly job `forget-akismet`.
 */
export async function forgetAkismet(now: Date): Promise<void> {
  await db().akismetCheck.deleteMany({ where: { askedAt: { lte: new Date(now.getTime() - AKISMET_DAYS * DAY_MS + HOUR_MS) } } });
  const since = new Date(now.getTime() - TOLD_WITHIN_MS).toISOString();
  await db().$executeRaw`
    DELETE FROM "AkismetCheck" k USING "ModerationEvent" e
    WHERE e."commentId" = k."commentId" AND e.decision IN ('approve', 'spam') AND e."createdAt" <= ${since}::timestamptz
      AND NOT EXISTS (SELECT 1 FROM "ModerationEvent" later WHERE later."commentId" = k."commentId" AND later."createdAt" > e."createdAt" AND later."toStatus" <> e."toStatus")`;
}
