import { db, type Tx } from '../db/client';
import { ok, type Result } from '../result';
import { siteOrigin } from '../site-origin';
import type { ThreadWish } from '../subscriptions/schema';
import { holdAddress, subscribe } from '../subscriptions/subscribing';
import { readPageToken } from '../subscriptions/tokens';
import { receiptGone } from './withdrawing';

/** The address of whoever wrote a comment, by the token of its page: the one that they have proven, or the one that they typed. */
async function findWriter(tx: Tx, token: string) {
  const id = readPageToken('receipt', token);
  const row = id === null ? null : await tx.comment.findUnique({
    where: { id }, select: { id: true, email: true, user: { select: { email: true, emailVerified: true } }, post: { select: { id: true, title: true } } },
  });
  const proven = row?.user?.emailVerified ? row.user.email : null;
  const email = proven ?? row?.email;
  return row && email ? { commentId: row.id, email: email.toLowerCase(), isOwn: proven !== null, post: row.post } : null;
}

/** Has the writer of a comment told of new comments on its post, by the token of its page. An address that is not proven is asked first. Refuses: `not-found`. */
export async function subscribeByReceipt(token: string, wish: ThreadWish, now: Date): Promise<Result<'active' | 'asked' | 'waiting'>> {
  return db().$transaction(async (tx) => {
    const writer = await findWriter(tx, token);
    if (!writer) return receiptGone();
    return ok(await subscribe(tx, { ...writer, wishes: { comments: wish, posts: null }, origin: siteOrigin() }, now));
  });
}

/** Has them told no more of that post. Idempotent. Refuses: `not-found`. */
export async function leaveByReceipt(token: string): Promise<Result> {
  return db().$transaction(async (tx) => {
    const writer = await findWriter(tx, token);
    if (!writer) return receiptGone();
    const subscriber = await holdAddress(tx, writer.email);
    if (subscriber) await tx.threadSubscription.deleteMany({ where: { subscriberId: subscriber.id, postId: writer.post.id } });
    return ok();
  });
}
