import { db, type Tx } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';
import { isCommentId } from '../ids';
import { momentIn } from '../site/rules';
import { SITE_DEFAULTS } from '../site/schema';
import { dayAfter, prefixQuery, statusesIn, writerOf } from './rules';
import type { CommentStatus, QueueFilter, SeenComment, Sort, Writer, WriterKind } from './schema';

// A condition on one row of "Comment" named `c`. Raw SQL, for Prisma neither searches text nor compares rows; values are always bound.
type Condition = Prisma.Sql;
const NOTHING: Condition = Prisma.sql`FALSE`;
// Prisma binds a Date without its zone, and the session's may be another.
const moment = (at: Date): Prisma.Sql => Prisma.sql`${at.toISOString()}::timestamptz`;

/** What a person of the desk may see: moderators all comments, authors those under their own posts. */
export const visibleTo = (viewer: Person): Prisma.CommentWhereInput => (isModerator(viewer) ? {} : { post: { authorId: viewer.userId } });

/** The same as conditions on `c`. */
export const isVisibleTo = (viewer: Person): Condition[] =>
  isModerator(viewer) ? [] : [Prisma.sql`c."postId" IN (SELECT id FROM "Post" WHERE "authorId" = ${viewer.userId}::uuid)`];

/** Whose comment it is: a person's under their own name, a name's on one post, a guest's by address; never two of these at once. */
export const IS_BY: Record<WriterKind, (key: Prisma.Sql) => Condition> = {
  user: (key) => Prisma.sql`c."userId" = ${key}::uuid AND c."pseudonymId" IS NULL`,
  pseudonym: (key) => Prisma.sql`c."pseudonymId" = ${key}::uuid`,
  email: (key) => Prisma.sql`c."email" = ${key} AND c."userId" IS NULL AND c."pseudonymId" IS NULL`,
  comment: (key) => Prisma.sql`c."publicId" = ${key}::bpchar`,
};

const writerSelect = { publicId: true, userId: true, pseudonymId: true, email: true } as const;

/** Whom the `person` of a filter names; null where this viewer may not know. */
export async function findWriter(tx: Tx, viewer: Person, person: string): Promise<Writer | null> {
  if (isCommentId(person)) {
    // Only of a comment that the viewer sees, or an author could join what stands under others' posts.
    const comment = await tx.comment.findFirst({ where: { AND: [visibleTo(viewer), { publicId: person, status: { not: 'deleted' } }] }, select: writerSelect });
    return comment && writerOf(comment);
  }
  return (await tx.pseudonym.findUnique({ where: { id: person }, select: { id: true } })) ? { kind: 'pseudonym', key: person } : { kind: 'user', key: person };
}

async function isOnPost(tx: Tx, slug: string): Promise<Condition> {
  const posts = await tx.post.findMany({ where: { slug }, select: { id: true } });
  return posts.length === 0 ? NOTHING : Prisma.sql`c."postId" IN (${Prisma.join(posts.map(({ id }) => Prisma.sql`${id}::uuid`))})`;
}

/** The very expression of Comment_search_idx. The last word may be the beginning of one. */
async function saysWords(tx: Tx, q: string): Promise<Condition> {
  const [row] = await tx.$queryRaw<{ words: string }[]>`SELECT websearch_to_tsquery('simple', ${q})::text AS words`;
  if (!row?.words) return NOTHING;
  return Prisma.sql`to_tsvector('simple', c."name" || ' ' || c."source") @@ ${prefixQuery(q, row.words)}::tsquery`;
}

async function cameBetween(tx: Tx, from: string | null, to: string | null): Promise<Condition[]> {
  if (from === null && to === null) return [];
  const { timeZone } = (await tx.site.findFirst({ orderBy: { id: 'asc' }, select: { timeZone: true } })) ?? SITE_DEFAULTS;
  // Null at the ends of time: no bound.
  const begins = (day: string | null) => (day === null ? null : momentIn(`${day}T00:00`, timeZone));
  const [start, end] = [begins(from), begins(to && dayAfter(to))];
  return [...(start ? [Prisma.sql`c."createdAt" >= ${moment(start)}`] : []), ...(end ? [Prisma.sql`c."createdAt" < ${moment(end)}`] : [])];
}

/** All that a filter asks for but its queue, as conditions that indexes serve. Who sees what is not in it. */
async function conditionsOf(tx: Tx, viewer: Person, { q, post, person, network, rule, from, to }: QueueFilter): Promise<Condition[]> {
  const writer = person === null ? null : await findWriter(tx, viewer, person);
  return [
    ...(post === null ? [] : [await isOnPost(tx, post)]),
    ...(person === null ? [] : [writer ? IS_BY[writer.kind](Prisma.sql`${writer.key}`) : NOTHING]),
    // `g` comes after every digit of a hash, in any collation.
    ...(network === null ? [] : [Prisma.sql`c."ipHash" >= ${network} AND c."ipHash" < ${`${network}g`}`]),
    ...(rule === null ? [] : [Prisma.sql`c."rule" = ${rule}`]),
    ...(await cameBetween(tx, from, to)),
    ...(q === '' ? [] : [await saysWords(tx, q)]),
  ];
}

const hasStatus = (status: CommentStatus): Condition => Prisma.sql`c."status" = ${status}::"CommentStatus"`;
const all = (conditions: Condition[]): Condition => Prisma.join(conditions, ' AND ');

const ORDER: Record<Sort, Prisma.Sql> = {
  newest: Prisma.sql`c."createdAt" DESC, c."id" DESC`,
  oldest: Prisma.sql`c."createdAt", c."id"`,
  risk: Prisma.sql`c."risk" DESC, c."createdAt" DESC, c."id" DESC`,
};

// By no index: what a post, person or network has of a status is read and sorted. In the order of all comments theirs may be the last.
const BY_RISK_AMONG_FEW = Prisma.sql`c."risk" + 0 DESC, c."createdAt" DESC, c."id" DESC`;

/** The last one of the page before. */
export type Last = { id: string; createdAt: Date; risk: number };

function comesAfter({ id, createdAt, risk }: Last, sort: Sort): Condition {
  if (sort === 'risk') return Prisma.sql`(c."risk", c."createdAt", c."id") < (${risk}::smallint, ${moment(createdAt)}, ${id}::uuid)`;
  return sort === 'newest' ? Prisma.sql`(c."createdAt", c."id") < (${moment(createdAt)}, ${id}::uuid)` : Prisma.sql`(c."createdAt", c."id") > (${moment(createdAt)}, ${id}::uuid)`;
}

/** In Pending what is urgent stands first on the first page, and is not in the rest. */
const URGENT_MAX = 50;

type Page = { urgent: string[]; ids: string[] };

/** The ids of one page of a queue, at most `take` besides what is urgent, in the order asked for. */
export async function listPage(viewer: Person, filter: QueueFilter, sort: Sort, last: Last | null, take: number): Promise<Page> {
  const conditions = await conditionsOf(db(), viewer, filter);
  const isPending = filter.queue === 'pending';
  const listed = [...conditions, ...(isPending ? [Prisma.sql`NOT c."isUrgent"`] : []), ...(last ? [comesAfter(last, sort)] : [])];
  const from = placesOf(viewer, filter, sort);
  const [urgent, ids] = await Promise.all([
    isPending && last === null ? listIds(from, ['pending'], [...conditions, Prisma.sql`c."isUrgent"`], sort, URGENT_MAX) : [],
    listIds(from, statusesIn(filter.queue), listed, sort, take),
  ]);
  return { urgent, ids };
}

type Found = { status: CommentStatus; conditions: Condition[]; take: number };
type Places = (found: Found) => Prisma.Sql;

const first = ({ status, conditions, take }: Found, order: Prisma.Sql): Prisma.Sql =>
  Prisma.sql`SELECT c."id", c."createdAt", c."risk" FROM "Comment" c WHERE ${all([hasStatus(status), ...conditions])} ORDER BY ${order} LIMIT ${take}`;

/** Where to look for what a viewer may see, and in which order. */
function placesOf(viewer: Person, { q, post, person, network }: QueueFilter, sort: Sort): Places {
  const visible = isVisibleTo(viewer);
  const isOfFew = q === '' && (post !== null || person !== null || network !== null);
  const order = (isFew: boolean) => (isFew && sort === 'risk' ? BY_RISK_AMONG_FEW : ORDER[sort]);
  if (visible.length === 0 || isOfFew || q !== '') return (found) => first({ ...found, conditions: [...visible, ...found.conditions] }, order(isOfFew));
  // An author's posts are looked at one by one, each by its index, for the same reason.
  return (found) => Prisma.sql`
    SELECT c.* FROM "Post" p CROSS JOIN LATERAL (${first({ ...found, conditions: [Prisma.sql`c."postId" = p."id"`, ...found.conditions] }, order(true))}) c
    WHERE p."authorId" = ${viewer.userId}::uuid ORDER BY ${ORDER[sort]} LIMIT ${found.take}`;
}

/** Each status by an index in that very order, then the first of all of them: no page costs more in a table of a million. */
async function listIds(from: Places, statuses: CommentStatus[], conditions: Condition[], sort: Sort, take: number): Promise<string[]> {
  const each = statuses.map((status) => Prisma.sql`(${from({ status, conditions, take })})`);
  const rows = await db().$queryRaw<{ id: string }[]>`SELECT c."id" FROM (${Prisma.join(each, ' UNION ALL ')}) c ORDER BY ${ORDER[sort]} LIMIT ${take}`;
  return rows.map(({ id }) => id);
}

async function matching(tx: Tx, viewer: Person, filter: QueueFilter, until: Date): Promise<Condition> {
  const statuses = Prisma.sql`c."status" IN (${Prisma.join(statusesIn(filter.queue).map((status) => Prisma.sql`${status}::"CommentStatus"`))})`;
  return all([statuses, Prisma.sql`c."createdAt" <= ${moment(until)}`, ...isVisibleTo(viewer), ...(await conditionsOf(tx, viewer, filter))]);
}

/** How many comments match a filter now, of those that were there at a moment, as far as this person may see them. */
export async function countMatching(viewer: Person, filter: QueueFilter, until: Date): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count FROM "Comment" c WHERE ${await matching(db(), viewer, filter, until)}`;
  return row?.count ?? 0;
}

export type Matching = SeenComment & { id: string };

/** The same comments, as they are now, in the order of their ids: at most `take` after `afterId`, the last one of those before. */
export async function listMatching(tx: Tx, viewer: Person, filter: QueueFilter, until: Date, take: number, afterId: string | null): Promise<Matching[]> {
  const beyond = afterId === null ? Prisma.empty : Prisma.sql`AND c."id" > ${afterId}::uuid`;
  return tx.$queryRaw<Matching[]>`
    SELECT c."id", c."publicId" AS comment, c."revision", c."status"::text AS "seenStatus" FROM "Comment" c
    WHERE ${await matching(tx, viewer, filter, until)} ${beyond} ORDER BY c."id" LIMIT ${take}`;
}
