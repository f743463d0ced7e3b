import { randomBytes } from 'node:crypto';
import { createWriteStream, existsSync, linkSync, openSync, closeSync, fsyncSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { env } from '../lib/env';
import { writeMarkdown, writeMedia, writeWordPress } from '../lib/transfer/export/exports';
import { exportText } from '../lib/transfer/export/text';
import { NOTHING_EXPORTED, type ExportCounts } from '../lib/transfer/export/wxr-writer';
import { migrateCarefully } from '../server/migrating';
import { withDatabase } from './with-database';

const USAGE = `Usage: npm run export -- FILE [--media FILE.zip] [--markdown FILE.zip] [--force]
FILE: a WordPress export (WXR 1.2), which WordPress and npm run import take; - writes it to standard output.
--media: the pictures and files that the blog keeps. --markdown: the texts as Markdown. --force: in place of files that are there.`;

type Asked = { file: string; media: string | undefined; markdown: string | undefined; force: boolean };

function readArguments(): Asked | null {
  try {
    const options = { media: { type: 'string' }, markdown: { type: 'string' }, force: { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return null;
    return { file, media: values.media, markdown: values.markdown, force: values.force ?? false };
  } catch {
    return null;
  }
}

/** Puts a whole file in its place; where none may be there, one that came meanwhile stays. */
function settle(temporary: string, file: string, force: boolean): void {
  const opened = openSync(temporary, 'r');
  fsyncSync(opened);
  closeSync(opened);
  if (force) return renameSync(temporary, file);
  linkSync(temporary, file);
  rmSync(temporary);
}

/** Writes beside the file and gives it its name when it is whole: an export that was ended leaves nothing that looks like one. */
async function writeFile(file: string, content: Readable, force: boolean): Promise<void> {
  const temporary = path.join(path.dirname(file), `.${path.basename(file)}.${randomBytes(4).toString('hex')}.part`);
  const clear = () => rmSync(temporary, { force: true });
  process.once('exit', clear);
  try {
    await pipeline(content, createWriteStream(temporary, { flags: 'wx', mode: 0o600 }));
    settle(temporary, file, force);
  } finally {
    clear();
    process.off('exit', clear);
  }
}

const asked = readArguments();
if (!asked) {
  console.error(USAGE);
  process.exit(64);
}

const { file, media, markdown, force } = asked;
const files = [file, media, markdown].filter((name) => name !== undefined && name !== '-') as string[];
const refusal = refusalToWrite();
if (refusal) {
  console.error(refusal);
  process.exit(1);
}

function refusalToWrite(): string | null {
  if (new Set(files.map((name) => path.resolve(name))).size < files.length) return 'Two exports cannot be one file. Nothing was written.';
  const there = files.find((name) => existsSync(name));
  return there === undefined || force ? null : `${there} is there already. Choose another name, or say --force to write in its place. Nothing was written.`;
}

await withDatabase(async ({ directUrl }) => {
  await migrateCarefully(directUrl, env(), { say: console.error });
  const now = new Date();
  const counts: ExportCounts = { ...NOTHING_EXPORTED };
  const wordPress = Readable.from(writeWordPress(directUrl, now, { count: (kind) => void (counts[kind] += 1) }), { objectMode: false });
  if (file === '-') await pipeline(wordPress, process.stdout, { end: false });
  else await writeFile(file, wordPress, force);
  const kept = { files: 0 };
  if (media !== undefined) await writeFile(media, writeMedia(() => void (kept.files += 1)), force);
  if (markdown !== undefined) await writeFile(markdown, writeMarkdown(directUrl, now), force);
  // The table never stands among what is piped on.
  console.error(exportText(counts));
  if (media !== undefined && kept.files < counts.files) console.error(`${counts.files - kept.files} of the files are not in the blog's folder for files (DATA_DIR) and could not be written.`);
  if (media === undefined && counts.files > 0) console.error('Pictures and files are named in it; to take them along too, say --media FILE.zip.');
});
