import { createReadStream } from 'node:fs';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import type { Client } from 'pg';
import { from } from 'pg-copy-streams';
import { t } from '../words/t';
import { type KeptTable, type Manifest, tableFile } from './manifest';
import { columnList, inPublic, listLinks, listTables, loadOrder } from './tables';
import { Measured } from './writing';

/** The backup and the database it is loaded into do not go together, or a file is not what it was. The message names it. */
export class CannotLoad extends Error {}

/**
 * Loads a backup's rows in place of those that are there, and sets the sequences: one transaction, all or nothing. Tables
 * must stand as the backup's migrations made them. Triggers of ours are off meanwhile, for what they would write is in the
 * backup; those of foreign keys are not, so that every row has what it names. Needs no more than to own the tables.
 * @throws CannotLoad naming the table or file
 */
export async function loadTables(client: Client, folder: string, manifest: Manifest): Promise<void> {
  await client.query('BEGIN');
  try {
    await refuseOtherTables(client, manifest.tables);
    const names = manifest.tables.map(({ name }) => name);
    const every = (await listTables(client)).map(({ name }) => inPublic(name)).join(', ');
    if (every) await client.query(`TRUNCATE ${every}`);
    for (const name of names) await client.query(`ALTER TABLE ${inPublic(name)} DISABLE TRIGGER USER`);
    const byName = new Map(manifest.tables.map((table) => [table.name, table]));
    for (const name of loadOrder(names, await listLinks(client))) await loadTable(client, folder, byName.get(name)!);
    await client.query('SET CONSTRAINTS ALL IMMEDIATE');
    for (const name of names) await client.query(`ALTER TABLE ${inPublic(name)} ENABLE TRIGGER USER`);
    for (const { name, lastValue, isCalled } of manifest.sequences) await client.query('SELECT setval($1::regclass, $2::bigint, $3)', [inPublic(name), lastValue, isCalled]);
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function refuseOtherTables(client: Client, tables: KeptTable[]): Promise<void> {
  const here = new Map((await listTables(client)).map(({ name, columns }) => [name, columns]));
  for (const { name, columns } of tables) {
    const unknown = columns.filter((column) => !here.get(name)?.includes(column));
    if (unknown.length > 0) throw new CannotLoad(t('backup.loading.otherTable', { table: name, columns: unknown.join(', ') }));
  }
}

async function loadTable(client: Client, folder: string, { name, columns, rows }: KeptTable): Promise<void> {
  const file = tableFile(name);
  const counted = new Measured({ lines: true });
  try {
    await pipeline(createReadStream(path.join(folder, file)), createGunzip(), counted, client.query(from(`COPY ${inPublic(name)} (${columnList(columns)}) FROM STDIN`)));
  } catch (error) {
    throw new CannotLoad(t('backup.loading.unreadable', { file, reason: (error as Error).message }), { cause: error });
  }
  if (counted.lines !== rows) throw new CannotLoad(t('backup.loading.otherRows', { file, rows: String(counted.lines), wanted: String(rows) }));
}

/** How many rows each table has now, by name. */
export async function countRows(client: Client, names: string[]): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, Number((await client.query<{ count: string }>(`SELECT count(*) FROM ${inPublic(name)}`)).rows[0]?.count));
  return counts;
}
