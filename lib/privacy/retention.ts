import { postTag } from '../cache-tags';
import { deleteComments, goneSelect } from '../comments/deleting';
import { holdComments } from '../comments/locks';
import { changing } from '../db/change';
import { db } from '../db/client';
import type { CommentStatus } from '../db/generated/enums';
import { visibleDelta } from '../moderation/rules';
import { forgetNetworkKeys } from '../network-keys';
import { daysBefore } from './rules';
import { REMOVAL_KEPT_DAYS, RETENTION_DEFAULTS, type Retention } from './schema';

const DAY_MS = 24 * 60 * 60 * 1000;
/** So many rows one step takes: none holds others up for long. */
const STEP_ROWS = 500;
/** An address that was asked whether it wants mails, and has not answered for so long, is forgotten. */
export const UNANSWERED_DAYS = 30;
/** What was done to many comments at once keeps the filter that it was done by, which may hold words that were searched for. Its events stay. */
const ACT_DAYS = 30;

const columns = { networkDays: true, spamDays: true, trashDays: true, mailDays: true, removalDays: true } as const;

/** How long things are kept on this blog. */
export async function findRetention(): Promise<Retention> {
  return (await db().site.findFirst({ where: { id: 1 }, select: columns })) ?? RETENTION_DEFAULTS;
}

/** The smallest id (UUIDv7, RFC 9562: its first 48 bits are milliseconds) that a row made at this moment can have. */
function idAt(moment: Date): string {
  const digits = Math.max(0, moment.getTime()).toString(16).padStart(12, '0');
  return `${digits.slice(0, 8)}-${digits.slice(8)}-7000-8000-000000000000`;
}

async function whole(step: () => Promise<number>, signal?: AbortSignal): Promise<void> {
  while (!signal?.aborted && (await step()) >= STEP_ROWS);
}

/**
 * Deletes for good what has been in Spam or in Trash for longer than the owner wants: since it came there, or since it was
 * brought along by an import, whichever was later. Its event says that the blog did it.
 */
function emptyOut(status: CommentStatus & ('spam' | 'trash'), before: Date, now: Date): Promise<number> {
  return changing(async (tx, changed) => {
    const found = await tx.$queryRaw<{ id: string; postId: string }[]>`
      SELECT c.id, c."postId" FROM "Comment" c
      WHERE c.status = ${status}::"CommentStatus" AND c.id < ${idAt(before)}::uuid AND c."createdAt" < ${before.toISOString()}::timestamptz
        AND NOT EXISTS (SELECT FROM "ModerationEvent" e WHERE e."commentId" = c.id AND e."createdAt" >= ${before.toISOString()}::timestamptz)
      ORDER BY c.id LIMIT ${STEP_ROWS}`;
    const ids = found.map(({ id }) => id);
    await holdComments(tx, [...new Set(found.map(({ postId }) => postId))], ids);
    // Somebody may have taken one back meanwhile.
    const comments = await tx.comment.findMany({ where: { id: { in: ids }, status }, select: goneSelect });
    await deleteComments(tx, comments, now);
    for (const { postId, status: from } of comments) if (visibleDelta(from, 'deleted') !== 0) changed(postTag(postId));
    return found.length;
  }, { timeout: 60_000 });
}

/** From where on the network comments and reports came is forgotten; then the keys by which that was marked. */
async function forgetNetworks(before: Date, signal?: AbortSignal): Promise<void> {
  const at = before.toISOString();
  for (const table of ['Comment', 'Report'] as const) {
    await whole(() => db().$executeRawUnsafe(`
      UPDATE "${table}" SET "ipHash" = NULL WHERE id IN (
        SELECT id FROM "${table}" WHERE "ipHash" IS NOT NULL AND "createdAt" < $1::timestamptz LIMIT ${STEP_ROWS} FOR UPDATE SKIP LOCKED)`, at), signal);
  }
  await forgetNetworkKeys(before);
}

/** Mails that were sent, or stay unsent for good. What waits to be sent stays. */
const forgetMails = (before: Date, signal?: AbortSignal): Promise<void> => whole(() => db().$executeRaw`
  DELETE FROM "Mail" WHERE id IN (
    SELECT m.id FROM "Mail" m WHERE m."createdAt" < ${before.toISOString()}::timestamptz
      AND NOT EXISTS (SELECT FROM pgboss.job j WHERE j.name = 'mail' AND j.state < 'completed' AND j.singleton_key = m.id::text)
    ORDER BY m."createdAt" LIMIT ${STEP_ROWS} FOR UPDATE SKIP LOCKED)`, signal);

/** What has an end of its own: sessions, links, invitations, drafts of the box, requests. */
async function forgetEnded(now: Date): Promise<void> {
  await db().session.deleteMany({ where: { expires: { lt: now } } });
  await db().signInLink.deleteMany({ where: { createdAt: { lt: new Date(now.getTime() - DAY_MS) } } });
  await db().invitation.deleteMany({ where: { expires: { lt: now } } });
  await db().commentDraft.deleteMany({ where: { expires: { lt: now } } });
  await db().dataRequest.deleteMany({ where: { expires: { lt: now } } });
  await db().postEditing.deleteMany({ where: { beatAt: { lt: new Date(now.getTime() - DAY_MS) } } });
  await db().bulkAct.deleteMany({ where: { finishedAt: { lt: daysBefore(now, ACT_DAYS) } } });
  await db().removalRequest.deleteMany({ where: { answeredAt: { lt: daysBefore(now, REMOVAL_KEPT_DAYS) } } });
}

/** Addresses that somebody typed and whose owners never answered: the mark stays, so that they are not asked again. */
async function forgetUnanswered(now: Date): Promise<void> {
  const before = daysBefore(now, UNANSWERED_DAYS);
  await db().$executeRaw`
    WITH gone AS (
      UPDATE "Subscriber" SET email = NULL, posts = NULL
      WHERE email IS NOT NULL AND "confirmedAt" IS NULL AND "importedFrom" IS NULL AND "askedAt" < ${before.toISOString()}::timestamptz RETURNING id
    ) DELETE FROM "ThreadSubscription" t USING gone WHERE t."subscriberId" = gone.id`;
}

/**
 * Forgets what has been kept for long enough: by the owner's settings, or because it has an end. Idempotent, in small steps,
 * for the hourly job `retention`; what a signal cuts short is done by the next.
 */
export async function keepRetention(now: Date, signal?: AbortSignal): Promise<void> {
  const { networkDays, spamDays, trashDays, mailDays } = await findRetention();
  await forgetEnded(now);
  await forgetUnanswered(now);
  await forgetNetworks(daysBefore(now, networkDays), signal);
  if (spamDays > 0) await whole(() => emptyOut('spam', daysBefore(now, spamDays), now), signal);
  if (trashDays > 0) await whole(() => emptyOut('trash', daysBefore(now, trashDays), now), signal);
  if (mailDays > 0) await forgetMails(daysBefore(now, mailDays), signal);
}
