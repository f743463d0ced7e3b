import type { IncomingMessage } from 'node:http';
import { sessionTokenIn } from '../lib/identity/cookies';
import { findSessionPerson } from '../lib/identity/queries';
import type { Person } from '../lib/identity/schema';
import { sessionHash } from '../lib/identity/tokens';

/** Who is signed in with the browser that asks; null: nobody. For what the server answers without Next. */
export async function personOf({ headers }: IncomingMessage): Promise<Person | null> {
  const token = sessionTokenIn(headers.cookie);
  const person = token === null ? null : await findSessionPerson(sessionHash(token), new Date());
  return person && { ...person, writerHash: null };
}
