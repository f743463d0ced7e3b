import { AsyncLocalStorage } from 'node:async_hooks';
import type { Tag } from './cache-tags';

/**
 * The one channel between code that runs inside Next and the server in front of it.
 * The server enters a fresh answer around every request; pages and actions write what Next cannot say
 * (a form's real status, `Retry-After`), queries write what they read; the server applies it when the head is sent.
 */
export type Answer = {
  requestId: string;
  /** The asker's address as the gate determined it (TRUST_PROXY); never a header read again. */
  clientIp: string;
  /** What the asker's browser calls itself, and where it says that it comes from; nothing where it does not say. Never believed. */
  userAgent: string;
  referrer: string;
  /** The origin that the asker used and that the gate accepted, such as `https://blog.example`. */
  origin: string;
  /** Why the database could not be of use just now, though it answers: all connections are in use, or it has no room left. */
  shortOf?: 'connections' | 'room';
  /** Replaces the status that Next would send. */
  status?: number;
  /** Added to, and replacing, Next's headers. */
  headers: Record<string, string>;
  /** What the answer shows: a change of one of these makes it stale. An answer without tags is not kept. */
  tags: Set<Tag>;
  /** The moment at which time alone makes it stale: a post's hour comes, comments close. */
  keepUntil?: Date;
};

/** An answer about which nothing is said yet. */
export const newAnswer = (asked: Pick<Answer, 'requestId' | 'clientIp' | 'origin'> & Partial<Pick<Answer, 'userAgent' | 'referrer'>>): Answer => ({ userAgent: '', referrer: '', ...asked, headers: {}, tags: new Set() });

type Here = {
  storage: AsyncLocalStorage<Answer>;
  /** How much runs inside an answer now. */
  running: number;
  /** Whether the storage is switched off while nothing does. */
  rests: boolean;
};

// Next bundles its own copy of this module, so this hangs on globalThis under one symbol.
const key = Symbol.for('soapbox.answer');
const shared = globalThis as typeof globalThis & { [key]?: Here };
const here = (): Here => (shared[key] ??= { storage: new AsyncLocalStorage<Answer>(), running: 0, rests: false });
const storage = (): AsyncLocalStorage<Answer> => here().storage;

/**
 * From now on nothing is remembered in this thread while nothing runs inside an answer. For the thread that gives kept
 * pages away: before Node 24 the storage, once used, makes each of them an eighth dearer. What is still to come of a work
 * that has ended, a timer for example, is then outside of it.
 */
export function restBetweenAnswers(): void {
  here().rests = true;
}

/** Runs `work` with `answer` as the answer of everything called inside it. Called by `server/` alone. */
export function withAnswer<T>(answer: Answer, work: () => T): T {
  const mine = here();
  const end = () => {
    mine.running -= 1;
    if (mine.rests && mine.running === 0) mine.storage.disable();
  };
  mine.running += 1;
  let isLater = false;
  try {
    const value = mine.storage.run(answer, work);
    isLater = value instanceof Promise;
    if (value instanceof Promise) value.then(end, end);
    return value;
  } finally {
    if (!isLater) end();
  }
}

/** An answer that nobody sends. */
const unsent = (requestId: string): Answer => newAnswer({ requestId, clientIp: '127.0.0.1', origin: 'http://localhost' });

/**
 * Runs `work` as part of a request of which nothing else is known yet, so that what it logs carries its id. What is said
 * of an answer inside is sent to nobody, as outside of a request.
 */
export function withRequestId<T>(requestId: string, work: () => T): T {
  return withAnswer(unsent(requestId), work);
}

/** Runs `work` as part of no request: for timers that a request begins and that go on for all. */
export function outsideOfRequests<T>(work: () => T): T {
  return storage().exit(work);
}

/** The present request's answer; outside of a request (build, script, test) one that nobody sends. */
export function currentAnswer(): Answer {
  return storage().getStore() ?? unsent('-');
}

/** The id of the request that is being answered, if one is. */
export const presentRequestId = (): string | undefined => storage().getStore()?.requestId;

/** The form that an action was called with. Anyone may call an action with anything: what is no form is an empty one. */
export const formOf = (sent: unknown): FormData => (sent instanceof FormData ? sent : new FormData());

/** What a field of it says, with line breaks as they are stored; a file where text belongs counts as nothing. */
export function textIn(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replace(/\r\n?/g, '\n') : '';
}

/** Gives the present answer the real status of a refusal, and `Retry-After` where one applies. */
export function answerWith(status: number, retryAfterSeconds?: number): void {
  const answer = currentAnswer();
  answer.status = status;
  if (retryAfterSeconds !== undefined) answer.headers['Retry-After'] = String(Math.ceil(retryAfterSeconds));
}

/** Says that the present answer shows what these tags stand for. Called by queries, for what they read. */
export function showing(...tags: Tag[]): void {
  for (const tag of tags) currentAnswer().tags.add(tag);
}

/** Asks search engines not to list the present answer. Called by queries, for what stands in no list here either. */
export function hideFromSearch(): void {
  currentAnswer().headers['X-Robots-Tag'] = 'noindex';
}

/** Says where another site tells of a page that speaks of the present one (https://www.w3.org/TR/webmention/, 3.1.2). */
export function offerMentions(endpoint: string): void {
  currentAnswer().headers.Link = `<${endpoint}>; rel="webmention"`;
}

/**
 * The present answer stands at an address that is itself a secret: whatever its links and pictures lead to is told no more
 * than the blog's own. (`no-referrer` would take away even that, which honest forms and players of videos need.)
 */
export function tellNoAddress(): void {
  currentAnswer().headers['Referrer-Policy'] = 'strict-origin';
}

/** Says that the present answer is right only until this moment; of several the first counts. */
export function keepUntil(moment: Date): void {
  const answer = currentAnswer();
  if (!answer.keepUntil || moment < answer.keepUntil) answer.keepUntil = moment;
}
