import { listBackups, readBackupState } from '@/lib/backup/files';
import { findWaitingJobs } from '@/lib/jobs';
import type { BackupsState } from '@/lib/transfer/moving';

/** What the page says of backups. */
export async function findBackups(): Promise<BackupsState> {
  const [kept, { failure }, waiting] = await Promise.all([listBackups(), readBackupState(), findWaitingJobs('backup', ['by-hand'])]);
  return {
    kept: kept.map(({ name, madeAt, bytes }) => ({ name, at: madeAt.toISOString(), bytes })),
    isBeingMade: waiting.size > 0,
    failure: failure && { at: failure.at.toISOString(), sentence: failure.sentence },
    message: null,
  };
}
