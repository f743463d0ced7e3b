import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { countUnanswered } from '../comments/unanswered-count';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';
import { OUT } from '../posts/rules';
import { t } from '../words/t';
import { listCards, type QueueCard } from './cards';
import { findWriter, IS_BY, listPage, visibleTo } from './queue-filter';
import { isVisibleTo } from './queue-search';
import type { CommentStatus, DeskCounts, Queue, QueueFilter, Sort } from './schema';

export type { Excerpt, QueueCard, QueueEvent } from './cards';

export const QUEUE_PAGE_COMMENTS = 25;
const POSTS_OFFERED = 50;

type PostName = { slug: string; title: string };

export type QueueView = {
  queue: Queue;
  filter: QueueFilter;
  sort: Sort;
  /** The one comment that was asked for. */
  only: string | null;
  counts: Record<Queue, number>;
  cards: QueueCard[];
  /** The `after` of the next page. */
  next: string | null;
  /** What the filter names, in words; null where that is not there for this person. */
  named: { post: string | null; person: string | null };
  /** The newest posts, to choose from. */
  posts: PostName[];
};

/** How many comments this person may see in each queue: a sum of sums, whatever the number of comments. */
export async function countQueues(viewer: Person): Promise<Record<Queue, number>> {
  const rows = isModerator(viewer)
    ? await db().$queryRaw<CountRow[]>`SELECT "status"::text AS "status", sum("count")::int AS "count" FROM "QueueCount" WHERE "postId" IS NULL GROUP BY "status"`
    : await db().$queryRaw<CountRow[]>`
        SELECT q."status"::text AS "status", sum(q."count")::int AS "count" FROM "QueueCount" q JOIN "Post" p ON p."id" = q."postId" WHERE p."authorId" = ${viewer.userId}::uuid GROUP BY 1`;
  const of = (status: CommentStatus) => rows.find((row) => row.status === status)?.count ?? 0;
  const counts = { pending: of('pending'), approved: of('approved'), spam: of('spam'), trash: of('trash') };
  return { ...counts, all: counts.pending + counts.approved };
}

type CountRow = { status: CommentStatus; count: number };

/** The same with how many comments wait for this person's answer. Goes through every comment that may: for the pages that show it, and no others. */
export async function countWithReplies(viewer: Person): Promise<DeskCounts> {
  const [counts, replies] = await Promise.all([countQueues(viewer), countUnanswered(viewer)]);
  return { ...counts, replies };
}

/** The comments waiting for this person, for the page title. */
export const countPending = async (viewer: Person): Promise<number> => (await countQueues(viewer)).pending;

/**
 * One page of a queue as this person may see it, as a filter narrows it, with the counts of all queues whole. In Pending
 * what is urgent stands first on the first page. `after` is the public id of the last card of the page before; an unknown
 * one begins anew. `only` shows a single comment, wherever it is.
 */
export async function findQueue(viewer: Person, filter: QueueFilter, sort: Sort, after: string | null, only: string | null, now = new Date()): Promise<QueueView> {
  const last = after === null ? null : await db().comment.findUnique({ where: { publicId: after }, select: { id: true, createdAt: true, risk: true } });
  const [{ urgent, ids }, counts, named, posts] = await Promise.all([
    only === null ? listPage(viewer, filter, sort, last, QUEUE_PAGE_COMMENTS + 1) : listOne(viewer, only),
    countQueues(viewer), nameFilter(viewer, filter), listPosts(viewer),
  ]);
  const shown = ids.slice(0, QUEUE_PAGE_COMMENTS);
  const cards = await listCards(viewer, [...urgent, ...shown], now);
  const next = ids.length > QUEUE_PAGE_COMMENTS ? (cards.at(-1)?.id ?? null) : null;
  return { queue: filter.queue, filter, sort, only, counts, cards, next, named, posts };
}

async function listOne(viewer: Person, publicId: string) {
  const found = await db().comment.findFirst({ where: { AND: [visibleTo(viewer), { publicId, status: { not: 'deleted' } }] }, select: { id: true } });
  return { urgent: [], ids: found ? [found.id] : [] };
}

const ownPosts = (viewer: Person): Prisma.PostWhereInput => (isModerator(viewer) ? {} : { authorId: viewer.userId });
const nameOfPost = (title: string): string => title || t('decisions.unnamed.post');

async function nameFilter(viewer: Person, { post, person }: QueueFilter): Promise<QueueView['named']> {
  const [found, name] = await Promise.all([
    post === null ? null : db().post.findFirst({ where: { AND: [ownPosts(viewer), { slug: post }] }, select: { title: true } }),
    person === null ? null : nameOfPerson(viewer, person),
  ]);
  return { post: found && nameOfPost(found.title), person: name };
}

/** The name under which a writer stands here, of those whose comments this person sees. */
async function nameOfPerson(viewer: Person, person: string): Promise<string | null> {
  const writer = await findWriter(db(), viewer, person);
  if (!writer) return null;
  const theirs = Prisma.join([IS_BY[writer.kind](Prisma.sql`${writer.key}`), ...isVisibleTo(viewer)], ' AND ');
  const [comment] = await db().$queryRaw<{ name: string }[]>`SELECT c."name" FROM "Comment" c WHERE ${theirs} ORDER BY c."createdAt" DESC LIMIT 1`;
  return comment?.name ?? null;
}

async function listPosts(viewer: Person): Promise<PostName[]> {
  const posts = await db().post.findMany({
    where: { AND: [ownPosts(viewer), { kind: 'post', status: { in: [...OUT] } }] }, select: { slug: true, title: true }, orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }], take: POSTS_OFFERED,
  });
  return posts.map(({ slug, title }) => ({ slug, title: nameOfPost(title) }));
}
