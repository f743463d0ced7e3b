import type { BackupSource } from '../lib/backup/commands';
import type { Env } from '../lib/env';
import { keptName } from '../lib/media/kept-types';
import { isOnDisk, mediaStore } from '../lib/media/stores';
import { inProject } from './project';

/**
 * What a backup of this blog is made of: the database past any pooler, the store of kept files (the folder, or the bucket of the settings), and, where the database is
 * the built-in one, the blog's own secret beside it. `url`: the database that was opened.
 */
export function backupSource({ DATABASE_URL, DATABASE_DIRECT_URL, DATA_DIR }: Env, url = DATABASE_URL ? (DATABASE_DIRECT_URL ?? DATABASE_URL) : (process.env.DATABASE_URL ?? '')): BackupSource {
  const secretFile = DATABASE_URL ? null : inProject(DATA_DIR, 'auth-secret');
  return { url, mediaDir: inProject(DATA_DIR, 'media'), secretFile, ...(!isOnDisk() && { elsewhere: inBucket() }) };
}

function inBucket(): NonNullable<BackupSource['elsewhere']> {
  const store = mediaStore();
  return { nameOf: keptName, open: async (name) => (await store.open(name))?.stream() ?? null, put: store.put };
}
