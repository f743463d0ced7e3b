import { isBackupComing, listBackups, readBackupState } from '@/lib/backup/files';
import type { BackupsState } from '@/lib/transfer/desk/moving';

/** What the page says of backups. */
export async function findBackups(): Promise<BackupsState> {
  const [kept, { failure }, isBeingMade] = await Promise.all([listBackups(), readBackupState(), isBackupComing()]);
  return {
    kept: kept.map(({ name, madeAt, bytes }) => ({ name, at: madeAt.toISOString(), bytes })),
    isBeingMade,
    failure: failure && { at: failure.at.toISOString(), sentence: failure.sentence },
    message: null,
  };
}
