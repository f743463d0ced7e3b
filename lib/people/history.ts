import { db } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import type { Prisma } from '../db/generated/client';
import type { Person } from '../identity/schema';
import { isCommentId } from '../ids';
import type { Decision } from '../moderation/schema';
import { beginningOf, plainText } from '../text/plain';
import { knownTo, contactsFor, countComments, pseudonymSelect, rowOfPseudonym, rowOfUser, userSelect, type PersonRow } from './queries';
import { maySeeContacts, refusalToSetStanding, standingMark } from './rules';
import { COMMENT_STATES, type CommentState, type HistorySearch } from './schema';
import { t } from '../words/t';

export const HISTORY_PAGE = 25;
const EVENTS_MAX = 100;
const EXCERPT_CHARACTERS = 240;

type PostName = { title: string; slug: string };
export type CommentEvent = { id: string; decision: Decision; toStatus: string; actorName: string | null; createdAt: Date };
export type PersonComment = { id: string; status: CommentState; text: string; createdAt: Date; post: PostName; events: CommentEvent[] };
export type PersonAct = { id: string; what: string; from: string; to: string; reason: string; actorName: string | null; createdAt: Date };
export type MadeDecision = { id: string; decision: Decision; createdAt: Date; comment: { id: string; name: string; isThere: boolean; post: PostName } };
export type Note = { id: string; text: string; byName: string | null; isOwn: boolean; createdAt: Date };
type Page<T> = { items: T[]; next: string | null };

export type PersonView = PersonRow & {
  /** As the forms send it back (standingMark). */
  standingMark: string;
  /** Why it is so, as they are told. */
  standingReason: string;
  /** What was written to them, and they have not said that they have read. */
  warning: string;
  comments: Page<PersonComment>;
  /** What was done about them: role, standing, invitation; newest first. */
  acts: PersonAct[];
  /** The decisions they made. */
  decisions: Page<MadeDecision>;
  /** Null on one's own page: notes are not for whom they are about. */
  notes: Note[] | null;
  /** Why the viewer cannot set the standing, or null. */
  standingRefusal: string | null;
  mayChangeRole: boolean;
  /** For owners: who uses this name. */
  who: { id: string; name: string } | null;
  /** For owners: the names this person uses, each on one post. */
  names: { id: string; name: string; post: PostName }[];
};

/**
 * The page of a person, or of a name on one post, as this viewer may see it; null when there is none. What was written
 * under a name on one post is on the page of that name and nowhere on the person's.
 */
export async function findPersonView(viewer: Person, id: string, search: HistorySearch, now: Date): Promise<PersonView | null> {
  const user = await db().user.findFirst({ where: { AND: [{ id }, knownTo(viewer)] }, select: { ...userSelect, standingReason: true, warning: true } });
  if (user) return viewOfUser(viewer, { row: rowOfUser(user, now), standing: { standingMark: standingMark(user), standingReason: user.standingReason, warning: user.warning } }, search);
  const pseudonym = await db().pseudonym.findUnique({ where: { id }, select: { ...pseudonymSelect, userId: true } });
  return pseudonym && viewOfPseudonym(viewer, pseudonym, search);
}

type FoundUser = { row: ReturnType<typeof rowOfUser>; standing: Pick<PersonView, 'standingMark' | 'standingReason' | 'warning'> };

async function viewOfUser(viewer: Person, { row, standing }: FoundUser, search: HistorySearch): Promise<PersonView> {
  const { id, role } = row;
  const [countsOf, contactOf, comments, acts, decisions, notes, names] = await Promise.all([
    countComments([id], []),
    contactsFor(viewer, [id]),
    listComments({ userId: id, pseudonymId: null }, search),
    listActs(id),
    listDecisions(id, search.made),
    viewer.userId === id ? null : listNotes(viewer, { userId: id }),
    maySeeContacts(viewer) ? db().pseudonym.findMany({ where: { userId: id }, select: { id: true, name: true, post: { select: { title: true, slug: true } } }, orderBy: { createdAt: 'desc' } }) : [],
  ]);
  const standingRefusal = refusalToSetStanding(viewer, { id, role })?.message ?? null;
  return { ...row, ...standing, counts: countsOf(id), contact: contactOf(id), comments, acts, decisions, notes, standingRefusal, mayChangeRole: maySeeContacts(viewer), who: null, names };
}

type FoundPseudonym = Parameters<typeof rowOfPseudonym>[0] & { userId: string };

async function viewOfPseudonym(viewer: Person, { userId, ...pseudonym }: FoundPseudonym, search: HistorySearch): Promise<PersonView> {
  const { id } = pseudonym;
  const sees = maySeeContacts(viewer);
  const [countsOf, comments, notes, who] = await Promise.all([
    countComments([], [id]),
    listComments({ pseudonymId: id }, search),
    viewer.userId === userId ? null : listNotes(viewer, { pseudonymId: id }),
    sees ? db().user.findUniqueOrThrow({ where: { id: userId }, select: { id: true, name: true } }) : null,
  ]);
  return {
    ...rowOfPseudonym(pseudonym), standingMark: '', standingReason: '', warning: '', counts: countsOf(id), contact: null, comments, acts: [], decisions: { items: [], next: null }, notes,
    standingRefusal: sees ? t('people.refusals.onePostOnlyForOwners') : t('people.refusals.onePostOnlyForModerators'), mayChangeRole: false, who: who && { id: who.id, name: who.name ?? t('people.person.nameless') }, names: [],
  };
}

const eventSelect = { id: true, decision: true, toStatus: true, createdAt: true, actor: { select: { name: true } } } as const;

async function listComments(by: Prisma.CommentWhereInput, { state, before }: HistorySearch): Promise<Page<PersonComment>> {
  const where: Prisma.CommentWhereInput = { AND: [by, { status: state ?? { in: [...COMMENT_STATES] } }] };
  const cursor = before !== null && isCommentId(before) ? await db().comment.findFirst({ where: { AND: [by, { publicId: before }] }, select: { id: true, createdAt: true } }) : null;
  const rows = await db().comment.findMany({
    where: { AND: [where, olderThan(cursor)] },
    select: {
      publicId: true, status: true, html: true, createdAt: true, post: { select: { title: true, slug: true } },
      events: { where: { decision: { not: 'submit' } }, select: eventSelect, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
    },
    ...newestFirst,
  });
  return pageOf(rows, ({ publicId }) => publicId, ({ publicId, status, html, createdAt, post, events }) => ({
    id: publicId, status: status as CommentState, text: beginningOf(plainText(html), EXCERPT_CHARACTERS), createdAt, post,
    events: events.map(({ actor, ...event }) => ({ ...event, actorName: actor?.name ?? null })),
  }));
}

const newestFirst = { orderBy: [...NEWEST_FIRST], take: HISTORY_PAGE + 1 } satisfies Prisma.CommentFindManyArgs;

function pageOf<Row, Item>(rows: Row[], idOf: (row: Row) => string, itemOf: (row: Row) => Item): Page<Item> {
  const shown = rows.slice(0, HISTORY_PAGE);
  const last = shown.at(-1);
  return { items: shown.map(itemOf), next: rows.length > HISTORY_PAGE && last ? idOf(last) : null };
}

/** Of an event about a person, what a `PersonAct` is made of. */
export const actSelect = { id: true, what: true, from: true, to: true, reason: true, createdAt: true, actor: { select: { name: true } } } as const satisfies Prisma.PersonEventSelect;

async function listActs(userId: string): Promise<PersonAct[]> {
  const rows = await db().personEvent.findMany({
    where: { userId }, select: actSelect,
    orderBy: [...NEWEST_FIRST], take: EVENTS_MAX,
  });
  return rows.map(({ actor, ...act }) => ({ ...act, actorName: actor?.name ?? null }));
}

async function listDecisions(actorId: string, before: string | null): Promise<Page<MadeDecision>> {
  const cursor = before === null ? null : await db().moderationEvent.findFirst({ where: { id: before, actorId }, select: { id: true, createdAt: true } });
  const rows = await db().moderationEvent.findMany({
    where: { AND: [{ actorId }, olderThan(cursor)] },
    select: { id: true, decision: true, createdAt: true, comment: { select: { publicId: true, name: true, status: true, post: { select: { title: true, slug: true } } } } },
    ...newestFirst,
  });
  return pageOf(rows, ({ id }) => id, ({ id, decision, createdAt, comment: { publicId, name, status, post } }) =>
    ({ id, decision, createdAt, comment: { id: publicId, name, isThere: status !== 'deleted', post } }));
}

async function listNotes(viewer: Person, about: { userId: string } | { pseudonymId: string }): Promise<Note[]> {
  const rows = await db().personNote.findMany({ where: about, select: { id: true, text: true, createdAt: true, byId: true, by: { select: { name: true } } }, orderBy: [...NEWEST_FIRST] });
  return rows.map(({ id, text, createdAt, byId, by }) => ({ id, text, createdAt, byName: by?.name ?? null, isOwn: byId === viewer.userId }));
}
