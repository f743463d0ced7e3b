import { existsSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { sync } from '../lib/backup/writing';
import type { PostgresHome } from './postgres-home';
import { CannotStart } from './project';

type Where = Pick<PostgresHome, 'cluster'>;

/** Where a new cluster stands that is complete and has not its name yet. */
export const readyFolder = ({ cluster }: Where): string => `${cluster}-ready`;

/**
 * Gives the new cluster its name, of several starts at once by one of them; where there is none, nothing happens.
 * @throws when it cannot be renamed
 */
export function finishRename(home: Where): void {
  try {
    renameSync(readyFolder(home), home.cluster);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' && !existsSync(home.cluster)) throw error;
  }
}

/**
 * Puts the new cluster in place of the old one. Both are stopped. Between the two renames there is no data in its place,
 * and whoever starts then puts the new one there.
 * @returns where the old data is now
 * @throws CannotStart when the new one is gone: then the old data stands in its place as before
 */
export async function swap(home: Where, major: number): Promise<string> {
  if (!existsSync(readyFolder(home))) throw new CannotStart(takenAway(home));
  const aside = freeName(`${home.cluster}-${major}`);
  renameSync(home.cluster, aside);
  finishRename(home);
  if (!existsSync(home.cluster)) {
    renameSync(aside, home.cluster);
    throw new CannotStart(takenAway(home));
  }
  await sync(path.dirname(home.cluster));
  return aside;
}

/**
 * Removes a new cluster that stands beside data which is gone on with: put in its place some day, it would be what the blog
 * was long ago. Only for who holds the lock of those who use the data: whoever still needs it had that lock for himself.
 */
export function removeReady(home: Where): void {
  const ready = readyFolder(home);
  if (!existsSync(ready)) return;
  // Under this name what a killed start leaves is removed later on.
  const aside = freeName(path.join(path.dirname(home.cluster), 'postgres-init-ready'));
  try {
    renameSync(ready, aside);
  } catch (error) {
    if (!existsSync(ready)) return;
    throw error;
  }
  rmSync(aside, { recursive: true, force: true });
}

const takenAway = (home: Where): string =>
  `The new data (${readyFolder(home)}) was taken away by another start at the same time. The old data in ${home.cluster} is as it was. Start once more.`;

function freeName(wanted: string): string {
  for (let number = 1; ; number++) {
    const name = number === 1 ? wanted : `${wanted}-${number}`;
    if (!existsSync(name)) return name;
  }
}
