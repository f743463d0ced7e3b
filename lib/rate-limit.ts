import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

const MINUTE_SECONDS = 60;

// In the memory of one process: it keeps a flood from filling the database, and need not be counted exactly.
const limiters = {
  /** Sign-ins begun with a provider, each of which may keep a text. */
  'sign-in': new RateLimiterMemory({ points: 40, duration: 10 * MINUTE_SECONDS }),
  /** Returns from a provider, each of which asks it something. */
  'sign-in-return': new RateLimiterMemory({ points: 60, duration: 10 * MINUTE_SECONDS }),
  /** Links of a mail that lead nowhere: somebody guesses. */
  'wrong-link': new RateLimiterMemory({ points: 20, duration: 10 * MINUTE_SECONDS }),
} as const;

/** Counts one more of these for `key`; null while it may, else the seconds to wait. */
export async function secondsToWait(what: keyof typeof limiters, key: string): Promise<number | null> {
  try {
    await limiters[what].consume(key);
    return null;
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw refusal;
  }
}
