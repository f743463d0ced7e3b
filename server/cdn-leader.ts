import type pg from 'pg';
import type { Purger } from './cdn-purge';

/** The number of an advisory lock, one on each database. */
export const LEADER_LOCK = 7_305_011;

/**
 * Of all instances on one database one purges: whoever holds a lock on the connection by which it hears. It is lost with
 * the connection, and the next who asks has it.
 */
export function cdnLeader(purger: Purger) {
  let isLeader = false;
  const lead = (leads: boolean) => purger.lead((isLeader = leads));
  return {
    /** To be called when the connection is there, and now and then. */
    async ask(client: pg.Client): Promise<void> {
      if (isLeader) return;
      const { rows } = await client.query<{ locked: boolean }>('SELECT pg_try_advisory_lock($1) AS locked', [LEADER_LOCK]);
      if (rows[0]?.locked) lead(true);
    },
    /** To be called when the connection is lost. */
    lost: (): void => lead(false),
  };
}
