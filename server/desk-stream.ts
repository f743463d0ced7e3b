import type { Writable } from 'node:stream';
import type { Person } from '../lib/identity/schema';
import type { DeskNews } from '../lib/moderation/live-queue';

/** Whose network takes nothing is not waited for: the browser asks again for what it has missed. */
const BACKLOG_MAX_BYTES = 64 * 1024;

/** One browser that is told what happens, for as long as it listens and its session lasts. */
export class DeskStream {
  /** What happens while it is told what happened before; that comes first, or a cut in between would lose it. */
  private waiting: DeskNews[] | null = [];
  private wasFull = false;
  isOver = false;

  constructor(private readonly out: Writable, readonly sessionHash: string, public viewer: Person) {
    out.once('close', () => { this.isOver = true; });
  }

  /** Tells what happened before, and from now on what happens. */
  begin(before: DeskNews): void {
    const waiting = this.waiting ?? [];
    this.waiting = null;
    for (const news of [before, ...waiting]) this.tell(news);
  }

  tell(news: DeskNews): void {
    if (this.waiting) this.waiting.push(news);
    else this.write(`${news.isMany ? 'event: reload\n' : ''}id: ${news.at}\ndata: ${JSON.stringify(news)}\n\n`);
  }

  /** A sign of life, and the moment up to which all is told; ends a stream that has taken nothing since the last one. */
  beat(at: number): void {
    if (this.wasFull && this.out.writableNeedDrain) return this.cut();
    this.wasFull = this.out.writableNeedDrain;
    if (!this.waiting) this.write(`event: beat\nid: ${at}\ndata:\n\n`);
  }

  end(): void {
    this.isOver = true;
    this.out.end();
  }

  private write(frame: string): void {
    if (this.isOver) return;
    this.out.write(frame);
    if (this.out.writableLength > BACKLOG_MAX_BYTES) this.cut();
  }

  private cut(): void {
    this.isOver = true;
    this.out.destroy();
  }
}
