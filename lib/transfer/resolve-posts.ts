import type { Client } from 'pg';
import { RESERVED_SLUGS } from '../posts/schema';
import { newId } from '../ids';
import { t } from '../words/t';
import { cutCycles } from './cycles';
import { countStates, freeSlugs, noteRows, resolveByKeys } from './resolve-names';
import type { Tally } from './tally';

async function addUnlistedTerms(client: Client): Promise<void> {
  const { rows } = await client.query<{ kind: string; slug: string; name: string; line: string }>(
    `SELECT t.kind, t.slug, min(t.name) AS name, min(i.line) AS line FROM s_item_term t JOIN s_item i USING (item)
     WHERE NOT EXISTS (SELECT FROM s_term l WHERE l.kind = t.kind AND l.slug = t.slug) GROUP BY t.kind, t.slug ORDER BY min(i.line)`,
  );
  for (const { kind, slug, name, line } of rows) {
    await client.query(`INSERT INTO s_term (no, line, id, kind, slug, name, description, parent_slug, is_own, key) VALUES (0, $1, $2, $3, $4, $5, '', '', false, $4)`, [line, newId(), kind, slug, name]);
  }
}

/** Decides for each staged category and tag whether it came before, is met by one with the same slug, or is new; and who its parent is. */
export async function resolveTerms(client: Client, source: string, tally: Tally): Promise<void> {
  await addUnlistedTerms(client);
  await client.query(`UPDATE s_term a SET state = 'double' FROM s_term b WHERE a.kind = b.kind AND a.slug = b.slug AND (a.line, a.id) > (b.line, b.id)`);
  await noteRows(client, tally, t('transfer.notes.termsTwice'), `SELECT line, kind, slug AS number FROM s_term WHERE state = 'double'`);
  for (const [kind, table] of [['category', '"Category"'], ['tag', '"Tag"']] as const) {
    await client.query(
      `UPDATE s_term t SET state = CASE WHEN x.id IS NULL THEN 'gone' ELSE 'here' END, target = x.id
       FROM "ImportKey" k LEFT JOIN ${table} x ON x.id = k."targetId"
       WHERE t.state IS NULL AND t.kind = $2 AND k.source = $1 AND k.kind = $2 AND k."externalId" = t.key`,
      [source, kind],
    );
    await client.query(`UPDATE s_term t SET state = 'here', target = x.id FROM ${table} x WHERE t.state IS NULL AND t.is_own AND t.kind = $1 AND x.id = t.id`, [kind]);
    await resolveByKeys(client, { table: 's_term', number: 'key', kind, here: kind === 'category' ? 'Category' : 'Tag' });
    await client.query(`UPDATE s_term t SET state = 'here', target = x.id FROM ${table} x WHERE t.state IS NULL AND t.kind = $1 AND x.slug = t.slug`, [kind]);
    await client.query(`UPDATE s_term SET state = 'new', target = id WHERE state IS NULL AND kind = $1`, [kind]);
    await countStates(client, tally, 's_term', kind === 'category' ? 'categories' : 'tags', `kind = '${kind}'`);
  }
  await client.query(`
    CREATE UNLOGGED TABLE s_term_tree AS SELECT c.target AS id, p.target AS parent FROM s_term c
    LEFT JOIN s_term p ON p.kind = 'category' AND p.slug = c.parent_slug AND p.state IN ('new', 'here') WHERE c.kind = 'category' AND c.state = 'new'`);
  await noteRows(client, tally, t('transfer.notes.categoriesWithoutParent'),
    `SELECT line, slug AS what FROM s_term c JOIN s_term_tree t ON t.id = c.target WHERE c.kind = 'category' AND c.state = 'new' AND c.parent_slug <> '' AND t.parent IS NULL`);
  const cut = await cutCycles(client, 's_term_tree');
  await noteRows(client, tally, t('transfer.notes.categoriesInCircle'), 'SELECT line, slug AS what FROM s_term WHERE id = ANY($1)', { values: [cut] });
}

const named = 'kind, number, title';

async function resolveStates(client: Client, source: string, tally: Tally): Promise<void> {
  await client.query(`UPDATE s_item a SET state = 'double' FROM s_item b WHERE a.number = b.number AND a.item > b.item`);
  await noteRows(client, tally, t('transfer.notes.postsTwice'), `SELECT line, ${named} FROM s_item WHERE state = 'double'`);
  await client.query(
    `UPDATE s_item i SET state = CASE WHEN p.id IS NULL THEN 'gone' ELSE 'here' END, target = p.id
     FROM "ImportKey" k LEFT JOIN "Post" p ON p.id = k."targetId"
     WHERE i.state IS NULL AND k.source = $1 AND k.kind = 'post' AND k."externalId" = i.number`,
    [source],
  );
  await client.query(`UPDATE s_item i SET state = 'here', target = p.id FROM "Post" p WHERE i.state IS NULL AND i.is_own AND p.id = i.id AND p.kind::text = i.kind`);
  await resolveByKeys(client, { table: 's_item', number: 'number', kind: 'post', here: 'Post' });
  // The id belongs to something else here, which is left alone.
  await client.query(`UPDATE s_item i SET id = gen_random_uuid() WHERE i.state IS NULL AND EXISTS (SELECT FROM "Post" p WHERE p.id = i.id)`);
  await client.query(`UPDATE s_item SET state = 'new', target = id WHERE state IS NULL`);
  // A blog that was emptied and filled anew gives its numbers a second time.
  await noteRows(client, tally, t('transfer.notes.numberOfAnother'),
    `SELECT i.line, i.kind, i.number, i.title FROM s_item i JOIN "Post" p ON p.id = i.target
     WHERE i.state = 'here' AND p."createdAt" <> i.created_at AND p.title <> i.title AND p.slug <> i.slug AND p.source <> i.source`);
  await noteRows(client, tally, t('transfer.notes.postsGone'), `SELECT line, ${named} FROM s_item WHERE state = 'gone'`);
}

/** Where an old address is kept: staged posts that are new, whose old path is another than their new one. The first of two wins. */
export const REDIRECTS = `
  SELECT DISTINCT ON (old_path) old_path, target FROM s_item
  WHERE state = 'new' AND old_path IS NOT NULL AND old_path <> CASE kind WHEN 'post' THEN '/posts/' ELSE '/' END || slug
    AND NOT EXISTS (SELECT FROM "Redirect" r WHERE r.path = old_path)
  ORDER BY old_path, item`;

/** The same for old addresses that an export of ours names: of new posts, and those that lead to a fixed path. */
export const OWN_REDIRECTS = `
  SELECT DISTINCT ON (r.path) r.path, i.target, r.fixed FROM s_redirect r LEFT JOIN s_item i ON i.number = r.number AND i.state = 'new'
  WHERE (i.target IS NOT NULL OR r.fixed IS NOT NULL) AND NOT EXISTS (SELECT FROM "Redirect" x WHERE x.path = r.path)
  ORDER BY r.path, i.item`;

async function resolveAddresses(client: Client, tally: Tally): Promise<void> {
  for (const kind of ['post', 'page']) {
    await freeSlugs(client, {
      table: 's_item', order: 'item', kind, taken: `SELECT slug::text FROM "Post" WHERE kind::text = $1`, reserved: kind === 'page' ? [...RESERVED_SLUGS] : [],
    });
  }
  await noteRows(client, tally, t('transfer.notes.addressesTaken'),
    `SELECT line, ${named}, wanted_slug || ' → ' || slug AS what FROM s_item WHERE state = 'new' AND slug <> wanted_slug`);
  const { rows } = await client.query<{ n: string }>(`SELECT (SELECT count(*) FROM (${REDIRECTS}) r) + (SELECT count(*) FROM (${OWN_REDIRECTS}) r) AS n`);
  tally.count('oldAddresses', 'cameIn', Number(rows[0]?.n));
  await noteRows(client, tally, t('transfer.notes.oldAddressesTaken'),
    `SELECT line, ${named}, what FROM (
       SELECT line, ${named}, old_path AS what, old_path, row_number() OVER (PARTITION BY old_path ORDER BY item) AS nth
       FROM s_item WHERE state = 'new' AND old_path IS NOT NULL) i
     WHERE nth > 1 OR EXISTS (SELECT FROM "Redirect" r WHERE r.path = old_path)`);
}

/** Decides for each staged post and page whether it is new, came before or was deleted here; its slug; and its parent page. */
export async function resolvePosts(client: Client, source: string, tally: Tally): Promise<void> {
  await resolveStates(client, source, tally);
  await resolveAddresses(client, tally);
  await client.query(`
    CREATE UNLOGGED TABLE s_page_tree AS SELECT c.target AS id, p.target AS parent FROM s_item c
    JOIN s_item p ON p.number = c.parent_number AND p.kind = c.kind AND p.state IN ('new', 'here') WHERE c.kind = 'page' AND c.state = 'new' AND c.parent_number <> ''`);
  await noteRows(client, tally, t('transfer.notes.pagesWithoutParent'),
    `SELECT line, ${named} FROM s_item c WHERE kind = 'page' AND state = 'new' AND parent_number <> '' AND NOT EXISTS (SELECT FROM s_page_tree t WHERE t.id = c.target)`);
  const cut = await cutCycles(client, 's_page_tree');
  await noteRows(client, tally, t('transfer.notes.pagesInCircle'), `SELECT line, ${named} FROM s_item WHERE target = ANY($1)`, { values: [cut] });
  await countStates(client, tally, 's_item', 'posts', "kind = 'post'");
  await countStates(client, tally, 's_item', 'pages', "kind = 'page'");
}
