import { expect, test } from 'vitest';
import { makeBackup } from '@/lib/backup/commands';
import { isHalfRestored } from '@/lib/backup/tables';
import { copyDatabase } from '@/server/carry-rows';
import { onDatabase } from '@/server/content';
import { migrate } from '@/server/migrations';
import { restoreBackup } from '@/server/restore';
import { useDatabase } from '@/tests/support/database';
import { contentsOf, fill, newFolder, now, placeAt } from '../backup/place';

const database = useDatabase();

test('where a backup was being restored when a new PostgreSQL came, the new database is empty and says so, and the restore can be begun again in it', async () => {
  const place = placeAt(database.url);
  await fill(place);
  const folder = `${newFolder()}/b`;
  expect((await makeBackup(folder, place, now)).ok).toBe(true);
  const [old, next] = [await database.fresh(), await database.blank()];
  await onDatabase(old, (client) => client.query(`CREATE SCHEMA soapbox_restoring; CREATE TABLE soapbox_restoring.emptied ();
    INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'half@example.com', 'reader', now())`));
  await copyDatabase(old, next, newFolder());
  expect(await contentsOf(next)).toEqual({ sequences: [] });
  await expect(migrate(next)).rejects.toThrow('A backup was being restored here');
  await restoreBackup(folder, placeAt(next));
  expect(await contentsOf(next)).toEqual(await contentsOf(database.url));
}, 60_000);

test('a blog in which a restore was ended before it changed anything comes along as a blog', async () => {
  const [old, next] = [await database.fresh(), await database.blank()];
  await onDatabase(old, (client) => client.query(`CREATE SCHEMA soapbox_restoring; INSERT INTO "User" (id, email, role, "updatedAt") VALUES (gen_random_uuid(), 'ida@example.com', 'reader', now())`));
  await copyDatabase(old, next, newFolder());
  expect(await contentsOf(next)).toEqual(await contentsOf(old));
  expect(await onDatabase(next, isHalfRestored)).toBe(false);
}, 60_000);
