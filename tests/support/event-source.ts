import { vi } from 'vitest';
import type { DeskNews, LiveEvent } from '@/lib/moderation/live-queue';

/** The streams that a page has opened, as a browser would; what they say is said by the test. */
export class FakeEventSource extends EventTarget {
  static opened: FakeEventSource[] = [];
  isClosed = false;

  constructor(readonly url: string) {
    super();
    FakeEventSource.opened.push(this);
  }

  static install(): void {
    FakeEventSource.opened = [];
    vi.stubGlobal('EventSource', FakeEventSource);
  }

  /** The one that is open. */
  static get open(): FakeEventSource {
    const open = FakeEventSource.opened.filter(({ isClosed }) => !isClosed);
    if (open.length !== 1 || !open[0]) throw new Error(`${open.length} streams are open.`);
    return open[0];
  }

  say(kind: 'message' | 'reload' | 'beat', news: Partial<DeskNews> = {}): void {
    const data: DeskNews = { at: Date.now(), events: [], counts: null, isMany: kind === 'reload', ...news };
    this.dispatchEvent(new MessageEvent(kind, { data: kind === 'beat' ? '' : JSON.stringify(data) }));
  }

  fail(): void {
    this.dispatchEvent(new Event('error'));
  }

  close(): void {
    this.isClosed = true;
  }
}

let made = 0;

/** A decision by somebody else, now, unless told otherwise. */
export function liveEvent(comment: string, given: Partial<LiveEvent> = {}): LiveEvent {
  made += 1;
  return { id: `event-${made}`, at: Date.now() + made, comment, decision: 'approve', from: 'pending', to: 'approved', by: 'Ann', isOwn: false, isEdit: false, ...given };
}

/** A comment that has come in. */
export const submitted = (comment: string): LiveEvent => liveEvent(comment, { decision: 'submit', from: null, to: 'pending', by: null });
