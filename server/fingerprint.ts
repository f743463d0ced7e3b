import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { inProject } from './project';

// Made from the other sources, or of no consequence for a build.
const IGNORED = new Set(['lib/db/generated', 'public/enhance']);

/** One hash over the names and contents of `sources`, files or whole folders of the project. Missing ones count too. */
export async function fingerprint(sources: string[]): Promise<string> {
  const hash = createHash('sha256').update(process.versions.node.split('.')[0] ?? '');
  for (const source of sources) {
    for (const file of await listFiles(source)) hash.update(`\0${file}\0`).update(await readFile(inProject(file)));
  }
  return hash.digest('hex');
}

async function listFiles(source: string): Promise<string[]> {
  if (IGNORED.has(source)) return [];
  const found = await stat(inProject(source)).catch(() => null);
  if (!found) return [];
  if (!found.isDirectory()) return [source];
  const names = (await readdir(inProject(source))).sort();
  return (await Promise.all(names.map((name) => listFiles(path.posix.join(source, name))))).flat();
}
