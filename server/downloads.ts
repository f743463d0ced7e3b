import type { IncomingMessage, ServerResponse } from 'node:http';
import { noteDownload } from '../lib/site/first-steps';
import { findSite } from '../lib/site/queries';
import { dayIn } from '../lib/site/rules';
import { log } from '../lib/log';
import { slugOf } from '../lib/text/slug';
import { MOVING_PATH, TAKEN_ALONG, type TakenAlong } from '../lib/transfer/desk/moving';
import { t } from '../lib/words/t';
import type { Refusal } from './refusal';
import { cutWhenStalled } from './send';

/** What a file is made of, piece by piece, as fast as it is taken. */
type Pieces = AsyncIterable<string | Uint8Array>;

/** How each file is made that an owner can take along, and a backup by its name; null for a name that is none of ours. */
export type Producers = Record<TakenAlong, (now: Date, origin: string) => Pieces | Promise<Pieces>> & { backup: (name: string) => Promise<Pieces | null> };

/** `name`: what the file is called after the blog's name, and after the day where it is made now. */
type Download = { name: string; isMadeNow: boolean; make: () => Promise<Pieces | null> };

const BACKUP = new RegExp(`^${MOVING_PATH}/backups/([0-9A-Za-z][0-9A-Za-z._-]{0,100})\\.tar$`);
const TYPES: Record<string, string> = { xml: 'application/xml; charset=utf-8', zip: 'application/zip', tar: 'application/x-tar' };
const failed = (): Refusal => ({ status: 500, sentence: t('server.download.failed') });
const noSuchFile = (): Refusal => ({ status: 404, sentence: t('server.download.notThere') });

/** What is to be had at a path, of the blog at this origin; undefined where there is nothing. */
export function downloadAt(producers: Producers, { path, origin }: { path: string; origin: string }): Download | undefined {
  const [, backup] = BACKUP.exec(path) ?? [];
  if (backup !== undefined) return { name: `backup-${backup}.tar`, isMadeNow: false, make: async () => producers.backup(backup) };
  const found = TAKEN_ALONG.find(({ file }) => path === `${MOVING_PATH}/${file}`);
  return found && { name: found.file, isMadeNow: true, make: async () => producers[found.file](new Date(), origin) };
}

type To = { request: IncomingMessage; response: ServerResponse; security: Record<string, string>; stalledMs?: number | undefined };

/**
 * Sends a file while it is made, no faster than it is taken. One that cannot be begun is refused (404, 500); one that
 * breaks off on the way breaks the connection, so that nobody takes it for whole; so does one of which nothing is taken
 * for so many milliseconds.
 */
export async function sendDownload({ name, isMadeNow, make }: Download, { request, response, security, stalledMs }: To): Promise<Refusal | void> {
  const { title, timeZone } = await findSite();
  const headers = {
    ...security,
    'content-type': TYPES[name.slice(name.lastIndexOf('.') + 1)] ?? 'application/octet-stream',
    'content-disposition': attachment([slugOf(title), ...(isMadeNow ? [dayIn(new Date(), timeZone)] : []), name].join('-')),
    'cache-control': 'private, no-store',
    // A proxy that took it all in first would hold it whole, and hide that it broke off.
    'x-accel-buffering': 'no',
  };
  const isHead = request.method === 'HEAD';
  if (isHead && isMadeNow) return void response.writeHead(200, headers).end();
  const begun = await begin(make).catch((error: unknown) => void log.error({ err: error, download: name }, 'A file could not be made.'));
  if (begun === undefined) return failed();
  if (begun === null) return noSuchFile();
  response.writeHead(200, headers);
  if (isHead) {
    await begun.pieces.return?.();
    return void response.end();
  }
  cutWhenStalled(response, stalledMs);
  if (!isMadeNow) response.once('finish', noteBackupTaken);
  await pour(begun, { request, response, name });
}

/** One of the owner's first steps. */
const noteBackupTaken = (): void => void noteDownload(new Date()).catch((error: unknown) => log.error({ err: error }, 'That a backup was taken along could not be noted.'));

type Begun = { pieces: AsyncIterator<string | Uint8Array>; first: IteratorResult<string | Uint8Array> };

/** With its first piece in hand it is known that it can be made. */
async function begin(make: Download['make']): Promise<Begun | null> {
  const pieces = (await make())?.[Symbol.asyncIterator]();
  return pieces ? { pieces, first: await pieces.next() } : null;
}

type Way = { request: IncomingMessage; response: ServerResponse; name: string };

async function pour({ pieces, first }: Begun, { request, response, name }: Way): Promise<void> {
  try {
    for (let piece = first; !piece.done; piece = await pieces.next()) {
      if (!response.write(piece.value)) await drained(response);
      // Whoever took it has gone.
      if (response.destroyed) return void (await pieces.return?.());
    }
    response.end();
  } catch (error) {
    log.error({ err: error, download: name }, 'A file broke off on the way.');
    // Not merely closed: to HTTP/1.0, which many proxies speak, that is the end of a whole file.
    request.socket.resetAndDestroy();
  }
}

/** Until more can be written, or never can. */
const drained = (response: ServerResponse): Promise<void> =>
  new Promise((resolve) => {
    if (response.destroyed) return resolve();
    const done = () => {
      response.off('drain', done).off('close', done);
      resolve();
    };
    response.on('drain', done).on('close', done);
  });

/** RFC 6266: a name in ASCII for old clients, and the right one. */
function attachment(name: string): string {
  const plain = name.replace(/[^\w.-]+/g, '_');
  const exact = encodeURIComponent(name).replace(/['()*!]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
  return `attachment; filename="${plain}"; filename*=UTF-8''${exact}`;
}
