import { randomBytes } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newAnswer, withAnswer, withRequestId } from '../lib/answer';
import { log } from '../lib/log';
import { reportPageCache } from '../lib/page-cache-state';
import { kindOfAddress } from './address-kinds';
import { isDesk, isForEveryone, isMediaUpload, isMoving, isNextOwn, isToldRead } from './areas';
import type { AskNext, Pages } from './ask-next';
import { LIVE_PATH, type DeskLive } from './desk-live';
import type { Files } from './files';
import { admit, type Admitted, type GateRules } from './gate';
import { deskPolicy, securityHeaders } from './headers';
import type { MediaFiles } from './media-files';
import type { MediaUploads } from './media-uploads';
import { METRICS_PATH, type Metrics } from './metrics';
import { answerByNext, failed, type NextRules } from './next-answer';
import type { Moving } from './moving';
import type { Freshness } from './page-cache';
import { ReadersPages } from './readers-pages';
import type { Reads } from './reads';
import { isRefusal, notThere, type Refusal } from './refusal';
import { Noted, requestIdOf } from './requests';
import { sendRefusal } from './send';
import { type Header, WholeAnswer } from './whole-answer';

export type Front = {
  ask: AskNext;
  /** In development Next sends its own files itself, and reloads by them. */
  developing?: Pages;
  rules: GateRules;
  /** What is sent as it stands. Absent in development: there Next sends it. */
  files?: Files;
  /** Kept files of posts. */
  media?: MediaFiles;
  /** How long what is kept stays right. */
  freshness: Freshness;
  /** Whether a CDN stands in front and is told of every change. */
  hasCdn?: boolean;
  /** Whether the database answers and has for a while, asked when a page has failed: if not, that is why. */
  isDatabaseSteady: () => Promise<boolean>;
  /** Whether it is away, as of a moment ago: what is kept is given then. */
  isDatabaseAway: () => Promise<boolean>;
  /** Tells open desks what happens. */
  live?: Pick<DeskLive, 'answer'>;
  /** Is told of every request, and tells whoever has the token. */
  metrics?: Metrics;
  /** Takes pieces of files in and gives files out, for owners. */
  moving?: Pick<Moving, 'answer'>;
  /** Is told which posts are read; behind a CDN by the readers' browsers, for it asks us once for many of them. */
  reads?: Pick<Reads, 'note' | 'noteKept'>;
  /** Takes files into the library. */
  uploads?: Pick<MediaUploads, 'answer'>;
  /** What `/readyz` says: null, or the sentence why not. */
  whyNotReady: () => Promise<string | null>;
};

/** To a browser that tells of a read, whatever it has told. */
const TOLD = new WholeAnswer(204, [['cache-control', 'private, no-store']], Buffer.alloc(0), { validated: false });

/** The front, ready: what it was given, and the readers' pages. */
type Ready = Front & { next: NextRules; readers: ReadersPages };

/** The handler of every request: what is kept, else the gate, then Next inside an answer of its own. */
export function createFront(front: Front): (request: IncomingMessage, response: ServerResponse) => void {
  const { ask, isDatabaseSteady, isDatabaseAway, rules, freshness, hasCdn = false } = front;
  const common = { ask, isDatabaseSteady, isDatabaseAway, isHttps: rules.siteUrl?.startsWith('https:') === true, development: rules.development };
  const readers = new ReadersPages(common, { ...rules, hasCdn }, freshness, hasCdn ? undefined : front.reads);
  reportPageCache(() => readers.cache.state);
  front.metrics?.watch(readers.cache);
  const ready: Ready = { ...front, readers, next: { ...common, ownPage: (status, origin) => readers.ownPage(status, origin) } };
  const { refresh } = freshness;
  return (request, response) => {
    if (!refresh || !readers.hasKept(request)) return answer(ready, request, response);
    refresh(() => answer(ready, request, response));
  };
}

function answer(ready: Ready, request: IncomingMessage, response: ServerResponse): void {
  try {
    if (!ready.readers.answerKept(request, response)) return begin(ready, request, response);
    ready.metrics?.noteKept(request, response);
  } catch (error) {
    log.error({ err: error, requestId: requestIdOf(request, ready.rules.trustProxy) }, 'A kept page could not be sent.');
    response.destroy();
  }
}

function begin(ready: Ready, request: IncomingMessage, response: ServerResponse): void {
  const noted = new Noted(request, response, requestIdOf(request, ready.rules.trustProxy), (ended) => ready.metrics?.note(ended));
  void withRequestId(noted.id, () => goOn(ready, request, response, noted));
}

async function goOn(ready: Ready, request: IncomingMessage, response: ServerResponse, noted: Noted): Promise<void> {
  const nonce = randomBytes(16).toString('base64');
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  const security = securityHeaders({ path, nonce, isHttps: ready.next.isHttps, development: ready.rules.development });
  try {
    const refusal = await handle(ready, request, response, { nonce, security, noted });
    if (refusal) sendRefusal(request, response, refusal, security);
  } catch (error) {
    log.error({ err: error, kind: kindOfAddress(path) }, 'A request failed.');
    if (response.headersSent) response.destroy();
    else sendRefusal(request, response, failed(), security);
  }
}

type Own = { nonce: string; security: Record<string, string>; noted: Noted };

async function handle(ready: Ready, request: IncomingMessage, response: ServerResponse, own: Own): Promise<Refusal | void> {
  const { rules, readers } = ready;
  const admitted = await admit(request, response, rules);
  if (isRefusal(admitted)) return admitted;
  const { path, search, slashed } = admitted;
  const isRead = request.method !== 'POST';
  if (isRead && !slashed) {
    const sent = await sendOwn(ready, admitted, response, own);
    if (sent !== 'not-ours') return sent;
  }
  if (isMoving(path)) return ready.moving && !slashed ? ready.moving.answer(admitted, response, own.security) : notThere();
  if (isMediaUpload(path) && ready.uploads && !slashed) return ready.uploads.answer(admitted, response, own.security);
  if (isRead && !rules.development && isForEveryone(path, search)) return readers.answer(admitted, response, own.noted);
  return askNext(ready, admitted, response, own);
}

/** What is read here without Next: how the process is, files, and what open desks hear. */
async function sendOwn(ready: Ready, admitted: Admitted, response: ServerResponse, { security, noted }: Own): Promise<Refusal | void | 'not-ours'> {
  const { request, path } = admitted;
  if (path === METRICS_PATH) {
    const figures = await ready.metrics?.answer(request);
    return figures ? figures.send(request, response, Object.entries(security)) : notThere();
  }
  const file = ready.files?.get(path);
  if (file) noted.isFile('static');
  const found = file ?? (await answerOfServer(ready, path)) ?? toldRead(ready, admitted);
  if (found) return found.send(request, response, Object.entries(security));
  const sendFile = await ready.media?.find(path);
  if (sendFile) {
    noted.isFile('media');
    return sendFile(request, response, security);
  }
  return ready.live && path === LIVE_PATH ? ready.live.answer(admitted, response, security) : 'not-ours';
}

async function askNext(ready: Ready, admitted: Admitted, response: ServerResponse, { nonce, noted }: Own): Promise<Refusal | void> {
  const { request, path, search, clientIp, userAgent, referrer, origin, body } = admitted;
  const { rules, next } = ready;
  const answer = newAnswer({ requestId: noted.id, clientIp, userAgent, referrer, origin });
  if (ready.developing && isNextOwn(path)) return withAnswer(answer, () => ready.developing?.(request, response));
  if (isDesk(path) && !rules.development) request.headers['content-security-policy'] = deskPolicy(nonce);
  const asked = { method: request.method ?? 'GET', url: path + search, headers: request.headers, body };
  const whole = await answerByNext({ rules: next, asked, admitted, answer, nonce });
  if (isRefusal(whole)) return whole;
  // Behind its password a post is a page of its own, and not kept.
  if (whole.status === 200) ready.reads?.note(admitted);
  return whole.send(request, response);
}

function toldRead({ reads }: Front, admitted: Admitted): WholeAnswer | undefined {
  if (admitted.request.method !== 'GET' || !isToldRead(admitted.path)) return undefined;
  reads?.note(admitted);
  return TOLD;
}

async function answerOfServer({ whyNotReady }: Front, path: string): Promise<WholeAnswer | undefined> {
  if (path !== '/healthz' && path !== '/readyz') return undefined;
  const reason = path === '/readyz' ? await whyNotReady() : null;
  const headers: Header[] = [['content-type', 'text/plain; charset=utf-8'], ['cache-control', 'private, no-store']];
  return new WholeAnswer(reason ? 503 : 200, headers, Buffer.from(`${reason ?? 'ok'}\n`), { validated: false });
}
