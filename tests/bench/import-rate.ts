import pg from 'pg';
import { importFile } from '../../lib/transfer/commands';
import { exportLines } from './export-file';
import { type Measure, type Pace, type Row, times } from './measure';
import { median } from './statistics';
import type { World } from './world';

const ROUNDS = 3;
const POSTS = 100;
const COMMENTS = 20_000;
const ROWS_AT_ONCE = 1_000;
const MS_PER_SECOND = 1_000;

type Table = { name: string; columns: string[]; rows: unknown[][] };

async function readTable(sql: pg.Pool, name: string, order: string): Promise<Table> {
  const { rows, fields } = await sql.query<unknown[]>({ text: `SELECT * FROM "${name}" ORDER BY ${order}`, rowMode: 'array' });
  return { name, columns: fields.map((field) => `"${field.name}"`), rows };
}

/** INSERT … VALUES (…), (…), …: as many rows in one statement as a parameter count of 16 bits takes, and no more than a thousand. */
async function insertRaw(client: pg.Client, { name, columns, rows }: Table): Promise<void> {
  const atOnce = Math.min(ROWS_AT_ONCE, Math.floor(65_535 / columns.length));
  for (let at = 0; at < rows.length; at += atOnce) {
    const batch = rows.slice(at, at + atOnce);
    const values = batch.map((_, row) => `(${columns.map((_column, column) => `$${row * columns.length + column + 1}`).join(',')})`);
    await client.query(`INSERT INTO "${name}" (${columns.join(',')}) VALUES ${values.join(',')}`, batch.flat());
  }
}

async function importSeconds(url: string, file: string): Promise<number> {
  const begun = performance.now();
  const result = await importFile(file, { url }, new Date());
  if (!result.ok) throw new Error(result.message);
  return (performance.now() - begun) / MS_PER_SECOND;
}

async function insertSeconds(url: string, before: readonly Table[], comments: Table): Promise<number> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const table of before) await insertRaw(client, table);
    const begun = performance.now();
    await client.query('BEGIN');
    await insertRaw(client, comments);
    await client.query('COMMIT');
    return (performance.now() - begun) / MS_PER_SECOND;
  } finally {
    await client.end();
  }
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  const file = world.newFile([...exportLines({ posts: POSTS, comments: Math.max(2_000, Math.round(COMMENTS * Math.min(1, pace.share))) })].join('\n'));
  const [imports, inserts]: [number[], number[]] = [[], []];
  let count = 0;
  for (let round = 0; round < times(ROUNDS, pace, 1); round++) {
    const [imported, raw] = [`imported_${round}`, `inserted_${round}`];
    imports.push(await importSeconds(await world.database(imported, async () => undefined), file));
    const sql = world.sql(imported);
    const before = [await readTable(sql, 'User', 'id'), await readTable(sql, 'Post', `"parentId" NULLS FIRST, id`)];
    const comments = await readTable(sql, 'Comment', 'depth, id');
    count = comments.rows.length;
    inserts.push(await insertSeconds(await world.database(raw, async () => undefined), before, comments));
    await Promise.all([imported, raw].map((name) => world.drop(name)));
  }
  const [imported, inserted] = [count / median(imports), count / median(inserts)];
  const raw = { comments: count, 'imported a second, median': Math.round(imported), 'inserted a second, median': Math.round(inserted), rounds: imports.length };
  return [{ what: 'import: comments a second against raw multi-row INSERT of the same rows', bound: { atLeast: 0.2, unit: '×' }, value: imported / inserted, raw }];
}

export const importRate: Measure = {
  name: 'import',
  how: 'A WordPress export of 20 000 comments in threads on 100 posts is imported (reading, checking, making safe, finding places, moving in); then the very comment rows that came of it are written into another empty database of the same tables and indexes by `INSERT … VALUES` of up to a thousand rows, in one transaction. In turn; medians.',
  run,
};
