import type { ServerResponse } from 'node:http';
import { outsideOfRequests } from '../lib/answer';
import { hasDesk, isModerator } from '../lib/identity/rules';
import { sessionTokenIn } from '../lib/identity/cookies';
import { findSessionPerson } from '../lib/identity/queries';
import { sessionHash } from '../lib/identity/tokens';
import type { Person } from '../lib/identity/schema';
import { log } from '../lib/log';
import { findNews, readDeskEvents, seenBy } from '../lib/moderation/live';
import type { DeskNews } from '../lib/moderation/live-queue';
import { countQueues } from '../lib/moderation/queries';
import { t } from '../lib/words/t';
import { DeskStream } from './desk-stream';
import type { Admitted } from './gate';
import { notThere, type Refusal, signedOut } from './refusal';

/** Where an open desk hears what happens; with `?poll` it is told once. */
export const LIVE_PATH = '/admin/live';

const LIMITS = {
  streams: 500,
  /** Each browser has one, whatever the number of its tabs. */
  streamsOfPerson: 10,
  /** Between two signs of life, at each of which the session is looked at again. */
  beatMs: 20_000,
  /** The counts follow what happens, once for all that happens together. */
  countsMs: 400,
};
const EVENTS_MAX = 1_000;
const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const tooMany = (): Refusal => ({ status: 429, sentence: t('server.live.tooMany'), headers: { 'Retry-After': '60' } });
const full = (): Refusal => ({ status: 503, sentence: t('server.live.full'), headers: { 'Retry-After': '60' } });

/**
 * Tells every desk that is open what happens at any instance, as it happens. In the thread that hears of changes, for
 * Next gives an answer whole or not at all. While nobody listens it does nothing.
 */
export class DeskLive {
  private readonly limits: typeof LIMITS;
  private readonly streams = new Set<DeskStream>();
  private readonly heard = new Set<string>();
  private isReading = false;
  private isClosed = false;
  private beating: NodeJS.Timeout | undefined;
  private counting: NodeJS.Timeout | undefined;

  constructor(limits: Partial<typeof LIMITS> = {}) {
    this.limits = { ...LIMITS, ...limits };
  }

  get count(): number {
    return this.streams.size;
  }

  /**
   * Answers a request for LIVE_PATH by a stream, or once. Refuses: 401 whoever is not signed in, 404 who has no desk,
   * 429 and 503 beyond the limits.
   */
  async answer({ request, search }: Pick<Admitted, 'request' | 'search'>, response: ServerResponse, security: Record<string, string>): Promise<Refusal | void> {
    const token = sessionTokenIn(request.headers.cookie);
    const hash = token === null ? null : sessionHash(token);
    const viewer = hash === null ? null : await personOf(hash);
    if (hash === null || viewer === null) return signedOut();
    if (!hasDesk(viewer)) return notThere();
    const asked = new URLSearchParams(search);
    const since = momentOf(request.headers['last-event-id']) ?? momentOf(asked.get('since'));
    const headers = { ...security, 'cache-control': 'private, no-store', 'x-accel-buffering': 'no' };
    if (asked.has('poll')) {
      const news = await findNews(viewer, since, new Date());
      return void response.writeHead(200, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(news));
    }
    const refusal = this.refusalOf(viewer);
    if (refusal) return refusal;
    response.writeHead(200, { ...headers, 'content-type': 'text/event-stream' });
    if (request.method === 'HEAD') return void response.end();
    response.flushHeaders();
    // Gone meanwhile: its end was told already.
    if (response.destroyed) return;
    await this.begin(new DeskStream(response, hash, viewer), response, since);
  }

  /** An event has been written, by any process. `payload`: what the trigger has sent. */
  hear(payload: string): void {
    if (this.streams.size === 0) return;
    for (const id of payload.split(',')) if (ID.test(id)) this.heard.add(id);
    if (payload === 'many' || this.heard.size > EVENTS_MAX) return this.reload();
    if (!this.isReading) void this.readHeard();
  }

  /** Tells all that more has happened than is known here. */
  reload(): void {
    this.heard.clear();
    for (const stream of this.streams) stream.tell({ at: Date.now(), events: [], counts: null, isMany: true });
    this.countSoon();
  }

  /** Ends every stream at once, and begins none any more. */
  close(): void {
    this.isClosed = true;
    for (const stream of this.streams) stream.end();
  }

  private refusalOf(viewer: Person): Refusal | null {
    if (this.isClosed || this.streams.size >= this.limits.streams) return full();
    const own = [...this.streams].filter((stream) => stream.viewer.userId === viewer.userId).length;
    return own >= this.limits.streamsOfPerson ? tooMany() : null;
  }

  private async begin(stream: DeskStream, response: ServerResponse, since: number | null): Promise<void> {
    this.streams.add(stream);
    response.once('close', () => this.forget(stream));
    this.beating ??= outsideOfRequests(() => setInterval(() => void this.beat(), this.limits.beatMs).unref());
    // After it is one of those who are told: what happens meanwhile is not lost between the two.
    stream.begin(await findNews(stream.viewer, since, new Date()));
  }

  private forget(stream: DeskStream): void {
    this.streams.delete(stream);
    if (this.streams.size > 0) return;
    clearInterval(this.beating);
    clearTimeout(this.counting);
    this.beating = this.counting = undefined;
  }

  private async readHeard(): Promise<void> {
    this.isReading = true;
    while (this.heard.size > 0 && this.streams.size > 0) {
      const ids = [...this.heard];
      this.heard.clear();
      const at = Date.now();
      const events = await readDeskEvents(ids).catch((error: unknown) => void log.warn({ err: error }, 'What happened at the desk could not be read.'));
      if (!events) this.reload();
      else for (const stream of this.streams) tellOf(stream, { at, events: seenBy(stream.viewer, events), counts: null, isMany: false });
      this.countSoon();
    }
    this.heard.clear();
    this.isReading = false;
  }

  private countSoon(): void {
    this.counting ??= setTimeout(() => {
      this.counting = undefined;
      void this.tellCounts().catch((error: unknown) => log.warn({ err: error }, 'The counts of the queues could not be read.'));
    }, this.limits.countsMs).unref();
  }

  private async tellCounts(): Promise<void> {
    const byScope = grouped(this.streams, ({ viewer }) => (isModerator(viewer) ? 'all' : viewer.userId));
    for (const streams of byScope.values()) {
      const [first] = streams;
      const at = Date.now();
      const counts = first && (await countQueues(first.viewer));
      for (const stream of streams) stream.tell({ at, events: [], counts: counts ?? null, isMany: false });
    }
  }

  /** Whose session is over, or who has no desk any more, is told nothing from now on. */
  private async beat(): Promise<void> {
    for (const [hash, streams] of grouped(this.streams, ({ sessionHash: hash }) => hash)) {
      // While nobody can be asked nothing is told either: what is told is read from the same database.
      const viewer = await personOf(hash).catch(() => undefined);
      for (const stream of streams) {
        if (viewer === null || (viewer && !hasDesk(viewer))) stream.end();
        else stream.viewer = viewer ?? stream.viewer;
        if (!stream.isOver) stream.beat(Date.now());
      }
    }
  }
}

function grouped(streams: Iterable<DeskStream>, keyOf: (stream: DeskStream) => string): Map<string, DeskStream[]> {
  const groups = new Map<string, DeskStream[]>();
  for (const stream of streams) groups.set(keyOf(stream), [...(groups.get(keyOf(stream)) ?? []), stream]);
  return groups;
}

async function personOf(hash: string): Promise<Person | null> {
  const person = await findSessionPerson(hash, new Date());
  return person && { ...person, writerHash: null };
}

function tellOf(stream: DeskStream, news: DeskNews): void {
  if (news.events.length > 0) stream.tell(news);
}

/** A moment as it was told, in milliseconds; null for anything else. Nobody's clock is ahead of ours. */
function momentOf(said: unknown): number | null {
  const moment = typeof said === 'string' && /^\d{1,15}$/.test(said) ? Number(said) : null;
  return moment === null ? null : Math.min(moment, Date.now());
}
