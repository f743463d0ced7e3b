import type { Tx } from '../db/client';
import type { CommentStatus } from '../db/generated/enums';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { lockKeys } from '../lock';
import { sendMail } from '../notifications/outbox';
import { siteOrigin } from '../site-origin';
import { SITE_DEFAULTS } from '../site/schema';
import { confirmationLetter } from './letters';
import { admissionOf } from './rules';
import type { ThreadWish, Wishes } from './schema';
import { pageToken } from '../page-token';
import { emailMark, emailMarks } from './tokens';

// Steps of commands, inside their transactions.

/** Who asks: an address, in lower case, and whether whoever asks has proven that it is theirs. */
export type Asking = {
  email: string;
  isOwn: boolean;
  wishes: Wishes;
  /** The post of `wishes.comments`. */
  post: { id: string; title: string } | null;
  /** The comment with which it is asked, by its key. */
  commentId?: string;
  origin: string;
};

const standingSelect = { id: true, email: true, confirmedAt: true, askedAt: true, leftAt: true, pauseReason: true, posts: true, postsSince: true } as const;

/** A subscriber as its transaction holds it. */
export type HeldSubscriber = NonNullable<Awaited<ReturnType<typeof findHeld>>>;

const findHeld = (tx: Tx, id: string) => tx.subscriber.findUnique({ where: { id }, select: standingSelect });

/**
 * Makes whoever else does something about this address wait, and gives what is known of it. One that was marked by an
 * earlier secret is known by that, or by its letters where they are there, and has the present mark from then on.
 */
export async function holdAddress(tx: Tx, email: string): Promise<HeldSubscriber | null> {
  const marks = emailMarks(email);
  await lockKeys(tx, ...marks.map((mark) => `subscriber:${mark}`));
  const found = await tx.subscriber.findMany({ where: { OR: [{ emailMark: { in: marks } }, { email: email.toLowerCase() }] }, select: { id: true, emailMark: true }, orderBy: { createdAt: 'asc' } });
  const known = found.find((one) => one.emailMark === marks[0]) ?? found[0];
  if (!known) return null;
  if (known.emailMark !== marks[0]) await tx.subscriber.update({ where: { id: known.id }, data: { emailMark: marks[0] }, select: { id: true } });
  return findHeld(tx, known.id);
}

/** The same by the id that a link names. */
export async function holdSubscriber(tx: Tx, id: string): Promise<HeldSubscriber | null> {
  const known = await tx.subscriber.findUnique({ where: { id }, select: { emailMark: true } });
  if (!known) return null;
  await lockKeys(tx, `subscriber:${known.emailMark}`);
  return findHeld(tx, id);
}

/** Whether somebody here has proven this address. */
const isKnown = async (tx: Tx, email: string): Promise<boolean> => (await tx.user.count({ where: { email, emailVerified: { not: null } } })) > 0;

/**
 * Notes what an address asks to be told of. It holds at once where the address is proven (lib/subscriptions/rules.ts); else its
 * owner is asked by one mail, which is never sent twice. What was chosen before is changed by its owner alone.
 * Value: whether it holds.
 */
export async function subscribe(tx: Tx, asking: Asking, now: Date): Promise<'active' | 'asked' | 'waiting'> {
  const { email, isOwn, wishes } = asking;
  const known = await holdAddress(tx, email);
  const admission = admissionOf(known, isOwn ? 'own' : (await isKnown(tx, email)) ? 'known' : 'none');
  const id = known?.id ?? newId();
  if (known) await tx.subscriber.update({ where: { id }, data: { email }, select: { id: true } });
  else await tx.subscriber.create({ data: { id, email, emailMark: emailMark(email), createdAt: now }, select: { id: true } });
  // Who has left new posts comes back by themself, and not because somebody typed their address.
  const isAway = !isOwn && known !== null && hasLeftPosts(known);
  if (wishes.posts && known?.posts !== wishes.posts && (isOwn || (!known?.posts && !isAway))) await followPosts(tx, id, wishes.posts, now);
  if (wishes.comments && asking.post) await followThread(tx, { subscriberId: id, postId: asking.post.id, commentId: asking.commentId ?? null }, wishes.comments, isOwn, now);
  if (admission === 'active') {
    if (!known?.confirmedAt) await tx.subscriber.update({ where: { id }, data: { confirmedAt: now, leftAt: null }, select: { id: true } });
    if (!wishes.posts || !isAway || mayNotBeAsked(known)) return 'active';
    await ask(tx, id, asking, now, 'centre');
    return 'asked';
  }
  if (admission === 'wait') return 'waiting';
  await ask(tx, id, asking, now);
  return 'asked';
}

/** Whether an address that is confirmed has left new posts, and nothing else. */
const hasLeftPosts = ({ confirmedAt, posts, postsSince }: HeldSubscriber): boolean => confirmedAt !== null && posts === null && postsSince !== null;
/** Whether it was asked since whether it wants them again. */
const mayNotBeAsked = ({ askedAt, postsSince }: HeldSubscriber): boolean => askedAt !== null && postsSince !== null && askedAt >= postsSince;

/** New posts, from now on. */
export const followPosts = (tx: Tx, id: string, posts: NonNullable<Wishes['posts']>, now: Date) =>
  tx.subscriber.update({ where: { id }, data: { posts, postsSince: now, postsToldAt: now }, select: { id: true } });

async function followThread(tx: Tx, { subscriberId, postId, commentId }: { subscriberId: string; postId: string; commentId: string | null }, wish: ThreadWish, isOwn: boolean, now: Date): Promise<void> {
  // Who was told at once has heard of everything up to now.
  if (isOwn) await tx.threadSubscription.updateMany({ where: { subscriberId, postId, frequency: 'instant' }, data: { toldAt: now } });
  await tx.threadSubscription.upsert({
    where: { subscriberId_postId: { subscriberId, postId } },
    create: { subscriberId, postId, commentId, ...wish, createdAt: now, toldAt: now },
    update: isOwn ? wish : {},
  });
}

/** Writes the one mail that asks; `centre`: of an address that is confirmed, which chooses on its page. */
async function ask(tx: Tx, id: string, { email, wishes, post, commentId, origin }: Asking, now: Date, way: 'confirm' | 'centre' = 'confirm'): Promise<void> {
  const siteTitle = (await tx.site.findFirst({ select: { title: true } }))?.title ?? SITE_DEFAULTS.title;
  const token = pageToken('subscriber', id);
  const receipt = commentId === undefined ? null : pageToken('receipt', commentId);
  const mail = await confirmationLetter({ siteTitle, origin, token, receipt, wishes, postTitle: post?.title ?? null, way });
  await tx.subscriber.update({ where: { id }, data: { askedAt: now }, select: { id: true } });
  await sendMail(tx, { to: email, ...mail }, now);
}

type WithComment = { email: string | null; wishes: Wishes; post: { id: string; title: string }; comment: { id: string; status: CommentStatus } };

/**
 * Notes what the writer of a comment asks to be told of: a signed-in person at the address that they have proven, a guest at
 * the one that they typed. From what was sorted out at once no mail goes anywhere.
 */
export async function subscribeWriter(tx: Tx, actor: Actor, { email: typed, wishes, post, comment }: WithComment, now: Date): Promise<void> {
  if ((!wishes.comments && !wishes.posts) || comment.status === 'spam' || comment.status === 'trash') return;
  const email = actor.kind === 'person' ? await provenAddress(tx, actor.userId) : typed;
  if (email === null) return;
  await subscribe(tx, { email, isOwn: actor.kind === 'person', wishes, post, commentId: comment.id, origin: siteOrigin() }, now);
}

/** The address that a person has proven; null where they have none. */
export async function provenAddress(tx: Tx, userId: string): Promise<string | null> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: { email: true, emailVerified: true } });
  return user?.emailVerified ? user.email : null;
}

/**
 * Forgets an address whose owner wants everything deleted: what it was told of, and its letters. A mark stays, which names nobody,
 * so that no list brings it back.
 */
export async function eraseSubscriber(tx: Tx, email: string, now: Date): Promise<void> {
  const known = await holdAddress(tx, email);
  if (!known) return;
  await tx.threadSubscription.deleteMany({ where: { subscriberId: known.id } });
  await tx.mail.deleteMany({ where: { subscriberId: known.id } });
  await tx.subscriber.update({
    where: { id: known.id },
    data: { email: null, posts: null, postsSince: now, confirmedAt: null, askedAt: null, leftAt: now, importedFrom: null },
    select: { id: true },
  });
}
