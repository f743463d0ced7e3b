import type { Tx } from './db/client';

/**
 * Makes whoever else asks for one of these keys wait until this transaction ends. In one order, whatever order they are
 * given in, or two askers could wait for one another. Across all processes; a key need not stand anywhere in the database.
 */
export async function lockKeys(tx: Tx, ...keys: string[]): Promise<void> {
  for (const key of [...keys].sort()) await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${key}, 0))`;
}
