import { spawnSync } from 'node:child_process';
import { chmodSync, copyFileSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { type PostgresHome, program } from './postgres-home';

/** How the major versions of PostgreSQL are found: of the programs that are installed, and of the data. */
export type Majors = { installed: (home: PostgresHome) => number; ofData: (cluster: string) => number };

export const MAJORS: Majors = {
  installed: ({ bin }) => Number(/\(PostgreSQL\) (\d+)/.exec(spawnSync(program(bin, 'postgres'), ['--version'], { cwd: '/', encoding: 'utf8' }).stdout ?? '')?.[1]),
  ofData: (cluster) => Number.parseInt(readFileSync(path.join(cluster, 'PG_VERSION'), 'utf8'), 10),
};

// What is needed to build against PostgreSQL, not to run it.
const isForRunning = (name: string) => !name.endsWith('.a') && name !== 'pkgconfig';

/** Where the programs of a major version are kept: beside the data, where PostgreSQL's user can go. */
export const keptBinaries = ({ cluster }: Pick<PostgresHome, 'cluster'>, major: number): string => path.join(path.dirname(cluster), `postgresql-${major}`);

/**
 * Keeps the programs that this data is run with beside it, once per major version: a later `npm ci` may bring another one,
 * which cannot read this data, and take these away. As second names of the same files where the file system allows (then
 * they weigh nothing until npm removes its own), else as copies, about 60 MB. Appears whole or not at all.
 * @returns a sentence if that failed, which stops nothing
 */
export function keepBinaries(home: PostgresHome, major: number): string | null {
  const kept = keptBinaries(home, major);
  if (existsSync(kept)) return null;
  let temporary: string | undefined;
  try {
    // One that a killed start leaves is removed as an unfinished cluster is.
    temporary = mkdtempSync(path.join(path.dirname(home.cluster), 'postgres-init-'));
    for (const part of ['bin', 'lib', 'share']) linkTree(path.join(home.bin, '..', part), path.join(temporary, part));
    chmodSync(temporary, 0o755);
    renameSync(temporary, kept);
    return null;
  } catch (error) {
    if (temporary) rmSync(temporary, { recursive: true, force: true });
    return existsSync(kept) ? null : `The programs of PostgreSQL ${major} could not be kept beside the data (${(error as Error).message}): a later version of the blog may need them.`;
  }
}

function linkTree(from: string, to: string): void {
  if (!existsSync(from)) return;
  mkdirSync(to, { mode: 0o755 });
  for (const entry of readdirSync(from, { withFileTypes: true })) {
    if (!isForRunning(entry.name)) continue;
    const [source, target] = [path.join(from, entry.name), path.join(to, entry.name)];
    if (entry.isDirectory()) linkTree(source, target);
    else if (entry.isSymbolicLink()) symlinkSync(readlinkSync(source), target);
    else linkOrCopy(source, target);
  }
}

function linkOrCopy(from: string, to: string): void {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}
