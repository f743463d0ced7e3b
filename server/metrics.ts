import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client';
import { GROUPS } from './address-kinds';
import { defineFigures, type Sources } from './figures';
import type { PageCache } from './page-cache';
import type { Ended } from './requests';
import { shared } from './sharing';
import { WholeAnswer } from './whole-answer';

export const METRICS_PATH = '/metrics';

/** From what the kept pages' neighbours take to what nobody waits for. */
const BUCKETS_SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const HEAD = 8;
const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * The figures of this process, for Prometheus. Every label is of a closed list, whatever is asked for: a stranger cannot
 * make the list of series grow. What is counted often is a plain number, and only read when somebody asks.
 */
export class Metrics {
  readonly registry = new Registry();
  /** By class of status, and by eight more for HEAD: the path of nearly every request adds one to one of these. */
  private readonly kept = new Float64Array(2 * HEAD);
  private readonly others = new Map<string, number>();
  private readonly durations: Histogram<'group' | 'method'>;
  private pages: Pick<PageCache<unknown>, 'figures'> | undefined;
  private readonly text = shared(() => this.registry.metrics());

  /** `token`: who may see them; without one nobody may. */
  constructor(sources: Sources, private readonly token: string | undefined) {
    collectDefaultMetrics({ register: this.registry });
    this.durations = new Histogram({
      name: 'soapbox_request_duration_seconds', help: 'How long requests took that were not answered from the kept pages, to their end.',
      labelNames: ['group', 'method'], buckets: BUCKETS_SECONDS, registers: [this.registry],
    });
    defineFigures(this.registry, { ...sources, requests: () => this.requests(), pages: () => this.pages?.figures });
  }

  /** From now on the figures of the kept pages are these. */
  watch(pages: Pick<PageCache<unknown>, 'figures'>): void {
    this.pages = pages;
  }

  /** A request was answered from the kept pages. */
  noteKept({ method }: IncomingMessage, { statusCode }: ServerResponse): void {
    this.kept[(method === 'HEAD' ? HEAD : 0) + Math.trunc(statusCode / 100)]! += 1;
  }

  /** Any other has ended. */
  note({ group, method, status, seconds }: Ended): void {
    const labels = `${group} ${method} ${Math.trunc(status / 100)}xx`;
    this.others.set(labels, (this.others.get(labels) ?? 0) + 1);
    if (seconds !== null) this.durations.observe({ group, method }, seconds);
  }

  /** All of them as text, for whoever brings the token as `Authorization: Bearer`; null for everybody else. */
  async answer({ headers }: IncomingMessage): Promise<WholeAnswer | null> {
    const [, given = ''] = /^Bearer +(\S+)$/i.exec(headers.authorization ?? '') ?? [];
    if (this.token === undefined || !timingSafeEqual(digest(given), digest(this.token))) return null;
    const body = Buffer.from(await this.text());
    return new WholeAnswer(200, [['content-type', this.registry.contentType], ['cache-control', 'private, no-store']], body, { validated: false });
  }

  private requests(): { labels: Record<string, string>; value: number }[] {
    const [kept] = GROUPS;
    const ofKept = [...this.kept].flatMap((value, index) => value === 0 ? [] : [{ labels: { group: kept, method: index < HEAD ? 'GET' : 'HEAD', class: `${index % HEAD}xx` }, value }]);
    const ofOthers = [...this.others].map(([labels, value]) => {
      const [group = '', method = '', status = ''] = labels.split(' ');
      return { labels: { group, method, class: status }, value };
    });
    return [...ofKept, ...ofOthers];
  }
}
