import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from './generated/client';
import { Client, Pool } from './pool';

export type Db = PrismaClient;
/** What a query or a step of a command may be given: the client, or the transaction it runs in. */
export type Tx = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$transaction' | '$extends'>;

/** For a free connection: when many come at once they wait for one another, and are not refused. */
const PATIENCE_MS = 10_000;
/** For one answer. Counted here, not by PostgreSQL: a pooler takes no such setting, and a connection may be dead without a word. */
const QUERY_MS = 25_000;

const shared = globalThis as typeof globalThis & { soapboxDb?: PrismaClient; soapboxPool?: Pool };

function connect(): PrismaClient {
  const connectionString = process.env.DATABASE_URL;
  if (!connectionString) throw new Error('DATABASE_URL is not set: the server, a script or a test sets it before the first query.');
  const pool = (shared.soapboxPool = new Pool({ Client, connectionString, max: 10, connectionTimeoutMillis: PATIENCE_MS, query_timeout: QUERY_MS }));
  return new PrismaClient({
    adapter: new PrismaPg(pool, { disposeExternalPool: true }),
    transactionOptions: { maxWait: PATIENCE_MS, timeout: 15_000 },
  });
}

/** The one Prisma client of this process, connected at its first use. */
export function db(): PrismaClient {
  return (shared.soapboxDb ??= connect());
}

/** Ends the connections, so that the process or the database can stop. */
export async function disconnectDb(): Promise<void> {
  await shared.soapboxDb?.$disconnect();
  shared.soapboxDb = shared.soapboxPool = undefined;
}

/** How many connections there are and are free, and how many queries wait for one. */
export type PoolState = { total: number; idle: number; waiting: number };

/** The connections of this thread; null before its first query. */
export function poolState(): PoolState | null {
  const { soapboxPool: pool } = shared;
  return pool ? { total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount } : null;
}
