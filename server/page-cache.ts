import { LRUCache } from 'lru-cache';
import pLimit from 'p-limit';
import { slotOf, type Tag } from '../lib/cache-tags';
import type { Changes } from './changes';
import type { WholeAnswer } from './whole-answer';

/** An answer just made, and what is known of how long it stays right. */
export type Rendered = {
  whole: WholeAnswer;
  /** What it shows; null when it must not be kept. */
  tags: ReadonlySet<Tag> | null;
  keepUntil: Date | undefined;
};

/** What tells the cache whether it still knows everything. */
export type Freshness = {
  changes: Changes;
  /** Whether changes made elsewhere are heard. While they are not, nothing is kept. */
  readonly isListening: boolean;
  /** With FRESHNESS=exact: calls back when every change committed before the call is noted. */
  refresh?: (done: () => void) => void;
};

/** An answer to be sent. `tags` is empty for one that is not kept; `until` in milliseconds since 1970, or Infinity. */
export type Found = { whole: WholeAnswer; tags: readonly Tag[]; until: number };

type Kept = Found & { slots: number[]; since: number; /** Its hour has come, and that was counted. */ isOver?: boolean };
type UnderWay = { answer: Promise<Found>; /** The moment at which rendering began; null while it waits for its turn. */ since: number | null; begunAt: number };

export const PAGES_MAX_BYTES = 64 * 1024 * 1024;
// Each holds connections to the database; more at once would only wait for one another there.
const RENDERINGS_AT_ONCE = 8;
// Should a rendering never end, those who come later begin another.
const JOINED_FOR_MS = 10_000;

/**
 * Whole answers, kept until something that they show has changed, an hour that is set has come, or others need the room.
 * A page is right if nothing it shows has changed since its rendering began: so one that began before a change is never
 * given to whoever asks after it, however late it ends.
 */
export class PageCache<Address> {
  private readonly pages: LRUCache<string, Kept>;
  private readonly underWay = new Map<string, UnderWay>();
  private readonly inTurn = pLimit(RENDERINGS_AT_ONCE);
  private hits = 0;
  private misses = 0;
  private readonly dropped = { change: 0, hour: 0, room: 0 };

  /** `waits`: whether a page stands in line when many are rendered at once; not one that others wait for while they are rendered. */
  constructor(
    private readonly source: { render: (address: Address) => Promise<Rendered>; waits: (address: Address) => boolean },
    private readonly freshness: Freshness,
    maxBytes = PAGES_MAX_BYTES,
  ) {
    this.pages = new LRUCache({ maxSize: maxBytes, maxEntrySize: Math.floor(maxBytes / 4), sizeCalculation: ({ whole }, key) => whole.bytes + 2 * key.length, dispose: (_kept, _key, reason) => { if (reason === 'evict') this.dropped.room += 1; } });
  }

  /** How full and how useful it is, since the process began. */
  get state() {
    return { kept: this.pages.size, bytes: this.pages.calculatedSize, hits: this.hits, misses: this.misses, isListening: this.freshness.isListening };
  }

  /** What came of what was kept, since the process began, and what is rendered now. `dropped`: found to be wrong after a change or at its hour, or put out for want of room. */
  get figures() {
    const { size, calculatedSize } = this.pages;
    return { kept: size, bytes: calculatedSize, hits: this.hits, misses: this.misses, dropped: this.dropped, rendering: this.underWay.size, waiting: this.waiting };
  }

  /** How many renderings stand in line. */
  get waiting(): number {
    return this.inTurn.pendingCount;
  }

  /** Whether something is kept under this key, right or not. */
  has(key: string): boolean {
    return this.pages.has(key);
  }

  /** What is kept under this key, if it is right as far as this process knows now. */
  find(key: string): Found | undefined {
    const kept = this.right(key);
    if (kept) this.hits += 1;
    return kept;
  }

  /** The answer at `address`, kept under `key`: the kept one if it is right, else a rendering shared by all who wait for it. */
  async get(key: string, address: Address): Promise<Found> {
    const { refresh } = this.freshness;
    if (refresh) await new Promise<void>((resolve) => refresh(resolve));
    const kept = this.find(key);
    if (kept) return kept;
    this.misses += 1;
    const found = await this.joined(key, address);
    // Right for whoever asked before a change, but no longer for a CDN to keep.
    return this.right(key) ?? { whole: found.whole, tags: [], until: 0 };
  }

  /**
   * What is kept under this key and was right when changes could last be heard: for while the database is away, when nobody
   * can change anything, and it could not be made anew. Not with FRESHNESS=exact, which promises what nobody can know then.
   */
  lastRight(key: string): Found | undefined {
    const { changes, isListening, refresh } = this.freshness;
    const kept = isListening || refresh ? undefined : this.pages.get(key);
    return kept && changes.areUnchanged(kept.slots, kept.since) ? { whole: kept.whole, tags: [], until: 0 } : undefined;
  }

  private right(key: string): Kept | undefined {
    const kept = this.pages.get(key);
    if (!kept || !this.freshness.isListening) return undefined;
    if (!this.freshness.changes.areUnchanged(kept.slots, kept.since)) {
      this.pages.delete(key);
      this.dropped.change += 1;
      return undefined;
    }
    if (Date.now() < kept.until) return kept;
    // Left where it is: should the database go away now, it is better than nothing.
    if (!kept.isOver) this.dropped.hour += 1;
    kept.isOver = true;
    return undefined;
  }

  private joined(key: string, address: Address): Promise<Found> {
    const known = this.underWay.get(key);
    if (known && this.mayJoin(known)) return known.answer;
    const begun: UnderWay = { since: null, begunAt: Infinity, answer: this.inLine(address, () => this.renderAndKeep(key, address, begun)) };
    this.underWay.set(key, begun);
    const end = () => {
      if (this.underWay.get(key) === begun) this.underWay.delete(key);
    };
    begun.answer.then(end, end);
    return begun.answer;
  }

  // What a rendering will show is not known yet, so any change at all since it began parts the ways, and so does not
  // being able to hear of one.
  private mayJoin({ since, begunAt }: UnderWay): boolean {
    if (since === null) return true;
    return this.freshness.isListening && since === this.freshness.changes.now && Date.now() - begunAt < JOINED_FOR_MS;
  }

  private inLine<T>(address: Address, work: () => Promise<T>): Promise<T> {
    return this.source.waits(address) ? this.inTurn(work) : Promise.resolve().then(work);
  }

  private async renderAndKeep(key: string, address: Address, begun: UnderWay): Promise<Found> {
    const since = this.freshness.changes.now;
    Object.assign(begun, { since, begunAt: Date.now() });
    const { whole, tags, keepUntil } = await this.source.render(address);
    if (!tags || !this.freshness.isListening) return { whole, tags: [], until: 0 };
    await whole.prepare();
    const kept: Kept = { whole, tags: [...tags], until: keepUntil?.getTime() ?? Infinity, slots: [...new Set([...tags].map(slotOf))], since };
    // A slow rendering may end after one that began later.
    if ((this.pages.peek(key)?.since ?? -1) <= since) this.pages.set(key, kept);
    return kept;
  }
}
