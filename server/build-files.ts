import { cpSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { BuildStep } from './build-steps';
import { SMALLEST_BYTES, isCompressible } from './encoding';
import { FILES_FOLDER, SUFFIXES, typeOfFile } from './files';
import { inProject } from './project';

/** What is sent as it stands: a file or folder of the project, and its address. */
const SENT: [source: string, address: string][] = [
  ['.next/static', '_next/static'],
  ['public', ''],
];

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

/** The files that the server sends, each beside its compressed copies: as small as they get, for it is done once. */
export const filesStep: BuildStep = {
  name: 'files',
  sources: ['.next/BUILD_ID', '.build/enhance.json', 'public', 'server/build-files.ts'],
  results: [path.relative(inProject(), FILES_FOLDER)],
  make: async () => {
    const made = `${FILES_FOLDER}-new`;
    rmSync(made, { recursive: true, force: true });
    mkdirSync(made, { recursive: true });
    for (const [source, address] of SENT) cpSync(inProject(source), path.join(made, address), { recursive: true });
    await compressFolder(made);
    rmSync(FILES_FOLDER, { recursive: true, force: true });
    renameSync(made, FILES_FOLDER);
  },
};

/** Puts `.br` and `.gz` beside every file of a folder that becomes smaller by them. */
export async function compressFolder(folder: string): Promise<void> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  await Promise.all(files.map(({ parentPath, name }) => compressFile(path.join(parentPath, name))));
}

async function compressFile(file: string): Promise<void> {
  const body = readFileSync(file);
  if (body.length < SMALLEST_BYTES || !isCompressible(typeOfFile(file))) return;
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  const copies = { br: await brotli(body, { params: parameters }), gzip: await gzipped(body, { level: constants.Z_BEST_COMPRESSION }) };
  for (const encoding of ['br', 'gzip'] as const) {
    if (copies[encoding].length < body.length) writeFileSync(file + SUFFIXES[encoding], copies[encoding]);
  }
}
