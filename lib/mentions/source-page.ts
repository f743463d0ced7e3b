import type { LookupFunction } from 'node:net';
import { guardedFetch, refusalOf, type Fetched, type FetchRules } from '../media/guarded-fetch';
import { readMentionPage, type MentionPage } from '../text/mention-page';
import { comparable, jsonNames, textNames } from '../text/page-links';

export const SOURCE_MAX_BYTES = 1024 * 1024;
const SOURCE_FETCH_MS = 20_000;
const SOURCE_IDLE_MS = 10_000;
/** The specification asks for at least some, and for an end. */
const SOURCE_REDIRECTS_MAX = 5;
const GONE = [404, 410];

/** Only in tests is anything inside our own network asked. */
export type SourceFrom = { trustedOrigin: string | null; resolve?: LookupFunction };
export const FROM_THE_WEB: SourceFrom = { trustedOrigin: null };

/**
 * What became of asking for a page: what it says; that it does not link here, or is gone; that it cannot be asked or read now or
 * ever (`unreadable`), or only not now (`later`).
 */
export type SourceState = { is: 'linking'; page: MentionPage } | { is: 'not-linking' } | { is: 'gone' } | { is: 'unreadable' } | { is: 'later' };

const RULES = {
  protocols: ['https:', 'http:'],
  headers: { accept: 'text/html, application/xhtml+xml, application/json;q=0.8, text/plain;q=0.7', 'user-agent': 'Soapbox Webmention' },
  redirectsMax: SOURCE_REDIRECTS_MAX,
  maxBytes: SOURCE_MAX_BYTES,
  wholeMs: SOURCE_FETCH_MS,
  idleMs: SOURCE_IDLE_MS,
} as const satisfies Partial<FetchRules>;

/**
 * Asks for a page that is said to link to one of `targets`, through the one guard, and reads what it says. Never throws.
 * Source: https://www.w3.org/TR/webmention/, 3.2.2.
 */
export async function readSource(source: string, targets: readonly string[], from: SourceFrom): Promise<SourceState> {
  const fetched = await guardedFetch(source, { ...RULES, ...from });
  if (!fetched.ok) return GONE.includes(fetched.status ?? 0) ? { is: 'gone' } : { is: fetched.code === 'unavailable' ? 'later' : 'unreadable' };
  const wanted = new Set(targets.flatMap((target) => comparable(target) ?? []));
  return readFetched(fetched.value, wanted).catch((error: unknown): SourceState => ({ is: refusalOf(error).code === 'unavailable' ? 'later' : 'unreadable' })).finally(fetched.value.close);
}

type Reader = (text: string, at: URL, wanted: ReadonlySet<string>) => MentionPage | null;

const NOTHING_SAID: MentionPage = { way: 'mention', author: '', text: '' };

function readerOf(type: string): Reader | null {
  if (type === 'text/html' || type === 'application/xhtml+xml') return readMentionPage;
  if (type === 'application/json' || /^application\/[^/]+\+json$/.test(type)) return (text, _, wanted) => (jsonNames(text, wanted) ? NOTHING_SAID : null);
  return type === 'text/plain' ? (text, _, wanted) => (textNames(text, wanted) ? NOTHING_SAID : null) : null;
}

async function readFetched({ type, url, body }: Fetched, wanted: ReadonlySet<string>): Promise<SourceState> {
  const read = readerOf(type);
  if (!read) return { is: 'unreadable' };
  const chunks: Buffer[] = [];
  for await (const chunk of body) chunks.push(chunk);
  const page = read(Buffer.concat(chunks).toString('utf8'), url, wanted);
  return page ? { is: 'linking', page } : { is: 'not-linking' };
}
