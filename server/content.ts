import pg from 'pg';
import { RESTORING } from '../lib/backup/tables';
import { CannotStart } from './project';

const NOT_ALLOWED = '42501';

// The sample blog is nobody's: its posts carry `sample`, its comments were never sent, its one person is the owner.
const COUNTS = [
  { one: 'post', many: 'posts', table: 'Post', sql: 'SELECT count(*) FROM public."Post" WHERE NOT "sample"' },
  { one: 'comment', many: 'comments', table: 'Comment', sql: 'SELECT count(*) FROM public."Comment" WHERE "rule" IS NOT NULL OR "ipHash" IS NOT NULL OR "writerHash" IS NOT NULL OR "legacyNumber" IS NOT NULL' },
  { one: 'person', many: 'people', table: 'User', sql: `SELECT count(*) FROM public."User" WHERE "role" <> 'owner'` },
];

/**
 * What a database has that somebody would miss, such as `12 posts, 80 comments, 3 people`, or null: a database without
 * tables, or with nothing but the sample blog and its owner. Posts and pages of one's own, comments that were sent or
 * imported, and people other than owners count.
 */
export async function contentOf(client: pg.ClientBase): Promise<string | null> {
  const found: string[] = [];
  for (const { one, many, table, sql } of COUNTS) {
    const { rows: [there] } = await client.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [`public."${table}"`]);
    const count = there?.is ? Number((await client.query<{ count: string }>(sql)).rows[0]?.count) : 0;
    if (count > 0) found.push(`${count} ${count === 1 ? one : many}`);
  }
  return found.length > 0 ? found.join(', ') : null;
}

/**
 * Takes everything of the blog out of a database; where a restore was begun, that is forgotten with `forgetRestore`.
 * `first` runs in the same transaction, while nobody else can read or write what counts; if it throws, nothing is changed.
 * @throws CannotStart when the role may not
 */
export async function emptyDatabase(client: pg.ClientBase, { forgetRestore, first }: { forgetRestore: boolean; first?: () => Promise<void> }): Promise<void> {
  const { rowCount } = await client.query("SELECT 1 FROM pg_class WHERE relnamespace = 'public'::regnamespace LIMIT 1");
  const steps = [rowCount ? 'DROP SCHEMA public CASCADE; CREATE SCHEMA public' : '', 'DROP SCHEMA IF EXISTS pgboss CASCADE', forgetRestore ? `DROP SCHEMA IF EXISTS ${RESTORING} CASCADE` : ''];
  try {
    await client.query('BEGIN');
    if (first) await lockContent(client);
    await first?.();
    await client.query(steps.filter(Boolean).join('; '));
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw sayWhoMayEmpty(error as Error);
  }
}

async function lockContent(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ name: string }>("SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname = ANY($1) ORDER BY 1", [COUNTS.map(({ table }) => table)]);
  if (rows.length > 0) await client.query(`LOCK TABLE ${rows.map(({ name }) => `public."${name}"`).join(', ')} IN ACCESS EXCLUSIVE MODE`);
}

/** Before PostgreSQL 15 the owner of a database did not own its schema `public`. */
function sayWhoMayEmpty(error: Error & { code?: string }): Error {
  if (error.code !== NOT_ALLOWED) return error;
  return new CannotStart(`The role of DATABASE_URL may not empty this database: ${error.message}. Let it own the schema and the database: ALTER SCHEMA public OWNER TO its name; ALTER DATABASE likewise.`);
}

/** Runs `work` on a connection of its own. */
export async function onDatabase<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, application_name: 'soapbox' });
  client.on('error', () => undefined);
  await client.connect();
  return work(client).finally(() => client.end().catch(() => undefined));
}
