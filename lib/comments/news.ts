/** What a post's page asks while it is open: how many comments readers see now, as its heading counts them, and which of them is the newest. */
export type PostNews = { comments: number; newest: string | null };

/** How often an open page asks, and by which share that differs from page to page: not all of them ask at once. */
export const ASK_EVERY_MS = 60_000;
export const JITTER = 0.2;
/** How soon it asks at most when that is due already: everybody’s network may be back at one moment. */
export const ASK_SOON_MS = 2_000;
/** However often it was not answered, it waits no longer than about this. */
export const FAILED_MAX_MS = 16 * 60_000;

/** The path of that answer. */
export const newsPath = (slug: string): string => `/posts/${encodeURIComponent(slug)}/count`;

/** How long a page waits after it has asked, in milliseconds: about a minute, and twice as long after each failure in a row. `chance` is of 0 to 1. */
export function pauseMs(failures: number, chance: number): number {
  const pause = Math.min(ASK_EVERY_MS * 2 ** failures, FAILED_MAX_MS);
  return pause * (1 - JITTER + 2 * JITTER * chance);
}

/** How long it waits from now on, where it is due in so many milliseconds, or was before now. */
export const waitMs = (dueInMs: number, chance: number): number => Math.max(dueInMs, ASK_SOON_MS * chance);

/** Whether this is such an answer. A proxy may say anything in its place. */
export function isNews(value: unknown): value is PostNews {
  if (typeof value !== 'object' || value === null) return false;
  const { comments, newest } = value as Record<string, unknown>;
  return Number.isSafeInteger(comments) && (newest === null || (typeof newest === 'string' && /^[0-9a-z]{12}$/.test(newest)));
}

/**
 * How many comments are new since a page showed `shown` of them. Where one has gone and one has come there are as many as
 * before: `isKnown` says whether the newest stands on the page, or was the newest when it was made.
 */
export function countNew(shown: number, { comments, newest }: PostNews, isKnown: (id: string) => boolean): number {
  if (comments > shown) return comments - shown;
  return comments === shown && newest !== null && !isKnown(newest) ? 1 : 0;
}
