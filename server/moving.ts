import type { ServerResponse } from 'node:http';
import type { Person } from '../lib/identity/schema';
import { log } from '../lib/log';
import { httpStatus } from '../lib/result';
import { PIECE_MAX_BYTES, type Arrived } from '../lib/transfer/desk/moving';
import { mayMove } from '../lib/transfer/desk/transfers';
import { takePiece } from '../lib/transfer/desk/uploads';
import { t } from '../lib/words/t';
import { downloadAt, sendDownload, type Producers } from './downloads';
import { readBody } from './form-body';
import type { Admitted } from './gate';
import { databaseAway, notThere, type Refusal, signedOut } from './refusal';
import { personOf } from './session-person';

const PIECES = /^\/admin\/moving\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/pieces$/;
const MIB = 1024 * 1024;

const toSignIn = (): Refusal => ({ status: 307, sentence: t('server.moving.toSignIn'), headers: { Location: '/sign-in' } });

type Asked = Pick<Admitted, 'request' | 'path' | 'search' | 'origin'>;

/**
 * The addresses below `/admin/moving`, for owners alone: pieces of a file come in, and whole blogs go out. Not through
 * Next, which holds what it takes and gives in memory. Who asks is known before anything is read.
 */
export class Moving {
  constructor(private readonly producers: Producers, private readonly stalledMs?: number) {}

  /**
   * Answers. Refuses: 401 a piece and 307 (to the sign-in) a download of whoever is not signed in, 404 who is no owner and
   * what is not there, 405, 415 a piece that is none, 413 one over PIECE_MAX_BYTES, 400 one cut off, 503 while the database is away.
   */
  async answer(asked: Asked, response: ServerResponse, security: Record<string, string>): Promise<Refusal | void> {
    const isPiece = asked.request.method === 'POST';
    const person = await personOf(asked.request).catch((error: unknown) => void log.error({ err: error }, 'Who is moving could not be read.'));
    if (person === undefined) return databaseAway();
    if (person === null) return isPiece ? signedOut() : toSignIn();
    if (!mayMove(person)) return notThere();
    if (isPiece) return takeIn(person, asked, response, security);
    const download = downloadAt(this.producers, asked);
    return download ? sendDownload(download, { request: asked.request, response, security, stalledMs: this.stalledMs }) : notThere();
  }
}

async function takeIn(person: Person, { request, path, search }: Asked, response: ServerResponse, security: Record<string, string>): Promise<Refusal | void> {
  const id = PIECES.exec(path)?.[1];
  if (id === undefined) return notThere();
  const at = new URLSearchParams(search).get('at') ?? '';
  if (!/^\d{1,15}$/.test(at)) return { status: 400, sentence: t('server.moving.noBeginning') };
  const isEncoded = !['', 'identity'].includes(request.headers['content-encoding'] ?? '');
  if (isEncoded || request.headers['content-type'] !== 'application/octet-stream') return { status: 415, sentence: t('server.moving.piecesOnly') };

  if (request.headers.expect) response.writeContinue();
  const body = await readBody(request, PIECE_MAX_BYTES);
  if (body === 'too-large') return { status: 413, sentence: t('server.moving.pieceTooLarge', { megabytes: String(PIECE_MAX_BYTES / MIB) }) };
  if (body === 'cut-off') return { status: 400, sentence: t('server.moving.pieceCutOff') };
  const taken = await takePiece(person, { id, at: Number(at), bytes: new Uint8Array(body) });
  if (!taken.ok) return { status: httpStatus[taken.code], sentence: taken.message };
  const { isTaken, ...arrived } = taken.value;
  response.writeHead(isTaken ? 200 : 409, { ...security, 'content-type': 'application/json', 'cache-control': 'private, no-store' });
  response.end(JSON.stringify(arrived satisfies Arrived));
}
