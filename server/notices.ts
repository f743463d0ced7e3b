import { setImmediate } from 'node:timers/promises';
import pg from 'pg';
import type { Tag } from '../lib/cache-tags';
import { CHANNEL, type Notice, processId } from '../lib/db/change';
import { JOBS_CHANNEL } from '../lib/jobs';
import { log } from '../lib/log';
import { DESK_CHANNEL } from '../lib/moderation/live';
import { z } from '../lib/zod';
import type { Changes } from './changes';

const VERSIONS = { name: 'page-versions', rowMode: 'array' as const, text: `SELECT string_agg(slot || ':' || version, ' ' ORDER BY slot) FROM "PageVersion"` };
// A version only ever rises, so their sum is a version of all of them, and cheaper to ask for.
const SUM = { name: 'page-versions-sum', rowMode: 'array' as const, text: 'SELECT sum(version) FROM "PageVersion"' };
const HEARTBEAT = { name: 'heartbeat', rowMode: 'array' as const, text: 'SELECT 1' };
/** How often a quiet connection is asked whether it still lives, and how long an answer may take. */
const HEARTBEAT_MS = 1_000;
const PATIENCE_MS = 2_000;
const RETRY_FIRST_MS = 50;
const RETRY_MOST_MS = 2_000;

const noticeSchema = z.object({ by: z.string(), tags: z.array(z.custom<Tag>((tag) => typeof tag === 'string')) });

function readNotice(payload: string): Notice | null {
  try {
    return noticeSchema.parse(JSON.parse(payload));
  } catch {
    // Anyone who may connect may send one: whatever it says, it says that something has changed.
    return null;
  }
}

/** Whatever happens to one asker, the next is called. */
function call(done: () => void): void {
  try {
    done();
  } catch (error) {
    log.error({ err: error }, 'A request failed after what has changed was read.');
  }
}

/** What notices tell of. */
export const CHANNELS = ['pages', 'jobs', 'desk'] as const;
export type Heard = Record<(typeof CHANNELS)[number], number>;

export type Hooks = {
  /** Something has changed, here or elsewhere. */
  onTags?: (tags: Tag[], isOwn: boolean) => void;
  /** The connection is there, for the first time or again, or still; every second. What it throws ends the connection. */
  onBeat?: (client: pg.Client) => Promise<void>;
  onLost?: () => void;
  /** A job was sent, by any process. */
  onJob?: () => void;
  /** Events have been written, by any process: their ids, or that there are many. */
  onDesk?: (payload: string) => void;
  /** The connection is there, for the first time or again: what was told in between is lost. */
  onListening?: () => void;
};

/**
 * The one connection on which this process hears what others have changed. While it is lost nothing may be kept
 * (`isListening`), and when it is back nothing from before stands. It comes back by itself.
 */
export class Notices {
  /** How many notices were heard since this process began. */
  readonly heard: Heard = { pages: 0, jobs: 0, desk: 0 };
  private client: pg.Client | null = null;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;
  private askedAt: number | null = null;
  /** Undefined before the first reading of a connection; null while nothing was ever raised. */
  private sum: string | null | undefined;
  private isReading = false;
  private waiting: (() => void)[] = [];

  /** `url` leads to PostgreSQL itself: a pooler in transaction mode passes no notices on. */
  constructor(private readonly url: string, private readonly changes: Changes, private readonly hooks: Hooks = {}) {}

  get isListening(): boolean {
    return this.client !== null;
  }

  /** Connects; answers when it listens or the first try has failed. */
  async open(retryMs = RETRY_FIRST_MS): Promise<void> {
    if (this.isClosed) return;
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: PATIENCE_MS, query_timeout: PATIENCE_MS, keepAlive: true });
    client.on('error', () => this.lose(client)).on('end', () => this.lose(client));
    client.on('notification', ({ channel, payload = '' }) => this.hear(channel, payload));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}; LISTEN ${JOBS_CHANNEL}; LISTEN ${DESK_CHANNEL}`);
    } catch (error) {
      if (retryMs === RETRY_FIRST_MS) log.warn({ err: error }, 'Changes made elsewhere cannot be heard; until they can, no page is kept.');
      void client.end().catch(() => undefined);
      this.later(retryMs, () => void this.open(Math.min(retryMs * 2, RETRY_MOST_MS)));
      return;
    }
    if (this.isClosed) return void client.end();
    this.changes.noteAll();
    this.sum = undefined;
    this.client = client;
    this.hooks.onListening?.();
    this.beat(client);
  }

  /**
   * Calls `done` when every change committed before this call is noted, or when the connection is lost. One query that
   * begins after all of them were asked serves all who wait.
   */
  refresh(done: () => void): void {
    this.waiting.push(done);
    if (!this.isReading) void this.readForAll();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private async readForAll(): Promise<void> {
    this.isReading = true;
    while (this.waiting.length > 0) {
      // All who have come in this turn go together.
      await setImmediate();
      const served = this.waiting;
      this.waiting = [];
      await this.read();
      for (const done of served) call(done);
    }
    this.isReading = false;
  }

  private async read(): Promise<void> {
    const client = this.client;
    const sum = client && (await this.ask(client, SUM));
    if (!client || sum === undefined || sum === this.sum) return;
    const versions = await this.ask(client, VERSIONS);
    if (versions === undefined || client !== this.client) return;
    this.changes.noteVersions(versions ?? '');
    this.sum = sum;
  }

  /** The one value of a query; undefined when the connection is lost. */
  private ask(client: pg.Client, query: { name: string; text: string; rowMode: 'array' }): Promise<string | null | undefined> {
    this.askedAt = Date.now();
    return client.query<(string | null)[]>(query).then(
      ({ rows }) => {
        this.askedAt = null;
        return rows[0]?.[0];
      },
      () => {
        this.askedAt = null;
        this.lose(client);
        return undefined;
      },
    );
  }

  private beat(client: pg.Client): void {
    if (this.client !== client) return;
    if (this.askedAt !== null && Date.now() - this.askedAt > PATIENCE_MS) return this.lose(client);
    if (this.askedAt === null) void this.ask(client, HEARTBEAT);
    this.hooks.onBeat?.(client).catch(() => this.lose(client));
    this.later(HEARTBEAT_MS, () => this.beat(client));
  }

  private hear(channel: string, payload: string): void {
    this.heard[channel === JOBS_CHANNEL ? 'jobs' : channel === DESK_CHANNEL ? 'desk' : 'pages'] += 1;
    if (channel === JOBS_CHANNEL) return this.hooks.onJob?.();
    if (channel === DESK_CHANNEL) return this.hooks.onDesk?.(payload);
    const notice = readNotice(payload);
    if (!notice) {
      this.changes.noteAll();
      return this.hooks.onTags?.(['site'], false);
    }
    // Of this process too, though it notes what it changes before it answers: where the answer to a COMMIT was lost, that was too early.
    this.changes.note(notice.tags);
    this.hooks.onTags?.(notice.tags, notice.by === processId());
  }

  private lose(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    this.hooks.onLost?.();
    log.warn('The connection on which changes are heard is lost; until it is back, no page is kept.');
    // With a query under way this cuts the connection: one that does not answer does not end in order either.
    void client.end().catch(() => undefined);
    if (!this.isClosed) void this.open();
  }

  private later(ms: number, work: () => void): void {
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(work, ms);
    this.timer.unref();
  }
}
