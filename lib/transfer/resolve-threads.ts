import type { Client } from 'pg';
import { t } from '../words/t';
import { noteRows } from './resolve-names';
import type { Tally } from './tally';

// A number is this blog's where its address is the same; else it counts only where one post alone ever had it.
const FOUND = `
  UPDATE s_old_post o SET target = found.post FROM (
    SELECT DISTINCT ON (item) item, post FROM (
      SELECT w.item, w.rank, 1 AS how, p.id AS post FROM s_thread_way w JOIN "Post" p ON p.kind = 'post' AND w.path LIKE '/posts/%' AND p.slug = substr(w.path, 8)
      UNION ALL SELECT w.item, w.rank, 1, p.id FROM s_thread_way w JOIN "Post" p ON p.kind = 'page' AND p.slug = substr(w.path, 2)
      UNION ALL SELECT w.item, w.rank, 2, r."postId" FROM s_thread_way w JOIN "Redirect" r ON r.path = w.path WHERE r."postId" IS NOT NULL
      UNION ALL SELECT w.item, w.rank, 3, p.id FROM s_thread_way w JOIN "ImportKey" k ON k.source = w.source AND k.kind = 'post' AND k."externalId" = w.number JOIN "Post" p ON p.id = k."targetId"
      UNION ALL SELECT w.item, w.rank, 4, min(p.id::text)::uuid FROM s_thread_way w JOIN "ImportKey" k ON k.kind = 'post' AND k."externalId" = w.number JOIN "Post" p ON p.id = k."targetId"
        GROUP BY w.item, w.rank HAVING count(DISTINCT p.id) = 1) ways
    ORDER BY item, rank, how) found
  WHERE found.item = o.item`;

/**
 * Finds for each thread (a post that is not in the file) the post that is here: by its present or an old address, or by
 * its number in an earlier import. Lists those that are not here, which have comments.
 */
export async function resolveThreads(client: Client, _source: string, tally: Tally): Promise<void> {
  await client.query(FOUND);
  await noteRows(client, tally, t('transfer.notes.pagesNotHere'),
    `SELECT o.line, COALESCE(NULLIF(o.address, ''), o.title, '') AS what, count(*) AS n
     FROM s_old_post o JOIN s_comment c USING (item) WHERE o.target IS NULL GROUP BY o.no, o.line, o.address, o.title ORDER BY o.no`,
    { say: ({ what = '', n }) => t('transfer.things.withComments', { what, count: Number(n) }) });
}
