import { createHash } from 'node:crypto';
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { uploadsFolder } from './room';
import { whileNoImportRuns } from './staging';

/** Folders of imports into this database: those of another one that keeps its files in the same place are not ours to judge. */
function prefixFor(url: string): string {
  const { host, pathname } = new URL(url);
  return `unpacked-${createHash('sha256').update(host + pathname).digest('hex').slice(0, 12)}-`;
}

/** A folder for what comes out of an archive, gone when all of it is read. It is made when something is unpacked. For who holds the import lock. */
export async function inUnpackFolder<T>(url: string, runId: string, work: (folder: string) => Promise<T>): Promise<T> {
  const folder = path.join(uploadsFolder(), prefixFor(url) + runId);
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Removes what killed imports unpacked on this machine: every such folder, unless an import runs. Idempotent. `url` is a PostgreSQL address. */
export async function removeLeftUnpacked(url: string, uploads: string): Promise<void> {
  const prefix = prefixFor(url);
  const left = async () => (await readdir(uploads).catch(() => [])).filter((name) => name.startsWith(prefix));
  if ((await left()).length === 0) return;
  await whileNoImportRuns(url, async () => {
    for (const name of await left()) await rm(path.join(uploads, name), { recursive: true, force: true });
  });
}
