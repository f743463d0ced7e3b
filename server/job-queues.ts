import PgBoss from 'pg-boss';
import { JOBS } from '../lib/jobs';
import { CannotStart } from './project';

const NOT_ALLOWED = '42501';

/**
 * Makes the schema `pgboss` and the queues of lib/jobs.ts, or brings them up to date. Idempotent. Two at once would trip
 * over one another: called by `migrate`, under its lock.
 * @throws CannotStart when the role may not make a schema
 */
export async function prepareQueues(url: string): Promise<void> {
  const boss = new PgBoss({ connectionString: url, max: 1, supervise: false, schedule: false });
  boss.on('error', () => undefined); // what fails is thrown, too
  try {
    await boss.start();
    for (const [name, options] of Object.entries(JOBS)) {
      const queue = { name, policy: 'short', ...options } as const;
      await boss.createQueue(name, queue);
      await boss.updateQueue(name, queue);
    }
  } catch (error) {
    if ((error as { code?: string }).code !== NOT_ALLOWED) throw error;
    throw new CannotStart(`The role of DATABASE_URL may not make the schema pgboss, in which jobs wait: ${(error as Error).message}. Let it: GRANT CREATE ON DATABASE its database TO its name.`);
  } finally {
    await boss.stop({ graceful: false });
  }
}
