import type pg from 'pg';
import { announce } from '../../lib/db/change';

const SNAPSHOT_SCHEMA = 'first_state';

type Queryable = Pick<pg.Client, 'query'>;

/** What goes on over tests: the versions of pages, and the key by which a process that runs marks what comes, which it reads once a minute. */
const GOES_ON = ['_prisma_migrations', 'PageVersion', 'NetworkKey'];

async function listTables(database: Queryable): Promise<{ name: string; columns: string }[]> {
  const { rows } = await database.query<{ name: string; columns: string }>(
    `SELECT quote_ident(table_name) AS name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) AS columns
     FROM information_schema.columns JOIN information_schema.tables USING (table_schema, table_name)
     WHERE table_schema = 'public' AND table_type = 'BASE TABLE' AND table_name <> ALL($1) AND is_generated = 'NEVER'
     GROUP BY table_name`,
    [GOES_ON],
  );
  return rows;
}

/** Keeps a copy of every row, in a schema of its own, for `returnToSnapshot`. */
export async function takeSnapshot(database: Queryable): Promise<void> {
  await database.query(`DROP SCHEMA IF EXISTS ${SNAPSHOT_SCHEMA} CASCADE; CREATE SCHEMA ${SNAPSHOT_SCHEMA}`);
  for (const { name, columns } of await listTables(database)) {
    await database.query(`CREATE TABLE ${SNAPSHOT_SCHEMA}.${name} AS SELECT ${columns} FROM public.${name}`);
  }
}

/** Makes every table what it was when the snapshot was taken, in one transaction; the versions of pages go on, and jobs that wait for what is gone do not. */
export async function returnToSnapshot(database: Queryable): Promise<void> {
  const tables = await listTables(database);
  const restore = tables.map(({ name, columns }) => `INSERT INTO public.${name} (${columns}) SELECT ${columns} FROM ${SNAPSHOT_SCHEMA}.${name};`);
  // As a replica: no trigger keeps a table append-only, no foreign key asks for an order.
  await pastDeadlocks(() => database.query(
    `BEGIN; SET LOCAL session_replication_role = replica;
     TRUNCATE ${tables.map(({ name }) => `public.${name}`).join(', ')};
     ${restore.join('\n')} DELETE FROM pgboss.job WHERE state < 'active'; COMMIT`,
  ));
  await tellAll(database);
}

const DEADLOCK = '40P01';
const TRIES = 5;

/** A job of the test before may still be writing: PostgreSQL then ends one of the two, and the job is done next time. */
async function pastDeadlocks(act: () => Promise<unknown>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    try {
      await act();
      return;
    } catch (error) {
      if ((error as { code?: string }).code !== DEADLOCK || tries === TRIES) throw error;
    }
  }
}

/** Tells the blog that the database was changed behind its back: no page that is kept is right any more. */
export const tellAll = (database: Queryable): Promise<void> => announce((sql, values) => database.query(sql, values), ['site', 'posts']);
