import { db, type Tx } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';
import type { CommentStatus, Sort } from './schema';

/** A condition on one row of "Comment" named `c`. Raw SQL, for Prisma neither searches text nor compares rows; values are always bound. */
export type Condition = Prisma.Sql;

/** What a person of the desk may see: moderators all comments, authors those under their own posts. */
export const isVisibleTo = (viewer: Person): Condition[] =>
  isModerator(viewer) ? [] : [Prisma.sql`c."postId" IN (SELECT id FROM "Post" WHERE "authorId" = ${viewer.userId}::uuid)`];

type Order = Sort | 'id';

export type Search = {
  viewer: Person;
  statuses: CommentStatus[];
  conditions: Condition[];
  /** Words that it says, or null. */
  words: Condition | null;
  /** Its conditions leave what one post, person or network has. */
  isOfFew: boolean;
  order: Order;
  take: number;
};

const hasStatus = (status: CommentStatus): Condition => Prisma.sql`c."status" = ${status}::"CommentStatus"`;
const hasOneOf = (statuses: CommentStatus[]): Condition => Prisma.sql`c."status" IN (${Prisma.join(statuses.map((status) => Prisma.sql`${status}::"CommentStatus"`))})`;
const all = (conditions: Condition[]): Condition => Prisma.join(conditions, ' AND ');

const ORDER: Record<Order, Prisma.Sql> = {
  newest: Prisma.sql`c."createdAt" DESC, c."id" DESC`,
  oldest: Prisma.sql`c."createdAt", c."id"`,
  risk: Prisma.sql`c."risk" DESC, c."createdAt" DESC, c."id" DESC`,
  id: Prisma.sql`c."id"`,
};

// By no index: what a post, person or network has of a status is read and sorted. In the order of all comments theirs may be the last.
const BY_RISK_AMONG_FEW = Prisma.sql`c."risk" + 0 DESC, c."createdAt" DESC, c."id" DESC`;

const COLUMNS = Prisma.sql`c."id", c."createdAt", c."risk", c."name", c."source"`;

/** The first `count` in order of one status, whatever they say. */
function firstOf(status: CommentStatus, { viewer, conditions, isOfFew, order }: Search, count: number): Prisma.Sql {
  const visible = isVisibleTo(viewer);
  const first = (place: Condition[], isFew: boolean) => Prisma.sql`
    SELECT ${COLUMNS} FROM "Comment" c WHERE ${all([hasStatus(status), ...place, ...conditions])} ORDER BY ${isFew && order === 'risk' ? BY_RISK_AMONG_FEW : ORDER[order]} LIMIT ${count}`;
  if (visible.length === 0 || isOfFew) return first(visible, isOfFew);
  // An author's posts are looked at one by one, each by its index, for the same reason.
  return Prisma.sql`
    SELECT c.* FROM "Post" p CROSS JOIN LATERAL (${first([Prisma.sql`c."postId" = p."id"`], true)}) c
    WHERE p."authorId" = ${viewer.userId}::uuid ORDER BY ${ORDER[order]} LIMIT ${count}`;
}

/** Each status by an index in that very order, then the first of all of them: no page costs more in a table of a million. */
const firstOfAll = (search: Search, count: number): Prisma.Sql => Prisma.sql`
  SELECT c.* FROM (${Prisma.join(search.statuses.map((status) => Prisma.sql`(${firstOf(status, search, count)})`), ' UNION ALL ')}) c ORDER BY ${ORDER[search.order]} LIMIT ${count}`;

/** The ids of the first comments in order that a search finds. */
export async function listIds(tx: Tx, search: Search): Promise<string[]> {
  if (search.words !== null) return listByWords(tx, search, search.words);
  const rows = await tx.$queryRaw<{ id: string }[]>`SELECT c."id" FROM (${firstOfAll(search, search.take)}) c ORDER BY ${ORDER[search.order]}`;
  return rows.map(({ id }) => id);
}

// PostgreSQL cannot know how often words stand together, nor where: left to itself it may read the text of a million comments.
/** So many are read first, for words that are in most comments. */
const GLANCED_AT = 300;
/** So many that have the words are found and sorted. */
const FOUND_MAX = 20_000;
/** Of more than that a page is nearly always among so many. */
const LOOKED_THROUGH = 5_000;

async function listByWords(tx: Tx, search: Search, words: Condition): Promise<string[]> {
  const glanced = await lookThrough(tx, search, words, GLANCED_AT);
  if (glanced) return glanced;
  const found = await findByIndex(tx, search, words, FOUND_MAX + 1);
  if (found.count <= FOUND_MAX) return found.ids;
  return (await lookThrough(tx, search, words, LOOKED_THROUGH)) ?? (await findByIndex(tx, search, words, null)).ids;
}

/** Reads the first `count` in order; null when neither a page is full with them nor they are all. */
async function lookThrough(tx: Tx, search: Search, words: Condition, count: number): Promise<string[] | null> {
  const [seen] = await tx.$queryRaw<{ count: number; ids: string[] }[]>`
    WITH seen AS MATERIALIZED (${firstOfAll(search, count)})
    SELECT (SELECT count(*)::int FROM seen) AS count, ARRAY(SELECT c."id" FROM seen c WHERE ${words} ORDER BY ${ORDER[search.order]} LIMIT ${search.take}) AS ids`;
  return seen && (seen.ids.length === search.take || seen.count < count) ? seen.ids : null;
}

const matches = ({ viewer, statuses, conditions }: Search, words: Condition[]): Condition => all([hasOneOf(statuses), ...isVisibleTo(viewer), ...conditions, ...words]);

/** Finds what has the words by their index, at most `most` of it in any order, and sorts that. */
async function findByIndex(tx: Tx, search: Search, words: Condition, most: number | null): Promise<{ count: number; ids: string[] }> {
  const limit = most === null ? Prisma.empty : Prisma.sql`LIMIT ${most}`;
  const rows = await byBitmaps(tx, (one) => one.$queryRaw<{ count: number; ids: string[] }[]>`
    WITH found AS MATERIALIZED (SELECT c."id", c."createdAt", c."risk" FROM "Comment" c WHERE ${matches(search, [words])} ${limit})
    SELECT (SELECT count(*)::int FROM found) AS count, ARRAY(SELECT c."id" FROM found c ORDER BY ${ORDER[search.order]} LIMIT ${search.take}) AS ids`);
  return rows[0] ?? { count: 0, ids: [] };
}

/** How many comments a search finds. */
export async function countFound(search: Search): Promise<number> {
  const count = (tx: Tx) => tx.$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM "Comment" c WHERE ${matches(search, search.words ? [search.words] : [])}`;
  const rows = search.words === null ? await count(db()) : await byBitmaps(db(), count);
  return rows[0]?.count ?? 0;
}

/** Lets PostgreSQL reach rows by sets of places alone, of which the index of words gives one: never by reading a text of each row in turn. */
async function byBitmaps<T>(tx: Tx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const within = async (one: Tx): Promise<T> => {
    await one.$queryRaw`SELECT set_config('enable_seqscan', 'off', true), set_config('enable_indexscan', 'off', true), set_config('work_mem', '64MB', true)`;
    const value = await work(one);
    await one.$executeRaw`SET LOCAL enable_seqscan TO DEFAULT`;
    await one.$executeRaw`SET LOCAL enable_indexscan TO DEFAULT`;
    await one.$executeRaw`SET LOCAL work_mem TO DEFAULT`;
    return value;
  };
  return tx === db() ? db().$transaction(within) : within(tx);
}
