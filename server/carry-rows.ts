import { mkdtempSync, rmSync } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { from, to } from 'pg-copy-streams';
import { makeBackup } from '../lib/backup/commands';
import { countRows } from '../lib/backup/loading';
import type { Manifest } from '../lib/backup/manifest';
import { connectForCopy } from '../lib/backup/snapshot';
import { columnList, isEmptied, markEmptied, RESTORING } from '../lib/backup/tables';
import { onDatabase } from './content';
import { prepareQueues } from './job-queues';
import { CannotStart } from './project';
import { refuseNewer, restoreRows } from './restore';

/**
 * Copies a blog's database into a new, empty one: its tables, under the migrations they have, counted afterwards, and the
 * jobs that it has still to do. `parent`: where the rows stand meanwhile, as text that every PostgreSQL reads.
 * Where a restore was begun and not ended, it can be begun again in the new one.
 * @throws CannotStart when it did not come over whole, or is newer than this code; the old one is as it was
 */
export async function copyDatabase(oldUrl: string, nextUrl: string, parent: string): Promise<void> {
  if (await carryRestore(oldUrl, nextUrl)) return;
  const folder = mkdtempSync(path.join(parent, 'postgres-init-'));
  try {
    const rows = path.join(folder, 'rows');
    const made = await makeBackup(rows, { url: oldUrl, mediaDir: path.join(folder, 'no-media'), secretFile: null }, new Date());
    if (!made.ok) throw new CannotStart(`The data of the old PostgreSQL could not be read: ${made.message} It is as it was.`);
    refuseNewer(made.value);
    await restoreRows(rows, made.value, nextUrl);
    await compareRows(nextUrl, made.value);
    await carryJobs(oldUrl, nextUrl);
    await onDatabase(nextUrl, (client) => client.query('ANALYZE'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What a restore has loaded that did not end is nobody's: the new database stays empty and says so. True where that is so. */
async function carryRestore(oldUrl: string, nextUrl: string): Promise<boolean> {
  const isLoaded = await onDatabase(oldUrl, async (client) => {
    if (await isEmptied(client)) return true;
    // It was ended before it changed anything: there is a blog, or nothing.
    await client.query(`DROP SCHEMA IF EXISTS ${RESTORING}`);
    return false;
  });
  if (isLoaded) await onDatabase(nextUrl, markEmptied);
  return isLoaded;
}

async function compareRows(url: string, { tables }: Manifest): Promise<void> {
  const counts = await onDatabase(url, (client) => countRows(client, tables.map(({ name }) => name)));
  const wrong = tables.find(({ name, rows }) => counts.get(name) !== rows);
  if (wrong) throw new CannotStart(`The table ${wrong.name} did not come over whole: ${counts.get(wrong.name)} of ${wrong.rows} rows. The old data is as it was.`);
}

/** The same blog lives on, so what it has still to do comes along; a restored backup has no jobs. */
async function carryJobs(oldUrl: string, nextUrl: string): Promise<void> {
  await prepareQueues(nextUrl);
  const [old, next] = [await connectForCopy(oldUrl), await connectForCopy(nextUrl)];
  try {
    const columnsOf = async (client: typeof old) => (await client.query<{ name: string }>(`SELECT attname::text AS name FROM pg_attribute WHERE attrelid = to_regclass('pgboss.job') AND attnum > 0 AND NOT attisdropped AND attgenerated = ''`)).rows.map(({ name }) => name);
    const known = await columnsOf(next);
    const columns = columnList((await columnsOf(old)).filter((name) => known.includes(name)));
    const { rows: queues } = await next.query<{ name: string }>('SELECT name FROM pgboss.queue');
    const names = queues.map(({ name }) => `'${name.replaceAll("'", "''")}'`).join(', ');
    if (columns && names) await pipeline(old.query(to(`COPY (SELECT ${columns} FROM pgboss.job WHERE state < 'completed' AND name IN (${names})) TO STDOUT`)), next.query(from(`COPY pgboss.job (${columns}) FROM STDIN`)));
  } finally {
    await Promise.all([old.end(), next.end()]);
  }
}
