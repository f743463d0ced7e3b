import { randomUUID } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { newAnswer, presentRequestId } from '../lib/answer';
import { isForEveryone, isOwnPage, OWN_PAGES } from './areas';
import { cleanHeaders, originOf, type SiteAddress } from './asker';
import { cdnHeaders, cdnMaxAge } from './cdn';
import type { Admitted } from './gate';
import { isKeepable, securityHeaders } from './headers';
import { answerByNext, busy, type NextRules } from './next-answer';
import { type Found, type Freshness, PageCache, type Rendered } from './page-cache';
import type { Reads } from './reads';
import { isRefusal, type Refusal } from './refusal';
import type { Noted } from './requests';
import { sendRefusal } from './send';
import type { Header } from './whole-answer';

type Address = { origin: string; path: string };

const keyOf = ({ origin, path }: Address): string => origin + path;
const HOSTS_MAX = 100;
// Two seconds of work. Beyond that a place in the line helps nobody, and strangers who ask for pages that are not there must not hold it.
const LINE_MAX = 200;

/** A rendering that came to nothing but a sentence; each who waited is told in the form they read. */
class Refused extends Error {
  constructor(readonly refusal: Refusal) {
    super(refusal.sentence);
  }
}

/**
 * The pages that are the same for every reader: each rendered once, by a request of our own that carries nothing of
 * anybody's, and kept while it is right. In development nothing is kept.
 */
export class ReadersPages {
  readonly cache: PageCache<Address>;
  private readonly origins = new Map<string, string>();
  private readonly lastOwn = new Map<404 | 500, string>();

  constructor(private readonly rules: Omit<NextRules, 'ownPage'>, private readonly site: SiteAddress & { hasCdn: boolean }, freshness: Freshness, private readonly reads?: Pick<Reads, 'note' | 'noteKept'>) {
    this.cache = new PageCache({ render: (address) => this.render(address), waits: ({ path }) => !isOwnPage(path) }, freshness);
  }

  /**
   * Answers what is kept and right as far as this process knows, before anything else is done about a request; false when
   * there is nothing. The path of nearly every request: it makes no promise and no closure.
   */
  answerKept(request: IncomingMessage, response: ServerResponse): boolean {
    const key = this.keyOfRequest(request);
    const kept = key === null ? undefined : this.cache.find(key);
    if (!kept) return false;
    kept.whole.sendPrepared(request, response, this.site.hasCdn ? headersForCdn(kept) : undefined);
    if (kept.whole.status === 200) this.reads?.noteKept(request);
    return true;
  }

  /** Whether something is kept for a request, right or not. */
  hasKept(request: IncomingMessage): boolean {
    const key = this.keyOfRequest(request);
    return key !== null && this.cache.has(key);
  }

  // What is kept has been through the gate, so its key need not go there again.
  private keyOfRequest({ method, url = '', headers }: IncomingMessage): string | null {
    if (method !== 'GET' && method !== 'HEAD') return null;
    const origin = this.originOf(headers.host);
    const query = url.indexOf('?');
    if (query < 0) return origin + url;
    const path = url.slice(0, query);
    return isForEveryone(path, url.slice(query)) ? origin + path : null;
  }

  /** Answers a request that the gate let through, and that is for everyone. */
  async answer(admitted: Admitted, response: ServerResponse, noted: Pick<Noted, 'isSameForAll'>): Promise<void> {
    const address = { origin: admitted.origin, path: admitted.path };
    if (!admitted.slashed) return this.send(address, admitted, response, noted);
    const found = await this.found(address);
    if (isRefusal(found)) return this.refuse(address.path, found, admitted.request, response);
    const { whole } = found;
    // A page has one address; what the page itself redirects stands: one hop.
    if (whole.status !== 200) return whole.send(admitted.request, response);
    response.writeHead(308, { ...this.security(address.path), location: admitted.path + admitted.search, 'content-length': 0, 'cache-control': 'private, no-store' }).end();
  }

  /** The document shown for a status that Next leaves empty. When it cannot be had, the last one stands; null when there never was one. */
  async ownPage(status: 404 | 500, origin: string): Promise<string | null> {
    const address = { origin, path: OWN_PAGES[status] };
    const found = await this.cache.get(keyOf(address), address).catch(() => null);
    if (found?.whole.status === 404) this.lastOwn.set(status, found.whole.body.toString('utf8'));
    return this.lastOwn.get(status) ?? null;
  }

  private async send(address: Address, admitted: Admitted, response: ServerResponse, noted: Pick<Noted, 'isSameForAll'>): Promise<void> {
    const { request } = admitted;
    const found = await this.found(address);
    if (isRefusal(found)) return this.refuse(address.path, found, request, response);
    if (found.tags.length > 0) noted.isSameForAll();
    await found.whole.send(request, response, this.site.hasCdn ? headersForCdn(found) : undefined);
    if (found.whole.status === 200) this.reads?.note(admitted);
  }

  private async found(address: Address): Promise<Found | Refusal> {
    const last = this.cache.lastRight(keyOf(address));
    if (last && (await this.rules.isDatabaseAway())) return last;
    if (this.cache.waiting > LINE_MAX && !this.cache.find(keyOf(address))) return busy();
    return this.cache.get(keyOf(address), address).catch((error: unknown) => {
      if (error instanceof Refused) return error.refusal;
      throw error;
    });
  }

  private refuse(path: string, refusal: Refusal, request: IncomingMessage, response: ServerResponse): void {
    sendRefusal(request, response, refusal, this.security(path));
  }

  private security(path: string): Record<string, string> {
    const { isHttps, development } = this.rules;
    return securityHeaders({ path, nonce: '', isHttps, development });
  }

  private originOf(host = ''): string {
    const known = this.origins.get(host);
    if (known !== undefined) return known;
    const origin = originOf(host, this.site);
    if (this.origins.size >= HOSTS_MAX) this.origins.clear();
    this.origins.set(host, origin);
    return origin;
  }

  private async render({ origin, path }: Address): Promise<Rendered> {
    // Of whoever asked first, of all who wait for it.
    const answer = newAnswer({ requestId: presentRequestId() ?? randomUUID(), clientIp: '127.0.0.1', origin });
    const headers: IncomingHttpHeaders = { accept: 'text/html', 'user-agent': 'soapbox' };
    cleanHeaders(headers, { origin, clientIp: answer.clientIp, isDesk: false, development: this.rules.development });
    const whole = await answerByNext({
      rules: { ...this.rules, ownPage: (status, ofOrigin) => this.ownPage(status, ofOrigin) },
      asked: { method: 'GET', url: path, headers },
      admitted: { path, search: '', slashed: false, origin, typed: [] },
      answer,
      nonce: '',
    });
    if (isRefusal(whole)) throw new Refused(whole);
    const isKept = !this.rules.development && answer.tags.size > 0 && isKeepable({ path, status: whole.status, cacheControl: whole.header('cache-control'), hasCookie: whole.header('set-cookie') !== undefined });
    return { whole, tags: isKept ? answer.tags : null, keepUntil: answer.keepUntil };
  }
}

/** `cdn` tells the page's script that it may have been given to many for one request of us (tell-read.enhance.ts). */
const headersForCdn = ({ whole, tags, until }: Found): Header[] => whole.status !== 200 ? [] : [['server-timing', 'cdn'], ...Object.entries(cdnHeaders(tags, cdnMaxAge(until, Date.now())))];
