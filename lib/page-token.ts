import { parse, stringify } from 'uuid';
import { isKeyed, keyed } from './keyed';

const MARK_DIGITS = 32;
const TOKEN = /^([\w-]{22})([0-9a-f]{32})$/;

/**
 * Pages that are for whoever has their address: of a subscriber, of a comment's writer, of what is kept of an address, of a
 * request to take something down; the last has another address in the mail, by which whoever reads it proves theirs.
 */
export type TokenPage = 'subscriber' | 'receipt' | 'own-data' | 'removal' | 'removal-mail';

/** By which somebody comes to a page of their own, from a mail or after sending a form: it lasts, and nobody can make one. 54 characters, safe in an address. */
export const pageToken = (page: TokenPage, id: string): string => Buffer.from(parse(id)).toString('base64url') + keyed(page, id).slice(0, MARK_DIGITS);

/** The id whose page a token opens; null for one that is none of this blog's. */
export function readPageToken(page: TokenPage, token: string): string | null {
  const [, key, mark] = TOKEN.exec(token) ?? [];
  if (key === undefined || mark === undefined) return null;
  const id = idOf(key);
  return id !== null && isKeyed(mark, page, id, MARK_DIGITS) ? id : null;
}

function idOf(key: string): string | null {
  try {
    return stringify(Buffer.from(key, 'base64url'));
  } catch {
    return null; // not the bits of an id
  }
}
