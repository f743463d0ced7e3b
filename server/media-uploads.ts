import type { IncomingMessage, ServerResponse } from 'node:http';
import { hasPosts } from '../lib/identity/rules';
import type { Person } from '../lib/identity/schema';
import { log } from '../lib/log';
import { StoreFailed } from '../lib/media/media-store';
import { KEPT_FILE_MAX_BYTES, UPLOAD_IDLE_MS, UPLOADS_PER_PERSON, type UploadedMedia } from '../lib/media/schema';
import { takeUpload } from '../lib/media/uploads';
import { httpStatus, type Result } from '../lib/result';
import { t } from '../lib/words/t';
import type { Admitted } from './gate';
import { drain } from './send';
import { personOf } from './session-person';

type Asked = Pick<Admitted, 'request' | 'path' | 'search'>;
type Said = { status: number; sentence: string; retryAfterSeconds?: number };

const signedOut = (): Said => ({ status: 401, sentence: t('server.signedOut') });
const notHere = (): Said => ({ status: 404, sentence: t('server.upload.notThere') });
const noPost = (): Said => ({ status: 405, sentence: t('server.upload.noPost') });
const noFile = (): Said => ({ status: 415, sentence: t('server.upload.noFile') });
const tooLarge = (): Said => ({ status: 413, sentence: t('server.upload.tooLarge') });
const tooMany = (): Said => ({ status: 429, sentence: t('server.upload.tooMany'), retryAfterSeconds: 3 });
const cutOff = (): Said => ({ status: 400, sentence: t('server.upload.cutOff') });
const away = (): Said => ({ status: 503, sentence: t('server.databaseAway'), retryAfterSeconds: 5 });
const LATER_SECONDS = 5;

/** Takes a file in; lib/media/uploads.ts does. */
type Take = (person: Person, name: string, bytes: AsyncIterable<Uint8Array>) => Promise<Result<UploadedMedia>>;

/**
 * `POST /admin/media/upload?name=NAME`: one file in one request, streamed to the store, for those who have a library. Not
 * through Next, which would hold it in memory. Who asks is known before anything is read.
 */
export class MediaUploads {
  private readonly sending = new Map<string, number>();

  constructor(private readonly take: Take = takeUpload, private readonly idleMs = UPLOAD_IDLE_MS) {}

  /**
   * Answers in JSON: 201 with the file as UploadedMedia; else `{ message }`: 401 who is not signed in, 404 who has no
   * library, 405, 415 what is sent as something else, 413 too large, 422 what the blog does not keep, 429 (with
   * `Retry-After`) more than UPLOADS_PER_PERSON at once, 400 what did not arrive whole, 503 while the store, the disk or the database takes nothing.
   */
  async answer({ request, search }: Asked, response: ServerResponse, security: Record<string, string>): Promise<void> {
    const send = (said: Said) => refuse(request, response, said, security);
    if (request.method !== 'POST') return send(noPost());
    const person = await personOf(request).catch((error: unknown) => void log.error({ err: error }, 'Who is sending a file could not be read.'));
    const refusal = person === undefined ? away() : person === null ? signedOut() : hasPosts(person) ? refusalTo(request) : notHere();
    if (refusal || !person) return send(refusal ?? away());
    const count = this.sending.get(person.userId) ?? 0;
    if (count >= UPLOADS_PER_PERSON) return send(tooMany());
    this.sending.set(person.userId, count + 1);
    try {
      if (request.headers.expect) response.writeContinue();
      const taken = await this.takeFrom(request, person, new URLSearchParams(search).get('name') ?? '');
      if ('sentence' in taken) return send(taken);
      json(response, 201, taken, security).end();
    } finally {
      const left = (this.sending.get(person.userId) ?? 1) - 1;
      if (left > 0) this.sending.set(person.userId, left);
      else this.sending.delete(person.userId);
    }
  }

  private async takeFrom(request: IncomingMessage, person: Person, name: string): Promise<UploadedMedia | Said> {
    request.setTimeout(this.idleMs, () => request.destroy(new Error('Nothing came for long.')));
    // To keep a large one may take long, and nothing comes meanwhile.
    request.once('end', () => request.setTimeout(0));
    try {
      // Left open where it is not read to its end: the answer goes back the same way.
      const taken = await this.take(person, name, request.iterator({ destroyOnReturn: false }));
      if (taken.ok) return taken.value;
      return { status: httpStatus[taken.code], sentence: taken.message, ...(taken.code === 'unavailable' && { retryAfterSeconds: LATER_SECONDS }) };
    } catch (error) {
      if (request.errored || request.destroyed) return cutOff();
      log.error({ err: error }, 'A file that was sent could not be kept.');
      return error instanceof StoreFailed ? { ...away(), sentence: error.message } : away();
    } finally {
      request.setTimeout(0);
    }
  }
}

function refusalTo({ headers }: IncomingMessage): Said | null {
  const isEncoded = !['', 'identity'].includes(headers['content-encoding'] ?? '');
  if (isEncoded || headers['content-type'] !== 'application/octet-stream') return noFile();
  return Number(headers['content-length'] ?? 0) > KEPT_FILE_MAX_BYTES ? tooLarge() : null;
}

function json(response: ServerResponse, status: number, body: object, security: Record<string, string>, more: Record<string, string> = {}): ServerResponse {
  const text = JSON.stringify(body);
  response.writeHead(status, { ...security, 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(text), 'cache-control': 'private, no-store', ...more });
  response.write(text);
  return response;
}

function refuse(request: IncomingMessage, response: ServerResponse, { status, sentence, retryAfterSeconds }: Said, security: Record<string, string>): void {
  if (request.destroyed && !request.complete) return void response.destroy();
  const later: Record<string, string> = retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) };
  const isRead = request.complete || request.readableEnded;
  json(response, status, { message: sentence }, security, { ...later, ...(!isRead && { connection: 'close' }) });
  if (isRead) return void response.end();
  drain(request, () => response.end());
}
