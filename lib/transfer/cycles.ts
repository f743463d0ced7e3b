import type { Client } from 'pg';

/**
 * Cuts every circle of parents in a table of (id uuid, parent uuid): the row that came first in the file (whose UUIDv7
 * is smallest) loses its parent. Set-based: each round doubles how far a row has looked up its ancestors.
 * Gives the ids of the rows cut.
 */
export async function cutCycles(client: Client, table: string): Promise<string[]> {
  // In a circle some parent comes after its child; where that never happens there is none, and this is all it costs.
  const { rows } = await client.query<{ possible: boolean }>(`SELECT EXISTS (SELECT FROM ${table} t JOIN ${table} p ON p.id = t.parent WHERE p.id >= t.id) AS possible`);
  if (!rows[0]?.possible) return [];
  const { rowCount } = await client.query(`
    CREATE UNLOGGED TABLE s_circle AS
    WITH RECURSIVE rooted AS (
      SELECT t.id FROM ${table} t WHERE t.parent IS NULL OR NOT EXISTS (SELECT FROM ${table} p WHERE p.id = t.parent)
      UNION ALL SELECT t.id FROM ${table} t JOIN rooted ON t.parent = rooted.id)
    SELECT t.id, t.parent AS jump, t.id AS low FROM ${table} t WHERE NOT EXISTS (SELECT FROM rooted WHERE rooted.id = t.id)`);
  for (let steps = 1; steps < 2 * (rowCount ?? 0); steps *= 2) {
    await client.query('UPDATE s_circle a SET jump = b.jump, low = LEAST(a.low, b.low) FROM s_circle b WHERE b.id = a.jump');
  }
  const cut = await client.query<{ id: string }>(
    `UPDATE ${table} t SET parent = NULL FROM s_circle c WHERE t.id = c.id AND c.low = c.id AND c.id IN (SELECT jump FROM s_circle) RETURNING t.id`,
  );
  await client.query('DROP TABLE s_circle');
  return cut.rows.map((row) => row.id);
}
