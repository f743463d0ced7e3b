import { db, type Tx } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isModerator } from '../identity/rules';
import type { Person } from '../identity/schema';
import { isCommentId } from '../ids';
import { momentsOf } from '../site/rules';
import { SITE_DEFAULTS } from '../site/schema';
import { countFound, listIds, type Condition, type Search } from './queue-search';
import { prefixQuery, statusesIn, writerOf } from './rules';
import type { QueueFilter, SeenComment, Sort, Writer, WriterKind } from './schema';

const NOTHING: Condition = Prisma.sql`FALSE`;
// Prisma binds a Date without its zone, and the session's may be another.
const moment = (at: Date): Prisma.Sql => Prisma.sql`${at.toISOString()}::timestamptz`;

/** What a person of the desk may see: moderators all comments, authors those under their own posts. */
export const visibleTo = (viewer: Person): Prisma.CommentWhereInput => (isModerator(viewer) ? {} : { post: { authorId: viewer.userId } });

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

/** The very expression of Comment_search_idx. The last word may be the beginning of one. Null where nothing is left of what was typed. */
async function saysWords(tx: Tx, q: string): Promise<Condition | null> {
  const [row] = await tx.$queryRaw<{ words: string }[]>`SELECT websearch_to_tsquery('simple', fold_letters(${q}))::text AS words`;
  return row?.words ? Prisma.sql`to_tsvector('simple', fold_letters(c."name" || ' ' || c."source")) @@ ${prefixQuery(q, row.words)}::tsquery` : null;
}

async function cameBetween(tx: Tx, from: string | null, to: string | null): Promise<Condition[]> {
  if (from === null && to === null) return [];
  const { timeZone } = (await tx.site.findFirst({ orderBy: { id: 'asc' }, select: { timeZone: true } })) ?? SITE_DEFAULTS;
  // Null at the ends of time: no bound.
  const { first, end } = momentsOf({ from, to }, timeZone);
  return [...(first ? [Prisma.sql`c."createdAt" >= ${moment(first)}`] : []), ...(end ? [Prisma.sql`c."createdAt" < ${moment(end)}`] : [])];
}

/** All that a filter asks for but its queue. Who sees what is not in it. `words` stands apart: it is found by other means. */
type Asked = { conditions: Condition[]; words: Condition | null };

async function askedBy(tx: Tx, viewer: Person, { q, post, person, network, rule, from, to }: QueueFilter): Promise<Asked> {
  const writer = person === null ? null : await findWriter(tx, viewer, person);
  const words = q === '' ? null : await saysWords(tx, q);
  const conditions = [
    ...(post === null ? [] : [await isOnPost(tx, post)]),
    ...(person === null ? [] : [writer ? IS_BY[writer.kind](Prisma.sql`${writer.key}`) : NOTHING]),
    // `g` comes after every digit of a hash, in any collation.
    ...(network === null ? [] : [Prisma.sql`c."ipHash" >= ${network} AND c."ipHash" < ${`${network}g`}`]),
    ...(rule === null ? [] : [Prisma.sql`c."rule" = ${rule}`]),
    ...(await cameBetween(tx, from, to)),
    ...(q !== '' && words === null ? [NOTHING] : []),
  ];
  return { conditions, words };
}

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
  const { conditions, words } = await askedBy(db(), viewer, filter);
  const isPending = filter.queue === 'pending';
  const listed = [...conditions, ...(isPending ? [Prisma.sql`NOT c."isUrgent"`] : []), ...(last ? [comesAfter(last, sort)] : [])];
  const found = { viewer, isOfFew: isOfFew(filter), statuses: statusesIn(filter.queue), words, order: sort };
  const [urgent, ids] = await Promise.all([
    isPending && last === null ? listIds(db(), { ...found, conditions: [...conditions, Prisma.sql`c."isUrgent"`], take: URGENT_MAX }) : [],
    listIds(db(), { ...found, conditions: listed, take }),
  ]);
  return { urgent, ids };
}

const isOfFew = ({ post, person, network }: QueueFilter): boolean => post !== null || person !== null || network !== null;

async function asked(tx: Tx, viewer: Person, filter: QueueFilter, until: Date): Promise<Search> {
  const { conditions, words } = await askedBy(tx, viewer, filter);
  return { viewer, isOfFew: isOfFew(filter), statuses: statusesIn(filter.queue), conditions: [...conditions, Prisma.sql`c."createdAt" <= ${moment(until)}`], words, order: 'id', take: 0 };
}

/** How many comments match a filter now, of those that were there at a moment, as far as this person may see them. */
export const countMatching = async (viewer: Person, filter: QueueFilter, until: Date): Promise<number> => countFound(await asked(db(), viewer, filter, until));

export type Matching = SeenComment & { id: string };

/** The same comments, as they are now, in the order of their ids: at most `take` after `afterId`, the last one of those before. */
export async function listMatching(tx: Tx, viewer: Person, filter: QueueFilter, until: Date, take: number, afterId: string | null): Promise<Matching[]> {
  const search = await asked(tx, viewer, filter, until);
  const beyond = afterId === null ? [] : [Prisma.sql`c."id" > ${afterId}::uuid`];
  const ids = await listIds(tx, { ...search, conditions: [...search.conditions, ...beyond], take });
  const rows = await tx.comment.findMany({ where: { id: { in: ids } }, select: { id: true, publicId: true, revision: true, status: true }, orderBy: { id: 'asc' } });
  return rows.map(({ id, publicId, revision, status }) => ({ id, comment: publicId, revision, seenStatus: status }));
}
