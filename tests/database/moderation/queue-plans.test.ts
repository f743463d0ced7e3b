import { expect, test } from 'vitest';
import { db, disconnectDb } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import type { QueueFilter, Sort } from '@/lib/moderation/schema';
import { makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { now, person } from './scene';

const database = useDatabase();

const COMMENTS = 40_000;

/** Twenty posts, one of them the author’s, of two thousand comments each (of the author’s none waits), by writers of twenty each but one who wrote every tenth; each text has a word of its own, one of a hundred, and one of all. */
async function fill(owner: Person, author: Person, ruth: Person): Promise<void> {
  for (let at = 0; at < 20; at += 1) await makePost({ authorId: at === 7 ? author.userId : owner.userId, slug: `post-${at}`, title: `Post ${at}` });
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, email, "userId", source, html, status, "sourceHash", "createdAt", "ipHash", rule, risk)
     SELECT k, lpad(to_hex(n), 12, '0'), p.id, k, 1, 'Reader', CASE WHEN n % 10 > 0 THEN n / 20 || '@example.com' END, CASE WHEN n % 10 = 0 THEN $2::uuid END, 'everyword some' || n % 100 || ' own' || n, 'h',
       (ARRAY['pending', 'approved', 'spam', 'trash']::"CommentStatus"[])[n / 7 % 4 + 1], '', timestamptz '2026-01-01' + n * interval '1 minute', md5((n / 20)::text) || md5(''),
       (ARRAY['first-comment', 'links', 'held-word'])[n % 3 + 1], n % 50
     FROM generate_series(0, $1::int - 1) n JOIN LATERAL (SELECT md5(n::text)::uuid AS k) key ON true JOIN (SELECT id, row_number() OVER () - 1 AS at FROM "Post") p ON p.at = n % 20`,
    [COMMENTS, ruth.userId]);
  await database.sql.query(`UPDATE "Comment" SET status = 'trash' WHERE status = 'pending' AND "postId" = (SELECT id FROM "Post" WHERE "authorId" = $1)`, [author.userId]);
  await database.sql.query('VACUUM ANALYZE');
}

const others = async () =>
  (await database.sql.query<{ n: number }>(`SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()`)).rows[0]?.n;

type Read = { whole: number; rows: number };

/** How often the comments were read from end to end, and how many of them were read in all, while `work` ran. */
async function readBy(work: () => Promise<unknown>): Promise<Read> {
  const counted = async () => {
    // A connection tells what it has read when it ends.
    await disconnectDb();
    await expect.poll(others, { timeout: 10_000 }).toBe(0);
    const { rows } = await database.sql.query<{ whole: string; rows: string }>(
      `SELECT pg_stat_clear_snapshot(), seq_scan AS whole, seq_tup_read + idx_tup_fetch AS rows FROM pg_stat_user_tables WHERE relname = 'Comment'`);
    return { whole: Number(rows[0]?.whole), rows: Number(rows[0]?.rows) };
  };
  const before = await counted();
  await work();
  const after = await counted();
  return { whole: after.whole - before.whole, rows: after.rows - before.rows };
}

test('no page of a queue reads all comments, whatever it is narrowed by and in whatever order', async () => {
  const [owner, author, ruth] = [await person('owner'), await person('author'), await person('reader')];
  await fill(owner, author, ruth);
  const asked: [Partial<QueueFilter>, Sort, Person?][] = [
    [{}, 'newest'], [{}, 'oldest'], [{}, 'risk'], [{ queue: 'all' }, 'newest'], [{ queue: 'all' }, 'oldest'], [{ queue: 'all' }, 'risk'], [{ queue: 'trash' }, 'risk'],
    [{ post: 'post-4' }, 'newest'], [{ queue: 'all', post: 'post-4' }, 'newest'], [{ queue: 'all', post: 'post-4' }, 'oldest'],
    [{ person: ruth.userId }, 'newest'], [{ person: '000000000004' }, 'newest'], [{ network: '3c59dc048e88' }, 'newest'],
    [{ rule: 'links' }, 'newest'], [{ queue: 'all', rule: 'links' }, 'oldest'], [{ from: '2026-01-10', to: '2026-01-10' }, 'newest'], [{ from: '2026-01-10' }, 'oldest'],
    [{ q: 'everyword' }, 'newest'], [{ q: 'own4000' }, 'newest'], [{ queue: 'all', q: 'everyword some8' }, 'oldest'], [{ q: 'nowhere' }, 'newest'], [{ queue: 'approved', q: 'everyword some8 own9' }, 'newest'], [{ queue: 'approved', q: 'everyword some8' }, 'risk'],
    [{ post: 'post-7' }, 'risk'], [{ person: ruth.userId }, 'risk'], [{}, 'newest', author], [{ queue: 'approved' }, 'newest', author], [{ queue: 'all' }, 'oldest', author], [{ queue: 'all' }, 'risk', author], [{ queue: 'approved', q: 'everyword' }, 'newest', author],
  ];
  const offences: string[] = [];
  for (const [filter, sort, viewer = owner] of asked) {
    let cards = 0;
    const read = await readBy(async () => {
      const view = await findQueue(viewer, { ...wholeQueue('pending'), ...filter }, sort, null, null, now);
      cards = view.cards.length;
    });
    if (read.whole > 0 || read.rows > COMMENTS / 10) offences.push(`${viewer.role}: ${JSON.stringify(filter)} by ${sort}: ${cards} cards, ${read.rows} rows read, ${read.whole} times from end to end`);
    expect(read.rows, JSON.stringify(filter)).toBeGreaterThan(cards - 1);
  }
  expect(offences).toEqual([]);
  expect(await db().comment.count()).toBe(COMMENTS);
});
