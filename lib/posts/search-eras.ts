import { Prisma } from '../db/generated/client';

// Of a word that stands everywhere only the newest posts are read: the index of a search knows of each public post its words
// and the thirty days in which it came out (migration search_by_era).

/** About so many of the newest posts are looked through first; then those of ten times as long a time, then all. */
const NEAR_POSTS = 500;
const MIDDLE_TIMES = 10;

/** The condition of the posts that everybody finds. */
export const out = (now: Date) => Prisma.sql`kind = 'post' AND status = 'published' AND "publishedAt" <= ${now}`;
const ERA = Prisma.sql`search_era(kind, status, "publishedAt")`;
const COLUMNS = { words: Prisma.sql`"searchWords"`, title: Prisma.sql`"searchTitle"` };

/** What `newestThat` reads, the first of the CTEs of a search: the eras of the oldest and the newest post, and from which on the near ones are (null in a blog without posts: no row). */
export const searchEras = (now: Date) => Prisma.sql`eras AS MATERIALIZED (
  SELECT oldest, newest, near, near - ${MIDDLE_TIMES}::int * (newest - near + 1) AS middle FROM (
    SELECT oldest.era AS oldest, newest.era AS newest,
      COALESCE((SELECT search_era_at("publishedAt") FROM "Post" WHERE ${out(now)} ORDER BY "publishedAt" DESC, id DESC OFFSET ${NEAR_POSTS} LIMIT 1), oldest.era) AS near
    FROM (SELECT search_era_at("publishedAt") AS era FROM "Post" WHERE ${out(now)} ORDER BY "publishedAt" DESC, id DESC LIMIT 1) newest,
      (SELECT search_era_at("publishedAt") AS era FROM "Post" WHERE ${out(now)} ORDER BY "publishedAt", id LIMIT 1) oldest
  ) found
)`;

/** The condition of the newest posts, about five hundred, by the index of searches. */
export const NEAR = Prisma.sql`${ERA} && ARRAY(SELECT generate_series(near, newest) FROM eras)`;

/**
 * CTEs, the last of them `name`: the newest public posts, at most `limit`, whose words or titles match a tsquery (SQL text
 * that makes one), with id and "publishedAt". Exactly those, however many there are; what is farther is read only where
 * what is nearer does not suffice.
 */
export function newestThat(name: string, where: 'words' | 'title', query: Prisma.Sql, limit: number, now: Date): Prisma.Sql {
  const [near, middle, far, all] = ['near', 'middle', 'far', 'all'].map((part) => Prisma.raw(`${name}_${part}`)) as [Prisma.Sql, Prisma.Sql, Prisma.Sql, Prisma.Sql];
  // Nothing else may be asked of an index here: by that of dates each post would be read whole.
  const matching = Prisma.sql`SELECT id, kind, status, "publishedAt" FROM "Post" WHERE ${COLUMNS[where]} @@ ${query}`;
  return Prisma.sql`
    ${near} AS MATERIALIZED (${matching} AND ${NEAR}),
    ${middle} AS MATERIALIZED (${matching} AND ${ERA} && ARRAY(SELECT generate_series(GREATEST(oldest, middle), near - 1) FROM eras) AND (SELECT count(*) FROM ${near} WHERE "publishedAt" <= ${now}) < ${limit}),
    ${far} AS MATERIALIZED (${matching} AND (SELECT middle > oldest FROM eras) AND (SELECT count(*) FROM ${near} WHERE "publishedAt" <= ${now}) + (SELECT count(*) FROM ${middle}) < ${limit}),
    ${all} AS (TABLE ${near} UNION TABLE ${middle} UNION TABLE ${far}),
    ${Prisma.raw(name)} AS MATERIALIZED (SELECT id, "publishedAt" FROM ${all} WHERE ${out(now)} ORDER BY "publishedAt" DESC, id DESC LIMIT ${limit})`;
}
