import type { Actor } from '@/lib/identity/schema';
import { fail, type Result } from '@/lib/result';
import type { BackupsState } from '@/lib/transfer/moving';

/** What the page says of backups. */
export async function findBackups(): Promise<BackupsState> {
  return { kept: [], isBeingMade: false, failure: null, message: null };
}

/** Has a backup made now. */
export async function askForBackup(_actor: Actor): Promise<Result> {
  return fail('unavailable', 'Backups cannot be made yet.');
}
