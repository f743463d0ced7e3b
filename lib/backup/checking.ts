import { createReadStream } from 'node:fs';
import { open, stat } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { type Manifest, MANIFEST_NAME, manifestSchema, MANIFEST_VERSION, MEDIA_LIST_NAME, mediaPath, readMediaLine, SECRET_NAME, tableFile } from './manifest';
import { measure } from './writing';

// That of a blog with a hundred tables has 50 kB.
const MANIFEST_MAX_BYTES = 10 * 1024 * 1024;

/**
 * Reads what a backup says of itself. Refusals: `not-found` (no folder, or no manifest in it), `invalid` (not ours, or
 * cut off), `conflict` (of a later form).
 */
export async function readManifest(folder: string): Promise<Result<Manifest>> {
  const text = await readStart(path.join(folder, MANIFEST_NAME));
  if (text === null) return fail('not-found', t('backup.check.notThere', { folder, file: MANIFEST_NAME }));
  const said = parseJson(text);
  const version = typeof said === 'object' && said !== null && 'version' in said ? said.version : undefined;
  if (typeof version === 'number' && version > MANIFEST_VERSION) return fail('conflict', t('backup.check.newer', { version: String(version), known: String(MANIFEST_VERSION) }));
  const parsed = manifestSchema.safeParse(said);
  return parsed.success ? ok(parsed.data) : fail('invalid', t('backup.check.manifestDamaged', { file: path.join(folder, MANIFEST_NAME) }));
}

async function readStart(file: string): Promise<string | null> {
  const handle = await open(file, 'r').catch(() => null);
  if (!handle) return null;
  try {
    const { size } = await handle.stat();
    return size > MANIFEST_MAX_BYTES ? '' : await handle.readFile('utf8');
  } catch {
    return null;
  } finally {
    await handle.close();
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/**
 * Reads a backup whole and compares every file with what the manifest says of it. Changes nothing.
 * Refusals: those of `readManifest`, and `invalid` naming the first file that is missing, cut off or changed.
 */
export async function checkBackup(folder: string): Promise<Result<Manifest>> {
  const read = await readManifest(folder);
  if (!read.ok) return read;
  const { tables, media, secret } = read.value;
  for (const { name, ...kept } of tables) {
    const refusal = await refusalToFile(folder, tableFile(name), kept);
    if (refusal) return refusal;
  }
  const refusal = (secret && (await refusalToFile(folder, SECRET_NAME, secret))) ?? (media && (await refusalToMedia(folder, media)));
  return refusal ?? read;
}

async function refusalToFile(folder: string, name: string, kept: { bytes: number; sha256: string }): Promise<Failure | null> {
  const found = await stat(path.join(folder, name)).catch(() => null);
  if (!found?.isFile()) return fail('invalid', t('backup.check.fileMissing', { file: name }));
  if (found.size !== kept.bytes) return fail('invalid', t('backup.check.otherSize', { file: name, bytes: String(found.size), wanted: String(kept.bytes) }));
  const { sha256 } = await measure(path.join(folder, name));
  return sha256 === kept.sha256 ? null : fail('invalid', t('backup.check.otherContent', { file: name }));
}

async function refusalToMedia(folder: string, { files, list }: NonNullable<Manifest['media']>): Promise<Failure | null> {
  const refusal = await refusalToFile(folder, MEDIA_LIST_NAME, list);
  if (refusal) return refusal;
  let listed = 0;
  for await (const { name, bytes } of listMedia(folder)) {
    const damaged = await refusalToFile(folder, `media/${mediaPath(name)}`, { bytes, sha256: name.slice(0, 64) });
    if (damaged) return damaged;
    listed += 1;
  }
  return listed === files ? null : fail('invalid', t('backup.check.otherList', { file: MEDIA_LIST_NAME, listed: String(listed), wanted: String(files) }));
}

/** The kept files of a backup, one after the other; lines that name none are passed over. */
export async function* listMedia(folder: string): AsyncGenerator<{ name: string; bytes: number }> {
  for await (const line of createInterface({ input: createReadStream(path.join(folder, MEDIA_LIST_NAME)), crlfDelay: Infinity })) {
    const read = readMediaLine(line);
    if (read) yield read;
  }
}
