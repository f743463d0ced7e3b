import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { LRUCache } from 'lru-cache';
import { readKeptName, typeOfExtension, type KeptType } from '../lib/media/kept-types';
import { StoreFailed } from '../lib/media/media-store';
import { findFileName } from '../lib/media/queries';
import { log } from '../lib/log';
import { openKept, type OpenFile } from '../lib/media/store';
import { readVariantName } from '../lib/media/widths';
import { t } from '../lib/words/t';
import { PictureSizes } from './picture-sizes';
import type { Refusal } from './refusal';
import { cutWhenStalled } from './send';
import { matches } from './whole-answer';

const ROOT = '/media/';
const NAMES_MAX = 5_000;
// The name is its content: another content has another name.
const FOR_GOOD = 'public, max-age=31536000, immutable';
// Strangers' files, shown from our own address: whatever a browser takes one for, it runs nothing and loads nothing else.
const POLICY = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; sandbox";
// A browser that opens one alone shows it in a page of its own, to which this policy applies: the file and some style.
const PLAYED_POLICY = "default-src 'none'; img-src 'self'; media-src 'self'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none'; sandbox";

/** Finds what a kept file is called, for whoever saves it. */
type FindName = (sha256: string) => Promise<string | null>;

/** Sends it. */
export type SendFile = (request: IncomingMessage, response: ServerResponse, security: Record<string, string>) => Promise<Refusal | void>;

const away = (): Refusal => ({ status: 503, sentence: t('server.filesAway'), headers: { 'Retry-After': '5' } });

/** Kept files at their addresses, from the store, without asking Next; the database only for the name of what is to be saved, once, and for sizes of pictures that nobody has drawn yet. */
export class MediaFiles {
  private readonly names = new LRUCache<string, string>({ max: NAMES_MAX });

  constructor(private readonly findName: FindName = findFileName, private readonly open: (name: string) => Promise<OpenFile | null> = openKept, private readonly stalledMs?: number, private readonly sizes: Pick<PictureSizes, 'have'> = new PictureSizes()) {}

  /** What answers GET and HEAD at this path of the blog; undefined where no kept file is: that is for the blog's own page. */
  async find(path: string): Promise<SendFile | undefined> {
    const name = path.startsWith(ROOT) ? path.slice(ROOT.length) : '';
    const read = readNamed(name);
    if (!read) return undefined;
    try {
      const file = (await this.open(name)) ?? (await this.drawn(name));
      if (file === null) return undefined;
      return 'instead' in file ? sendElsewhere(file.instead) : this.sender(name, read, file);
    } catch (error) {
      if (!(error instanceof StoreFailed)) throw error;
      log.error({ err: error }, 'A kept file could not be read.');
      return async () => away();
    }
  }

  /** A size of a picture that was not there. */
  private async drawn(name: string): Promise<OpenFile | { instead: string } | null> {
    const asked = readVariantName(name);
    const sized = asked && (await this.sizes.have(asked));
    return sized === 'there' ? this.open(name) : sized;
  }

  private sender(name: string, read: Named, file: OpenFile): SendFile {
    return async (request, response, security) => {
      try {
        const head = { ...security, ...(await this.headOf(name, read)) };
        cutWhenStalled(response, this.stalledMs);
        await send(request, response, file, head);
      } finally {
        await file.close().catch(() => undefined);
      }
    };
  }

  private async headOf(name: string, { sha256, type, mark }: Named): Promise<Record<string, string>> {
    return {
      'Content-Type': type.mimeType,
      'Cache-Control': FOR_GOOD,
      'Content-Security-Policy': type.kind === 'file' ? POLICY : PLAYED_POLICY,
      'X-Content-Type-Options': 'nosniff',
      'Accept-Ranges': 'bytes',
      ETag: `"${mark}"`,
      ...(type.kind === 'file' && { 'Content-Disposition': attachment(await this.nameOf(name, sha256)) }),
    };
  }

  private async nameOf(name: string, sha256: string): Promise<string> {
    const known = this.names.get(sha256);
    if (known !== undefined) return known;
    const found = await this.findName(sha256).catch((error: unknown) => {
      log.debug({ err: error }, 'The name of a file could not be found.');
      return undefined;
    });
    const extension = name.slice(name.lastIndexOf('.'));
    const called = found ? (found.toLowerCase().endsWith(extension) ? found : `${found}${extension}`) : name;
    if (found !== undefined) this.names.set(sha256, called);
    return called;
  }
}

/** `mark`: what the name says of the bytes. */
type Named = { sha256: string; type: KeptType; mark: string };

function readNamed(name: string): Named | null {
  const kept = readKeptName(name);
  if (kept) return { ...kept, mark: kept.sha256 };
  const size = readVariantName(name);
  const type = size && typeOfExtension(size.format);
  return size && type && { sha256: size.sha256, type, mark: `${size.sha256}-${size.width}` };
}

/** For now: the next time it may be there. */
const sendElsewhere = (path: string): SendFile => async (_, response, security) => void response.writeHead(302, { ...security, Location: path, 'Cache-Control': 'private, no-store', 'Content-Length': 0 }).end();

/** RFC 6266: a plain name for old clients, and the real one. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w .-]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${encoded}`;
}

/** A single range of bytes (RFC 9110, 14.1.2); `none`: the whole is to be sent; `unsatisfiable`. */
function rangeOf({ headers }: IncomingMessage, bytes: number, etag: string): { start: number; end: number } | 'none' | 'unsatisfiable' {
  const ifRange = headers['if-range'];
  const [, first, last] = /^bytes=(\d{0,15})-(\d{0,15})$/i.exec(headers.range ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '') || (ifRange !== undefined && ifRange !== etag)) return 'none';
  if (first !== '' && last !== '' && Number(last) < Number(first)) return 'none';
  const start = first === '' ? Math.max(0, bytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? bytes - 1 : Math.min(Number(last), bytes - 1);
  return start > end || (first === '' && Number(last) === 0) ? 'unsatisfiable' : { start, end };
}

async function send(request: IncomingMessage, response: ServerResponse, file: OpenFile, head: Record<string, string>): Promise<void> {
  const etag = head.ETag ?? '';
  const known = request.headers['if-none-match'];
  if (known !== undefined && matches(known, etag)) return void response.writeHead(304, head).end();
  const range = rangeOf(request, file.bytes, etag);
  if (range === 'unsatisfiable') return void response.writeHead(416, { ...head, 'Cache-Control': 'private, no-store', 'Content-Range': `bytes */${file.bytes}`, 'Content-Length': 0 }).end();
  const { start, end } = range === 'none' ? { start: 0, end: file.bytes - 1 } : range;
  const more = { 'Content-Length': end - start + 1, ...(range !== 'none' && { 'Content-Range': `bytes ${start}-${end}/${file.bytes}` }) };
  response.writeHead(range === 'none' ? 200 : 206, { ...head, ...more });
  if (request.method === 'HEAD') return void response.end();
  // Who goes away in the middle ends it: the file is closed, and nothing is wrong.
  await pipeline(file.stream({ start, end }), response).catch((error: unknown) => log.debug({ err: error }, 'A file was not sent to its end.'));
}
