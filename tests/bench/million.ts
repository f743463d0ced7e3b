import type pg from 'pg';
import { COUNTS } from './content';

const MILLION = 1_000_000;

// Threads of four on all posts of the archive, in turn: a root and three replies. Keys are made from the number, as ordered as UUIDv7.
const COMMENTS = `
  INSERT INTO "Comment" (id, "publicId", "postId", "parentId", "rootId", depth, name, email, source, html, status, "createdAt", "ipHash", "sourceHash")
  SELECT key(n), lpad(to_hex(n), 12, '0'), a.id, CASE WHEN n % 4 = 0 THEN NULL ELSE key(n - n % 4) END, key(n - n % 4), CASE WHEN n % 4 = 0 THEN 1 ELSE 2 END,
    'Reader ' || n % 20000, 'reader-' || n % 20000 || '@example.com', text, '<p>' || text || '</p>', 'approved',
    timestamptz '2014-01-01' + n * interval '5 minutes', md5((n % 50000)::text), md5(n::text)
  FROM generate_series(0, $1::int - 1) n
  JOIN archive a ON a.row = (n / 4) % (SELECT count(*) FROM archive)
  CROSS JOIN LATERAL (SELECT 'What number ' || n || ' says: ' || repeat(md5(n::text) || ' ', 3) AS text) t`;

// A replica's triggers do not count.
const QUEUE_COUNTS = `
  TRUNCATE "QueueCount";
  INSERT INTO "QueueCount" ("postId", "status", "count") SELECT "postId", "status", count(*) FROM "Comment" GROUP BY GROUPING SETS (("postId", "status"), ("status"))`;

type Index = { name: string; definition: string };

/** Fills a copy of the bench's database up to a million comments; its indexes are made anew afterwards, which is quicker. */
export async function fillToMillion(pool: pg.Pool): Promise<void> {
  const sql = await pool.connect();
  try {
    const { rows: indexes } = await sql.query<Index>(
      `SELECT indexname AS name, indexdef AS definition FROM pg_indexes
       WHERE tablename = 'Comment' AND NOT EXISTS (SELECT FROM pg_constraint WHERE conname = indexname) AND indexdef NOT LIKE 'CREATE UNIQUE%'`);
    const { rows } = await sql.query<{ missing: number }>(`SELECT ${MILLION} - count(*)::int AS missing FROM "Comment"`);
    // As a replica: the foreign keys, which hold, are not asked a million times.
    await sql.query(`SET session_replication_role = replica; SET maintenance_work_mem = '512MB'; SET synchronous_commit = off`);
    await sql.query(`CREATE FUNCTION pg_temp.key(n bigint) RETURNS uuid LANGUAGE sql IMMUTABLE AS $$ SELECT ('01940000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid $$`);
    await sql.query(`CREATE TEMP TABLE archive AS SELECT id, row_number() OVER (ORDER BY id) - 1 AS row FROM "Post" WHERE slug LIKE 'archive-%'; ANALYZE archive`);
    for (const { name } of indexes) await sql.query(`DROP INDEX "${name}"`);
    await sql.query(COMMENTS.replaceAll('key(', 'pg_temp.key('), [rows[0]?.missing]);
    for (const { definition } of indexes) await sql.query(definition);
    await sql.query('ANALYZE');
    await sql.query(COUNTS.split(';')[0]!);
    await sql.query(QUEUE_COUNTS);
  } finally {
    sql.release(true);
  }
}
