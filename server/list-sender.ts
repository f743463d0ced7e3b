import type { IncomingMessage } from 'node:http';
import { sessionTokenIn } from '../lib/identity/cookies';
import { findSessionPerson } from '../lib/identity/queries';
import { isOwner } from '../lib/identity/rules';
import { sessionHash } from '../lib/identity/tokens';
import { log } from '../lib/log';

/** Where an owner sends lists of words, which may be long. */
export const LISTS_PATH = '/admin/rules';

/** Whether a request comes from a browser in which an owner is signed in. While the database is away: no. */
export async function isFromOwner({ headers }: Pick<IncomingMessage, 'headers'>): Promise<boolean> {
  const token = sessionTokenIn(headers.cookie);
  if (token === null) return false;
  try {
    const person = await findSessionPerson(sessionHash(token), new Date());
    return person !== null && isOwner({ ...person, writerHash: null });
  } catch (error) {
    log.error({ err: error }, 'Whether an owner is asking could not be read.');
    return false;
  }
}
