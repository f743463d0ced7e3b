import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import type { SiteView } from '../site/schema';
import { t } from '../words/t';
import { lineOf, lineView, ownPosts, type DeskPost } from './desk';
import type { DeskFilter, DeskTab } from './desk-filter';
import { EDITING_GONE_MS } from './post-form';
import { saying } from './search';
import { hasTimedOut, searchLimits } from './searching';
import { readersPath } from './states';

/** A line of the desk's list of posts. */
export type DeskLine = DeskPost & {
  /** Where readers find it; null where they do not. */
  path: string | null;
  isInTrash: boolean;
  /** `Keep at the top`. */
  isKeptAtTop: boolean;
  /** What was saved is not what readers see yet. */
  isAhead: boolean;
  /** Who else has it open now. */
  editedBy: string[];
};

/** `isByTitle`: the words stand in too many texts, and only titles were looked through. */
export type DeskList = { posts: DeskLine[]; page: number; hasMore: boolean; counts: Record<DeskTab, number>; isByTitle: boolean };

const POSTS_PER_PAGE = 50;
/** So many that say the words are gone through. */
const FOUND_MAX = 2_000;

const stages = (tab: DeskTab, now: Date): Prisma.PostWhereInput => {
  switch (tab) {
    case 'all': return { status: { not: 'trash' } };
    case 'published': return { status: 'published', publishedAt: { lte: now } };
    case 'drafts': return { status: 'draft' };
    case 'scheduled': return { OR: [{ status: 'scheduled' }, { status: 'published', publishedAt: { gt: now } }] };
    case 'private': return { status: { in: ['unlisted', 'private', 'password'] } };
    case 'trash': return { status: 'trash' };
  }
};

const ORDER: Prisma.PostOrderByWithRelationInput[] = [{ publishedAt: { sort: 'desc', nulls: 'first' } }, { createdAt: 'desc' }, { id: 'desc' }];
const ORDER_OF_TRASH: Prisma.PostOrderByWithRelationInput[] = [{ trashedAt: { sort: 'desc', nulls: 'last' } }, { id: 'desc' }];

type Found = { ids: string[]; isByTitle: boolean };

/** The ids of posts that say these words, by their index, or have them anywhere in the title; by title alone where the texts take too long. */
async function findSaying(words: string): Promise<Found> {
  const inTitle = `%${words.replace(/[\\%_]/g, '\\$&')}%`;
  const titled = Prisma.sql`SELECT id FROM "Post" WHERE fold_letters(title) LIKE fold_letters(${inTitle})`;
  const idsOf = (found: Prisma.Sql) => db().$queryRaw<{ id: string }[]>(Prisma.sql`SELECT id::text FROM (${found}) found ORDER BY id DESC LIMIT ${FOUND_MAX}`);
  try {
    const [, rows] = await db().$transaction([db().$queryRaw(searchLimits()), idsOf(Prisma.sql`WITH said AS MATERIALIZED (${saying(words)}), titled AS MATERIALIZED (${titled}) SELECT id FROM titled UNION SELECT id FROM said`)]);
    return { ids: rows.map(({ id }) => id), isByTitle: false };
  } catch (error) {
    if (!hasTimedOut(error)) throw error;
    return { ids: (await idsOf(titled)).map(({ id }) => id), isByTitle: true };
  }
}

async function countTabs(viewer: Person, kind: DeskFilter['kind'], now: Date): Promise<Record<DeskTab, number>> {
  const whose = isOwner(viewer) ? Prisma.empty : Prisma.sql`AND "authorId" = ${viewer.userId}::uuid`;
  const what = kind === null ? Prisma.empty : Prisma.sql`AND kind = ${kind}::"PostKind"`;
  const rows = await db().$queryRaw<{ tab: DeskTab; count: number }[]>(Prisma.sql`
    SELECT CASE WHEN status = 'trash' THEN 'trash' WHEN status = 'draft' THEN 'drafts'
      WHEN status = 'scheduled' OR (status = 'published' AND "publishedAt" > ${now}) THEN 'scheduled' WHEN status = 'published' THEN 'published' ELSE 'private' END AS tab, count(*)::int AS count
    FROM "Post" WHERE true ${whose} ${what} GROUP BY 1`);
  const counts: Record<DeskTab, number> = { all: 0, published: 0, drafts: 0, scheduled: 0, private: 0, trash: 0 };
  for (const { tab, count } of rows) {
    counts[tab] = count;
    if (tab !== 'trash') counts.all += count;
  }
  return counts;
}

const shownView = {
  ...lineView, sticky: true, workingCopy: { select: { postId: true } },
} as const satisfies Prisma.PostSelect;

/** Who has these posts open now besides the viewer, by post. */
async function findEditing(ids: string[], viewer: Person, now: Date): Promise<Map<string, string[]>> {
  const open = await db().postEditing.findMany({
    where: { postId: { in: ids }, userId: { not: viewer.userId }, beatAt: { gt: new Date(now.getTime() - EDITING_GONE_MS) } },
    select: { postId: true, user: { select: { name: true, slug: true } } }, orderBy: { beatAt: 'desc' },
  });
  const editing = new Map<string, string[]>();
  for (const { postId, user } of open) editing.set(postId, [...new Set([...(editing.get(postId) ?? []), user.name || user.slug || t('posts.author.somebody')])]);
  return editing;
}

async function findWaiting(ids: string[]): Promise<Map<string, number>> {
  const counts = await db().comment.groupBy({ by: ['postId'], where: { postId: { in: ids }, status: 'pending' }, _count: true });
  return new Map(counts.map(({ postId, _count }) => [postId, _count]));
}

/**
 * One page of the posts and pages that a person may change, drafts first, then newest first; of the trash what came into it
 * last first. Null beyond the last page, and for who has no posts.
 */
export async function listDeskPosts(viewer: Person, { tab, kind, q, page }: DeskFilter, { closeAfterDays }: Pick<SiteView, 'closeAfterDays'>, now: Date): Promise<DeskList | null> {
  const [found, counts] = await Promise.all([q === '' ? null : findSaying(q), countTabs(viewer, kind, now)]);
  const where: Prisma.PostWhereInput = { AND: [ownPosts(viewer), stages(tab, now), kind ? { kind } : {}, found ? { id: { in: found.ids } } : {}] };
  const orderBy = tab === 'trash' ? ORDER_OF_TRASH : ORDER;
  // Ids first: to sort whole rows costs more.
  const ids = (await db().post.findMany({ where, orderBy, select: { id: true }, skip: (page - 1) * POSTS_PER_PAGE, take: POSTS_PER_PAGE + 1 })).map(({ id }) => id);
  if (ids.length === 0 && page > 1) return null;
  const shown = ids.slice(0, POSTS_PER_PAGE);
  const [rows, waiting, editing] = await Promise.all([db().post.findMany({ where: { id: { in: shown } }, orderBy, select: shownView }), findWaiting(shown), findEditing(shown, viewer, now)]);
  const posts = rows.map((row): DeskLine => ({
    ...lineOf(row, waiting.get(row.id) ?? 0, closeAfterDays, now),
    path: readersPath(row, now), isInTrash: row.status === 'trash', isKeptAtTop: row.sticky && row.kind === 'post', isAhead: row.workingCopy !== null, editedBy: editing.get(row.id) ?? [],
  }));
  return { posts, page, hasMore: ids.length > POSTS_PER_PAGE, counts, isByTitle: found?.isByTitle ?? false };
}
