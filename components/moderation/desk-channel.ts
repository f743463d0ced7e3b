import { deskNewsSchema, type DeskNews } from '@/lib/moderation/live-queue';
import { DeskSource } from './desk-source';

export type DeskChannel = {
  /** Asks at once what has happened. */
  ask: () => void;
  leave: () => void;
};

/**
 * Lets this page hear what happens at the desk from a moment on, as far as the person may know (`whose` it is: a page of
 * somebody who was signed in here before hears nothing of it). One stream serves all pages of a browser: the page that
 * holds the lock has it and passes everything on; when it goes, another takes its place. Where a browser has no locks
 * (without https) each page has its own. Whoever hears something twice tells it by the id of the event.
 */
export function joinDesk(whose: string, since: number, hear: (news: DeskNews) => void): DeskChannel {
  if (typeof EventSource === 'undefined') return { ask: () => undefined, leave: () => undefined };
  let at = since;
  const listen = (): DeskChannel => join(`soapbox-desk ${whose}`, at, (news) => {
    at = Math.max(at, news.at);
    hear(news);
  });
  let channel = listen();
  // A page that is put aside keeps neither lock nor stream, and asks for what it has missed when it is back.
  const putAside = () => channel.leave();
  const takeUp = ({ persisted }: PageTransitionEvent) => {
    if (persisted) channel = listen();
  };
  addEventListener('pagehide', putAside);
  addEventListener('pageshow', takeUp);
  return {
    ask: () => channel.ask(),
    leave: () => {
      removeEventListener('pagehide', putAside);
      removeEventListener('pageshow', takeUp);
      channel.leave();
    },
  };
}

function join(name: string, since: number, hear: (news: DeskNews) => void): DeskChannel {
  const relay = typeof BroadcastChannel === 'undefined' ? null : new BroadcastChannel(name);
  const source = new DeskSource(since, (news) => {
    hear(news);
    relay?.postMessage(news);
  });
  relay?.addEventListener('message', ({ data }: MessageEvent<unknown>) => {
    const news = deskNewsSchema.safeParse(data);
    if (!news.success) return;
    source.knownUpTo(news.data.at);
    hear(news.data);
  });
  const left = new AbortController();
  // Not in every browser, whatever its type says.
  const locks: LockManager | undefined = navigator.locks;
  if (!locks || !relay) source.open();
  else void lead(locks, name, source, left.signal).catch(() => undefined);
  return {
    ask: () => void source.ask(),
    leave: () => {
      left.abort();
      source.close();
      relay?.close();
    },
  };
}

/** Opens the stream when no other page of this browser has it, or has it no more. */
async function lead(locks: LockManager, name: string, source: DeskSource, left: AbortSignal): Promise<void> {
  const hold = () => {
    source.open();
    return new Promise<void>((resolve) => {
      if (left.aborted) resolve();
      left.addEventListener('abort', () => resolve());
    });
  };
  const isFirst = await locks.request(name, { ifAvailable: true }, async (lock) => {
    if (lock) await hold();
    return lock !== null;
  });
  if (isFirst || left.aborted) return;
  // What has happened since this page was made was passed on before it listened.
  void source.ask();
  await locks.request(name, { signal: left }, hold);
}
