import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { lookup } from 'mrmime';
import { type Encoding, isCompressible } from './encoding';
import { inProject } from './project';
import { type Header, WholeAnswer } from './whole-answer';

/** Where `build-files.ts` puts what is sent, under the paths of its addresses. */
export const FILES_FOLDER = inProject('.build/files');

/** What the name of a compressed copy ends in. */
export const SUFFIXES = { br: '.br', gzip: '.gz' } as const;

/** The rules by which browsers fetch the next page ahead, for the `Speculation-Rules` header. */
export const SPECULATION_RULES = '/speculation-rules.json';

const HASHED = /^\/(_next\/static\/|enhance\/enhance-[A-Z0-9]{8}\.js$)/;
const FOR_GOOD = 'public, max-age=31536000, immutable';
// Under the same name another day's content may stand.
const FOR_AN_HOUR = 'public, max-age=3600, must-revalidate';

export type Files = ReadonlyMap<string, WholeAnswer>;

/** The Content-Type of a file, by its name. */
export function typeOfFile(file: string): string {
  if (path.basename(file) === path.basename(SPECULATION_RULES)) return 'application/speculationrules+json';
  const type = lookup(file) ?? 'application/octet-stream';
  return type.startsWith('text/') ? `${type}; charset=utf-8` : type;
}

/**
 * The files of a folder by their paths, each an answer with its compressed copies, held in memory: a few megabytes.
 * Those with a hash in their name are for good; others are asked for again after an hour.
 */
export function loadFiles(folder = FILES_FOLDER): Files {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const names = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => path.join(parentPath, name));
  const isCopy = (name: string) => Object.values(SUFFIXES).some((suffix) => name.endsWith(suffix) && names.includes(name.slice(0, -suffix.length)));
  return new Map(names.filter((name) => !isCopy(name)).map((name) => {
    const address = `/${path.relative(folder, name).split(path.sep).join('/')}`;
    return [address, answerOf(name, address)];
  }));
}

function answerOf(file: string, address: string): WholeAnswer {
  const type = typeOfFile(file);
  const body = readFileSync(file);
  const headers: Header[] = [['content-type', type], ['cache-control', HASHED.test(address) ? FOR_GOOD : FOR_AN_HOUR]];
  if (isCompressible(type)) headers.push(['vary', 'Accept-Encoding']);
  const copies = new Map(Object.entries(SUFFIXES).filter(([, suffix]) => existsSync(file + suffix)).map(([encoding, suffix]) => [encoding, readFileSync(file + suffix)]));
  const encoded = (_body: Buffer, wanted: Encoding) => {
    const copy = copies.get(wanted);
    return Promise.resolve(copy ? { body: copy, encoding: wanted } : { body, encoding: 'identity' as const });
  };
  return new WholeAnswer(200, headers, body, { validated: true, encoded });
}
