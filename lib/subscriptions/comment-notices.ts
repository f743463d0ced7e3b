import { db, type Tx } from '../db/client';
import { sendJob } from '../jobs';
import { tellStaffOfComment } from '../moderation/staff-news';
import { mailId, sendMail } from '../notifications/outbox';
import { isReachable } from '../posts/rules';
import { SITE_DEFAULTS } from '../site/schema';
import { plainLines } from '../text/plain-lines';
import { commentLetter, listHeaders, type ToldComment } from './letters';
import { pageToken } from '../page-token';

const DAY_MS = 24 * 60 * 60 * 1000;
/** What was published first before that is no news: an old comment that comes back is not told. */
const NEWS_DAYS = 7;
/** So many are told in one transaction. */
const BATCH = 100;

/** `after`: the last who was told, where a job goes on with what another began. `origin`: where the blog is, for the links. */
export type CommentNoticesJob = { comment: string; origin: string; after?: string | undefined };

const toldSelect = {
  id: true, publicId: true, postId: true, parentId: true, rootId: true, name: true, source: true, html: true, status: true, userId: true, kind: true, rule: true, email: true, announcedAt: true,
  user: { select: { email: true } },
  parent: { select: { name: true, status: true, email: true, user: { select: { email: true } } } },
  post: { select: { id: true, title: true, authorId: true, status: true, publishedAt: true } },
} as const;

type Told = NonNullable<Awaited<ReturnType<typeof lockTold>>>;

/** A comment that may be told of at this moment, held until the transaction ends. */
async function lockTold(tx: Tx, id: string, now: Date) {
  await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
  const comment = await tx.comment.findUnique({ where: { id }, select: toldSelect });
  // What was imported has no rule; a mention is no comment.
  if (!comment || comment.kind !== 'comment' || comment.rule === null || comment.status !== 'approved') return null;
  if (comment.parent && comment.parent.status !== 'approved') return null;
  // What stands behind a password is not told to who may not know it.
  return isReachable(comment.post, now) ? comment : null;
}

/** Whether it came out for the first time, lately. */
async function isNews(tx: Tx, { id, announcedAt }: Told, now: Date): Promise<boolean> {
  if (announcedAt) return false;
  const first = await tx.moderationEvent.findFirst({ where: { commentId: id, toStatus: 'approved' }, orderBy: { createdAt: 'asc' }, select: { createdAt: true } });
  return first !== null && now.getTime() - first.createdAt.getTime() < NEWS_DAYS * DAY_MS;
}

/**
 * Does the job `comment-notices`: tells everybody at once who asked to be told at once of new comments on the post, or of
 * replies to them; the digests tell the others. Only what is published still, and a reply only while what it answers is.
 * A comment is told of once, whatever becomes of it afterwards; its writer is never told. Idempotent.
 */
export async function sendCommentNotices({ comment: id, origin, after }: CommentNoticesJob, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const comment = await lockTold(tx, id, now);
    // Hidden while it was being told: the rest is told when it comes back, and nobody twice.
    if (!comment && after !== undefined) await tx.comment.updateMany({ where: { id }, data: { announcedAt: null } });
    if (!comment || (after === undefined && !(await isNews(tx, comment, now)))) return;
    if (after === undefined) await tx.comment.update({ where: { id }, data: { announcedAt: now }, select: { id: true } });
    const listeners = await listListeners(tx, comment, after);
    const siteTitle = (await tx.site.findFirst({ select: { title: true } }))?.title ?? SITE_DEFAULTS.title;
    for (const listener of listeners) await tell(tx, comment, listener, { siteTitle, origin }, now);
    if (after === undefined) await tellStaffOfComment(tx, comment, { origin, told: listeners.map(({ email }) => email) }, now);
    const last = listeners.length === BATCH ? listeners.at(-1) : undefined;
    if (last) await sendJob(tx, 'comment-notices', { comment: id, origin, after: last.id }, { singletonKey: `${id} ${last.id}` });
  }, { timeout: 60_000 });
}

type Listener = { id: string; email: string; isAnswered: boolean };

/** The addresses of whoever wrote a comment. */
const writersOf = (comment: { email: string | null; user: { email: string | null } | null } | null): string[] =>
  [comment?.email, comment?.user?.email].flatMap((email) => (email ? [email.toLowerCase()] : []));

async function listListeners(tx: Tx, comment: Told, after: string | undefined): Promise<Listener[]> {
  const answered = writersOf(comment.parent);
  const isNotTheirs = { email: { not: null, notIn: writersOf(comment) } };
  const rows = await tx.threadSubscription.findMany({
    where: {
      postId: comment.postId, frequency: 'instant',
      OR: [{ scope: 'all' }, { scope: 'replies', subscriber: { email: { in: answered } } }],
      subscriber: { confirmedAt: { not: null }, pausedAt: null, ...isNotTheirs },
      ...(after !== undefined && { subscriberId: { gt: after } }),
    },
    select: { subscriber: { select: { id: true, email: true } } },
    orderBy: { subscriberId: 'asc' },
    take: BATCH,
  });
  return rows.flatMap(({ subscriber: { id, email } }) => (email === null ? [] : [{ id, email, isAnswered: answered.includes(email) }]));
}

/** What a mail shows of a comment. */
export const toldOf = ({ publicId, name, html, parent }: Pick<Told, 'publicId' | 'name' | 'html'> & { parent: { name: string } | null }, isReplyToThem: boolean): ToldComment =>
  ({ publicId, name, text: plainLines(html).join('\n'), parentName: parent?.name ?? null, isReplyToThem });

/** By these names the mails of one reader about a post belong together: a mail program shows them as a thread. */
const onceOf = (kind: 'post' | 'comment', id: string, subscriberId: string): string => `${kind} ${id} ${subscriberId}`;

async function tell(tx: Tx, comment: Told, { id, email, isAnswered }: Listener, blog: { siteTitle: string; origin: string }, now: Date): Promise<void> {
  const { post } = comment;
  const to = { ...blog, token: pageToken('subscriber', id) };
  const above = [mailId(onceOf('post', post.id, id)), ...(comment.rootId === comment.id ? [] : [comment.rootId]), ...(comment.parentId ? [comment.parentId] : [])];
  const references = [...new Set(above.map((one, index) => (index === 0 ? one : mailId(onceOf('comment', one, id)))))];
  const inReplyTo = references.at(-1);
  await sendMail(tx, {
    to: email, ...(await commentLetter(to, post, toldOf(comment, isAnswered))), once: onceOf('comment', comment.id, id), subscriberId: id, commentId: comment.id,
    headers: { ...listHeaders(to, 'comments', post.id), references, ...(inReplyTo && { inReplyTo }) },
  }, now);
}
