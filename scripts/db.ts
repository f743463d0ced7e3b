import path from 'node:path';
import { createInterface } from 'node:readline/promises';
import { env } from '../lib/env';
import { emptyDatabase, onDatabase } from '../server/content';
import type { Database } from '../server/database';
import { migrateCarefully } from '../server/migrating';
import { driftOf, migrate, type MigrationStatus, migrationStatus, newMigration } from '../server/migrations';
import { PROJECT_ROOT } from '../server/project';
import { withDatabase } from './with-database';

const USAGE = 'Usage: npm run db -- migrate [--without-backup] | status | new NAME | reset [--yes]';
const ASKED_FOR = 'erase everything';

const sentences: Record<keyof MigrationStatus, string> = {
  pending: 'Not applied yet',
  failed: 'Failed',
  interrupted: 'Begun but interrupted',
  edited: 'Edited after it was applied',
  unknown: 'Applied, but not in prisma/migrations',
};

async function applyPending({ directUrl }: Database): Promise<void> {
  const applied = await migrateCarefully(directUrl, env(), { retryFailed: true, withoutBackup: rest.includes('--without-backup'), say: console.log });
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
  await onDatabase(directUrl, (client) => emptyDatabase(client, { forgetRestore: true }));
  await migrate(directUrl);
  console.log('The database is empty again; the next start writes the sample blog.');
  return 0;
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
