import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { publicAt, titled } from '../posts/queries';
import { findOrCorrect } from '../posts/search-words';
import { idsWithin, type NotSearched, searchInTurn, wordsThatMean } from '../posts/searching';
import { type Part, snippetOf } from '../text/snippets';
import { storedHtml } from '../text/safe-html';
import { safeText } from '../text/safe-text';
import type { FoundComment, FoundComments } from './schema';

const foundBy = (query: string, now: Date, { offset, limit }: { offset: number; limit: number }) => Prisma.sql`
  WITH saying AS MATERIALIZED (
    SELECT id, "postId", "createdAt", status, kind FROM "Comment" WHERE to_tsvector('simple', fold_letters("name" || ' ' || "source")) @@ ${query}::tsquery
  )
  SELECT saying.id FROM saying JOIN "Post" p ON p.id = saying."postId"
  WHERE saying.status = 'approved' AND saying.kind = 'comment' AND p.status = 'published' AND p."publishedAt" <= ${now}
  ORDER BY saying."createdAt" DESC, saying.id DESC LIMIT ${limit} OFFSET ${offset}`;

/**
 * One page of the comments on public posts and pages that say these words as they are written, or whose writer is named
 * so, newest first; the signs are those of searchPosts, and misspelt words are taken for the nearest that posts say. Null
 * beyond the last page.
 */
export const searchComments = (words: string, page: number, perPage: number, now: Date): Promise<FoundComments | NotSearched | null> =>
  searchInTurn(words, async (asked) => {
    const place = { offset: (page - 1) * perPage, limit: perPage + 1 };
    const found = await findOrCorrect(asked, 'none', now, (query) => idsWithin(foundBy(query, now, place)));
    if (found === 'no-words') return found;
    const { query, ids, corrected } = found;
    if (ids.length === 0 && page > 1) return null;
    return { comments: await viewsOf(ids.slice(0, perPage), query, now), page, hasMore: ids.length > perPage, corrected };
  });

async function viewsOf(ids: string[], query: string, now: Date): Promise<FoundComment[]> {
  if (ids.length === 0) return [];
  const rows = await db().comment.findMany({
    where: { id: { in: ids }, status: 'approved', kind: 'comment', post: publicAt(now) }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    select: { publicId: true, name: true, html: true, createdAt: true, post: { select: { title: true } } },
  });
  const texts = rows.map(({ html }) => safeText(storedHtml(html)));
  const isHit = await wordsThatMean(query, texts, 'none');
  return rows.map(({ publicId, name, createdAt, post }, index) => {
    const text = texts[index]!;
    return { id: publicId, name, createdAt, postTitle: titled(post.title), snippet: snippetOf(text, isHit) ?? beginning(text) };
  });
}

const BEGINNING_CHARACTERS = 240;
/** Of a comment that was found by its writer's name. */
const beginning = (text: string): Part[] => [{ text: text.length > BEGINNING_CHARACTERS ? `${text.slice(0, BEGINNING_CHARACTERS).toWellFormed()}…` : text, isHit: false }];
