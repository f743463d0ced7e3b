import { keepUntil, showing } from '../answer';
import { db } from '../db/client';
import { Prisma } from '../db/generated/client';
import { findNeighbours, type NeighbourView, publicAt, titled } from './queries';
import { NEAR, newestThat, out, searchEras } from './search-eras';
import { hasTimedOut, idsWithin } from './searching';

export type RelatedView = { slug: string; title: string; publishedAt: Date };
/** Where to read on from a post: what was written before and after it, and what else is about the same. */
export type MorePostsView = { previous: NeighbourView | null; next: NeighbourView | null; related: RelatedView[] };

const RELATED_SHOWN = 3;

/** Of the title's words the rarest tell what a post is about: as many as about so many of the newest posts say. */
const SAID_MAX = 60;
const TITLE_WORDS_MAX = 20;
/** So many posts are compared at most: the newest that say those words, and of each tag the newest. */
const COMPARED_MAX = 60;
const OF_TAG_MAX = 10;
/** A tag in common counts as much as a rare word that the text says. */
const TAG_WEIGHT = 0.1;
// A reader's page does not wait for it.
const TIMEOUT_MS = 500;
const ASKED_AGAIN_MS = 60_000;

const lexemeQuery = Prisma.raw(String.raw`('''' || replace(replace(lexeme, '\', '\\'), '''', '''''') || '''')::tsquery`);

/** The ids of the posts that are about what a post is about, the nearest first. */
export const relatedBy = (postId: string, now: Date, limit: number) => Prisma.sql`
  WITH ${searchEras(now)},
    counted AS MATERIALIZED (
      SELECT word, (SELECT count(*) FROM "Post" WHERE "searchWords" @@ word AND ${NEAR}) AS said
      FROM (SELECT ${lexemeQuery} AS word FROM "Post", unnest(tsvector_to_array("searchTitle")) AS lexeme WHERE id = ${postId}::uuid LIMIT ${TITLE_WORDS_MAX}) AS own
    ),
    words AS MATERIALIZED (
      SELECT word, 1 / (1 + ln(1 + said)) AS weight FROM (SELECT word, said, sum(said) OVER (ORDER BY said, word::text) AS together FROM counted) AS rarest
      WHERE together <= ${SAID_MAX} OR together = said
    ),
    ${newestThat('saying', 'words', Prisma.sql`(SELECT string_agg(word::text, ' | ')::tsquery FROM words)`, COMPARED_MAX, now)},
    tagged AS MATERIALIZED (
      SELECT other."postId" AS id, count(*) AS shared
      FROM "PostTag" own, LATERAL (
        SELECT "postId" FROM "PostTag" JOIN "Post" ON "Post".id = "postId" WHERE "tagId" = own."tagId" AND "postId" <> own."postId" AND ${out(now)} ORDER BY "postId" DESC LIMIT ${OF_TAG_MAX}
      ) AS other
      WHERE own."postId" = ${postId}::uuid GROUP BY other."postId" ORDER BY shared DESC, other."postId" DESC LIMIT ${COMPARED_MAX}
    ),
    compared AS (SELECT id FROM saying UNION SELECT id FROM tagged)
  SELECT p.id FROM "Post" p JOIN compared ON compared.id = p.id
  WHERE p.id <> ${postId}::uuid
  ORDER BY (SELECT COALESCE(sum(weight * ts_rank(p."searchWords", word, 1)), 0) FROM words)
      + ${TAG_WEIGHT}::float8 * COALESCE((SELECT shared FROM tagged WHERE tagged.id = p.id), 0) DESC, p."publishedAt" DESC, p.id DESC
  LIMIT ${limit}`;

/** The posts around a public one. What is before or after it is not among the related, which name it no second time. */
export async function findMorePosts(post: { id: string; publishedAt: Date }, now: Date): Promise<MorePostsView> {
  const [{ previous, next }, related] = await Promise.all([findNeighbours(post, now), findRelated(post.id, RELATED_SHOWN + 2, now)]);
  return { previous, next, related: related.filter(({ slug }) => slug !== previous?.slug && slug !== next?.slug).slice(0, RELATED_SHOWN) };
}

/**
 * The public posts that are about what this one is about, the nearest first, at most `limit`: those that say the rarest
 * words of its title, by the index of searches, and those that share its tags. None where finding them would take long.
 */
export async function findRelated(postId: string, limit: number, now: Date): Promise<RelatedView[]> {
  showing('posts');
  const ids = await idsWithin(relatedBy(postId, now, limit), TIMEOUT_MS).catch((error: unknown) => {
    if (!hasTimedOut(error)) throw error;
    // The page is not to stand without them for good.
    keepUntil(new Date(now.getTime() + ASKED_AGAIN_MS));
    return [];
  });
  if (ids.length === 0) return [];
  const rows = await db().post.findMany({ where: { id: { in: ids }, ...publicAt(now) }, select: { id: true, slug: true, title: true, publishedAt: true } });
  return ids.flatMap((id) => rows.filter((row) => row.id === id).map(({ slug, title, publishedAt }) => ({ slug, title: titled(title), publishedAt: publishedAt! })));
}
