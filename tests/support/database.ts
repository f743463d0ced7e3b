import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, beforeEach, inject } from 'vitest';
import { disconnectDb } from '../../lib/db/client';

declare module 'vitest' {
  interface ProvidedContext {
    /** Administrator's address of the test server, database `postgres`. */
    databaseServer: string;
    /** The migrated database that every clone is made from; nobody connects to it. */
    databaseTemplate: string;
  }
}

export type TestDatabase = {
  /** Address of this file's own database. */
  url: string;
  /** Raw SQL on it. */
  sql: pg.Pool;
  /** One more migrated, empty database; gives its address. Dropped after the file. */
  fresh(): Promise<string>;
  /** One more database without any table; gives its address. Dropped after the file. */
  blank(): Promise<string>;
};

const addressOf = (server: string, name: string) => Object.assign(new URL(server), { pathname: `/${name}` }).href;

async function asAdministrator(command: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('databaseServer') });
  await client.connect();
  try {
    await client.query(command);
  } finally {
    await client.end();
  }
}

async function emptyAllTables(sql: pg.Pool): Promise<void> {
  const { rows } = await sql.query<{ tables: string | null }>(
    `SELECT string_agg(format('%I.%I', schemaname, tablename), ', ') AS tables
     FROM pg_tables WHERE (schemaname = 'public' AND tablename <> '_prisma_migrations') OR (schemaname = 'pgboss' AND tablename IN ('job', 'archive'))`,
  );
  const tables = rows[0]?.tables;
  // As a replica, so that triggers which keep a table append-only let a test begin anew.
  if (tables) await sql.query(`BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE ${tables} CASCADE; COMMIT`);
}

/**
 * Gives a test file its own PostgreSQL database, migrated, with every table empty before each test;
 * `lib/db/client` connects to it. Call it once, at the top level of the file.
 */
export function useDatabase(): TestDatabase {
  const made: string[] = [];
  const make = async (template?: string) => {
    const name = `test_${randomBytes(8).toString('hex')}`;
    await asAdministrator(`CREATE DATABASE ${name}${template ? ` TEMPLATE ${template}` : ''}`);
    made.push(name);
    return addressOf(inject('databaseServer'), name);
  };
  const database = { fresh: () => make(inject('databaseTemplate')), blank: () => make() } as TestDatabase;

  beforeAll(async () => {
    database.url = await database.fresh();
    database.sql = new pg.Pool({ connectionString: database.url });
    database.sql.on('error', () => undefined); // a connection cut by DROP DATABASE … WITH (FORCE)
    process.env.DATABASE_URL = database.url;
  });

  beforeEach(() => emptyAllTables(database.sql));

  afterAll(async () => {
    await disconnectDb();
    await database.sql?.end();
    for (const name of made) await asAdministrator(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
  });

  return database;
}
