import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import pg from 'pg';
import type { Database } from '../server/database';
import { driftOf, migrate, type MigrationStatus, migrationStatus, newMigration } from '../server/migrations';
import { CannotStart, PROJECT_ROOT } from '../server/project';
import { withDatabase } from './with-database';

const USAGE = 'Usage: npm run db -- migrate | status | new NAME | reset [--yes]';
const ASKED_FOR = 'erase everything';
const NOT_ALLOWED = '42501';

const sentences: Record<keyof MigrationStatus, string> = {
  pending: 'Not applied yet',
  failed: 'Failed',
  interrupted: 'Begun but interrupted',
  edited: 'Edited after it was applied',
  unknown: 'Applied, but not in prisma/migrations',
};

async function applyPending({ directUrl }: Database): Promise<void> {
  const applied = await migrate(directUrl, { retryFailed: true });
  console.log(applied.length > 0 ? `Applied: ${applied.join(', ')}.` : 'Nothing to apply.');
}

async function printStatus({ directUrl }: Database): Promise<number> {
  const status = await migrationStatus(directUrl);
  const lines = (Object.keys(sentences) as (keyof MigrationStatus)[]).flatMap((kind) => status[kind].map((name) => `${sentences[kind]}: ${name}`));
  const drift = await driftOf(directUrl).catch((error: Error) => {
    lines.push(error.message);
    return null;
  });
  if (drift) lines.push(`schema.prisma and the migrations differ by:\n\n${drift}\n\nRun: npm run db -- new NAME`);
  console.log(lines.length > 0 ? lines.join('\n') : 'Database, migrations and schema.prisma agree.');
  return lines.length > 0 ? 1 : 0;
}

async function reset({ directUrl }: Database, confirmed: boolean): Promise<number> {
  if (!confirmed && !(await isConfirmed())) {
    console.error('Nothing was erased.');
    return 1;
  }
  const client = new pg.Client({ connectionString: directUrl });
  await client.connect();
  await client.query('DROP SCHEMA public CASCADE; CREATE SCHEMA public; DROP SCHEMA IF EXISTS pgboss CASCADE').catch(sayWhoMayReset).finally(() => client.end());
  await migrate(directUrl);
  console.log('The database is empty again; the next start writes the sample blog.');
  return 0;
}

/** Before PostgreSQL 15 the owner of a database did not own its schema `public`. */
function sayWhoMayReset(error: { code?: string; message: string }): never {
  if (error.code !== NOT_ALLOWED) throw error;
  throw new CannotStart(`The role of DATABASE_URL may not empty this database: ${error.message}. Let it own the schema and the database: ALTER SCHEMA public OWNER TO its name; ALTER DATABASE likewise.`);
}

async function isConfirmed(): Promise<boolean> {
  if (!process.stdin.isTTY) {
    console.error('reset erases every post and comment. Without a terminal it needs --yes.');
    return false;
  }
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  const typed = await terminal.question(`This erases every post and comment. Type “${ASKED_FOR}” to go on: `);
  terminal.close();
  return typed.trim() === ASKED_FOR;
}

const [command, ...rest] = process.argv.slice(2);
const name = rest.find((word) => !word.startsWith('--'));

if (command === 'migrate') await withDatabase(applyPending);
else if (command === 'status') await withDatabase(printStatus);
else if (command === 'reset') await withDatabase((database) => reset(database, rest.includes('--yes')));
else if (command === 'new' && name) await withDatabase(async ({ directUrl }) => console.log(`Written: ${path.relative(PROJECT_ROOT, await newMigration(name, directUrl))}`));
else {
  console.error(USAGE);
  process.exit(64);
}
