import pg from 'pg';
import { z } from 'zod';
import type { Tag } from '../lib/cache-tags';
import { CHANNEL, type Notice, processId } from '../lib/db/change';
import { log } from '../lib/log';
import type { Changes } from './changes';

const VERSIONS = { name: 'page-versions', text: `SELECT string_agg(slot || ':' || version, ' ' ORDER BY slot) AS versions FROM "PageVersion"` };
const HEARTBEAT = { name: 'heartbeat', text: 'SELECT 1' };
/** How often a quiet connection is asked whether it still lives, and how long it may take to say so. */
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

type Hooks = {
  /** Another process has changed something. */
  onNotice?: (notice: Notice) => void;
  /** The connection is there, for the first time or again. */
  onListening?: (client: pg.Client) => void;
};

/**
 * The one connection on which this process hears what others have changed. While it is lost nothing may be kept
 * (`isListening`), and when it is back nothing from before stands. It comes back by itself.
 */
export class Notices {
  private client: pg.Client | null = null;
  private isClosed = false;
  private timer: NodeJS.Timeout | undefined;
  private underWay: Promise<void> | null = null;
  private following: Promise<void> | null = null;

  /** `url` leads to PostgreSQL itself: a pooler in transaction mode passes no notices on. */
  constructor(private readonly url: string, private readonly changes: Changes, private readonly hooks: Hooks = {}) {}

  get isListening(): boolean {
    return this.client !== null;
  }

  /** Connects; answers when it listens or the first try has failed. */
  async open(retryMs = RETRY_FIRST_MS): Promise<void> {
    if (this.isClosed) return;
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: PATIENCE_MS, keepAlive: true });
    client.on('error', () => this.lose(client)).on('end', () => this.lose(client));
    client.on('notification', ({ payload }) => this.hear(payload ?? ''));
    try {
      await client.connect();
      await client.query(`LISTEN ${CHANNEL}`);
    } catch (error) {
      if (retryMs === RETRY_FIRST_MS) log.warn({ err: error }, 'Changes made elsewhere cannot be heard; until they can, no page is kept.');
      void client.end().catch(() => undefined);
      this.after(retryMs, () => this.open(Math.min(retryMs * 2, RETRY_MOST_MS)));
      return;
    }
    if (this.isClosed) return void client.end();
    this.changes.noteAll();
    this.client = client;
    this.hooks.onListening?.(client);
    this.beatLater(client);
  }

  /**
   * Reads the versions by a query that begins after this call: what was committed before it is noted when it answers.
   * All who ask while one is under way share the next. Never throws: a read that fails ends the connection.
   */
  refresh(): Promise<void> {
    if (!this.underWay) return this.begin();
    return (this.following ??= this.underWay.then(() => {
      this.following = null;
      return this.begin();
    }));
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearTimeout(this.timer);
    const client = this.client;
    this.client = null;
    await client?.end().catch(() => undefined);
  }

  private begin(): Promise<void> {
    return (this.underWay ??= this.read().finally(() => (this.underWay = null)));
  }

  private async read(): Promise<void> {
    const client = this.client;
    if (!client) return;
    const answer = await this.asked<{ versions: string | null }>(client, VERSIONS);
    if (answer && client === this.client) this.changes.noteVersions(answer.versions ?? '');
  }

  /** The first row of a query on a connection that must answer soon; null when it is lost. */
  private async asked<Row extends pg.QueryResultRow>(client: pg.Client, query: { name: string; text: string }): Promise<Row | null> {
    const late = setTimeout(() => this.lose(client), PATIENCE_MS);
    try {
      return (await client.query<Row>(query)).rows[0] ?? null;
    } catch {
      this.lose(client);
      return null;
    } finally {
      clearTimeout(late);
    }
  }

  private beatLater(client: pg.Client): void {
    this.after(HEARTBEAT_MS, async () => {
      if (await this.asked(client, HEARTBEAT)) this.beatLater(client);
    });
  }

  private hear(payload: string): void {
    const notice = readNotice(payload);
    if (!notice) return this.changes.noteAll();
    // What this process changed it has noted before it answered.
    if (notice.by !== processId()) this.changes.note(notice.tags);
    this.hooks.onNotice?.(notice);
  }

  private lose(client: pg.Client): void {
    if (this.client !== client) return;
    this.client = null;
    log.warn('The connection on which changes are heard is lost; until it is back, no page is kept.');
    // With a query under way this cuts the connection: one that does not answer does not end in order either.
    void client.end().catch(() => undefined);
    if (!this.isClosed) this.after(0, () => this.open());
  }

  private after(ms: number, work: () => Promise<void>): void {
    if (this.isClosed) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => void work(), ms);
    this.timer.unref();
  }
}
