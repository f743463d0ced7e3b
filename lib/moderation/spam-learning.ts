import { db, type Tx } from '../db/client';
import { sendJob } from '../jobs';
import { lockKeys } from '../lock';
import { featuresOf } from './spam-features';
import { findKnowledge } from './spam-knowledge';
import { labelOf, lessonSelect, spamTextOf, type LessonComment } from './spam-lessons';
import { gaugeOf, learn, strengthOf, TOTALS, type SpamLabel, type Tally } from './spam-score';

/** So many lessons are learned in one transaction, and the gauge is found by so many of each label. */
const BATCH_LESSONS = 100;
const GAUGE_LESSONS = 500;
/** A third of what the job may take (lib/jobs.ts); a batch waits for those of other processes. */
const WORK_MS = 20_000;
const PATIENCE = { timeout: 30_000, maxWait: 10_000 };
/** The gauge is found again when there are so many more lessons, or this share more. */
const GAUGE_AGAIN = 5;
const GAUGE_AGAIN_SHARE = 0.1;

type Lesson = { commentId: string; taught: SpamLabel | null; owed: SpamLabel | null; features: bigint[] };

/**
 * Learns what was decided: of each stale lesson, what the comment taught is unlearned and what it teaches now is learned.
 * The job `learn`, for a third of its time; where more is left it sends another. Several at once stand in line; killed at any moment, each lesson is learned whole or still stale.
 */
export async function learnLessons(clock: () => number): Promise<void> {
  const end = clock() + WORK_MS;
  let isMore = true;
  while (isMore && clock() < end) isMore = (await db().$transaction(learnSome, PATIENCE)) === BATCH_LESSONS;
  await db().$transaction(async (tx) => {
    await findGauge(tx);
    if (isMore) await sendJob(tx, 'learn', {});
  }, PATIENCE);
}

async function learnSome(tx: Tx): Promise<number> {
  await lockKeys(tx, 'spam-lessons');
  // One that a decision holds is left to the job that this decision sends; to wait for it could be to wait for one another.
  const lessons = await tx.$queryRaw<Lesson[]>`
    SELECT "commentId", "taught"::text, "owed"::text, "features" FROM "SpamLesson" WHERE "isStale" ORDER BY "commentId" LIMIT ${BATCH_LESSONS} FOR UPDATE SKIP LOCKED`;
  const comments = await tx.comment.findMany({ where: { id: { in: lessons.map(({ commentId }) => commentId) } }, select: lessonSelect });
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const change: Tally = new Map();
  for (const lesson of lessons) await learnOne(tx, change, lesson, byId.get(lesson.commentId));
  await addTally(tx, change);
  return lessons.length;
}

async function learnOne(tx: Tx, change: Tally, { commentId, taught, owed, features }: Lesson, comment: LessonComment | undefined): Promise<void> {
  const isGone = !comment || comment.status === 'deleted';
  const label = isGone ? (owed ?? taught) : labelOf(comment);
  const before = features.map(Number);
  const now = isGone || label === taught ? before : label === null ? [] : featuresOf(spamTextOf(comment)).map(({ id }) => id);
  if (taught !== label) {
    if (taught !== null) learn(change, before, taught, -1);
    if (label !== null) learn(change, now, label);
  }
  if (isGone) await tx.spamLesson.deleteMany({ where: { commentId } });
  else await tx.spamLesson.update({ where: { commentId }, data: { taught: label, owed: null, features: now.map(BigInt), isStale: false }, select: { commentId: true } });
}

/** Adds sums to sums, in one order; what is nothing any more goes. */
async function addTally(tx: Tx, change: Tally): Promise<void> {
  const rows = [...change].sort(([a], [b]) => a - b);
  if (rows.length === 0) return;
  const ids = rows.map(([id]) => id);
  await tx.$executeRaw`
    INSERT INTO "SpamFeature" AS f ("id", "spam", "ham")
    SELECT * FROM unnest(${ids}::bigint[], ${rows.map(([, { spam }]) => spam)}::int[], ${rows.map(([, { ham }]) => ham)}::int[])
    ON CONFLICT ("id") DO UPDATE SET "spam" = f."spam" + excluded."spam", "ham" = f."ham" + excluded."ham"`;
  await tx.$executeRaw`DELETE FROM "SpamFeature" WHERE "id" = ANY(${ids}::bigint[]) AND "spam" = 0 AND "ham" = 0`;
}

/** Finds the gauge again when enough was learned since, by the newest lessons of each label, each seen as if it were new. */
async function findGauge(tx: Tx): Promise<void> {
  await lockKeys(tx, 'spam-lessons');
  const total = (await findKnowledge(tx, [])).learned.get(TOTALS) ?? { spam: 0, ham: 0 };
  const lessons = total.spam + total.ham;
  const before = (await tx.spamGauge.findUnique({ where: { id: 1 }, select: { lessons: true } }))?.lessons ?? 0;
  if (Math.abs(lessons - before) < Math.max(GAUGE_AGAIN, before * GAUGE_AGAIN_SHARE)) return;
  const newest = (taught: SpamLabel) => tx.spamLesson.findMany({ where: { taught, isStale: false }, orderBy: { commentId: 'desc' }, take: GAUGE_LESSONS, select: { features: true } });
  const sampled = { spam: await newest('spam'), ham: await newest('ham') };
  const { learned } = await findKnowledge(tx, new Set([...sampled.spam, ...sampled.ham].flatMap(({ features }) => features.map(Number))));
  const samplesOf = (label: SpamLabel) => sampled[label].map(({ features }) => ({ strength: strengthOf(features.map(Number), learned, label), label, weight: total[label] / sampled[label].length }));
  const gauge = gaugeOf([...samplesOf('spam'), ...samplesOf('ham')]);
  if (gauge) await tx.spamGauge.upsert({ where: { id: 1 }, create: { ...gauge, lessons }, update: { ...gauge, lessons }, select: { id: true } });
  else await tx.spamGauge.deleteMany({});
}
