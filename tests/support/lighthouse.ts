import lighthouse, { desktopConfig, type Result } from 'lighthouse';
import { launchBrowser } from './browser';
import { freePort } from './blog-process';

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const;
export type Category = (typeof CATEGORIES)[number];
export const DEVICES = ['mobile', 'desktop'] as const;
export type Device = (typeof DEVICES)[number];

/** An audit that a page does not pass, and what it found; one without weight costs no point. */
export type Finding = { id: string; title: string; category: Category; weight: number; found: string[] };

export type Audited = {
  /** 0 to 100, of the categories that were asked for. */
  scores: Partial<Record<Category, number>>;
  findings: Finding[];
  /** Cumulative layout shift. */
  shift: number;
  largestPaintMs: number;
  /** All that the page fetched, as sent. */
  bytes: number;
};

export type Asked = { device: Device; categories: readonly Category[]; cookie?: string };

export type Auditor = { version: string; audit: (url: string, asked: Asked) => Promise<Audited>; end: () => Promise<void> };

const PERCENT = 100;
const MOST_FOUND = 5;

/** Lighthouse in the browser of the tests. One page at a time: Lighthouse keeps its state in the process. */
export async function openAuditor(): Promise<Auditor> {
  const port = await freePort();
  const browser = await launchBrowser({ debuggingPort: port });
  const { version } = (await import('lighthouse/package.json', { with: { type: 'json' } })).default;
  return { version, audit: (url, asked) => audit(port, url, asked), end: () => browser.close() };
}

async function audit(port: number, url: string, { device, categories, cookie }: Asked): Promise<Audited> {
  const flags = { port, onlyCategories: [...categories], logLevel: 'error' as const, ignoreStatusCode: true, ...(cookie && { extraHeaders: { Cookie: cookie } }) };
  const lhr = (await lighthouse(url, flags, device === 'desktop' ? desktopConfig : undefined))?.lhr;
  if (!lhr || lhr.runtimeError) throw new Error(`Lighthouse could not audit ${url}: ${lhr?.runtimeError?.message ?? 'no result'}`);
  return {
    scores: Object.fromEntries(categories.map((category) => [category, Math.round((lhr.categories[category]?.score ?? 0) * PERCENT)])),
    findings: categories.flatMap((category) => findingsIn(lhr, category)),
    shift: numberOf(lhr, 'cumulative-layout-shift'),
    largestPaintMs: numberOf(lhr, 'largest-contentful-paint'),
    bytes: numberOf(lhr, 'total-byte-weight'),
  };
}

const numberOf = (lhr: Result, id: string): number => lhr.audits[id]?.numericValue ?? 0;

const findingsIn = (lhr: Result, category: Category): Finding[] =>
  (lhr.categories[category]?.auditRefs ?? []).flatMap(({ id, weight }) => {
    const found = lhr.audits[id];
    if (!found || found.score === null || found.score === 1) return [];
    return [{ id, title: found.title, category, weight, found: wordsOf(found.details) }];
  });

/** What an audit's table says, a line each; nothing where it has none. */
function wordsOf(details: unknown): string[] {
  const items = (details as { items?: unknown[] } | undefined)?.items ?? [];
  return items.slice(0, MOST_FOUND).map((item) => JSON.stringify(item, (key, value: unknown) => (['boundingRect', 'lhId', 'path', 'type', 'nodeLabel'].includes(key) ? undefined : value)).slice(0, 600));
}
