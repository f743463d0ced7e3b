import { db } from '../db/client';

/**
 * Folds the rows that changes have left in the counts of the queues into one for each post and status, none where the sum
 * is nothing. One statement: whoever reads meanwhile sees the sum as it was or as it is, and both are the same. What
 * another process folds at this moment is left to it.
 */
export async function foldCounts(): Promise<void> {
  await db().$executeRaw`
    WITH spread AS (
      SELECT unnest(array_agg("id")) AS "id" FROM "QueueCount" GROUP BY "postId", "status" HAVING count(*) > 1 OR sum("count") = 0
    ), taken AS (
      SELECT q."id" FROM "QueueCount" q JOIN spread USING ("id") FOR UPDATE OF q SKIP LOCKED
    ), gone AS (
      DELETE FROM "QueueCount" q USING taken WHERE q."id" = taken."id" RETURNING q."postId", q."status", q."count"
    )
    INSERT INTO "QueueCount" ("postId", "status", "count")
    SELECT "postId", "status", sum("count") FROM gone GROUP BY "postId", "status" HAVING sum("count") <> 0`;
}
