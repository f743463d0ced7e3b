import { db } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import type { Prisma } from '../db/generated/client';
import { isModerator, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { isByPostAuthor, knownWriter } from '../comments/rules';
import { pictureColumns, shownPicture } from '../media/rules';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { actsFor } from './rules';
import { reasonsSchema, type Act, type CommentStatus, type Decision, type Queue, type Reason } from './schema';

export const QUEUE_PAGE_COMMENTS = 25;

export type QueueEvent = { id: string; decision: Decision; actorName: string | null; toStatus: CommentStatus; createdAt: Date };

export type QueueCard = {
  id: string;
  revision: number;
  status: CommentStatus;
  isMention: boolean;
  name: string;
  /** The path of its writer's own picture; null for a guest, a pseudonym, or one who shows none. */
  picture: string | null;
  /** Shown to owners alone. */
  email: string | null;
  website: string | null;
  isSignedIn: boolean;
  /** Written under a name on this post only. */
  isPseudonym: boolean;
  /** Whose page at the desk tells of the writer, for those who see people: a name on one post has its own. */
  personId: string | null;
  /** Who writes under that name: shown to owners alone. */
  person: { name: string; email: string | null } | null;
  isPostAuthor: boolean;
  html: SafeHtml;
  createdAt: Date;
  post: { title: string; slug: string };
  inReplyTo: { id: string; name: string } | null;
  reasons: Reason[];
  history: QueueEvent[];
  acts: Act[];
  mayBeAnswered: boolean;
};

export type QueueView = { queue: Queue; counts: Record<Queue, number>; cards: QueueCard[]; next: string | null };

/** What a person of the desk may see: moderators all comments, authors those under their own posts. */
const visibleTo = (viewer: Person): Prisma.CommentWhereInput => (isModerator(viewer) ? {} : { post: { authorId: viewer.userId } });

const inQueue = (queue: Queue): Prisma.CommentWhereInput => ({ status: queue === 'all' ? { in: ['pending', 'approved'] } : queue });

/** How many comments this person may see in each queue. */
export async function countQueues(viewer: Person): Promise<Record<Queue, number>> {
  const groups = await db().comment.groupBy({ by: ['status'], where: visibleTo(viewer), _count: true });
  const of = (status: CommentStatus) => groups.find((group) => group.status === status)?._count ?? 0;
  const counts = { pending: of('pending'), approved: of('approved'), spam: of('spam'), trash: of('trash') };
  return { ...counts, all: counts.pending + counts.approved };
}

const cardSelect = {
  id: true,
  publicId: true,
  revision: true,
  status: true,
  kind: true,
  name: true,
  email: true,
  website: true,
  html: true,
  createdAt: true,
  pseudonymId: true,
  user: { select: { id: true, role: true, name: true, email: true, ...pictureColumns } },
  parent: { select: { publicId: true, name: true, status: true } },
  post: { select: { title: true, slug: true, status: true, authorId: true, author: { select: { emailVerified: true } } } },
  events: {
    select: { id: true, decision: true, toStatus: true, reasons: true, createdAt: true, actor: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  },
} as const satisfies Prisma.CommentSelect;

type CardRow = Prisma.CommentGetPayload<{ select: typeof cardSelect }>;

function reasonsOf(events: CardRow['events']): Reason[] {
  const submitted = events.find((event) => event.decision === 'submit');
  return reasonsSchema.catch([]).parse(submitted?.reasons ?? []);
}

function cardOf(row: CardRow, viewer: Person): QueueCard {
  const { publicId, kind, user, parent, post, events, html } = row;
  const isPseudonym = row.pseudonymId !== null;
  return {
    id: publicId,
    revision: row.revision,
    status: row.status,
    isMention: kind === 'mention',
    name: row.name,
    picture: shownPicture(knownWriter(row)),
    email: isOwner(viewer) ? row.email : null,
    website: row.website,
    isSignedIn: user !== null,
    isPseudonym,
    personId: isModerator(viewer) ? (row.pseudonymId ?? user?.id ?? null) : null,
    person: isPseudonym && user && isOwner(viewer) ? { name: user.name ?? 'Somebody without a name', email: user.email } : null,
    isPostAuthor: isByPostAuthor(knownWriter(row), { authorId: post.authorId, authorIsClaimed: post.author.emailVerified !== null }),
    html: storedHtml(html),
    createdAt: row.createdAt,
    post: { title: post.title, slug: post.slug },
    inReplyTo: parent && { id: parent.publicId, name: parent.name },
    reasons: reasonsOf(events),
    history: events.map(({ actor, ...event }) => ({ id: event.id, decision: event.decision, toStatus: event.toStatus, createdAt: event.createdAt, actorName: actor?.name ?? null })),
    acts: actsFor(row.status),
    mayBeAnswered: (row.status === 'approved' || row.status === 'pending') && kind === 'comment' && post.status === 'published',
  };
}

/**
 * One page of a queue as this person may see it, newest first, with the counts of all queues.
 * `after` is the public id of the last card of the page before; an unknown one begins anew. `only` shows a single comment.
 */
export async function findQueue(viewer: Person, queue: Queue, after: string | null, only: string | null): Promise<QueueView> {
  const cursor = after === null ? null : await db().comment.findUnique({ where: { publicId: after }, select: { id: true, createdAt: true } });
  const one: Prisma.CommentWhereInput = only === null ? inQueue(queue) : { publicId: only, status: { not: 'deleted' } };
  const [rows, counts] = await Promise.all([
    db().comment.findMany({
      where: { AND: [visibleTo(viewer), one, olderThan(cursor)] },
      select: cardSelect,
      orderBy: [...NEWEST_FIRST],
      take: QUEUE_PAGE_COMMENTS + 1,
    }),
    countQueues(viewer),
  ]);
  const cards = rows.slice(0, QUEUE_PAGE_COMMENTS).map((row) => cardOf(row, viewer));
  const next = rows.length > QUEUE_PAGE_COMMENTS ? (cards.at(-1)?.id ?? null) : null;
  return { queue, counts, cards, next };
}

/** The comments waiting for this person, for the rail and the page title. */
export async function countPending(viewer: Person): Promise<number> {
  return db().comment.count({ where: { AND: [visibleTo(viewer), { status: 'pending' }] } });
}

