import { db, type Tx } from '../db/client';
import { isOut } from '../posts/rules';
import { ok, type Result } from '../result';
import { siteOrigin } from '../site-origin';
import type { ThreadWish } from '../subscriptions/schema';
import { holdAddress, subscribe } from '../subscriptions/subscribing';
import { readPageToken } from '../page-token';
import { receiptGone } from './withdrawing';

/** The address of whoever wrote a comment, by the token of its page: the one that they have proven, or the one that they typed. */
async function findWriter(tx: Tx, token: string) {
  const id = readPageToken('receipt', token);
  const row = id === null ? null : await tx.comment.findUnique({
    where: { id }, select: { id: true, email: true, status: true, user: { select: { email: true, emailVerified: true } }, post: { select: { id: true, title: true, status: true, publishedAt: true } } },
  });
  const proven = row?.user?.emailVerified ? row.user.email : null;
  const email = proven ?? row?.email;
  return row && email ? { commentId: row.id, email: email.toLowerCase(), isOwn: proven !== null, post: row.post, status: row.status } : null;
}

/**
 * Has the writer of a comment told of new comments on its post, by the token of its page. An address that is not proven is
 * asked first; whoever only typed it is answered the same whatever the blog knows of it. From what was sorted out, or stands
 * where readers do not come, nothing is asked. Refuses: `not-found`.
 */
export async function subscribeByReceipt(token: string, wish: ThreadWish, now: Date): Promise<Result<'active' | 'asked'>> {
  return db().$transaction(async (tx) => {
    const writer = await findWriter(tx, token);
    if (!writer) return receiptGone();
    const { status, ...asking } = writer;
    const isHeard = (status === 'pending' || status === 'approved') && isOut(asking.post, now);
    const answer = isHeard ? await subscribe(tx, { ...asking, wishes: { comments: wish, posts: null }, origin: siteOrigin() }, now) : 'asked';
    return ok(asking.isOwn && answer === 'active' ? 'active' : 'asked');
  });
}

/** Has them told no more of that post; whoever only typed the address takes back what they asked for with this comment, and nothing else. Idempotent. Refuses: `not-found`. */
export async function leaveByReceipt(token: string): Promise<Result> {
  return db().$transaction(async (tx) => {
    const writer = await findWriter(tx, token);
    if (!writer) return receiptGone();
    const subscriber = await holdAddress(tx, writer.email);
    if (subscriber) await tx.threadSubscription.deleteMany({ where: { subscriberId: subscriber.id, postId: writer.post.id, ...(!writer.isOwn && { commentId: writer.commentId }) } });
    return ok();
  });
}
