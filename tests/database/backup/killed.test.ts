import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, constants, existsSync, openSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { expect, test, vi } from 'vitest';
import { makeBackup } from '@/lib/backup/commands';
import { isHalfRestored } from '@/lib/backup/tables';
import { onDatabase } from '@/server/content';
import { migrate } from '@/server/migrations';
import { restoreBackup } from '@/server/restore';
import { useDatabase } from '@/tests/support/database';
import { contentsOf, fill, filesBelow, newFolder, now, placeAt } from './place';

const database = useDatabase();
const ROOT = path.resolve(import.meta.dirname, '../../..');

/** Runs a command as a person does, in a process of its own that can be killed. */
function startCommand(name: string, folder: string, place: { url: string; dataDir: string }) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', `scripts/${name}.ts`, folder], { cwd: ROOT, env: { ...process.env, DATABASE_URL: place.url, DATABASE_DIRECT_URL: place.url, DATA_DIR: place.dataDir, NODE_ENV: 'production' }, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (data: Buffer) => void (said += data.toString('utf8')));
  return { child, said: () => said, ended: once(child, 'exit') };
}

/** Opens a pipe for writing and closes it again, if somebody waits at its other end. */
function release(pipe: string): void {
  try {
    closeSync(openSync(pipe, constants.O_WRONLY | constants.O_NONBLOCK));
  } catch (error) {
    if (!['ENXIO', 'ENOENT'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}

test('a killed backup leaves nothing that looks whole, and the next one clears it away', async () => {
  const place = placeAt(database.url);
  const { files } = await fill(place);
  // A pipe that nobody writes to stops it after the rows, in the middle of the files.
  rmSync(files[0]!);
  expect(spawnSync('mkfifo', [files[0]!]).status).toBe(0);
  const parent = newFolder();
  const run = startCommand('backup', path.join(parent, 'b'), place);
  const unfinished = () => readdirSync(parent).find((name) => name.startsWith('.soapbox-backup-'));
  await vi.waitFor(() => {
    const name = unfinished();
    expect(name && existsSync(path.join(parent, name, 'media')), run.said()).toBe(true);
  }, { timeout: 30_000, interval: 20 });
  run.child.kill('SIGKILL');
  await run.ended;
  expect(readdirSync(parent)).toEqual([unfinished()]);
  await expect(restoreBackup(path.join(parent, unfinished()!), placeAt(await database.blank()))).rejects.toThrow('There is no backup in');
  rmSync(files[0]!);
  expect((await makeBackup(path.join(parent, 'b'), place, now)).ok).toBe(true);
  expect(readdirSync(parent)).toEqual(['b']);
}, 90_000);

test('a backup that is interrupted at the terminal leaves nothing', async () => {
  const place = placeAt(database.url);
  const { files } = await fill(place);
  rmSync(files[0]!);
  expect(spawnSync('mkfifo', [files[0]!]).status).toBe(0);
  const parent = newFolder();
  const run = startCommand('backup', path.join(parent, 'b'), place);
  await vi.waitFor(() => expect(readdirSync(parent).some((name) => existsSync(path.join(parent, name, 'media'))), run.said()).toBe(true), { timeout: 30_000, interval: 20 });
  run.child.kill('SIGINT');
  // A thread that waits for somebody to write into the pipe would keep Node from ending; no file does that.
  const releasing = setInterval(() => release(files[0]!), 50);
  await run.ended.finally(() => clearInterval(releasing));
  expect(readdirSync(parent)).toEqual([]);
}, 90_000);

const DELAYS_MS = [0, 60, 150, 300, 600, 1_200];

test('a restore killed at any moment leaves a place that says that it is not whole, or is; begun again it is the original', async () => {
  const place = placeAt(database.url);
  await fill(place);
  const folder = path.join(newFolder(), 'b');
  expect((await makeBackup(folder, place, now)).ok).toBe(true);
  const target = placeAt(await database.blank());
  const isBegun = () => onDatabase(target.url, isHalfRestored);
  let cut = 0;
  for (const delay of DELAYS_MS) {
    const run = startCommand('restore', folder, target);
    await vi.waitFor(async () => expect((await isBegun()) || run.child.exitCode !== null, run.said()).toBe(true), { timeout: 30_000, interval: 10 });
    await wait(delay);
    run.child.kill('SIGKILL');
    await run.ended;
    if (!(await isBegun())) break; // it was faster: the place is whole
    cut += 1;
    await expect(migrate(target.url)).rejects.toThrow('A backup was being restored here');
  }
  expect(cut).toBeGreaterThan(0);
  if (await isBegun()) await restoreBackup(folder, target);
  await migrate(target.url);
  expect(await contentsOf(target.url)).toEqual(await contentsOf(place.url));
  expect(filesBelow(target.mediaDir)).toEqual(filesBelow(place.mediaDir));
}, 180_000);

test('of two restores into one place at once one is refused', async () => {
  const place = placeAt(database.url);
  await fill(place);
  const folder = path.join(newFolder(), 'b');
  await makeBackup(folder, place, now);
  const target = placeAt(await database.blank());
  const both = await Promise.allSettled([restoreBackup(folder, target), restoreBackup(folder, target)]);
  const refused = both.flatMap((one) => (one.status === 'rejected' ? [(one.reason as Error).message] : []));
  expect(refused).toEqual([expect.stringMatching(/being restored here already|not empty/)]);
  expect(await contentsOf(target.url)).toEqual(await contentsOf(place.url));
}, 60_000);
