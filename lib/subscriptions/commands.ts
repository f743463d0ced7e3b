import { db, type Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { networkOf } from '../network';
import { secondsToWait } from '../rate-limit';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { parseFollow } from './follow-form';
import { afterLeaving } from './rules';
import type { Change, Leave } from './schema';
import { followPosts, holdSubscriber, provenAddress, subscribe, type HeldSubscriber } from './subscribing';
import { readPageToken } from '../page-token';

const linkGone = (): Failure => fail('not-found', t('subscriptions.centre.gone'));

/** One act of whoever reads the mail of an address, by the token of its page; nobody else does anything about it meanwhile. */
function withSubscriber<T>(token: string, act: (tx: Tx, subscriber: HeldSubscriber) => Promise<Result<T>>): Promise<Result<T>> {
  const id = readPageToken('subscriber', token);
  return db().$transaction(async (tx) => {
    const subscriber = id === null ? null : await holdSubscriber(tx, id);
    return subscriber?.email ? act(tx, subscriber) : linkGone();
  });
}

/**
 * Takes an address from the form `Get new posts by email`. The value says whether it follows from now on, which only its
 * owner is told, signed in; to anybody else it is the same whatever the blog knows of the address.
 * Refuses: `invalid` address, `too-many` from one place on the network.
 */
export async function followBlog(actor: Actor, typed: string, { ip, origin }: { ip: string; origin: string }, now: Date): Promise<Result<'follows' | 'asked'>> {
  const parsed = parseFollow(typed);
  if (!parsed.ok) return parsed;
  const retryAfterSeconds = await secondsToWait('follow', networkOf(ip));
  if (retryAfterSeconds !== null) return fail('too-many', t('subscriptions.follow.tooMany'), { retryAfterSeconds });
  const email = parsed.value;
  return db().$transaction(async (tx) => {
    const isOwn = actor.kind === 'person' && (await provenAddress(tx, actor.userId)) === email;
    await subscribe(tx, { email, isOwn, wishes: { comments: null, posts: 'instant' }, post: null, origin }, now);
    return ok(isOwn ? 'follows' : 'asked');
  });
}

/** What its owner says of an address: it is theirs, and what was asked for holds from now on. Idempotent. Refuses: `not-found`. */
export async function confirmSubscriptions(token: string, now: Date): Promise<Result> {
  return withSubscriber(token, async (tx, { id, confirmedAt }) => {
    if (confirmedAt) return ok();
    await tx.subscriber.update({ where: { id }, data: { confirmedAt: now, leftAt: null }, select: { id: true } });
    // Nothing that came before is told.
    await tx.subscriber.updateMany({ where: { id, posts: { not: null } }, data: { postsSince: now, postsToldAt: now } });
    await tx.threadSubscription.updateMany({ where: { subscriberId: id }, data: { toldAt: now } });
    return ok();
  });
}

/** What is not sent yet about this is not sent any more; what is being sent at this moment is not waited for. */
async function dropMails(tx: Tx, subscriberId: string, what: Leave): Promise<void> {
  const ending = `%/${what}`;
  await tx.$executeRaw`
    DELETE FROM "Mail" WHERE id IN (
      SELECT id FROM "Mail" WHERE "subscriberId" = ${subscriberId}::uuid AND "sentAt" IS NULL AND (${what} = 'all' OR headers #>> '{list,leave}' LIKE ${ending})
      FOR UPDATE SKIP LOCKED)`;
}

/**
 * Leaves everything, new posts, or a thread, at once: what waits to be sent is not sent. Idempotent. Who leaves everything is
 * asked again before anything is ever sent, and no list brings them back. Refuses: `not-found`.
 */
export async function leaveSubscriptions(token: string, what: Leave, now: Date): Promise<Result> {
  return withSubscriber(token, async (tx, subscriber) => {
    const { id } = subscriber;
    if (what === 'all') await leaveAll(tx, subscriber, now);
    else if (what === 'posts') await tx.subscriber.update({ where: { id }, data: { posts: null, postsSince: now }, select: { id: true } });
    else await tx.threadSubscription.deleteMany({ where: { subscriberId: id, postId: what } });
    await dropMails(tx, id, what);
    return ok();
  });
}

async function leaveAll(tx: Tx, { id, confirmedAt, askedAt }: HeldSubscriber, now: Date): Promise<void> {
  await tx.threadSubscription.deleteMany({ where: { subscriberId: id } });
  await tx.subscriber.update({ where: { id }, data: { posts: null, postsSince: now, ...afterLeaving({ confirmedAt, askedAt }, now) }, select: { id: true } });
}

/** Changes how often, and of what, an address is told. Refuses: `not-found`, `forbidden` before it is confirmed. */
export async function changeSubscription(token: string, { what, frequency, scope }: Change, now: Date): Promise<Result> {
  if (frequency === 'off') return leaveSubscriptions(token, what, now);
  return withSubscriber(token, async (tx, { id, confirmedAt, posts }) => {
    if (!confirmedAt) return fail('forbidden', t('subscriptions.centre.confirmFirst'));
    if (what === 'posts') {
      if (posts === null) await followPosts(tx, id, frequency, now);
      // Who was told at once has heard of everything; who was not is told with the next of what came since.
      else await tx.subscriber.update({ where: { id }, data: { posts: frequency, ...(posts === 'instant' && { postsToldAt: now }) }, select: { id: true } });
      return ok();
    }
    await tx.threadSubscription.updateMany({ where: { subscriberId: id, postId: what, frequency: 'instant' }, data: { toldAt: now } });
    const { count } = await tx.threadSubscription.updateMany({ where: { subscriberId: id, postId: what }, data: { frequency, ...(scope && { scope }) } });
    return count > 0 ? ok() : fail('not-found', t('subscriptions.leave.nothing'));
  });
}

/** Sends again to an address whose mail came back: its owner, who is here by a mail, says that it works. Refuses: `not-found`. */
export async function resumeSubscriptions(token: string): Promise<Result> {
  return withSubscriber(token, async (tx, { id }) => {
    await tx.subscriber.update({ where: { id }, data: { pausedAt: null, pauseReason: null }, select: { id: true } });
    return ok();
  });
}
