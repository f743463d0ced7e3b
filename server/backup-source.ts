import type { BackupSource } from '../lib/backup/commands';
import type { Env } from '../lib/env';
import { inProject } from './project';

/**
 * What a backup of this blog is made of: the database past any pooler, the store of kept files, and, where the database is
 * the built-in one, the blog's own secret beside it. `url`: the database that was opened.
 */
export function backupSource({ DATABASE_URL, DATABASE_DIRECT_URL, DATA_DIR }: Env, url = DATABASE_URL ? (DATABASE_DIRECT_URL ?? DATABASE_URL) : (process.env.DATABASE_URL ?? '')): BackupSource {
  return { url, mediaDir: inProject(DATA_DIR, 'media'), secretFile: DATABASE_URL ? null : inProject(DATA_DIR, 'auth-secret') };
}
