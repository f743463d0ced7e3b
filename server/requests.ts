import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { log } from '../lib/log';
import { type Group, groupOfAddress, kindOfAddress } from './address-kinds';
import { LIVE_PATH } from './desk-live';

const REQUEST_ID = 'X-Request-Id';

const METHODS = ['GET', 'HEAD', 'POST'] as const;
export type Method = (typeof METHODS)[number] | 'other';
const methodOf = (method = ''): Method => METHODS.find((known) => known === method) ?? 'other';

/** What a balancer and Prometheus ask every second: told where they are not well. */
const PROBES = new Set(['/healthz', '/readyz', '/metrics']);

/** Of a client that went before it had its answer; nginx's number for it. */
const GONE = 499;

/** What is told of a request that has ended. */
export type Ended = { group: Group; method: Method; status: number; seconds: number | null };

/**
 * The id of a request: the one that the proxy in front has given it, where one is trusted and it looks like an id, so that
 * its lines and ours are found together; else a new one.
 */
export function requestIdOf({ headers }: IncomingMessage, trustProxy: number): string {
  const given = headers['x-request-id'];
  return trustProxy > 0 && typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID();
}

/** A request that is not answered from the kept pages, from its beginning to its end. */
export class Noted {
  private readonly begunAt = performance.now();
  private readonly kind: string;
  private readonly method: Method;
  private group: Group;
  private isTold = true;

  /** Its answer carries its id, unless it turns out to be the same for all. At its end one line says what became of it, and `onEnd` is told. */
  constructor(request: IncomingMessage, private readonly response: ServerResponse, readonly id: string, onEnd: (ended: Ended) => void) {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    this.kind = kindOfAddress(path);
    this.group = groupOfAddress(path);
    this.method = methodOf(request.method);
    response.setHeader(REQUEST_ID, id);
    response.once('close', () => this.end(onEnd));
  }

  /** It is answered by a file as it stands, which is the same for everybody, and of which no line tells. */
  isFile(group: 'media' | 'static'): void {
    this.group = group;
    this.isSameForAll();
    this.isTold = false;
  }

  /** Its answer is kept: the same, and under no id, for all who ask for it. */
  isSameForAll(): void {
    this.response.removeHeader(REQUEST_ID);
  }

  private end(onEnd: (ended: Ended) => void): void {
    const { id: requestId, group, kind, method } = this;
    const status = this.response.headersSent ? this.response.statusCode : GONE;
    const ms = performance.now() - this.begunAt;
    const isProbe = status === 200 && PROBES.has(kind);
    if (this.isTold || status >= 400) log[isProbe ? 'debug' : 'info']({ requestId, method, kind, status, ms: Math.round(ms * 10) / 10 }, 'A request.');
    // An open desk hears for hours.
    onEnd({ group, method, status, seconds: kind === LIVE_PATH ? null : ms / 1_000 });
  }
}
