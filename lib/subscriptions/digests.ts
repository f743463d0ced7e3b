import { db, type Tx } from '../db/client';
import { sendMail } from '../notifications/outbox';
import { publicAt } from '../posts/queries';
import { isReachable } from '../posts/rules';
import { homeOrigin } from '../site-origin';
import { findSite } from '../site/queries';
import { toldOf } from './comment-notices';
import { digestMoment, SETTLED_MS } from './digest-moment';
import { digestLetter, listHeaders, type DigestPart, type NewPost } from './letters';
import { newPostOf, toldPostSelect } from './post-notices';
import { holdSubscriber } from './subscribing';
import { pageToken } from '../page-token';

const BATCH = 50;
/** What a digest shows, of posts and of the comments on one; of more it says how many. */
const POSTS_MAX = 20;
const COMMENTS_MAX = 10;

type Rhythm = 'daily' | 'weekly';

/**
 * Does the hourly job `digests`: writes one mail to everybody who wants to be told once a day, or week, of all that has come
 * since they were told last, from seven in the morning of the blog's clock on (of a Monday). Nothing new, no mail. Idempotent: each
 * reader is told in a transaction of their own, which notes up to when. Stops when the signal says so; the next hour goes on.
 */
export async function sendDigests(now: Date, signal?: AbortSignal): Promise<void> {
  const { title, timeZone } = await findSite();
  const failures: unknown[] = [];
  for (const rhythm of ['daily', 'weekly'] as const) {
    const until = digestMoment(rhythm, timeZone, new Date(now.getTime() - SETTLED_MS));
    for (let after: string | undefined; ;) {
      const due = await listDue(rhythm, until, after);
      for (const id of due) {
        if (signal?.aborted) return;
        await db().$transaction((tx) => tellAll(tx, id, rhythm, until, { siteTitle: title, origin: homeOrigin() }, now), { timeout: 20_000 })
          // One that cannot be written holds up no other.
          .catch((error: unknown) => failures.push(error));
      }
      if (due.length < BATCH) break;
      after = due.at(-1);
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Digests could not be written.');
}

async function listDue(rhythm: Rhythm, until: Date, after: string | undefined): Promise<string[]> {
  const rows = await db().subscriber.findMany({
    where: {
      confirmedAt: { not: null }, pausedAt: null, email: { not: null },
      OR: [{ posts: rhythm, postsToldAt: { lt: until } }, { threads: { some: { frequency: rhythm, toldAt: { lt: until } } } }],
      ...(after !== undefined && { id: { gt: after } }),
    },
    select: { id: true }, orderBy: { id: 'asc' }, take: BATCH,
  });
  return rows.map(({ id }) => id);
}

async function tellAll(tx: Tx, id: string, rhythm: Rhythm, until: Date, blog: { siteTitle: string; origin: string }, now: Date): Promise<void> {
  // Whoever leaves at this moment does so before it or after it, not in between.
  await holdSubscriber(tx, id);
  const reader = await tx.subscriber.findFirst({
    where: { id, confirmedAt: { not: null }, pausedAt: null },
    select: { email: true, posts: true, postsToldAt: true, threads: { where: { frequency: rhythm, toldAt: { lt: until } }, select: { postId: true, scope: true, toldAt: true } } },
  });
  if (!reader?.email) return;
  const posts = reader.posts === rhythm && reader.postsToldAt && reader.postsToldAt < until ? await listNewPosts(tx, reader.postsToldAt, until, blog.origin, now) : [];
  const threads: DigestPart[] = [];
  for (const thread of reader.threads) threads.push(...(await partOf(tx, thread, reader.email, until, now)));
  await tx.subscriber.updateMany({ where: { id, posts: rhythm, postsToldAt: { lt: until } }, data: { postsToldAt: until } });
  await tx.threadSubscription.updateMany({ where: { subscriberId: id, frequency: rhythm, toldAt: { lt: until } }, data: { toldAt: until } });
  if (posts.length === 0 && threads.length === 0) return;
  const to = { ...blog, token: pageToken('subscriber', id) };
  const list = threads.length > 0 ? 'comments' : 'posts';
  await sendMail(tx, {
    to: reader.email, ...(await digestLetter(to, rhythm, posts, threads)), once: `digest ${rhythm} ${until.toISOString()} ${id}`, subscriberId: id,
    headers: listHeaders(to, list, list === 'posts' ? 'posts' : 'all'),
  }, now);
}

async function listNewPosts(tx: Tx, since: Date, until: Date, origin: string, now: Date): Promise<NewPost[]> {
  const rows = await tx.post.findMany({
    where: { kind: 'post', ...publicAt(now), announcedAt: { gt: since, lte: until } }, select: toldPostSelect, orderBy: [{ announcedAt: 'asc' }, { id: 'asc' }], take: POSTS_MAX,
  });
  return rows.map((row) => newPostOf(row, origin, false));
}

/** What is new on one post for this reader; nothing where nothing is, or readers do not find the post any more. */
async function partOf(tx: Tx, { postId, scope, toldAt }: { postId: string; scope: 'all' | 'replies'; toldAt: Date }, email: string, until: Date, now: Date): Promise<DigestPart[]> {
  const post = await tx.post.findUniqueOrThrow({ where: { id: postId }, select: { id: true, title: true, status: true, publishedAt: true } });
  if (!isReachable(post, now)) return [];
  const theirs = { OR: [{ email }, { user: { email } }] };
  // Said for each apart: of a comment without an address, `NOT` of what is unknown is unknown.
  const notTheirs = [{ OR: [{ email: null }, { email: { not: email } }] }, { OR: [{ userId: null }, { user: { email: null } }, { user: { email: { not: email } } }] }];
  const where = {
    postId, kind: 'comment' as const, status: 'approved' as const, announcedAt: { gt: toldAt, lte: until },
    AND: [...notTheirs, { OR: [{ parentId: null }, { parent: { status: 'approved' as const } }] }, ...(scope === 'replies' ? [{ parent: theirs }] : [])],
  };
  const rows = await tx.comment.findMany({
    where, orderBy: [{ announcedAt: 'asc' }, { id: 'asc' }], take: COMMENTS_MAX,
    select: { publicId: true, name: true, html: true, parent: { select: { name: true, email: true, user: { select: { email: true } } } } },
  });
  const count = rows.length < COMMENTS_MAX ? rows.length : await tx.comment.count({ where });
  if (rows.length === 0) return [];
  const comments = rows.map((row) => toldOf(row, row.parent !== null && [row.parent.email, row.parent.user?.email].includes(email)));
  return [{ post, comments, others: count - rows.length }];
}
