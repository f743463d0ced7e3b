import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { newId } from '../ids';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { momentBefore, type NoReplySaid, type OlderThan, type RepliesFilter } from './reply-desk';
import { unanswered } from './unanswered-count';

const gone = (): Failure => fail('not-found', t('comments.noReply.gone'));

/** Under whose posts somebody may say so: an owner under all, an author under their own. */
const underTheirs = (actor: Person): Prisma.Sql => (isOwner(actor) ? Prisma.sql`true` : Prisma.sql`p."authorId" = ${actor.userId}::uuid`);

/**
 * Says that a published comment needs no answer. One statement: of two at once one is first. Refuses: `not-found` (no such
 * comment, not published, or under a post of somebody else's), `conflict` (it was said already).
 */
export async function markNoReply(actor: Actor, comment: string): Promise<Result<NoReplySaid>> {
  if (!hasPosts(actor)) return gone();
  const act = newId();
  const itself = Prisma.sql`p."id" = c."postId" AND c."publicId" = ${comment} AND c."status" = 'approved' AND c."kind" = 'comment' AND ${underTheirs(actor)}`;
  const [marked] = await db().$queryRaw<{ name: string }[]>`
    UPDATE "Comment" c SET "needsNoReply" = true, "noReplyAct" = ${act}::uuid FROM "Post" p WHERE ${itself} AND NOT c."needsNoReply" RETURNING c."name"`;
  if (marked) return ok({ count: 1, name: marked.name, act, isUndo: false });
  const there = await db().$queryRaw<unknown[]>`SELECT 1 FROM "Comment" c, "Post" p WHERE ${itself}`;
  return there.length === 0 ? gone() : fail('conflict', t('comments.noReply.saidAlready'));
}

/**
 * Says the same of every comment that waits for this person's answer, as a filter shows them, and came so long ago. One
 * statement; what comes meanwhile is younger. Refuses: `not-found` (who has no posts).
 */
export async function markOlderNoReply(actor: Actor, olderThan: OlderThan, filter: Pick<RepliesFilter, 'posts' | 'old'>, now: Date): Promise<Result<NoReplySaid>> {
  if (!hasPosts(actor)) return fail('not-found', t('comments.noReply.nothing'));
  const act = newId();
  const before = momentBefore(olderThan, now).toISOString();
  const count = await db().$executeRaw`
    UPDATE "Comment" m SET "needsNoReply" = true, "noReplyAct" = ${act}::uuid
    WHERE NOT m."needsNoReply" AND m."id" IN (SELECT c."id" ${unanswered(actor, filter)} AND c."createdAt" < ${before}::timestamptz)`;
  return ok({ count, name: '', act, isUndo: false });
}

/**
 * Takes back one such act, whole; what was said again since stays. Refuses: `not-found` (no such act, or of nothing under
 * this person's posts), and so the second of two.
 */
export async function undoNoReply(actor: Actor, act: string): Promise<Result<NoReplySaid>> {
  if (!hasPosts(actor)) return fail('not-found', t('comments.noReply.takenBack'));
  const [back] = await db().$queryRaw<{ count: number; name: string | null }[]>`
    WITH back AS (
      UPDATE "Comment" c SET "needsNoReply" = false, "noReplyAct" = NULL FROM "Post" p WHERE p."id" = c."postId" AND c."noReplyAct" = ${act}::uuid AND ${underTheirs(actor)} RETURNING c."name"
    ) SELECT count(*)::int AS count, max("name") AS name FROM back`;
  if (!back || back.count === 0) return fail('not-found', t('comments.noReply.takenBack'));
  return ok({ count: back.count, name: back.count === 1 ? (back.name ?? '') : '', act, isUndo: true });
}
