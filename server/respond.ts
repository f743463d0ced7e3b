import { randomBytes, randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { newAnswer } from '../lib/answer';
import { log } from '../lib/log';
import { reportPageCache } from '../lib/page-cache-state';
import { isDesk, isForEveryone } from './areas';
import type { Files } from './files';
import { type Admitted, admit, type GateRules } from './gate';
import { deskPolicy, securityHeaders } from './headers';
import { answerByNext, FAILED, type NextRules, type Pages } from './next-answer';
import type { Freshness } from './page-cache';
import { ReadersPages } from './readers-pages';
import { isRefusal } from './refusal';
import { sendBody, sendRefusal } from './send';

export type Front = {
  /** Next's request handler. */
  pages: Pages;
  rules: GateRules;
  /** What is sent as it stands. Absent in development: there Next sends it. */
  files?: Files;
  /** How long what is kept stays right. */
  freshness: Freshness;
  /** Whether a CDN stands in front and is told of every change. */
  hasCdn?: boolean;
  /** Whether the database answers and has for a while, asked when a page has failed: if not, that is why. */
  isDatabaseSteady: () => Promise<boolean>;
  /** What `/readyz` says: null, or the sentence why not. */
  whyNotReady: () => Promise<string | null>;
};

/** The front, ready: what it was given, and the readers' pages. */
type Ready = Front & { next: NextRules; readers: ReadersPages };

/** The handler of every request: what is kept, else the gate, then Next inside an answer of its own. */
export function createFront(front: Front): (request: IncomingMessage, response: ServerResponse) => void {
  const { pages, isDatabaseSteady, rules, freshness, hasCdn = false } = front;
  const common = { pages, isDatabaseSteady, isHttps: rules.siteUrl?.startsWith('https:') === true, development: rules.development };
  const readers = new ReadersPages(common, { ...rules, hasCdn }, freshness);
  reportPageCache(() => readers.cache.state);
  const ready: Ready = { ...front, readers, next: { ...common, ownPage: (status, origin) => readers.ownPage(status, origin) } };
  const { refresh } = freshness;
  return (request, response) => {
    if (!refresh || !readers.hasKept(request)) return answer(ready, request, response);
    refresh(() => answer(ready, request, response));
  };
}

function answer(ready: Ready, request: IncomingMessage, response: ServerResponse): void {
  if (!ready.readers.answerKept(request, response)) void begin(ready, request, response);
}

async function begin(ready: Ready, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    await handle(ready, request, response);
  } catch (error) {
    // Never the query: a sign-in link's token stands there.
    log.error({ err: error, path: request.url?.split('?', 1)[0] }, 'A request failed.');
    if (response.headersSent) response.destroy();
    else sendRefusal(request, response, FAILED);
  }
}

async function handle(ready: Ready, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { rules, next, readers } = ready;
  const nonce = randomBytes(16).toString('base64');
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
  for (const [name, value] of Object.entries(securityHeaders({ path, nonce, isHttps: next.isHttps, development: rules.development }))) response.setHeader(name, value);

  const method = request.method ?? 'GET';
  const admitted = await admit(request, response, rules);
  if (isRefusal(admitted)) return sendRefusal(request, response, admitted);
  if (await answeredByServer(ready, admitted, response)) return;
  const file = method === 'POST' || admitted.slashed ? undefined : ready.files?.get(admitted.path);
  if (file) return file.send(admitted.request, response);
  if (method !== 'POST' && !rules.development && isForEveryone(admitted.path, admitted.search)) return readers.answer(admitted, response);

  if (isDesk(admitted.path) && !rules.development) admitted.request.headers['content-security-policy'] = deskPolicy(nonce);
  const { clientIp, origin } = admitted;
  await answerByNext({ rules: next, admitted, method, answer: newAnswer({ requestId: randomUUID(), clientIp, origin }), response });
}

async function answeredByServer({ whyNotReady }: Front, { path, request }: Admitted, response: ServerResponse): Promise<boolean> {
  if (path !== '/healthz' && path !== '/readyz') return false;
  const reason = path === '/readyz' ? await whyNotReady() : null;
  response.statusCode = reason ? 503 : 200;
  response.setHeader('Content-Type', 'text/plain; charset=utf-8');
  response.setHeader('Cache-Control', 'private, no-store');
  await sendBody(request, response, Buffer.from(`${reason ?? 'ok'}\n`), { validated: false });
  return true;
}
