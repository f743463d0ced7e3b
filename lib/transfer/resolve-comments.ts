import type { Client } from 'pg';
import { MAX_DEPTH } from '../comments/schema';
import { newCommentId } from '../ids';
import { t } from '../words/t';
import { cutCycles } from './cycles';
import { noteRows, resolveByKeys } from './resolve-names';
import type { RowState } from './resolve-names';
import type { Tally } from './tally';

// One narrow row for each staged comment: what it is here, on which post (one that came before may have been moved to
// another), below which comment. Texts stay where they are.
const PLACES = `
  CREATE UNLOGGED TABLE s_place AS
  SELECT c.no, c.line, c.id, c.is_own, c.number, c.parent_number, c.kind, c.status, COALESCE(x."postId", i.target) AS post, i.state AS post_state, NULL::uuid AS parent, x.id AS target, false AS is_twin, false AS by_key,
    CASE WHEN i.item IS NULL OR i.state = 'double' THEN 'no-post'
         WHEN i.state = 'not-here' THEN 'not-here'
         WHEN row_number() OVER (PARTITION BY c.number, i.item IS NULL OR i.state IN ('double', 'not-here') ORDER BY c.no) > 1 THEN 'double'
         WHEN k.source IS NOT NULL OR x.id IS NOT NULL THEN CASE WHEN x.id IS NULL THEN 'gone' ELSE 'here' END
         WHEN i.state = 'gone' THEN 'gone' ELSE 'new' END AS state
  FROM s_comment c
  LEFT JOIN (
    SELECT item, target, state FROM s_item
    UNION ALL SELECT item, target, CASE WHEN target IS NULL THEN 'not-here' ELSE 'here' END FROM s_old_post) i ON i.item = c.item
  LEFT JOIN "ImportKey" k ON k.source = $1 AND k.kind = 'comment' AND k."externalId" = c.number
  LEFT JOIN "Comment" x ON x.id = CASE WHEN k.source IS NULL THEN CASE WHEN c.is_own THEN c.id END ELSE k."targetId" END AND (k.source IS NOT NULL OR x."postId" = i.target)`;

// Disqus keeps in step with WordPress: a comment of the old blog may have come with its posts already. It is known by page,
// second and name; as it has a key from now on, it stays away once it is deleted here.
const TWINS = `
  UPDATE s_place p SET state = 'here', target = twin.id, is_twin = true FROM s_comment c, (
    SELECT DISTINCT ON (x."postId", x.name, date_trunc('second', x."createdAt")) x.id, x."postId", x.name, date_trunc('second', x."createdAt") AS at
    FROM "Comment" x WHERE x."postId" IN (SELECT target FROM s_old_post)
    ORDER BY x."postId", x.name, date_trunc('second', x."createdAt"), x.id) twin
  WHERE c.no = p.no AND p.state = 'new' AND c.item IN (SELECT item FROM s_old_post)
    AND twin."postId" = p.post AND twin.name = c.name AND twin.at = date_trunc('second', c.created_at)
    AND NOT EXISTS (SELECT FROM "ImportKey" k WHERE k.source = $1 AND k.kind = 'comment' AND k."targetId" = twin.id)`;

// A reply finds its parent by number, on its own post: a new comment of this file, or one that is here.
const PARENTS = `
  UPDATE s_place c SET parent = COALESCE(p.target, p.id) FROM s_place p
  WHERE c.state = 'new' AND c.parent_number <> '' AND p.number = c.parent_number AND p.post = c.post AND p.kind = 'comment' AND p.state IN ('new', 'here')`;

// A parent that came with an earlier export and is not in this one.
const PARENTS_HERE = `
  UPDATE s_place c SET parent = x.id FROM "ImportKey" k JOIN "Comment" x ON x.id = k."targetId"
  WHERE c.state = 'new' AND c.parent IS NULL AND c.parent_number <> '' AND k.source = $1 AND k.kind = 'comment' AND k."externalId" = c.parent_number
    AND x."postId" = c.post AND x.kind = 'comment'`;

const THREADS = `
  CREATE UNLOGGED TABLE s_thread AS
  WITH RECURSIVE thread AS (
    SELECT c.id, COALESCE(x."rootId", c.id) AS root, CASE WHEN x.id IS NULL THEN 1 ELSE LEAST(x.depth + 1, ${MAX_DEPTH}) END AS depth
    FROM s_place c LEFT JOIN "Comment" x ON x.id = c.parent WHERE c.state = 'new' AND (c.parent IS NULL OR x.id IS NOT NULL)
    UNION ALL
    SELECT c.id, t.root, LEAST(t.depth + 1, ${MAX_DEPTH}) FROM thread t JOIN s_place c ON c.parent = t.id WHERE c.state = 'new')
  SELECT * FROM thread`;

// Rows that stand twice, and an id that belongs to something else here, which is left alone.
const FREE_ROW_IDS = `UPDATE s_place c SET id = gen_random_uuid() WHERE c.is_own AND (c.state = 'double' OR (c.state = 'new' AND EXISTS (SELECT FROM "Comment" x WHERE x.id = c.id)))`;

async function giveFreeIds(client: Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query<{ no: string }>(`
      SELECT no FROM (SELECT no, public_id, row_number() OVER (PARTITION BY public_id ORDER BY no) AS nth FROM s_comment) c
      WHERE nth > 1 OR EXISTS (SELECT FROM "Comment" x WHERE x."publicId" = c.public_id)`);
    if (rows.length === 0) return;
    for (const { no } of rows) await client.query('UPDATE s_comment SET public_id = $2 WHERE no = $1', [no, newCommentId()]);
  }
}

async function countComments(client: Client, tally: Tally): Promise<void> {
  const { rows } = await client.query<{ kind: string; state: RowState | 'no-post' | 'not-here'; n: string }>('SELECT kind, state, count(*) AS n FROM s_place GROUP BY kind, state');
  for (const { kind, state, n } of rows) {
    tally.count(kind === 'mention' ? 'mentions' : 'comments', state === 'new' ? 'cameIn' : state === 'here' ? 'alreadyHere' : 'skipped', Number(n));
  }
  const listed = (where: string) => `SELECT line, kind, number FROM s_place WHERE ${where}`;
  await noteRows(client, tally, t('transfer.notes.commentsOnNothing'), listed("state = 'no-post'"));
  await noteRows(client, tally, t('transfer.notes.commentsTwice'), listed("state = 'double'"));
  await noteRows(client, tally, t('transfer.notes.commentsGone'), listed("state = 'gone'"));
}

/** Decides for each staged comment whether it is new, came before or was deleted here, and where in which thread it stands. */
export async function resolveComments(client: Client, source: string, tally: Tally): Promise<void> {
  await client.query(PLACES, [source]);
  await client.query('CREATE INDEX ON s_place (number); CREATE INDEX ON s_place (id); ANALYZE s_place');
  await resolveByKeys(client, { table: 's_place', number: 'number', kind: 'comment', here: 'Comment' });
  await client.query(FREE_ROW_IDS);
  await client.query(TWINS, [source]);
  await client.query(PARENTS);
  await client.query(PARENTS_HERE, [source]);
  await noteRows(client, tally, t('transfer.notes.repliesToNothing'),
    `SELECT line, number, parent_number AS parent FROM s_place WHERE state = 'new' AND parent_number <> '' AND parent IS NULL`, { say: ({ number = '', parent = '' }) => t('transfer.things.reply', { number, parent }) });
  const cut = await cutCycles(client, 's_place');
  await noteRows(client, tally, t('transfer.notes.repliesInCircle'), `SELECT line, 'comment' AS kind, number FROM s_place WHERE id = ANY($1)`, { values: [cut] });
  await client.query('CREATE INDEX ON s_place (parent) WHERE parent IS NOT NULL; ANALYZE s_place');
  await client.query(THREADS);
  await client.query('CREATE INDEX ON s_thread (id); ANALYZE s_thread');
  await giveFreeIds(client);
  await countComments(client, tally);
}
