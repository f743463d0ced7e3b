import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';

const SHOWN = 5;

/** A post or page that is being written: `at` is when it was changed last, or comes out. */
export type PostUnderWay = { id: string; kind: 'post' | 'page'; title: string; author: string; at: Date };

/** `count`: all of them; `posts`: those to go on with first. */
export type UnderWay = { count: number; posts: PostUnderWay[] };

export type PostsUnderWay = { drafts: UnderWay; scheduled: UnderWay; changed: UnderWay };

const columns = { id: true, kind: true, title: true, updatedAt: true, publishedAt: true, author: { select: { name: true } }, workingCopy: { select: { savedAt: true } } } as const satisfies Prisma.PostSelect;
type Row = Prisma.PostGetPayload<{ select: typeof columns }>;

const viewOf = ({ id, kind, title, author }: Row, at: Date): PostUnderWay => ({ id, kind, title: title.trim(), author: author.name ?? '', at });

/**
 * What a person is writing: drafts, what was changed last first; what comes out by itself, the next first; and what is out
 * with changes that are not. An owner's are all, an author's their own. Null for who has no posts.
 */
export async function findPostsUnderWay(viewer: Person, now: Date): Promise<PostsUnderWay | null> {
  if (!hasPosts(viewer)) return null;
  const theirs: Prisma.PostWhereInput = isOwner(viewer) ? {} : { authorId: viewer.userId };
  const [drafts, scheduled, changed] = await Promise.all([
    find({ ...theirs, status: 'draft' }, [{ updatedAt: 'desc' }, { id: 'desc' }]),
    find({ ...theirs, OR: [{ status: 'scheduled' }, { status: 'published', publishedAt: { gt: now } }] }, [{ publishedAt: 'asc' }, { id: 'asc' }]),
    find({ ...theirs, status: { notIn: ['draft', 'trash'] }, workingCopy: { isNot: null } }, [{ workingCopy: { savedAt: 'desc' } }, { id: 'desc' }]),
  ]);
  return {
    drafts: { count: drafts.count, posts: drafts.rows.map((row) => viewOf(row, row.updatedAt)) },
    scheduled: { count: scheduled.count, posts: scheduled.rows.map((row) => viewOf(row, row.publishedAt ?? row.updatedAt)) },
    changed: { count: changed.count, posts: changed.rows.map((row) => viewOf(row, row.workingCopy?.savedAt ?? row.updatedAt)) },
  };
}

async function find(where: Prisma.PostWhereInput, orderBy: Prisma.PostOrderByWithRelationInput[]): Promise<{ count: number; rows: Row[] }> {
  const [count, rows] = await Promise.all([db().post.count({ where }), db().post.findMany({ where, orderBy, take: SHOWN, select: columns })]);
  return { count, rows };
}
