import dns from 'node:dns';
import http, { type IncomingMessage } from 'node:http';
import https from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import { RequestFilteringHttpAgent, RequestFilteringHttpsAgent } from 'request-filtering-agent';
import { log } from '../log';
import { fail, ok, type Failure } from '../result';
import { t } from '../words/t';
import { isAlsoInside, leadsInside } from './inside';

const forbidden = () => fail('forbidden', t('media.fetching.onlyPublic'));
const tooLarge = () => fail('too-large', t('media.fetching.tooLarge'));
const unavailable = () => fail('unavailable', t('media.fetching.unavailable'));
const notThere = () => fail('not-found', t('media.fetching.notThere'));
const REDIRECTS = [301, 302, 303, 307, 308];
/** Besides 5xx: what may be answered otherwise a little later. */
const TRY_LATER = [408, 425, 429];

class Inside extends Error {}
class TooLarge extends Error {}

/** Looks a name up as `resolve` does; fails when one of its addresses is inside by our own list. */
const guarded = (resolve: LookupFunction): LookupFunction => (hostname, options, callback) =>
  resolve(hostname, options, (error, found, family) => {
    const addresses = Array.isArray(found) ? found.map(({ address }) => address) : [found];
    if (!error && addresses.some(isAlsoInside)) callback(new Inside(hostname), found, family);
    else callback(error, found, family);
  });

// They check every address that a name has at the moment of connecting, and connect to no other. They keep no connection.
const filtering = { 'http:': new RequestFilteringHttpAgent(), 'https:': new RequestFilteringHttpsAgent() };

export type Protocol = 'http:' | 'https:';

/** What is asked how, and how much of it is taken. */
export type FetchRules = {
  protocols: readonly Protocol[];
  headers: Record<string, string>;
  /** Sent by POST, to this address alone: every answer is then what was fetched, a redirect or a failure among them. */
  body?: string;
  redirectsMax: number;
  maxBytes: number;
  /** For all of it, redirects and body included, and for a connection on which nothing comes. */
  wholeMs: number;
  idleMs: number;
  /** The one origin that may be inside our own network, by any protocol and port; only asked first or led to by itself. */
  trustedOrigin: string | null;
  resolve?: LookupFunction;
  signal?: AbortSignal;
};

export type Fetched = {
  /** Where it lies, after redirects, and whether that is the trusted origin. */
  url: URL;
  isTrusted: boolean;
  status: number;
  /** Where it says when to ask again. */
  retryAfterSeconds: number | null;
  /** What it says it is: a stranger's word, in lower case without parameters. */
  type: string;
  /** Ends with an error past `maxBytes`, or when a time is over: `refusalOf` says which. To leave its loop closes the connection. */
  body: AsyncIterable<Buffer>;
  /** To be called in the end, for a body that was perhaps not even begun. */
  close: () => void;
};

/** What an error of a fetch or of its body means: `forbidden`, `too-large`, else `unavailable`. */
export function refusalOf(error: unknown): Failure {
  log.debug({ err: error }, 'An address could not be fetched.');
  if (error instanceof TooLarge) return tooLarge();
  // The agents' refusals are the only errors without a code: those of the system and of TLS have one.
  const isRefused = error instanceof Inside || (error instanceof Error && !('code' in error) && / is not allowed\. Because,? /.test(error.message));
  return isRefused ? forbidden() : unavailable();
}

/** Of an address that has answered, `status` is what it said. */
export type FetchRefusal = Failure & { status?: number };

/**
 * Asks a stranger's address: the one guard against our own network, for every fetch of what a stranger named. Only names
 * at the usual port, whose addresses are all public, checked at the moment of connecting and anew for each redirect.
 * `forbidden`: an address that is not asked; `not-found`; `too-large`: it says so itself; `unavailable`: later it may be
 * there (`retryAfterSeconds` where the server says when).
 */
export async function guardedFetch(address: string, rules: FetchRules): Promise<{ ok: true; value: Fetched } | FetchRefusal> {
  if (!URL.canParse(address)) return forbidden();
  const ending = endingOf(rules);
  const fetched = await follow(new URL(address), rules, ending.signal).catch(refusalOf);
  if (!fetched.ok) ending.done();
  else fetched.value.response.once('close', ending.done);
  return fetched.ok ? { ok: true, value: fetched.value.fetched } : fetched;
}

/**
 * Whether an address may be asked as far as can be said now: its form, and where its name leads at this moment. A name that
 * cannot be found is not refused. guardedFetch looks again, at each connection. `forbidden`.
 */
export async function refusalToAsk(address: string, protocols: readonly Protocol[], resolve: LookupFunction = dns.lookup): Promise<Failure | null> {
  if (!URL.canParse(address)) return forbidden();
  const url = new URL(address);
  return mayBeAsked(url, protocols) && !(await leadsInside(url.hostname, resolve)) ? null : forbidden();
}

/** Ends a fetch when its time is over or its caller wishes. Not AbortSignal.any: Node 20 loses it, with its timer, to the garbage collector. */
function endingOf({ wholeMs, signal }: FetchRules): { signal: AbortSignal; done: () => void } {
  const controller = new AbortController();
  const abort = () => controller.abort();
  const timer = setTimeout(abort, wholeMs);
  if (signal?.aborted) abort();
  signal?.addEventListener('abort', abort);
  return {
    signal: controller.signal,
    done: () => {
      clearTimeout(timer);
      signal?.removeEventListener('abort', abort);
    },
  };
}

type Answered = { ok: true; value: { response: IncomingMessage; fetched: Fetched } } | FetchRefusal;

async function follow(source: URL, rules: FetchRules, signal: AbortSignal): Promise<Answered> {
  let url = source;
  let isTrusted = url.origin === rules.trustedOrigin;
  for (let redirects = 0; redirects <= rules.redirectsMax; redirects += 1) {
    if (!isTrusted && !mayBeAsked(url, rules.protocols)) return forbidden();
    const response = await ask(url, isTrusted, rules, signal);
    const { statusCode = 0, headers: { location } } = response;
    if (rules.body !== undefined || !REDIRECTS.includes(statusCode)) return answered(response, url, isTrusted, rules);
    response.destroy();
    if (location === undefined || !URL.canParse(location, url)) return notThere();
    url = new URL(location, url);
    if (!isAmong(url.protocol, rules.protocols)) return forbidden();
    isTrusted = isTrusted && url.origin === rules.trustedOrigin;
  }
  return notThere();
}

const isAmong = (protocol: string, protocols: readonly Protocol[]): protocol is Protocol => protocols.some((one) => one === protocol);

/** What can be said of an address before its name is looked up. */
const mayBeAsked = ({ protocol, port, username, password, hostname }: URL, protocols: readonly Protocol[]): boolean =>
  isAmong(protocol, protocols) && port === '' && username === '' && password === '' && !hostname.startsWith('[') && isIP(hostname) === 0;

function ask(url: URL, isTrusted: boolean, { headers, body, idleMs, resolve = dns.lookup }: FetchRules, signal: AbortSignal): Promise<IncomingMessage> {
  const protocol = url.protocol === 'http:' ? 'http:' : 'https:';
  const { request: begin } = protocol === 'http:' ? http : https;
  const method = body === undefined ? 'GET' : 'POST';
  const way = isTrusted ? { agent: false as const } : { agent: filtering[protocol], lookup: guarded(resolve) };
  return new Promise((answer, reject) => {
    const request = begin(url, { ...way, method, signal, headers: { 'accept-encoding': 'identity', 'user-agent': 'Soapbox', ...headers } }, answer).on('error', reject);
    request.setTimeout(idleMs, () => request.destroy(new Error('Nothing came for too long.')));
    request.end(body);
  });
}

function answered(response: IncomingMessage, url: URL, isTrusted: boolean, { maxBytes, body: sent }: FetchRules): Answered {
  const { statusCode: status = 0, headers } = response;
  const retryAfterSeconds = secondsIn(headers['retry-after']);
  const refusal = sent === undefined ? refusalBy(status, headers['content-length'], retryAfterSeconds, maxBytes) : null;
  if (refusal) {
    response.destroy();
    return refusal;
  }
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const said = { url, isTrusted, status, retryAfterSeconds, type: type.trim().toLowerCase() };
  return ok({ response, fetched: { ...said, body: bounded(response, maxBytes), close: () => void response.destroy() } });
}

function refusalBy(status: number, length: string | undefined, retryAfterSeconds: number | null, maxBytes: number): FetchRefusal | null {
  if (status >= 500 || TRY_LATER.includes(status)) return retryAfterSeconds === null ? unavailable() : { ...unavailable(), retryAfterSeconds };
  if (status !== 200) return { ...notThere(), status };
  return Number(length ?? 0) > maxBytes ? tooLarge() : null;
}

/** RFC 9110, 10.2.3: seconds or a date. Null where that says no time to come. */
function secondsIn(retryAfter = ''): number | null {
  const seconds = /^\d+$/.test(retryAfter) ? Number(retryAfter) : Math.ceil((Date.parse(retryAfter) - Date.now()) / 1_000);
  return Number.isFinite(seconds) && seconds > 0 ? seconds : null;
}

async function* bounded(response: IncomingMessage, maxBytes: number): AsyncGenerator<Buffer> {
  let size = 0;
  for await (const chunk of response as AsyncIterable<Buffer>) {
    size += chunk.length;
    // Leaving the loop closes the connection.
    if (size > maxBytes) throw new TooLarge();
    yield chunk;
  }
}
