import { isbot } from 'isbot';

/** What is told of one read: which post, from where, by which browser, and whose session where somebody is signed in. */
export type Read = {
  /** The last part of the post's address, as it was asked for. */
  slug: string;
  /** Behind its password: `/posts/SLUG/read`. */
  isUnlocked: boolean;
  clientIp: string;
  userAgent: string;
  /** Null where nobody is signed in. */
  sessionToken: string | null;
};

const ROOT = '/posts/';
const UNLOCKED = '/read';

/** What of a path names a post that is read there, `SLUG` or `SLUG/read`; null for every other page, further pages of comments too. */
export function readPart(path: string): string | null {
  if (!path.startsWith(ROOT)) return null;
  const slash = path.indexOf('/', ROOT.length);
  if (slash < 0) return path.length > ROOT.length ? path.slice(ROOT.length) : null;
  return slash > ROOT.length && path.slice(slash) === UNLOCKED ? path.slice(ROOT.length) : null;
}

/** Such a part, taken apart; null where it does not decode. */
export function readOf(part: string): Pick<Read, 'slug' | 'isUnlocked'> | null {
  const isUnlocked = part.endsWith(UNLOCKED);
  try {
    return { slug: decodeURIComponent(isUnlocked ? part.slice(0, -UNLOCKED.length) : part).normalize('NFC'), isUnlocked };
  } catch {
    return null;
  }
}

/** Whether a person may be behind it: a program that says what it is, or says nothing, is none. */
export const isPerson = (userAgent: string): boolean => userAgent.trim() !== '' && !isbot(userAgent);
