import type { Cdn } from '../lib/cdn-address';

/** Where the providers' APIs are; replaced by tests. */
export type ApiBases = { fastly: string; cloudflare: string };
export const API_BASES: ApiBases = { fastly: 'https://api.fastly.com', cloudflare: 'https://api.cloudflare.com' };

export type PurgeRequest = { url: string; method: 'POST' | 'PURGE'; headers: Record<string, string>; body: string | null };

/** One party that is told which tags to forget. Its name is for the log and the health page, and holds no secret. */
export type Target = {
  name: string;
  request: (tags: string[]) => PurgeRequest;
  /** Whether the text of an answer with status 2xx says that it is done. */
  isDone: (text: string) => boolean;
};

const json = { 'Content-Type': 'application/json', Accept: 'application/json' };
const always = () => true;

/**
 * Whom to tell: each Varnish is one of its own, for one that is down must not keep the others waiting.
 * Sources: Fastly, POST /service/ID/purge (up to 256 keys; without Fastly-Soft-Purge it is a hard purge); Cloudflare,
 * POST /client/v4/zones/ID/purge_cache (up to 100 tags); Varnish, vmod_xkey.
 */
export function targetsOf(cdn: Cdn, bases: ApiBases): Target[] {
  switch (cdn.kind) {
    case 'fastly':
      return [{ name: 'Fastly', isDone: always, request: (tags) => ({
        url: `${bases.fastly}/service/${cdn.serviceId}/purge`, method: 'POST',
        headers: { ...json, 'Fastly-Key': cdn.token, 'Surrogate-Key': tags.join(' ') }, body: null,
      }) }];
    case 'cloudflare':
      return [{ name: 'Cloudflare', isDone: saysSuccess, request: (tags) => ({
        url: `${bases.cloudflare}/client/v4/zones/${cdn.zoneId}/purge_cache`, method: 'POST',
        headers: { ...json, Authorization: `Bearer ${cdn.token}` }, body: JSON.stringify({ tags }),
      }) }];
    case 'varnish':
      return cdn.hosts.map((host) => ({ name: `Varnish at ${host}`, isDone: always, request: (tags) => ({
        url: `http://${host}/`, method: 'PURGE', headers: { 'xkey-purge': tags.join(' ') }, body: null,
      }) }));
    case 'hook':
      return [{ name: new URL(cdn.url).host, isDone: always, request: (tags) => ({
        url: cdn.url, method: 'POST', body: JSON.stringify({ tags }),
        headers: { ...json, 'Surrogate-Key': tags.join(' '), ...(cdn.authorization && { Authorization: cdn.authorization }) },
      }) }];
  }
}

function saysSuccess(text: string): boolean {
  try {
    const said: unknown = JSON.parse(text);
    return typeof said === 'object' && said !== null && 'success' in said && said.success === true;
  } catch {
    return false;
  }
}

export type Failure = { /** For the log: without any secret. */ reason: string; retryAfterMs: number };
type Sending = { fetch: typeof fetch; now: () => Date; signal: AbortSignal };

/** After that nothing is left of what it was about. */
const RETRY_AFTER_MOST_MS = 3_600_000;

/** Tells one party to forget these tags. Gives null when it says that it is done, else why not; never throws. */
export async function sendPurge(target: Target, tags: string[], { fetch, now, signal }: Sending): Promise<Failure | null> {
  const { url, ...init } = target.request(tags);
  try {
    const response = await fetch(url, { ...init, redirect: 'manual', signal });
    const text = await response.text();
    if (response.ok && target.isDone(text)) return null;
    return { reason: `It answered ${response.status}${response.ok ? ', but not that it is done' : ''}.`, retryAfterMs: retryAfterMs(response.headers.get('retry-after'), now()) };
  } catch (error) {
    return { reason: reasonOf(error), retryAfterMs: 0 };
  }
}

/** RFC 9110, 10.2.3: seconds or a date. */
function retryAfterMs(header: string | null, now: Date): number {
  if (header === null) return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1_000 : Date.parse(header) - now.getTime();
  return Number.isNaN(ms) ? 0 : Math.min(RETRY_AFTER_MOST_MS, Math.max(0, ms));
}

/** Never the message: of a refused header or address it repeats the value. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'It failed.';
  if (error.name === 'TimeoutError') return 'It did not answer in time.';
  const code = error.cause instanceof Error && 'code' in error.cause ? String(error.cause.code) : error.name;
  return `It cannot be reached (${code}).`;
}
