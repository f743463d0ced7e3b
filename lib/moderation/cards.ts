import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { isByPostAuthor, knownWriter } from '../comments/rules';
import { isModerator, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { pictureColumns, shownPicture } from '../media/rules';
import { lockColumns, mayRead } from '../posts/keys';
import { beginningOf, plainText } from '../text/plain';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { t } from '../words/t';
import { listFirstReplies, listNotes, listWriterHistories, type Note, type WriterHistory } from './card-context';
import { standingMove } from './declines';
import { wordlessFor } from './reasons';
import { actsFor, undoableEvent, writerOf } from './rules';
import { NETWORK_MARK_CHARACTERS, reasonsSchema, type Act, type CommentStatus, type Decision, type DeclineReason, type Reason, type ReportReason } from './schema';

const EXCERPT_CHARACTERS = 400;
// Enough of a text's beginning for an excerpt, whatever its markup.
const EXCERPT_HTML_CHARACTERS = 4000;
const EARLIER_TEXTS_MAX = 10;
const REPORT_WORDS_MAX = 5;

export type QueueEvent = {
  id: string;
  decision: Decision;
  actorName: string | null;
  fromStatus: CommentStatus | null;
  toStatus: CommentStatus;
  createdAt: Date;
  /** What was found or said. */
  reasons: Reason[];
  /** Of one that declined: why, and what the writer is told. */
  decline: { reason: DeclineReason; words: string } | null;
  /** The text before it, where it changed that. */
  textBefore: SafeHtml | null;
};

/** Another comment of the thread, by its beginning. */
export type Excerpt = { id: string; name: string; status: CommentStatus; text: string };

/** Reports that nobody has answered yet; never who made them. */
export type OpenReports = { count: number; reasons: { reason: ReportReason; count: number }[]; words: string[] };

export type QueueCard = {
  id: string;
  revision: number;
  status: CommentStatus;
  isMention: boolean;
  isUrgent: boolean;
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
  inReplyTo: Excerpt | null;
  /** How many published replies it has, and the first. */
  replyCount: number;
  firstReply: Excerpt | null;
  /** By which the filter finds all that its writer wrote: a person, or the comment itself. */
  writerKey: string;
  /** Null where nobody is known to have written it. */
  writer: WriterHistory | null;
  /** The beginning of its network's hash. */
  network: string | null;
  reasons: Reason[];
  reports: OpenReports | null;
  /** The declined comment that it says in other words. */
  rewords: string | null;
  /** The published comment whose text it is to become. */
  edits: string | null;
  /** The latest notes about its writer; null for those who see none. */
  notes: Note[] | null;
  history: QueueEvent[];
  /** The event that can be taken back. */
  undoable: string | null;
  acts: Act[];
  mayBeAnswered: boolean;
};

const excerptSelect = { publicId: true, name: true, status: true, html: true } as const satisfies Prisma.CommentSelect;
type ExcerptRow = Prisma.CommentGetPayload<{ select: typeof excerptSelect }>;

const cardSelect = {
  id: true, publicId: true, revision: true, status: true, kind: true, isUrgent: true, name: true, email: true, website: true, html: true, createdAt: true,
  userId: true, pseudonymId: true, ipHash: true, replyCount: true,
  user: { select: { id: true, role: true, name: true, email: true, ...pictureColumns } },
  parent: { select: excerptSelect },
  rewords: { select: { publicId: true } },
  edits: { select: { publicId: true } },
  post: { select: { ...lockColumns, title: true, slug: true, author: { select: { emailVerified: true } } } },
  declines: { select: { eventId: true, reason: true, words: true } },
  revisions: { select: { revision: true, html: true }, orderBy: { revision: 'desc' }, take: EARLIER_TEXTS_MAX },
  reports: { where: { answeredAt: null, words: { not: '' } }, select: { words: true }, orderBy: { createdAt: 'desc' }, take: REPORT_WORDS_MAX },
  events: {
    select: { id: true, decision: true, fromStatus: true, toStatus: true, fromRevision: true, undoesId: true, reasons: true, createdAt: true, actor: { select: { name: true } } },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  },
} as const satisfies Prisma.CommentSelect;

export type CardRow = Prisma.CommentGetPayload<{ select: typeof cardSelect }>;

const excerptOf = ({ publicId, name, status, html }: ExcerptRow): Excerpt =>
  ({ id: publicId, name, status, text: beginningOf(plainText(html.slice(0, EXCERPT_HTML_CHARACTERS)), EXCERPT_CHARACTERS) });

/** Why it is where it is: that it was declined, while that stands; else what brought it here last, its screening or readers' reports. */
function reasonsOf(events: CardRow['events']): Reason[] {
  const move = standingMove(events);
  const brought = move?.decision === 'decline' ? move : events.findLast(({ decision }) => decision === 'submit' || decision === 'report');
  return reasonsIn(brought?.reasons);
}

const reasonsIn = (kept: unknown): Reason[] => reasonsSchema.catch([]).parse(kept ?? []);

const historyOf = ({ events, declines, revisions }: CardRow, readAs: (reason: Reason) => Reason): QueueEvent[] =>
  events.map(({ id, decision, fromStatus, toStatus, fromRevision, reasons, createdAt, actor }) => {
    const decline = declines.find(({ eventId }) => eventId === id);
    const before = fromRevision === null ? undefined : revisions.find(({ revision }) => revision === fromRevision);
    return {
      id, decision, fromStatus, toStatus, createdAt, actorName: actor?.name ?? null, reasons: reasonsIn(reasons).map(readAs),
      decline: decline ? { reason: decline.reason, words: decline.words } : null,
      textBefore: before ? storedHtml(before.html) : null,
    };
  });

function writtenBy(row: CardRow, viewer: Person) {
  const { user } = row;
  const isPseudonym = row.pseudonymId !== null;
  const personId = isModerator(viewer) ? (row.pseudonymId ?? user?.id ?? null) : null;
  const authorIsClaimed = row.post.author.emailVerified !== null;
  return {
    name: row.name, picture: shownPicture(knownWriter(row)), email: isOwner(viewer) ? row.email : null, website: row.website, isSignedIn: user !== null, isPseudonym, personId,
    person: isPseudonym && user && isOwner(viewer) ? { name: user.name ?? t('decisions.unnamed.person'), email: user.email } : null,
    isPostAuthor: isByPostAuthor(knownWriter(row), { authorId: row.post.authorId, authorIsClaimed }),
    writerKey: personId ?? row.publicId,
    network: row.ipHash?.slice(0, NETWORK_MARK_CHARACTERS) ?? null,
  };
}

/** What a page of cards is made of besides the comments themselves. */
type Around = {
  replyTo: (id: string) => ExcerptRow | undefined;
  historyBy: (row: CardRow) => WriterHistory | null;
  reportsOn: (id: string) => OpenReports['reasons'];
  notesAbout: (row: CardRow) => Note[] | null;
};

function cardOf(row: CardRow, viewer: Person, { replyTo, historyBy, reportsOn, notesAbout }: Around, now: Date): QueueCard {
  const { id, publicId, revision, status, kind, isUrgent, html, createdAt, parent, post, events, replyCount } = row;
  const firstReply = replyTo(id);
  const reasons = reportsOn(id);
  const readAs = (reason: Reason) => wordlessFor(isOwner(viewer), reason);
  return {
    id: publicId, revision, status, isMention: kind === 'mention', isUrgent, html: storedHtml(html), createdAt, ...writtenBy(row, viewer),
    post: { title: post.title, slug: post.slug },
    inReplyTo: parent && excerptOf(parent), replyCount, firstReply: firstReply ? excerptOf(firstReply) : null,
    writer: historyBy(row), reasons: reasonsOf(events).map(readAs), rewords: row.rewords?.publicId ?? null, edits: row.edits?.publicId ?? null, notes: notesAbout(row),
    reports: reasons.length === 0 ? null : { count: reasons.reduce((sum, { count }) => sum + count, 0), reasons, words: row.reports.map(({ words }) => words) },
    history: historyOf(row, readAs), undoable: status === 'deleted' ? null : (undoableEvent(events, now)?.id ?? null), acts: actsFor(status),
    mayBeAnswered: (status === 'approved' || status === 'pending') && kind === 'comment' && row.edits === null && mayRead(viewer, post, now),
  };
}

async function listOpenReports(ids: string[]) {
  const groups = await db().report.groupBy({ by: ['commentId', 'reason'], where: { commentId: { in: ids }, answeredAt: null }, _count: true, orderBy: { reason: 'asc' } });
  return (id: string) => groups.filter(({ commentId }) => commentId === id).map(({ reason, _count }) => ({ reason, count: _count }));
}

/** The cards of these comments, in this order, as this person may see them. Whether they may see them at all is asked before. */
export async function listCards(viewer: Person, ids: string[], now: Date): Promise<QueueCard[]> {
  if (ids.length === 0) return [];
  const rows = await db().comment.findMany({ where: { id: { in: ids } }, select: cardSelect });
  const [replyTo, historyBy, reportsOn, notesAbout] = await Promise.all([
    listFirstReplies(rows.filter(({ replyCount }) => replyCount > 0).map(({ id }) => id)),
    listWriterHistories(viewer, rows.filter(({ kind }) => kind === 'comment').map(writerOf)),
    listOpenReports(ids),
    listNotes(viewer, rows),
  ]);
  const around: Around = { replyTo, historyBy: (row) => historyBy(writerOf(row)), reportsOn, notesAbout };
  const cards = new Map(rows.map((row) => [row.id, cardOf(row, viewer, around, now)]));
  return ids.flatMap((id) => cards.get(id) ?? []);
}
