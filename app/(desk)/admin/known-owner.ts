import { unstable_rethrow } from 'next/navigation';
import { isOwner } from '@/lib/identity/rules';
import type { Person } from '@/lib/identity/schema';
import { currentSessionHash } from '@/lib/identity/session';

/** While the database is away nobody can look whether a session was ended meanwhile: it is believed for so long. */
const BELIEVED_MS = 60 * 60 * 1_000;
const OWNERS_MAX = 20;

/** The owners who were at the desk of this process lately, by what is stored of their sessions. */
const owners = new Map<string, { person: Person; at: number }>();

/** Notes that the session of this request is an owner's, for when the database does not answer. */
export async function noteOwner(person: Person): Promise<void> {
  const session = await currentSessionHash();
  if (session === null) return;
  owners.delete(session);
  owners.set(session, { person, at: Date.now() });
  for (const [oldest] of owners) if (owners.size > OWNERS_MAX) owners.delete(oldest);
}

/**
 * Who asks, as `find` says; where that fails because the database is away, the owner who was at this desk within the hour.
 * For pages alone that show what the process knows and nothing of the database. What else fails is thrown.
 */
export async function knownOwner(find: () => Promise<Person>): Promise<Person> {
  try {
    const person = await find();
    if (!isOwner(person)) owners.delete((await currentSessionHash()) ?? '');
    return person;
  } catch (error) {
    // That somebody is sent to sign in, or told that nothing is here, is said by throwing, too.
    try {
      unstable_rethrow(error);
    } catch (said) {
      owners.delete((await currentSessionHash()) ?? '');
      throw said;
    }
    const known = owners.get((await currentSessionHash()) ?? '');
    if (!known || Date.now() - known.at > BELIEVED_MS) throw error;
    return known.person;
  }
}
