import { writeCsv } from '../csv';
import { db } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import type { Prisma } from '../db/generated/client';
import type { Actor } from '../identity/schema';
import { momentsOf } from '../site/rules';
import { actSelect, type PersonAct } from './history';
import { TOLD_MODERATORS, type PeopleLogFilter } from './log-filter';
import { knownTo } from './queries';
import { maySeeContacts, maySeePeople } from './rules';
import { t } from '../words/t';

export const PEOPLE_LOG_PAGE = 50;

export type PeopleAct = PersonAct & { person: { id: string; name: string } };
export type PeopleLogView = { acts: PeopleAct[]; next: string | null; /** Who does things about people. */ deciders: { id: string; name: string }[] };

type Last = { id: string; createdAt: Date };

/**
 * What was done about people, newest first, as far as this viewer may know of them, and as a filter narrows it: `take`
 * after `last`; nothing for anybody but moderators and owners.
 */
export async function listPeopleActs(viewer: Actor, { who, what, from, to }: PeopleLogFilter, timeZone: string, last: Last | null, take: number): Promise<PeopleAct[]> {
  if (!maySeePeople(viewer)) return [];
  const { first, end } = momentsOf({ from, to }, timeZone);
  const told: Prisma.PersonEventWhereInput = maySeeContacts(viewer) ? {} : { what: { in: [...TOLD_MODERATORS] } };
  const asked: Prisma.PersonEventWhereInput = { ...(who && { actorId: who }), ...(what && { what }), createdAt: { ...(first && { gte: first }), ...(end && { lt: end }) } };
  const rows = await db().personEvent.findMany({
    where: { AND: [{ user: knownTo(viewer) }, told, asked, olderThan(last)] },
    select: { ...actSelect, user: { select: { id: true, name: true } } },
    orderBy: [...NEWEST_FIRST], take,
  });
  return rows.map(({ actor, user, ...act }) => ({ ...act, actorName: actor?.name ?? null, person: { id: user.id, name: user.name ?? t('people.person.nameless') } }));
}

/** One page of that, and by whom it can be narrowed. `before` is the id of the last act of the page before; an unknown one begins anew. */
export async function findPeopleLog(viewer: Actor, filter: PeopleLogFilter, timeZone: string, before: string | null): Promise<PeopleLogView> {
  if (!maySeePeople(viewer)) return { acts: [], next: null, deciders: [] };
  const last = before === null ? null : await db().personEvent.findUnique({ where: { id: before }, select: { id: true, createdAt: true } });
  const [acts, deciders] = await Promise.all([listPeopleActs(viewer, filter, timeZone, last, PEOPLE_LOG_PAGE + 1), listDeciders(filter.who)]);
  const shown = acts.slice(0, PEOPLE_LOG_PAGE);
  return { acts: shown, next: acts.length > PEOPLE_LOG_PAGE ? (shown.at(-1)?.id ?? null) : null, deciders };
}

/** Moderators and owners of now, and whom the log is narrowed to, if they ever did anything about somebody. */
async function listDeciders(who: string | null): Promise<PeopleLogView['deciders']> {
  const rows = await db().user.findMany({
    where: { OR: [{ role: { in: ['moderator', 'owner'] } }, ...(who === null ? [] : [{ id: who, acts: { some: { user: { id: { not: who } } } } }])] },
    select: { id: true, name: true }, orderBy: [{ name: 'asc' }, { id: 'asc' }],
  });
  return rows.map(({ id, name }) => ({ id, name: name ?? t('people.person.nameless') }));
}

const HEAD = ['time', 'who', 'person', 'what', 'before', 'after', 'why'] as const;

const recordOf = ({ createdAt, actorName, person, what, from, to, reason }: PeopleAct): string[] => [createdAt.toISOString(), actorName ?? '', person.name, what, from, to, reason];

/** The log of people as a file: the newest acts that match. A head alone for anybody but moderators and owners. */
export const writePeopleLog = (viewer: Actor, filter: PeopleLogFilter, timeZone: string): AsyncGenerator<string> =>
  writeCsv({ head: HEAD, recordOf, read: (last, take) => listPeopleActs(viewer, filter, timeZone, last, take) });
