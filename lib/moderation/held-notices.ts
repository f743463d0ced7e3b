import { db, type Tx } from '../db/client';
import type { Rhythm } from '../db/generated/enums';
import { env } from '../env';
import { hasDesk, isModerator, isOwner, mayModerate } from '../identity/rules';
import { newToken, tokenHash } from '../identity/tokens';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { lockKeys } from '../lock';
import { sendMail } from '../notifications/outbox';
import { findSite } from '../site/queries';
import { listToldPeople, type Decider } from './deciders';
import { nextByRhythm } from './rhythm';
import { DECISION_LINK_DAYS, nextNoticeAt, NOTICE_COMMENTS, noticeMail, type NoticedComment } from './notice-letter';
import { reasonsSchema } from './schema';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
/** Of what has waited longer nobody is told any more: a job is tried for about a day, and who is told once a day hears of it a day later. */
const toldWithinMs = (rhythm: Rhythm): number => (rhythm === 'daily' ? 2 : 1) * DAY_MS;
/** Of so many comments at once at most a person is told; of the others with the next notice. */
const GATHERED_MAX = 1_000;
/** What of a text is read for a notice, which shows its beginning. */
const SOURCE_CHARACTERS = 2_100;

/** A comment that has come to Pending, or a person whose quiet time is over. `origin`: where the blog is, for the links. */
export type HeldNoticeJob = { comment?: string | undefined; person?: string | undefined; origin: string };

/**
 * Does the job `held-notice`: tells everybody who may decide on it, and wants to know, that a comment waits; for a person,
 * of all that has gathered. What somebody has decided on meanwhile is not told of. Idempotent, and right when several run at
 * once: of each comment a person is told once for each time that it comes to Pending.
 */
export async function sendHeldNotices(job: HeldNoticeJob, now: Date): Promise<void> {
  const authorId = job.comment === undefined ? null : await findWaitingFor(job.comment);
  if (job.comment !== undefined && authorId === null) return;
  const people = (await listToldPeople(db(), now)).filter(({ actor }) => (authorId === null ? actor.userId === job.person : mayModerate(actor, authorId)));
  const origin = env().SITE_URL ?? job.origin;
  for (const { actor } of people) await db().$transaction((tx) => tell(tx, actor.userId, origin, now));
}

/** Whose post a comment that waits stands under; null when it does not wait any more. */
async function findWaitingFor(commentId: string): Promise<string | null> {
  const comment = await db().comment.findFirst({ where: { id: commentId, status: 'pending' }, select: { post: { select: { authorId: true } } } });
  return comment?.post.authorId ?? null;
}

async function tell(tx: Tx, userId: string, origin: string, now: Date): Promise<void> {
  await lockKeys(tx, `held-notice:${userId}`);
  // As they are now that nobody else tells them.
  const person = (await listToldPeople(tx, now)).find(({ actor }) => actor.userId === userId && hasDesk(actor));
  if (!person) return;
  const site = await findSite();
  const next = await findNextNotice(tx, person, site.timeZone, now);
  // Before what waits is read: in a flood this is asked for each comment, and what waits is long.
  if (next !== null && next > now) return sendJob(tx, 'held-notice', { person: userId, origin }, { startAfter: next, singletonKey: userId });
  const untold = await listUntold(tx, person, now);
  if (untold.length === 0) return;
  const made = await makeLinks(tx, userId, untold, now);
  const { title } = site;
  const listed = made.slice(0, NOTICE_COMMENTS);
  const mail = await noticeMail({ siteTitle: title, origin, isOwner: isOwner(person.actor), comments: listed, others: made.length - listed.length });
  await sendMail(tx, { to: person.email, ...mail, expires: new Date(now.getTime() + DECISION_LINK_DAYS * DAY_MS) }, now);
}

type Untold = NoticedComment & { id: string; came: Date };

/** What waits for a person that they have not been told of since it came, oldest first; nothing of their own. Events come by submitting and by reports: what a person has sent back is in hand. */
async function listUntold(tx: Tx, { actor, rhythm }: Decider & { rhythm: Rhythm }, now: Date): Promise<Untold[]> {
  const since = new Date(now.getTime() - toldWithinMs(rhythm));
  const rows = await tx.$queryRaw<(Omit<Untold, 'reasons'> & { reasons: unknown })[]>`
    SELECT * FROM (
      SELECT DISTINCT ON (c.id) c.id, c.name, left(c.source, ${SOURCE_CHARACTERS}::int) AS source, p.title, parent.name AS "parentName", e.reasons, e."createdAt" AS came
      FROM "ModerationEvent" e
        JOIN "Comment" c ON c.id = e."commentId" AND c.status = 'pending' AND c."userId" IS DISTINCT FROM ${actor.userId}::uuid
        JOIN "Post" p ON p.id = c."postId" AND (${isModerator(actor)} OR p."authorId" = ${actor.userId}::uuid)
        LEFT JOIN "Comment" parent ON parent.id = c."parentId" AND parent.status = 'approved'
      WHERE e."createdAt" > ${since.toISOString()}::timestamptz AND e."toStatus" = 'pending' AND e."fromStatus" IS DISTINCT FROM 'pending'
        AND e.decision IN ('submit', 'report')
        AND NOT EXISTS (SELECT 1 FROM "DecisionLink" l WHERE l."commentId" = c.id AND l."userId" = ${actor.userId}::uuid AND l."createdAt" >= e."createdAt")
      ORDER BY c.id, e."createdAt" DESC
    ) untold ORDER BY came, id LIMIT ${GATHERED_MAX}`;
  return rows.map((row) => ({ ...row, reasons: reasonsSchema.catch([]).parse(row.reasons) }));
}

async function findNextNotice(tx: Tx, { actor: { userId }, rhythm }: { actor: { userId: string }; rhythm: Rhythm }, timeZone: string, now: Date): Promise<Date | null> {
  const last = await tx.decisionLink.findFirst({ where: { userId }, orderBy: { createdAt: 'desc' }, select: { createdAt: true } });
  if (rhythm !== 'instant') return last && nextByRhythm(rhythm, last.createdAt, timeZone, now);
  const inLastHour = await tx.decisionLink.count({ where: { userId, createdAt: { gt: new Date(now.getTime() - HOUR_MS) } } });
  return nextNoticeAt(last?.createdAt ?? null, inLastHour);
}

/** A link for each, also for those that the mail does not list: it notes that the person was told. */
async function makeLinks(tx: Tx, userId: string, comments: Untold[], now: Date): Promise<(Untold & { path: string })[]> {
  const made = comments.map((comment) => ({ comment, token: newToken() }));
  await tx.decisionLink.createMany({
    data: made.map(({ comment: { id, came }, token }) => {
      // Not before the event it tells of: the clocks of two machines differ.
      const createdAt = new Date(Math.max(now.getTime(), came.getTime()));
      return { id: newId(), tokenHash: tokenHash(token), commentId: id, userId, createdAt, expires: new Date(createdAt.getTime() + DECISION_LINK_DAYS * DAY_MS) };
    }),
  });
  return made.map(({ comment, token }) => ({ ...comment, path: `/decide?token=${token}` }));
}

/** Deletes links that open no more. Idempotent; for the hourly job `forget-links`. */
export async function forgetLinks(now: Date): Promise<void> {
  await db().decisionLink.deleteMany({ where: { expires: { lte: now } } });
}
