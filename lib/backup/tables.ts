import { type ClientBase, escapeIdentifier } from 'pg';
import type { KeptSequence } from './manifest';

/** A schema that stands while a backup is being restored: as long as it is there, the blog is not whole. */
export const RESTORING = 'soapbox_restoring';

export type Table = { name: string; columns: string[] };
/** Rows of `from` name rows of `to`. */
export type Link = { from: string; to: string };

export const inPublic = (name: string): string => `public.${escapeIdentifier(name)}`;
export const columnList = (columns: string[]): string => columns.map((name) => escapeIdentifier(name)).join(', ');

/** The blog's tables as the catalog has them, by name, with the columns that are written (not those PostgreSQL computes). */
export async function listTables(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<Table>(`
    SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition
      AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
    GROUP BY c.oid ORDER BY c.relname::text COLLATE "C"`);
  return rows;
}

/** Whether a restore was begun here and did not end. */
export async function isHalfRestored(client: ClientBase): Promise<boolean> {
  const { rowCount } = await client.query('SELECT 1 FROM pg_namespace WHERE nspname = $1', [RESTORING]);
  return rowCount === 1;
}

/** Says that a restore has taken everything out: from then on what is in the database is the backup's, or a part of it. */
export async function markEmptied(client: ClientBase): Promise<void> {
  await client.query(`CREATE SCHEMA IF NOT EXISTS ${RESTORING}; CREATE TABLE IF NOT EXISTS ${RESTORING}.emptied ()`);
}

/** Whether a restore that was begun here has emptied the database; before that it has changed nothing in it. */
export async function isEmptied(client: ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [`${RESTORING}.emptied`]);
  return rows[0]?.is === true;
}

/** Where the sequences stand: at or after every number that a row of the same snapshot carries. */
export async function listSequences(client: ClientBase): Promise<KeptSequence[]> {
  const { rows } = await client.query<{ name: string }>(`SELECT relname::text AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'S' ORDER BY 1`);
  const sequences: KeptSequence[] = [];
  for (const { name } of rows) {
    const found = await client.query<Omit<KeptSequence, 'name'>>(`SELECT last_value::text AS "lastValue", is_called AS "isCalled" FROM ${inPublic(name)}`);
    if (found.rows[0]) sequences.push({ name, ...found.rows[0] });
  }
  return sequences;
}

/** The migrations that were applied, oldest first; none where there is no such table. */
export async function listApplied(client: ClientBase): Promise<string[]> {
  const known = await client.query<{ is: boolean }>(`SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS is`);
  if (!known.rows[0]?.is) return [];
  const { rows } = await client.query<{ name: string }>('SELECT migration_name AS name FROM public._prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name');
  return rows.map(({ name }) => name);
}

/** The foreign keys between different tables. */
export async function listLinks(client: ClientBase): Promise<Link[]> {
  const { rows } = await client.query<Link>(`
    SELECT DISTINCT f.relname::text AS "from", t.relname::text AS "to" FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
    WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace AND k.conrelid <> k.confrelid`);
  return rows;
}

/**
 * The tables in an order in which rows can be loaded: each after those its rows name.
 * @throws Error when tables name one another in a circle; tests/database/backup keeps the schema free of that
 */
export function loadOrder(names: string[], links: Link[]): string[] {
  const ordered: string[] = [];
  const waiting = new Set(names);
  while (waiting.size > 0) {
    const free = [...waiting].filter((name) => !links.some(({ from, to }) => from === name && waiting.has(to)));
    if (free.length === 0) throw new Error(`These tables name one another in a circle: ${[...waiting].join(', ')}.`);
    for (const name of free) waiting.delete(name);
    ordered.push(...free);
  }
  return ordered;
}
