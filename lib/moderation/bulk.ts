import { currentAnswer } from '../answer';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import type { Tag } from '../cache-tags';
import { hasDesk } from '../identity/rules';
import { findPerson } from '../identity/queries';
import type { Actor, Person } from '../identity/schema';
import { newId } from '../ids';
import { sendJob } from '../jobs';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { decideTogether, undoBatch, undoTogether, type DecidedMany } from './commands';
import { commentGone } from './decisions';
import { countMatching, listMatching } from './queue-filter';
import { ACTS, BATCH_COMMENTS, bulkFilterSchema, type Act, type BulkProgress, type Decision, type QueueFilter, type SeenComment } from './schema';

/** One job works for so long, then another goes on: a process that is killed is missed after a minute at most. */
const RUN_MS = 20_000;
/** For one step: BATCH_COMMENTS comments in one transaction. */
const STEP_MS = 60_000;

type Matching = { filter: QueueFilter; until: Date };

/** How many comments match a filter at this moment, which is what an act on all of them then means. Refuses: `not-found` for who has no desk. */
export async function countForBulkAct(viewer: Actor, filter: QueueFilter, now: Date): Promise<Result<{ total: number; until: Date }>> {
  return hasDesk(viewer) ? ok({ total: await countMatching(viewer, filter, now), until: now }) : noDesk();
}

const noDesk = (): Failure => fail('not-found', t('decisions.refusals.noDesk'));

/**
 * Begins an act on all comments that matched a filter at a moment (`until`; what comes later is left alone). A job does it,
 * step by step; its events are one batch, of the act's own id. Refuses: `not-found` for who has no desk, `conflict` when nothing matches.
 */
export async function startBulkAct(actor: Actor, { filter, until, decision }: Matching & { decision: Act }, now: Date): Promise<Result<BulkProgress>> {
  if (!hasDesk(actor)) return noDesk();
  const upTo = until < now ? until : now;
  const total = await countMatching(actor, filter, upTo);
  if (total === 0) return fail('conflict', t('decisions.refusals.noneMatches'));
  return ok(await begin(actor, { decision, filter, until: upTo, total }, now));
}

type NewBulkAct = { decision: Decision; filter: object; until: Date; total: number; undoesBatchId?: string };

async function begin(actor: Person, act: NewBulkAct, now: Date): Promise<BulkProgress> {
  return db().$transaction(async (tx) => {
    const made = await tx.bulkAct.create({ data: { ...act, id: newId(), actorId: actor.userId, createdAt: now }, select: progressColumns });
    // What it decides may bring mails, whose links need the blog's address: a job has no request.
    await sendJob(tx, 'bulk', { id: made.id, origin: currentAnswer().origin }, { singletonKey: made.id });
    return progressOf(made);
  });
}

/**
 * Ends a bulk act of one's own where it stands: what is done stays done, and can be taken back. One that has ended stays as
 * it is. Refuses: `not-found` for an act that is unknown or somebody else's.
 */
export async function stopBulkAct(actor: Actor, id: string, now: Date): Promise<Result<BulkProgress>> {
  if (actor.kind === 'guest') return noAct();
  return db().$transaction(async (tx) => {
    // A step that is at work is waited for: it and its numbers are one.
    await tx.$queryRaw`SELECT 1 FROM "BulkAct" WHERE id = ${id}::uuid FOR UPDATE`;
    const act = await tx.bulkAct.findFirst({ where: { id, actorId: actor.userId }, select: progressColumns });
    if (!act) return noAct();
    if (act.finishedAt) return ok(progressOf(act));
    const data = { finishedAt: now, isStopped: true, left: act.total - act.done };
    return ok(progressOf(await tx.bulkAct.update({ where: { id }, data, select: progressColumns })));
  }, { timeout: STEP_MS });
}

const noAct = (): Failure => fail('not-found', t('decisions.refusals.nothingToStop'));

/**
 * Takes back all that was done together: at once, or, where that is more than BATCH_COMMENTS events, by a bulk act of its own.
 * One's own bulk act that is still under way is stopped first. Refuses: as undoBatch.
 */
export async function undoWhole(actor: Actor, batchId: string, now: Date): Promise<Result<DecidedMany | BulkProgress>> {
  await stopBulkAct(actor, batchId, now);
  const total = await db().moderationEvent.count({ where: { batchId, decision: { not: 'undo' } } });
  if (total <= BATCH_COMMENTS) return undoBatch(actor, batchId, now);
  if (!hasDesk(actor)) return commentGone();
  return ok(await begin(actor, { decision: 'undo', filter: {}, until: now, total, undoesBatchId: batchId }, now));
}

/**
 * Goes on with a bulk act where it stands, until it is done or has had its time; then a new job goes on. Each step is one
 * transaction with what is noted of it: killed at any moment, and however often it is called, it decides once on each
 * comment. Role and standing of who began it are read anew for each step: whoever has no desk any more, decides no more.
 */
export async function runBulkAct(id: string, clock: () => Date): Promise<void> {
  const end = clock().getTime() + RUN_MS;
  let goesOn = true;
  while (goesOn) {
    const now = clock();
    const isLast = now.getTime() >= end;
    const hasMore = await changing((tx, changed) => step(tx, changed, { id, isLast }, now), { timeout: STEP_MS });
    goesOn = hasMore && !isLast;
  }
}

type Changed = (tag: Tag) => void;

/** Value: whether there is more to do. */
async function step(tx: Tx, changed: Changed, { id, isLast }: { id: string; isLast: boolean }, now: Date): Promise<boolean> {
  await tx.$queryRaw`SELECT 1 FROM "BulkAct" WHERE id = ${id}::uuid FOR UPDATE`;
  const act = await tx.bulkAct.findUnique({ where: { id }, select: { ...progressColumns, actorId: true, filter: true, until: true, undoesBatchId: true } });
  if (!act || act.finishedAt) return false;
  const actor = act.actorId === null ? null : await findPerson(tx, act.actorId, now);
  const { done, left, after, filter } = actor && hasDesk(actor) ? await doNext(tx, changed, actor, act, now) : NOTHING;
  const hasMore = after !== null;
  // What was counted and is not there any more was decided on by somebody else meanwhile.
  const allLeft = hasMore ? act.left + left : Math.max(act.left + left, act.total - act.done - done);
  await tx.bulkAct.update({
    where: { id }, select: { id: true },
    data: { done: act.done + done, left: allLeft, finishedAt: hasMore ? null : now, ...(hasMore && { filter: { ...filter, after } }) },
  });
  if (hasMore && isLast) await sendJob(tx, 'bulk', { id, origin: currentAnswer().origin }, { singletonKey: id });
  return hasMore;
}

type Step = { done: number; left: number; /** The last one looked at; null when that was all. */ after: string | null; filter?: QueueFilter };
const NOTHING: Step = { done: 0, left: 0, after: null };

type Waiting = { id: string; decision: Decision; filter: unknown; until: Date; undoesBatchId: string | null };

async function doNext(tx: Tx, changed: Changed, actor: Person, act: Waiting, now: Date): Promise<Step> {
  const { after, ...filter } = bulkFilterSchema.parse(act.filter);
  if (act.undoesBatchId !== null) {
    const { made, last } = await undoTogether(tx, changed, actor, { batchId: act.undoesBatchId, into: act.id, after }, now);
    return { done: made.decided.length, left: made.refused.length, after: last, filter };
  }
  const decision = ACTS.find((one) => one === act.decision);
  if (!decision) return NOTHING;
  const next = await listMatching(tx, actor, filter, act.until, BATCH_COMMENTS, after);
  const last = next.length === BATCH_COMMENTS ? (next.at(-1)?.id ?? null) : null;
  const seen = decision === 'delete' && filter.person !== null ? await namingLast(tx, actor, { filter, until: act.until }, { next, isLast: last === null }) : next;
  const made = await decideTogether(tx, changed, actor, { seen, decision, batch: act.id }, now);
  return { done: made.decided.length, left: made.refused.length, after: last, filter };
}

/** The comment by which a filter names its writer is deleted after all others: once it is empty, nobody is found by it. */
async function namingLast(tx: Tx, actor: Person, { filter, until }: Matching, { next, isLast }: { next: SeenComment[]; isLast: boolean }): Promise<SeenComment[]> {
  const isNaming = ({ comment }: SeenComment) => comment === filter.person;
  const naming = isLast ? (await listMatching(tx, actor, filter, until, BATCH_COMMENTS, null)).filter(isNaming) : [];
  return [...next.filter((one) => !isNaming(one)), ...naming];
}

const progressColumns = { id: true, decision: true, total: true, done: true, left: true, finishedAt: true, isStopped: true } as const;

type Progress = Omit<BulkProgress, 'isFinished'> & { finishedAt: Date | null };
const progressOf = ({ finishedAt, ...act }: Progress): BulkProgress => ({ ...act, isFinished: finishedAt !== null });

/** How far an act has come, for who began it; null for anybody else's. */
export async function findBulkAct(viewer: Actor, id: string): Promise<BulkProgress | null> {
  if (viewer.kind === 'guest') return null;
  const act = await db().bulkAct.findFirst({ where: { id, actorId: viewer.userId }, select: progressColumns });
  return act && progressOf(act);
}

/** The act that is still under way of this person, the latest, for a page that is opened meanwhile. */
export async function findRunningBulkAct(viewer: Person): Promise<BulkProgress | null> {
  const act = await db().bulkAct.findFirst({ where: { actorId: viewer.userId, finishedAt: null }, orderBy: { createdAt: 'desc' }, select: progressColumns });
  return act && progressOf(act);
}
