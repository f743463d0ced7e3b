import { isKeyed, keyed } from '../keyed';

const SECOND_MS = 1000;
const DAY_MS = 24 * 60 * 60 * SECOND_MS;
/** So long a form can be sent as one of ours: a page may stay open, or be kept, for a while. */
export const FORM_DAYS = 60;
/** A page that is the same for everybody is made anew so long before its form ends. */
const FRESH_DAYS = 30;
/** The clocks of two instances may differ by so much. */
const CLOCKS_MS = 5 * 60 * SECOND_MS;

/** `page`: stands in a page that is the same for every reader; `reader`: was made at this moment for this one. */
type Kind = 'page' | 'reader';

const LETTERS = { page: 'p', reader: 'r' } as const satisfies Record<Kind, string>;
const MARK_DIGITS = 32;
const TOKEN = /^([pr])([0-9a-z]{1,9})\.([0-9a-f]{32})$/;

const marked = (postId: string, head: string): [string, string] => ['form', `${postId}\0${head}`];

function made(kind: Kind, postId: string, moment: number): string {
  const head = LETTERS[kind] + Math.floor(moment / SECOND_MS).toString(36);
  return `${head}.${keyed(...marked(postId, head)).slice(0, MARK_DIGITS)}`;
}

/**
 * The token of the form in a page that is kept and the same for everybody: of the post and the day, so that a page made
 * twice in a day is the same. `keepUntil`: the moment by which the page is to be made anew.
 */
export function pageFormToken(postId: string, now: Date): { token: string; keepUntil: Date } {
  const day = Math.floor(now.getTime() / DAY_MS) * DAY_MS;
  return { token: made('page', postId, day), keepUntil: new Date(day + (FORM_DAYS - FRESH_DAYS) * DAY_MS) };
}

/** The token of a form that is made at this moment for one reader: by it is known how soon it is sent. */
export const readerFormToken = (postId: string, now: Date): string => made('reader', postId, now.getTime());

/**
 * What a sent token says: null where it is none of this blog's for this post, or too old. `seconds`: since the form was
 * made for its reader, whole; null where it was made for everybody. Pure but for the key.
 */
export function readFormToken(token: string, postId: string, now: Date): { seconds: number | null } | null {
  const [, letter, time, mark] = TOKEN.exec(token) ?? [];
  if (letter === undefined || time === undefined || mark === undefined) return null;
  if (!isKeyed(mark, ...marked(postId, letter + time), MARK_DIGITS)) return null;
  const age = now.getTime() - parseInt(time, 36) * SECOND_MS;
  if (age > FORM_DAYS * DAY_MS || age < -CLOCKS_MS) return null;
  return { seconds: letter === LETTERS.reader ? Math.max(0, Math.floor(age / SECOND_MS)) : null };
}
