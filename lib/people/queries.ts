import { db } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import type { Prisma } from '../db/generated/client';
import type { Person } from '../identity/schema';
import { tokenHashes } from '../identity/tokens';
import { pictureColumns, shownPicture } from '../media/rules';
import { maySeeContacts, maySeePeople, standingNow } from './rules';
import { COMMENT_STATES, type CommentState, type PeopleSearch, type Role, type SignInWay, type Standing } from './schema';
import { t } from '../words/t';

export const PEOPLE_PAGE = 50;

export type Counts = Record<CommentState, number>;

/** What owners alone are shown of a person. */
export type Contact = { email: string | null; isProven: boolean; ways: SignInWay[] };

export type PersonRow = {
  id: string;
  name: string;
  /** A path of this blog. */
  picture: string | null;
  role: Role;
  /** Of this moment. Null for a name on one post: its person's would tell who it is. */
  standing: Standing | null;
  standingUntil: Date | null;
  /** The one post on which this name stands; null for a person. */
  post: { title: string; slug: string } | null;
  since: Date;
  counts: Counts;
  contact: Contact | null;
};

export type PeopleView = { people: PersonRow[]; next: string | null };

// No address is in here: what is not selected cannot be shown, nor be searched for by anyone but `listPeopleFor` below.
export const userSelect = {
  id: true, name: true, role: true, standing: true, standingUntil: true, createdAt: true, ...pictureColumns,
} as const satisfies Prisma.UserSelect;
export const pseudonymSelect = { id: true, name: true, createdAt: true, post: { select: { title: true, slug: true } } } as const satisfies Prisma.PseudonymSelect;

type UserRow = Prisma.UserGetPayload<{ select: typeof userSelect }>;
type PseudonymRow = Prisma.PseudonymGetPayload<{ select: typeof pseudonymSelect }>;
type Bare = Omit<PersonRow, 'counts' | 'contact'>;

const NO_COMMENTS: Counts = { approved: 0, pending: 0, spam: 0, trash: 0 };

/** A user as a row; nothing of the names they use on single posts is in it. */
export function rowOfUser(user: UserRow, now: Date): Bare {
  const standing = standingNow(user, now);
  const standingUntil = standing === 'normal' ? null : user.standingUntil;
  return { id: user.id, name: user.name ?? t('people.person.nameless'), picture: shownPicture(user), role: user.role, standing, standingUntil, post: null, since: user.createdAt };
}

/** A name on one post as a person of its own; nothing of who uses it is in it. */
export const rowOfPseudonym = ({ id, name, createdAt, post }: PseudonymRow): Bare =>
  ({ id, name, picture: null, role: 'reader', standing: null, standingUntil: null, post, since: createdAt });

/** What each of these users wrote under their own name, and what each of these names wrote: two counts that never meet. */
export async function countComments(users: string[], names: string[]): Promise<(id: string) => Counts> {
  const status = { in: [...COMMENT_STATES] };
  const [ofUsers, ofNames] = await Promise.all([
    db().comment.groupBy({ by: ['userId', 'status'], where: { userId: { in: users }, pseudonymId: null, status }, _count: true }),
    db().comment.groupBy({ by: ['pseudonymId', 'status'], where: { pseudonymId: { in: names }, status }, _count: true }),
  ]);
  const groups = [...ofUsers.map((group) => ({ ...group, id: group.userId })), ...ofNames.map((group) => ({ ...group, id: group.pseudonymId }))];
  return (id) => ({ ...NO_COMMENTS, ...Object.fromEntries(groups.filter((group) => group.id === id).map((group) => [group.status, group._count])) });
}

/** Addresses and ways of signing in, asked for by owners alone; for everybody else there are none. */
export async function contactsFor(viewer: Person, users: string[]): Promise<(id: string) => Contact | null> {
  if (!maySeeContacts(viewer)) return () => null;
  const rows = await db().user.findMany({ where: { id: { in: users } }, select: { id: true, email: true, emailVerified: true, accounts: { select: { provider: true }, orderBy: { createdAt: 'asc' } } } });
  return (id) => {
    const row = rows.find((each) => each.id === id);
    if (!row) return null;
    const isProven = row.emailVerified !== null;
    return { email: row.email, isProven, ways: [...row.accounts.map(({ provider }) => provider as SignInWay), ...(isProven ? (['email'] as const) : [])] };
  };
}

// `%` and `_` are letters here, not patterns.
const holding = (typed: string) => ({ contains: typed.replace(/[\\%_]/g, '\\$&'), mode: 'insensitive' }) as const;

/**
 * Whom this viewer may know of: owners everybody, moderators those who run the blog or have written under their own name.
 * An account that only just began, beside a name on one post that only just appeared, would tell whose name that is.
 */
export const knownTo = (viewer: Person): Prisma.UserWhereInput =>
  maySeeContacts(viewer) ? {} : { OR: [{ role: { not: 'reader' } }, { comments: { some: { pseudonymId: null, status: { not: 'deleted' } } } }] };

function userWhere(viewer: Person, { q, role, standing }: PeopleSearch, now: Date): Prisma.UserWhereInput {
  const named: Prisma.UserWhereInput = maySeeContacts(viewer) ? { OR: [{ name: holding(q) }, { email: holding(q) }] } : { name: holding(q) };
  const asNow: Prisma.UserWhereInput | null =
    standing === null ? null
    : standing === 'normal' ? { OR: [{ standing }, { standingUntil: { lte: now } }] }
    : { standing, OR: [{ standingUntil: null }, { standingUntil: { gt: now } }] };
  return { AND: [knownTo(viewer), q === '' ? {} : named, role ? { role } : {}, asNow ?? {}] };
}

/**
 * A page of the people as this viewer may see them, newest first: users and, each as a person of its own, the names used
 * on one post only. The search finds names; for owners addresses too. `before` unknown: begins anew.
 */
export async function listPeopleFor(viewer: Person, search: PeopleSearch, now: Date): Promise<PeopleView> {
  const older = olderThan(await findCursor(search.before));
  const page = { orderBy: [...NEWEST_FIRST], take: PEOPLE_PAGE + 1 } satisfies Prisma.UserFindManyArgs;
  // A name on one post has no standing of its own, and is a reader's.
  const hasNames = search.standing === null && (search.role ?? 'reader') === 'reader';
  const [users, names] = await Promise.all([
    db().user.findMany({ where: { AND: [userWhere(viewer, search, now), older] }, select: userSelect, ...page }),
    hasNames ? db().pseudonym.findMany({ where: { AND: [search.q === '' ? {} : { name: holding(search.q) }, older] }, select: pseudonymSelect, ...page }) : [],
  ]);
  const found = [...users.map((user) => rowOfUser(user, now)), ...names.map(rowOfPseudonym)];
  found.sort((a, b) => b.since.getTime() - a.since.getTime() || (a.id < b.id ? 1 : -1));
  const shown = found.slice(0, PEOPLE_PAGE);
  const people = shown.filter(({ post }) => post === null).map(({ id }) => id);
  const [countsOf, contactOf] = await Promise.all([
    countComments(people, shown.filter(({ post }) => post !== null).map(({ id }) => id)),
    contactsFor(viewer, people),
  ]);
  const rows = shown.map((row) => ({ ...row, counts: countsOf(row.id), contact: contactOf(row.id) }));
  return { people: rows, next: found.length > PEOPLE_PAGE ? (rows.at(-1)?.id ?? null) : null };
}

/** Of the last one of the page before, a person or a name on one post. */
async function findCursor(id: string | null): Promise<{ id: string; createdAt: Date } | null> {
  if (id === null) return null;
  const where = { where: { id }, select: { id: true, createdAt: true } } as const;
  return (await db().user.findUnique(where)) ?? (await db().pseudonym.findUnique(where));
}

export type OpenInvitation = { id: string; email: string; role: Role; createdAt: Date; expires: Date };

/** The invitations that still open, newest first, for owners; for everybody else none. An owner's end with their ownership. */
export async function listOpenInvitations(viewer: Person, now: Date): Promise<OpenInvitation[]> {
  if (!maySeeContacts(viewer)) return [];
  return db().invitation.findMany({
    where: { usedAt: null, expires: { gt: now }, invitedBy: { role: 'owner' } },
    select: { id: true, email: true, role: true, createdAt: true, expires: true },
    orderBy: [...NEWEST_FIRST],
  });
}

/** The role that an invitation offers, while it opens; null else. Uses nothing up. */
export async function findOfferedRole(token: string, now: Date): Promise<Role | null> {
  const found = await db().invitation.findFirst({ where: { tokenHash: { in: tokenHashes(token) }, usedAt: null, expires: { gt: now }, invitedBy: { role: 'owner' } }, select: { role: true } });
  return found?.role ?? null;
}

export type PersonOfStanding = { id: string; name: string; standing: Standing };

const STANDINGS_SHOWN = 200;

/** Those whose standing is another than normal at this moment, by name, as whoever may see people may know of them; for everybody else none. At most 200. */
export async function listByStanding(viewer: Person, now: Date): Promise<PersonOfStanding[]> {
  if (!maySeePeople(viewer)) return [];
  const rows = await db().user.findMany({
    where: { AND: [knownTo(viewer), { standing: { not: 'normal' }, OR: [{ standingUntil: null }, { standingUntil: { gt: now } }] }] },
    select: { id: true, name: true, standing: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }], take: STANDINGS_SHOWN,
  });
  return rows.map(({ id, name, standing }) => ({ id, name: name ?? t('people.person.nameless'), standing }));
}
