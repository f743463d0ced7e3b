import { timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';
import { keyed } from '../keyed';

const MARK_DIGITS = 32;
const TOKEN = /^([\w-]{22})([0-9a-f]{32})$/;

type Page = 'subscriber' | 'receipt';

const markOf = (page: Page, id: string): string => keyed(page, id).slice(0, MARK_DIGITS);

/** By which whoever reads the mail of a subscriber, or wrote a comment, comes to its page: it lasts, and nobody can make one. 54 characters, safe in an address. */
export const pageToken = (page: Page, id: string): string => Buffer.from(parse(id)).toString('base64url') + markOf(page, id);

/** The id whose page a token opens; null for one that is none of this blog's. */
export function readPageToken(page: Page, token: string): string | null {
  const [, key, mark] = TOKEN.exec(token) ?? [];
  if (key === undefined || mark === undefined) return null;
  const id = idOf(key);
  return id !== null && timingSafeEqual(Buffer.from(mark), Buffer.from(markOf(page, id))) ? id : null;
}

function idOf(key: string): string | null {
  try {
    return stringify(Buffer.from(key, 'base64url'));
  } catch {
    return null; // not the bits of an id
  }
}

/** What is kept of an address that is to be known again when its letters are gone. 64 hex digits. */
export const emailMark = (email: string): string => keyed('subscriber-email', email.toLowerCase());

/** The secret at the end of the address at which a mail service tells what came of mails. It is the same as long as AUTH_SECRET is. */
export const mailEventsToken = (): string => keyed('mail-events', '').slice(0, 40);
