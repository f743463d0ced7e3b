import { backUpBefore } from '../lib/backup/nightly';
import { backupsDir } from '../lib/backup/files';
import type { Env } from '../lib/env';
import { backupSource } from './backup-source';
import { contentOf, onDatabase } from './content';
import { migrate, type MigrateOptions } from './migrations';
import { CannotStart } from './project';

type Careful = Pick<MigrateOptions, 'retryFailed'> & { withoutBackup?: boolean; say: (sentence: string) => void };

/**
 * Applies what is pending, as `migrate` does, but after a backup where the blog has content: `before-MIGRATION` in
 * DATA_DIR/backups, by whichever instance migrates. `withoutBackup` is for those who have one of their own.
 * @returns the names applied
 * @throws CannotStart when it cannot be made: then nothing is applied
 */
export async function migrateCarefully(url: string, env: Env, { retryFailed, withoutBackup, say }: Careful): Promise<string[]> {
  return migrate(url, { retryFailed, ...(!withoutBackup && { before: (pending) => backUpFirst(pending, url, env, say) }) });
}

async function backUpFirst([first = ''] : string[], url: string, env: Env, say: (sentence: string) => void): Promise<void> {
  if ((await onDatabase(url, contentOf)) === null) return;
  const made = await backUpBefore(first, backupSource(env, url), new Date());
  if (!made.ok) throw new CannotStart(`This version changes the database, and makes a backup first, which failed: ${made.message} The database is as it was. If you have a backup of your own: npm run db -- migrate --without-backup`);
  say(`This version changes the database; a backup of it as it was stands in ${backupsDir()}/${made.value.name}.`);
}
