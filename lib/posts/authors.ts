import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { named } from './queries';

/** Somebody who has posts, or may have some. `posts`: how many they have; `isClaimed`: they can sign in. */
export type AuthorChoice = { id: string; name: string; posts: number; isClaimed: boolean; /** Posts can be given to them. */ mayHave: boolean };

/** Whoever posts can be given to. */
export const MAY_WRITE = { role: { in: ['author', 'owner'] }, standing: { not: 'banned' } } as const satisfies Prisma.UserWhereInput;

/** Everybody who has posts or may have some, by name: for owners; to all others nobody. */
export async function listAuthors(viewer: Actor): Promise<AuthorChoice[]> {
  if (!isOwner(viewer)) return [];
  const rows = await db().user.findMany({
    where: { OR: [MAY_WRITE, { posts: { some: {} } }] }, orderBy: [{ name: 'asc' }, { id: 'asc' }],
    select: { id: true, name: true, slug: true, role: true, standing: true, emailVerified: true, _count: { select: { posts: true } } },
  });
  return rows.map((row) => ({ id: row.id, name: named(row).name, posts: row._count.posts, isClaimed: row.emailVerified !== null, mayHave: MAY_WRITE.role.in.some((role) => role === row.role) && row.standing !== 'banned' }));
}

/** A post that is to be given away: whose it is, and who may have it. */
export type Giving = { post: { id: string; kind: 'post' | 'page'; title: string }; from: AuthorChoice; authors: AuthorChoice[] };

/** The post that is to be given, and to whom it can be; null for all but owners and where there is none. */
export async function findGiving(viewer: Actor, id: string): Promise<Giving | null> {
  const [post, all] = await Promise.all([db().post.findUnique({ where: { id }, select: { id: true, kind: true, title: true, authorId: true } }), listAuthors(viewer)]);
  const from = all.find((author) => author.id === post?.authorId);
  return post && from ? { post: { id: post.id, kind: post.kind, title: post.title.trim() }, from, authors: all.filter((author) => author.mayHave && author.id !== from.id) } : null;
}
