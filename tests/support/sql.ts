import type pg from 'pg';
import type { Run, Sql } from '@/lib/media/sources';

const runOn = (client: Pick<pg.Client, 'query'>): Run => async <Row extends object>(sql: string, values: unknown[]) => (await client.query<Row>(sql, values)).rows;

/** Lets the media domain ask and write on a pool of connections. */
export const sqlOf = (pool: pg.Pool): Sql => ({
  run: runOn(pool),
  async together(work) {
    const client = await pool.connect();
    try {
      await client.query('BEGIN');
      const value = await work(runOn(client));
      await client.query('COMMIT');
      return value;
    } catch (error) {
      await client.query('ROLLBACK');
      throw error;
    } finally {
      client.release();
    }
  },
});
