import { setTimeout as sleep } from 'node:timers/promises';
import type { Cdn } from '../lib/cdn-address';
import { noteFault } from '../lib/faults';
import { log } from '../lib/log';
import { MANY_POSTS } from './cdn';
import { API_BASES, type ApiBases, type Failure, sendPurge, type Target, targetsOf } from './cdn-targets';

const PAUSES = {
  /** Before a purge: until then every instance has forgotten the page, and a CDN that asks again gets the new one. */
  firstMs: 50,
  /** Between two purges. */
  gatherMs: 250,
  /** Until the same tags are purged again, for the old page may have been on its way (Fastly's advice, for shielding: two seconds). */
  againMs: 5_000,
  /** After a failure: doubled each time, up to the most. */
  retryMs: 500,
  retryMostMs: 30_000,
  /** For an answer. */
  patienceMs: 10_000,
  /** For the last try, when the process ends. */
  lastMs: 2_000,
};
// What Cloudflare takes in one request; Fastly takes more.
const TAGS_MAX = 100;

export type Pauses = typeof PAUSES;

export type TargetState = {
  name: string;
  /** How many tags wait to be purged. */
  waiting: number;
  purgedAt: Date | null;
  failingSince: Date | null;
  /** Why it fails, without any secret. */
  reason: string | null;
};

export type Purger = {
  /** What these tags stand for has changed. Whoever changed it purges, and the leader: alone for what no instance changed, an import. */
  purge(tags: Iterable<string>, isOwn?: boolean): void;
  /** Anything may have changed: every page is purged, by whichever instance says so. */
  purgeAll(): void;
  /** Whether this instance is the one that purges. Whoever becomes it purges all: it may have heard less than the last. */
  lead(isLeader: boolean): void;
  state(): { isLeader: boolean; targets: TargetState[] };
  /** Ends it: what still waits is tried once more, for two seconds. Safe to call twice. */
  close(): Promise<void>;
};

type Options = { cdn: Cdn; fetch?: typeof fetch; now?: () => Date; bases?: ApiBases; pauses?: Partial<Pauses> };

/**
 * Tells a CDN which pages to forget. It never makes anybody wait and never throws: what comes while a purge is under
 * way goes out together, what fails is tried again until it succeeds, each purge is made a second time. Two lines in the
 * log per outage.
 */
export function createPurger({ cdn, bases = API_BASES, ...given }: Options): Purger {
  const how: How = { fetch: given.fetch ?? fetch, now: given.now ?? (() => new Date()), pauses: { ...PAUSES, ...given.pauses } };
  const queues = targetsOf(cdn, bases).map((target) => new PurgeQueue(target, how));
  let isLeader = false;
  const add = (tags: string[]) => queues.forEach((queue) => queue.add(tags));
  return {
    purge: (tags, isOwn) => { if (isLeader || isOwn) add([...tags]); },
    purgeAll: () => add(['site']),
    lead: (leads) => {
      if (leads && !isLeader) add(['site']);
      isLeader = leads;
    },
    state: () => ({ isLeader, targets: queues.map((queue) => queue.state()) }),
    close: async () => void (await Promise.all(queues.map((queue) => queue.close()))),
  };
}

type How = { fetch: typeof fetch; now: () => Date; pauses: Pauses };

/** What one party is still to be told. */
class PurgeQueue {
  /** Tags to be purged; true for those to be purged once more afterwards. */
  private readonly due = new Map<string, boolean>();
  private sending = new Map<string, boolean>();
  private readonly again = new Map<NodeJS.Timeout, string[]>();
  private readonly closing = new AbortController();
  private working: Promise<void> | null = null;
  private closed: Promise<void> | null = null;
  private purgedAt: Date | null = null;
  private failing: { since: Date; reason: string } | null = null;

  constructor(private readonly target: Target, private readonly how: How) {}

  private get isOver(): boolean {
    return this.closing.signal.aborted;
  }

  add(tags: Iterable<string>, twice = true): void {
    if (this.isOver) return;
    for (const tag of tags) this.put(tag, twice);
    if (this.due.size > 0) this.working ??= this.work();
  }

  state(): TargetState {
    return { name: this.target.name, waiting: new Set([...this.due.keys(), ...this.sending.keys()]).size, purgedAt: this.purgedAt, failingSince: this.failing?.since ?? null, reason: this.failing?.reason ?? null };
  }

  close(): Promise<void> {
    return (this.closed ??= this.end());
  }

  private put(tag: string, twice: boolean): void {
    this.due.set(tag, twice || this.due.get(tag) === true);
  }

  private async work(): Promise<void> {
    const { gatherMs, retryMs, retryMostMs } = this.how.pauses;
    for (let pauseMs = retryMs; this.due.size > 0 && !this.isOver; ) {
      const failure = await this.purge();
      await this.pause(failure ? Math.max(pauseMs, failure.retryAfterMs) : gatherMs);
      pauseMs = failure ? Math.min(pauseMs * 2, retryMostMs) : retryMs;
    }
    // In one breath with the look at what is due: whatever is added from now on begins anew.
    this.working = null;
  }

  /** Purges all that is due now; what fails is due again. */
  private async purge(): Promise<Failure | null> {
    const { firstMs, patienceMs, lastMs } = this.how.pauses;
    const taken = (this.sending = new Map(this.due));
    this.due.clear();
    await this.pause(firstMs);
    const signal = this.isOver ? AbortSignal.timeout(lastMs) : AbortSignal.any([AbortSignal.timeout(patienceMs), this.closing.signal]);
    const failure = await sendPurge(this.target, widened([...taken.keys()]), { ...this.how, signal });
    this.sending = new Map();
    if (failure) this.noteFailure(taken, failure.reason);
    else this.noteSuccess(taken);
    return failure;
  }

  private noteFailure(taken: Map<string, boolean>, reason: string): void {
    for (const [tag, twice] of taken) this.put(tag, twice);
    if (!this.failing && !this.isOver) {
      log.error({ cdn: this.target.name, reason }, 'A purge failed and is tried again until it succeeds.');
      noteFault('The CDN could not be told what has changed; until it can, it shows old pages, for an hour at most.');
    }
    this.failing = { since: this.failing?.since ?? this.how.now(), reason };
  }

  private noteSuccess(taken: Map<string, boolean>): void {
    if (this.failing) log.warn({ cdn: this.target.name, since: this.failing.since }, 'The CDN has been told all that had changed.');
    this.failing = null;
    this.purgedAt = this.how.now();
    const twice = [...taken].flatMap(([tag, isTwice]) => (isTwice ? [tag] : []));
    if (twice.length > 0 && !this.isOver) this.addAgain(twice);
  }

  private addAgain(tags: string[]): void {
    const timer = setTimeout(() => {
      this.again.delete(timer);
      this.add(tags, false);
    }, this.how.pauses.againMs);
    this.again.set(timer.unref(), tags);
  }

  private async pause(ms: number): Promise<void> {
    await sleep(ms, undefined, { signal: this.closing.signal, ref: false }).catch(() => undefined);
  }

  private async end(): Promise<void> {
    this.closing.abort();
    await this.working;
    for (const [timer, tags] of this.again) {
      clearTimeout(timer);
      for (const tag of tags) this.put(tag, false);
    }
    this.again.clear();
    if (this.due.size > 0) await this.purge();
  }
}

/** What to ask for: every page carries `site`, and one that shows many posts carries their common tag. */
function widened(tags: string[]): string[] {
  if (tags.includes('site') || tags.length >= TAGS_MAX) return ['site'];
  return tags.some((tag) => tag.startsWith('post:')) ? [...tags, MANY_POSTS] : tags;
}
