import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import { t } from '../words/t';

const REVISIONS_PER_PAGE = 50;

/** A text that a post had. */
export type RevisionLine = {
  id: string;
  /** Rises with the post's. */
  number: number;
  title: string;
  /** Who wrote it; null: it came so with an import, or they are not here any more. */
  by: string | null;
  at: Date;
};
export type RevisionView = RevisionLine & { html: SafeHtml; excerpt: string };
export type RevisionsView = { post: { id: string; kind: 'post' | 'page'; title: string; isImported: boolean }; revisions: RevisionLine[]; page: number; hasMore: boolean };

const theirs = (viewer: Person): Prisma.PostWhereInput => (hasPosts(viewer) ? { status: { not: 'trash' }, ...(isOwner(viewer) ? {} : { authorId: viewer.userId }) } : { id: { in: [] } });
const lineView = { id: true, revision: true, title: true, createdAt: true, by: { select: { name: true, slug: true } } } as const;
type Line = { id: string; revision: number; title: string; createdAt: Date; by: { name: string | null; slug: string | null } | null };

const toLine = ({ id, revision, title, createdAt, by }: Line): RevisionLine => ({ id, number: revision, title, by: by && (by.name || by.slug || t('posts.author.somebody')), at: createdAt });

/** The texts that a post had, the newest first, a page of them. Null where the post is not this person's to change, or beyond the last page. */
export async function listRevisions(viewer: Person, postId: string, page = 1): Promise<RevisionsView | null> {
  const post = await db().post.findFirst({ where: { id: postId, ...theirs(viewer) }, select: { id: true, kind: true, title: true } });
  if (!post) return null;
  const [rows, keys] = await Promise.all([
    db().postRevision.findMany({ where: { postId }, orderBy: { revision: 'desc' }, select: lineView, skip: (page - 1) * REVISIONS_PER_PAGE, take: REVISIONS_PER_PAGE + 1 }),
    db().importKey.count({ where: { kind: 'post', targetId: postId } }),
  ]);
  if (rows.length === 0 && page > 1) return null;
  return { post: { ...post, isImported: keys > 0 }, revisions: rows.slice(0, REVISIONS_PER_PAGE).map(toLine), page, hasMore: rows.length > REVISIONS_PER_PAGE };
}

/** One text that a post had, whole, and the one before it, null for the first. Null where there is none, or not this person's to see. */
export async function findRevision(viewer: Person, postId: string, id: string): Promise<{ revision: RevisionView; before: RevisionView | null } | null> {
  const select = { ...lineView, html: true, excerpt: true } as const;
  const row = await db().postRevision.findFirst({ where: { id, postId, post: theirs(viewer) }, select });
  if (!row) return null;
  const before = await db().postRevision.findFirst({ where: { postId, revision: { lt: row.revision } }, orderBy: { revision: 'desc' }, select });
  const view = (one: typeof row): RevisionView => ({ ...toLine(one), html: storedHtml(one.html), excerpt: one.excerpt });
  return { revision: view(row), before: before && view(before) };
}
