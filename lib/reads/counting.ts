import { createHash, randomBytes } from 'node:crypto';
import { db } from '../db/client';
import { sessionHash } from '../identity/tokens';
import { dayIn } from '../site/rules';
import { SITE_DEFAULTS } from '../site/schema';
import { isPerson, type Read } from './rules';

/** Of the hash, so much tells the readers of one day apart. */
const MARK_BYTES = 16;
const SALT_BYTES = 32;

type Place = { slug: string; id: string; isLocked: boolean };

/**
 * Counts reads: one for each reader, post and day of the blog's calendar, however often and by however many instances it is
 * told; nobody is counted who has a desk here, and no program. Posts that are not there for readers are left out. Of who
 * read only a mark is kept, a hash by the day's salt, and both go with the day (tidyReads). Throws while the database is
 * away; may be told the same again.
 */
export async function countReads(reads: Read[], now: Date): Promise<void> {
  const byPeople = reads.filter(onePersonEach());
  if (byPeople.length === 0) return;
  const [places, staff, day] = await Promise.all([findPlaces(byPeople, now), findStaff(byPeople, now), today(now)]);
  const counted = byPeople.flatMap((read) => {
    const place = places.get(`${read.isUnlocked ? 'locked' : 'open'} ${read.slug}`);
    const isStaff = read.sessionToken !== null && staff.has(read.sessionToken);
    return place && !isStaff ? [{ ...read, postId: place.id }] : [];
  });
  if (counted.length === 0) return;
  await write(day, await saltOf(day), counted);
}

/** Asked once for each name that a browser gives itself. */
function onePersonEach(): (read: Read) => boolean {
  const known = new Map<string, boolean>();
  return ({ userAgent }) => {
    const isOne = known.get(userAgent) ?? isPerson(userAgent);
    known.set(userAgent, isOne);
    return isOne;
  };
}

async function findPlaces(reads: Read[], now: Date): Promise<Map<string, Place>> {
  const slugs = [...new Set(reads.map(({ slug }) => slug))].filter((slug) => !slug.includes('\0'));
  const posts = await db().post.findMany({
    where: { kind: 'post', slug: { in: slugs }, status: { in: ['published', 'unlisted', 'password'] }, OR: [{ publishedAt: null }, { publishedAt: { lte: now } }] },
    select: { id: true, slug: true, status: true },
  });
  return new Map(posts.map(({ id, slug, status }) => {
    const isLocked = status === 'password';
    return [`${isLocked ? 'locked' : 'open'} ${slug}`, { id, slug, isLocked }];
  }));
}

/** The sessions among these of people who write or moderate here. */
async function findStaff(reads: Read[], now: Date): Promise<ReadonlySet<string>> {
  const tokens = [...new Set(reads.flatMap(({ sessionToken }) => sessionToken ?? []))];
  if (tokens.length === 0) return new Set();
  const byHash = new Map(tokens.map((token) => [sessionHash(token), token]));
  const sessions = await db().session.findMany({ where: { sessionToken: { in: [...byHash.keys()] }, expires: { gt: now }, user: { role: { not: 'reader' } } }, select: { sessionToken: true } });
  return new Set(sessions.flatMap(({ sessionToken }) => byHash.get(sessionToken) ?? []));
}

async function today(now: Date): Promise<string> {
  const site = await db().site.findFirst({ orderBy: { id: 'asc' }, select: { timeZone: true } });
  return dayIn(now, site?.timeZone ?? SITE_DEFAULTS.timeZone);
}

/** One for all instances: whoever needs it first has made it. */
async function saltOf(day: string): Promise<Buffer> {
  const find = () => db().$queryRaw<{ salt: Uint8Array }[]>`SELECT "salt" FROM "ReadSalt" WHERE "day" = ${day}::date`;
  const [kept] = await find();
  if (kept) return Buffer.from(kept.salt);
  await db().$executeRaw`INSERT INTO "ReadSalt" ("day", "salt") VALUES (${day}::date, decode(${randomBytes(SALT_BYTES).toString('hex')}, 'hex')) ON CONFLICT DO NOTHING`;
  const [made] = await find();
  if (!made) throw new Error('The salt of a day went while it was asked for.');
  return Buffer.from(made.salt);
}

function markOf(salt: Buffer, { clientIp, userAgent, postId }: Read & { postId: string }): string {
  const hash = createHash('sha256').update(salt).update(`${clientIp}\n${userAgent}\n${postId}`);
  return hash.digest().subarray(0, MARK_BYTES).toString('hex');
}

/** In one statement: a mark that was there already counts for nothing. In order, so that no two instances wait for one another. */
async function write(day: string, salt: Buffer, reads: (Read & { postId: string })[]): Promise<void> {
  const posts = new Map(reads.map((read) => [markOf(salt, read), read.postId]));
  const sorted = [...posts].sort(([a], [b]) => (a < b ? -1 : 1));
  await db().$executeRaw`
    WITH told AS (
      SELECT decode(t.mark, 'hex') AS mark, t."postId" FROM unnest(${sorted.map(([mark]) => mark)}::text[], ${sorted.map(([, postId]) => postId)}::uuid[]) WITH ORDINALITY t(mark, "postId", at)
      JOIN "Post" p ON p."id" = t."postId" ORDER BY t.at
    ), fresh AS (
      INSERT INTO "ReadMark" ("day", "mark") SELECT ${day}::date, mark FROM told ON CONFLICT DO NOTHING RETURNING "mark"
    )
    INSERT INTO "ReadCount" AS c ("day", "postId", "count")
    SELECT ${day}::date, told."postId", count(*)::int FROM fresh JOIN told USING (mark) GROUP BY told."postId" ORDER BY told."postId"
    ON CONFLICT ("day", "postId") DO UPDATE SET "count" = c."count" + excluded."count"`;
}

/** Deletes the salts and marks of the days that are over in the blog's zone: from then on nobody can say who read what. May be done again. */
export async function tidyReads(now: Date): Promise<void> {
  const day = await today(now);
  await db().$executeRaw`
    WITH salts AS (DELETE FROM "ReadSalt" WHERE "day" < ${day}::date) DELETE FROM "ReadMark" WHERE "day" < ${day}::date`;
}
