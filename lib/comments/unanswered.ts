import { db } from '../db/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { pictureColumns, shownPicture } from '../media/rules';
import { closingColumns, takesComments } from '../posts/rules';
import { findCloseAfterDays } from '../site/closing';
import { beginningOf, plainText } from '../text/plain';
import { storedHtml, type SafeHtml } from '../text/safe-html';
import type { RepliesFilter } from './reply-desk';
import { knownWriter } from './rules';
import { unanswered } from './unanswered-count';

export const REPLIES_PAGE_COMMENTS = 25;
const EXCERPT_CHARACTERS = 400;
// Enough of a text's beginning for an excerpt, whatever its markup.
const EXCERPT_HTML_CHARACTERS = 4_000;

/** A comment that waits for an answer. */
export type UnansweredComment = {
  id: string;
  revision: number;
  status: 'approved';
  name: string;
  /** The path of its writer's own picture, or null. */
  picture: string | null;
  html: SafeHtml;
  createdAt: Date;
  /** How long it has waited. */
  ageMs: number;
  post: { slug: string };
  /** The published comment that it answers, by its beginning. */
  inReplyTo: { id: string; name: string; text: string } | null;
  /** Others who have answered it. */
  replyCount: number;
};

export type UnansweredPost = {
  id: string;
  slug: string;
  title: string;
  /** How many wait under it, on whatever page. */
  count: number;
  /** Whether it takes comments: to a closed discussion nothing can be added. */
  isOpen: boolean;
  comments: UnansweredComment[];
};

export type UnansweredView = {
  filter: RepliesFilter;
  posts: UnansweredPost[];
  total: number;
  /** How many more there are of those that came here with their posts; 0 where they are shown. */
  oldCount: number;
  hasMore: boolean;
  /** Others write here too, whose posts this person may look at. */
  hasOthers: boolean;
};

type Line = { id: string; postId: string; inPost: number; total: number };

/**
 * One page of the published comments that wait for an answer of this person's, by post; first the post with the oldest of
 * them, and under each the oldest first. Null for who has no posts, and beyond the last page.
 */
export async function findUnanswered(viewer: Person, filter: RepliesFilter, now: Date): Promise<UnansweredView | null> {
  if (!hasPosts(viewer)) return null;
  const [lines, oldCount, hasOthers] = await Promise.all([listLines(viewer, filter), filter.old ? 0 : countOld(viewer, filter), hasOtherAuthors(viewer)]);
  if (lines.length === 0 && filter.page > 1) return null;
  const shown = lines.slice(0, REPLIES_PAGE_COMMENTS);
  return { filter, posts: await postsOf(shown, now), total: lines[0]?.total ?? 0, oldCount, hasMore: lines.length > REPLIES_PAGE_COMMENTS, hasOthers };
}

async function listLines(viewer: Person, filter: RepliesFilter): Promise<Line[]> {
  return db().$queryRaw<Line[]>`
    SELECT "id", "postId", "inPost", "total" FROM (
      SELECT c."id", c."postId", c."createdAt", count(*) OVER ()::int AS total, count(*) OVER post::int AS "inPost", min(c."createdAt") OVER post AS since ${unanswered(viewer, filter)}
      WINDOW post AS (PARTITION BY c."postId")
    ) w ORDER BY since, "postId", "createdAt", "id" LIMIT ${REPLIES_PAGE_COMMENTS + 1} OFFSET ${(filter.page - 1) * REPLIES_PAGE_COMMENTS}`;
}

async function countOld(viewer: Person, { posts }: RepliesFilter): Promise<number> {
  const [row] = await db().$queryRaw<{ count: number }[]>`SELECT count(*)::int AS count ${unanswered(viewer, { posts, old: true })} AND c."rule" IS NULL`;
  return row?.count ?? 0;
}

async function hasOtherAuthors(viewer: Person): Promise<boolean> {
  if (!isOwner(viewer)) return false;
  return (await db().post.findFirst({ where: { kind: 'post', status: { not: 'trash' }, authorId: { not: viewer.userId }, author: { emailVerified: { not: null } } }, select: { id: true } })) !== null;
}

async function postsOf(lines: Line[], now: Date): Promise<UnansweredPost[]> {
  const [comments, posts, closeAfterDays] = await Promise.all([
    db().comment.findMany({
      where: { id: { in: lines.map(({ id }) => id) } },
      select: {
        id: true, publicId: true, revision: true, name: true, html: true, createdAt: true, replyCount: true, pseudonymId: true, user: { select: pictureColumns },
        parent: { select: { publicId: true, name: true, html: true, status: true } },
      },
    }),
    db().post.findMany({ where: { id: { in: [...new Set(lines.map(({ postId }) => postId))] } }, select: { id: true, slug: true, title: true, ...closingColumns } }),
    findCloseAfterDays(),
  ]);
  const byId = new Map(comments.map((comment) => [comment.id, comment]));
  const viewOf = (id: string, slug: string): UnansweredComment[] => {
    const row = byId.get(id);
    if (!row) return [];
    const { publicId, revision, name, html, createdAt, replyCount, parent } = row;
    return [{
      id: publicId, revision, status: 'approved', name, createdAt, replyCount, html: storedHtml(html), picture: shownPicture(knownWriter(row)),
      ageMs: Math.max(0, now.getTime() - createdAt.getTime()), post: { slug },
      inReplyTo: parent?.status === 'approved' ? { id: parent.publicId, name: parent.name, text: beginningOf(plainText(parent.html.slice(0, EXCERPT_HTML_CHARACTERS)), EXCERPT_CHARACTERS) } : null,
    }];
  };
  return [...new Set(lines.map(({ postId }) => postId))].flatMap((postId) => {
    const post = posts.find(({ id }) => id === postId);
    const own = lines.filter((line) => line.postId === postId);
    if (!post || !own[0]) return [];
    return [{ id: postId, slug: post.slug, title: post.title.trim(), count: own[0].inPost, isOpen: takesComments(post, closeAfterDays, now), comments: own.flatMap(({ id }) => viewOf(id, post.slug)) }];
  });
}
