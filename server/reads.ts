import type { IncomingMessage } from 'node:http';
import { sessionTokenIn } from '../lib/identity/cookies';
import { log } from '../lib/log';
import { countReads } from '../lib/reads/counting';
import { readOf, readPart, type Read } from '../lib/reads/rules';
import { READS_PATH } from '../lib/reads/schema';
import { isToldRead } from './areas';
import { clientIpFrom } from './asker';
import type { Admitted } from './gate';

const FLUSH_MS = 5_000;
/** So many different reads wait at most, some 10 MB of them; what comes beyond is not counted. */
const WAITING_MAX = 20_000;
/** So many are taken apart and counted at a time. */
const AT_ONCE = 1_000;
const USER_AGENT_CHARS = 500;
/** Of what each proxy notes, so much is looked at. */
const NOTED_CHARS = 60;
const FIELD = '\n'; // stands in no header and no address

type Rules = {
  trustProxy: number;
  /** Takes what was read; for tests. */
  count?: (reads: Read[], now: Date) => Promise<void>;
};

/**
 * Remembers who reads which post, and every few seconds has it counted. On the way of every answer it only puts a text into
 * a set; taking it apart, hashing and the database come later, and when they fail no answer is the worse for it.
 */
export class Reads {
  private waiting = new Set<string>();
  private readonly timer: NodeJS.Timeout;
  private underWay: Promise<void> = Promise.resolve();

  constructor(private readonly rules: Rules) {
    this.timer = setInterval(() => void this.flush(), FLUSH_MS).unref();
  }

  /** How many reads wait to be counted. */
  get size(): number {
    return this.waiting.size;
  }

  /** A post was read by a request as it came, before the gate. */
  noteKept({ method, url = '', headers, socket }: IncomingMessage): void {
    if (method !== 'GET' || !url.startsWith('/posts/')) return;
    const query = url.indexOf('?');
    const part = readPart(query < 0 ? url : url.slice(0, query));
    if (part === null) return;
    const { trustProxy } = this.rules;
    const noted = trustProxy > 0 ? String(headers['x-forwarded-for'] ?? '').slice(-NOTED_CHARS * trustProxy) : '';
    this.put(part, headers, headers['user-agent'], (socket.remoteAddress ?? '') + FIELD + noted);
  }

  /** The same of one that the gate let through, and whose headers it has changed; or of one that tells of a read, below READS_PATH. */
  note({ request, path, clientIp, userAgent }: Pick<Admitted, 'request' | 'path' | 'clientIp' | 'userAgent'>): void {
    const part = request.method === 'GET' ? readPart(isToldRead(path) ? path.slice(READS_PATH.length) : path) : null;
    if (part !== null) this.put(part, request.headers, userAgent, FIELD + clientIp);
  }

  private put(part: string, headers: IncomingMessage['headers'], userAgent: string | undefined, from: string): void {
    // Fetched ahead by a browser: when it is read, its script tells (tell-read.enhance.ts).
    if (!userAgent || headers['sec-purpose'] !== undefined || headers.purpose !== undefined || this.waiting.size >= WAITING_MAX) return;
    const { cookie } = headers;
    const session = cookie?.includes('session-token=') ? (sessionTokenIn(cookie) ?? '') : '';
    this.waiting.add(part + FIELD + from + FIELD + session + FIELD + (userAgent.length > USER_AGENT_CHARS ? userAgent.slice(0, USER_AGENT_CHARS) : userAgent));
  }

  /** Has counted what waits. Never throws: what could not be counted waits again, where there is room. */
  flush(): Promise<void> {
    this.underWay = this.underWay.then(() => this.countWaiting());
    return this.underWay;
  }

  private async countWaiting(): Promise<void> {
    const taken = [...this.waiting];
    this.waiting = new Set();
    // A part at a time: requests are answered in between.
    for (let from = 0; from < taken.length; from += AT_ONCE) {
      try {
        await (this.rules.count ?? countReads)(taken.slice(from, from + AT_ONCE).flatMap((text) => this.parse(text) ?? []), new Date());
      } catch (error) {
        log.debug({ err: error }, 'Reads could not be counted.');
        for (const text of taken.slice(from, from + WAITING_MAX - this.waiting.size)) this.waiting.add(text);
        return;
      }
    }
  }

  private parse(text: string): Read | null {
    const [part = '', connection = '', noted = '', session = '', userAgent = ''] = text.split(FIELD);
    const read = readOf(part);
    const clientIp = connection === '' ? noted : clientIpFrom(connection, noted, this.rules.trustProxy);
    return read && { ...read, clientIp, userAgent, sessionToken: session === '' ? null : session };
  }

  /** Counts what waits, and ends. */
  async close(): Promise<void> {
    clearInterval(this.timer);
    await this.flush();
  }
}
