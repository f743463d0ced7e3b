import { writeFileSync } from 'node:fs';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import fc from 'fast-check';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { importFile } from '@/lib/transfer/commands';
import { Snapshot } from '@/lib/transfer/export/rows';
import type { ImportReport } from '@/lib/transfer/schema';
import { wordPressExport } from '@/lib/transfer/export/wxr-writer';
import { useDatabase } from '@/tests/support/database';
import { randomBlog, writeBlog } from '@/tests/support/random-blog';

const database = useDatabase();
const now = new Date('2026-06-01T12:00:00Z');
const RUNS = 6;

let other: { url: string; sql: pg.Pool };
const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-round-trip-'));

beforeAll(async () => {
  const url = await database.fresh();
  other = { url, sql: new pg.Pool({ connectionString: url }) };
  other.sql.on('error', () => undefined);
});

afterAll(async () => {
  await other.sql.end();
  rmSync(folder, { recursive: true, force: true });
});

const FILLED = ['Site', 'User', 'Category', 'Tag', 'Post', 'PostCategory', 'PostTag', 'Redirect', 'Comment', 'Mention', 'ImportKey', 'SpamLesson', 'MediaAsset', 'MediaSource', 'Pseudonym'];

async function empty(sql: pg.Pool): Promise<void> {
  await sql.query(`BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${FILLED.map((table) => `"${table}"`).join(', ')} CASCADE; COMMIT`);
}

async function exported(url: string): Promise<string> {
  const snapshot = await Snapshot.open(url);
  const parts: string[] = [];
  for await (const part of wordPressExport(snapshot, 'https://blog.example', now)) parts.push(part);
  await snapshot.close();
  return parts.join('');
}

async function imported(url: string, text: string): Promise<ImportReport> {
  const file = path.join(folder, 'export.xml');
  writeFileSync(file, text);
  const result = await importFile(file, { url, media: { skip: true } }, new Date('2026-07-01T00:00:00Z'));
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

async function rows(sql: pg.Pool, select: string): Promise<string> {
  return (await sql.query<{ row: string }>(`SELECT t::text AS row FROM (${select}) t ORDER BY 1`)).rows.map(({ row }) => row).join('\n');
}

/** Every row of every table that an import fills. */
const all = async (sql: pg.Pool) => (await Promise.all(FILLED.map((table) => rows(sql, `SELECT * FROM "${table}"`)))).join('\n--\n');

/** What a blog keeps of its texts, counts and threads: all columns but those that are of accounts, hashes and desks. */
const KEPT = [
  `SELECT id, kind, slug, title, source, html, excerpt, status, password, "publishedAt", "createdAt", "updatedAt", "authorId", "parentId", "menuOrder", sticky, "commentsOpen", "commentsCloseAt", "commentsByAge", care, helpline, "approvedCount" FROM "Post"`,
  `SELECT id, "publicId", "legacyNumber", "postId", "parentId", "rootId", depth, kind, name, source, format, html, status, "createdAt", "editedAt", "replyCount" FROM "Comment"`,
  'SELECT id, slug, name, description, "parentId" FROM "Category"', 'SELECT * FROM "Tag"', 'SELECT * FROM "PostCategory"', 'SELECT * FROM "PostTag"', 'SELECT * FROM "Redirect"',
  'SELECT * FROM "Mention"', `SELECT "publicId", website FROM "Comment" WHERE kind = 'mention'`,
  `SELECT * FROM "ImportKey" WHERE source <> 'soapbox' AND "targetId" IS NOT NULL AND "externalId" NOT LIKE 'gone-%'`,
  `SELECT source, kind, "externalId" FROM "ImportKey" WHERE source <> 'soapbox'`,
];
const kept = async (sql: pg.Pool) => (await Promise.all(KEPT.map((select) => rows(sql, select)))).join('\n--\n');

test('a random blog, exported and imported into an empty one, is the same blog and gives the same export, and comes to the one it is from without a trace', async () => {
  await fc.assert(
    fc.asyncProperty(randomBlog, async (blog) => {
      await Promise.all([empty(database.sql), empty(other.sql)]);
      await writeBlog(blog);
      const text = await exported(database.url);
      const report = await imported(other.url, text);
      expect(await exported(other.url)).toBe(text);
      expect(await kept(other.sql)).toBe(await kept(database.sql));
      expect(report.rows.map(({ skipped, alreadyHere }) => skipped + alreadyHere)).toEqual(report.rows.map(() => 0));
      for (const { url, sql } of [database, other]) {
        const before = await all(sql);
        await imported(url, text);
        expect(await all(sql)).toBe(before);
      }
    }),
    { numRuns: RUNS, verbose: 1 },
  );
}, 300_000);
