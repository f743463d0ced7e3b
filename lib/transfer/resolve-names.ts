import type { Client } from 'pg';
import { newId } from '../ids';
import { slugOf } from '../text/slug';
import { t } from '../words/t';
import { cutTo, MAX_SLUG } from './rules';
import type { Tally } from './tally';
import { type Thing, thingWords } from './thing-words';

/** The state of a staged row: `new` comes in, `here` came before (or is met by a row that is), `gone` was deleted here, `double` stands twice in the file. */
export type RowState = 'new' | 'here' | 'gone' | 'double';

/** A row that is listed. `kind`, `number` and `title` name a thing; `what` is a name by itself, or what is said of that thing. */
type StagedRow = { line: number | null; kind?: Thing['kind']; number?: string; title?: string; what?: string; parent?: string; n?: string };

function thingOf({ kind, number = '', title, what }: StagedRow): string {
  if (!kind) return what ?? '';
  const thing = thingWords({ kind, number, ...(title !== undefined && { title }) });
  return what === undefined ? thing : `${thing}: ${what}`;
}

/** Lists the rows that `select` finds (a column `line`, and others of StagedRow) under a reason, the first of them by name and all of them by count. */
export async function noteRows(client: Client, tally: Tally, reason: string, select: string, { values = [], say = thingOf }: { values?: unknown[]; say?: (row: StagedRow) => string } = {}): Promise<number> {
  const { rows } = await client.query<StagedRow & { total: string }>(`SELECT listed.*, listed.line::int AS line, count(*) OVER () AS total FROM (${select}) listed ORDER BY listed.line LIMIT 20`, values);
  const total = Number(rows[0]?.total ?? 0);
  rows.forEach((row, index) => tally.note(reason, row.line, say(row), index === 0 ? total - rows.length + 1 : 1));
  return total;
}

/**
 * Gives `-2`, `-3`… to staged rows in state `new` whose slug is taken: by a row that is here (`taken`, a SELECT of slugs
 * with `$1` for the kind), by an earlier row of the file, or because it is in `reserved`. Order: that of the file.
 */
export async function freeSlugs(client: Client, rows: { table: 's_author' | 's_item'; order: string; kind: string | null; taken: string; reserved: string[] }): Promise<void> {
  const { table, order, kind, taken, reserved } = rows;
  const ofKind = `state = 'new' AND slug IS NOT NULL AND ($1::text IS NULL OR ${table === 's_item' ? 'kind' : "'x'"} = $1)`;
  const { rows: groups } = await client.query<{ slug: string; keys: string[] }>(
    `WITH ours AS (SELECT ${order} AS key, slug, row_number() OVER (PARTITION BY slug ORDER BY ${order}) AS nth FROM ${table} WHERE ${ofKind}),
          taken AS (${taken} UNION SELECT unnest($2::text[]))
     SELECT slug, array_agg(key ORDER BY key) AS keys FROM ours
     WHERE nth > 1 OR slug IN (SELECT slug FROM taken) GROUP BY slug ORDER BY min(key)`,
    [kind, reserved],
  );
  for (const { slug, keys } of groups) {
    await client.query(
      `WITH taken AS (${taken} UNION SELECT unnest($2::text[]) UNION SELECT slug FROM ${table} WHERE ${ofKind} AND ${order} <> ALL($4::bigint[])),
            near AS (SELECT count(*) AS n FROM taken WHERE starts_with(slug, $3 || '-')),
            free AS (SELECT $3 || '-' || n AS slug, row_number() OVER (ORDER BY n) AS nth FROM generate_series(2, cardinality($4::bigint[]) + 1 + (SELECT n FROM near)) n
                     WHERE $3 || '-' || n NOT IN (SELECT slug FROM taken))
       UPDATE ${table} s SET slug = free.slug FROM unnest($4::bigint[]) WITH ORDINALITY AS k(key, nth) JOIN free ON free.nth = k.nth WHERE s.${order} = k.key`,
      [kind, reserved, cutTo(slug, MAX_SLUG), keys],
    );
  }
}

/** Keys of earlier imports whose kind fits what they stand on, as lib/transfer/move.ts writes them. */
export const FITTING_KEYS = `
  SELECT s.* FROM s_key s WHERE s.kind = s.of OR (s.of = 'gone' AND s.kind IN ('author', 'category', 'tag', 'post', 'comment'))
    OR (s.of, s.kind) IN (('author', 'author-slug'), ('author', 'author-number'), ('category', 'category-number'), ('tag', 'tag-number'))`;

/** A file that says what was deleted there keeps that away here, too: for the owner to see before it is so. */
export async function noteGone(client: Client, _source: string, tally: Tally): Promise<void> {
  const { rows } = await client.query<{ source: string; n: string }>(
    `SELECT s.source, count(*) AS n FROM (SELECT DISTINCT source, kind, external FROM (${FITTING_KEYS}) f WHERE of = 'gone') s
     WHERE NOT EXISTS (SELECT FROM "ImportKey" k WHERE k.source = s.source AND k.kind = s.kind AND k."externalId" = s.external) GROUP BY s.source ORDER BY s.source`);
  for (const { source, n } of rows) tally.note(t('transfer.notes.deletedThere'), null, t('transfer.things.countOf', { count: n, source }), Number(n));
}

/** What an export of ours names by keys of earlier imports is known by them: as here, or as deleted here. Any file can claim such keys, so `by_key` says it. */
export async function resolveByKeys(client: Client, { table, number, kind, here }: { table: string; number: string; kind: string; here: string }): Promise<void> {
  await client.query(
    `UPDATE ${table} r SET state = CASE WHEN x.id IS NULL THEN 'gone' ELSE 'here' END, target = x.id, by_key = true
     FROM s_key s JOIN "ImportKey" k ON k.source = s.source AND k.kind = s.kind AND k."externalId" = s.external LEFT JOIN "${here}" x ON x.id = k."targetId"
     WHERE ${table === 's_place' ? "r.state = 'new'" : 'r.state IS NULL'} AND s.of = $1 AND s.kind = $1 AND s.number = r.${number}`,
    [kind],
  );
}

const AFTER_THE_LISTED = 1_000_000_000_000;

async function addUnlistedAuthors(client: Client): Promise<void> {
  const { rows } = await client.query<{ login: string; line: string }>(
    'SELECT author_login AS login, min(line) AS line FROM s_item i WHERE NOT EXISTS (SELECT FROM s_author a WHERE a.login = i.author_login) GROUP BY author_login ORDER BY min(line)',
  );
  for (const [index, { login, line }] of rows.entries()) {
    await client.query(`INSERT INTO s_author (no, line, id, login, number, name, slug) VALUES ($6, $1, $2, $3, '', $4, $5)`, [
      line, newId(), login, login || t('transfer.names.unknown'), cutTo(slugOf(login || 'unknown'), MAX_SLUG), AFTER_THE_LISTED + index,
    ]);
  }
}

/**
 * Decides for each staged author who that is here: the person an earlier import made of them, an account with the same
 * address (which keeps its role), or a new author. One deleted here is made again only for a new post.
 */
export async function resolveAuthors(client: Client, source: string, tally: Tally): Promise<void> {
  await addUnlistedAuthors(client);
  await client.query(`
    UPDATE s_author a SET state = 'double' FROM s_author b WHERE a.login = b.login AND (a.line, a.id) > (b.line, b.id);
    UPDATE s_author a SET email = NULL FROM s_author b WHERE a.email = b.email AND a.state IS NULL AND b.state IS NULL AND (a.line, a.id) > (b.line, b.id)`);
  await noteRows(client, tally, t('transfer.notes.authorsTwice'), `SELECT line, login AS what FROM s_author WHERE state = 'double'`);
  await client.query(
    `UPDATE s_author a SET state = 'here', target = u.id FROM "ImportKey" k JOIN "User" u ON u.id = k."targetId"
     WHERE a.state IS NULL AND k.source = $1 AND k.kind = 'author' AND k."externalId" = a.login`,
    [source],
  );
  await client.query(`UPDATE s_author a SET state = 'here', target = u.id FROM "User" u WHERE a.state IS NULL AND a.is_own AND u.id = a.id`);
  await resolveByKeys(client, { table: 's_author', number: 'login', kind: 'author', here: 'User' });
  await noteRows(client, tally, t('transfer.notes.authorsKnown'),
    `SELECT a.line, a.login AS what FROM s_author a JOIN "User" u ON u.email = a.email WHERE a.state IS NULL`);
  await client.query(`UPDATE s_author a SET state = 'here', target = u.id FROM "User" u WHERE a.state IS NULL AND u.email = a.email`);
  await client.query(
    `UPDATE s_author a SET state = 'gone' WHERE a.state IS NULL
       AND EXISTS (SELECT FROM "ImportKey" k WHERE k.source = $1 AND k.kind = 'author' AND k."externalId" = a.login)
       AND NOT EXISTS (SELECT FROM s_item i WHERE i.author_login = a.login
         AND NOT EXISTS (SELECT FROM "ImportKey" p WHERE p.source = $1 AND p.kind = 'post' AND p."externalId" = i.number))`,
    [source],
  );
  // Nobody is told of an account that was deleted here before it had a key: whoever wrote nothing new is not made again.
  await client.query(`
    UPDATE s_author a SET state = 'gone' WHERE a.state IS NULL AND a.is_own AND NOT EXISTS (SELECT FROM s_item i WHERE i.author_login = a.login
      AND NOT EXISTS (SELECT FROM "Post" p WHERE p.id = i.id)
      AND NOT EXISTS (SELECT FROM "ImportKey" p WHERE p.source = $1 AND p.kind = 'post' AND p."externalId" = i.number))`, [source]);
  await client.query(`UPDATE s_author SET state = 'new', target = id WHERE state IS NULL`);
  await freeSlugs(client, { table: 's_author', order: 'no', kind: null, taken: 'SELECT slug::text FROM "User" WHERE slug IS NOT NULL', reserved: [] });
  await countStates(client, tally, 's_author', 'authors', 'true');
}

/** Adds the states of a staging table's rows to a line of the table. */
export async function countStates(client: Client, tally: Tally, table: string, kind: Parameters<Tally['count']>[0], where: string): Promise<void> {
  const { rows } = await client.query<{ state: RowState; n: string }>(`SELECT state, count(*) AS n FROM ${table} WHERE ${where} GROUP BY state`);
  for (const { state, n } of rows) {
    tally.count(kind, state === 'new' ? 'cameIn' : state === 'here' ? 'alreadyHere' : 'skipped', Number(n));
  }
}
