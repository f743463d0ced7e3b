import type { Tag } from '../cache-tags';
import type { Tx } from '../db/client';
import { lockKeys } from '../lock';
import { newId } from '../ids';
import { freeSlug, isStaffName } from './names';
import { sessionEnd, userAgentOf } from './rules';
import { newToken, sessionHash } from './tokens';

type NewPerson = { name: string | null; email: string | null; /** The address has proven itself, and is not only held for whoever proves it. */ proven: boolean };
type Known = { id: string; name: string | null; email: string | null; emailVerified: Date | null };

const known = { id: true, name: true, email: true, emailVerified: true } as const;

/** Makes whoever else finds, makes or invites a person of this address wait until the transaction ends. Taken before `lockPeople`. */
export async function lockAddress(tx: Tx, email: string): Promise<void> {
  await lockKeys(tx, `user:${email}`);
}

/**
 * The person of this address, or a new one; without an address always a new one. Several at once on one address make one
 * person. A name that somebody who runs the blog has is not taken: the person is asked for another. A step of a command.
 */
export async function createPerson(tx: Tx, { name, email, proven }: NewPerson, now: Date): Promise<Known> {
  if (email) {
    await lockAddress(tx, email);
    const found = await tx.user.findUnique({ where: { email }, select: known });
    if (found) return found;
  }
  const id = newId();
  const own = name !== null && !(await isStaffName(tx, name)) ? name : null;
  const slug = own === null ? null : await freeSlug(tx, own, id);
  return tx.user.create({ data: { id, name: own, slug, email, emailVerified: email && proven ? now : null, createdAt: now }, select: known });
}

/**
 * Notes that an address has proven to be a person's: the one held for them, or their first. An address that somebody else
 * has here stays theirs. A step of a command, inside its transaction.
 */
export async function claimAddress(tx: Tx, changed: (tag: Tag) => void, userId: string, email: string, now: Date): Promise<void> {
  await lockAddress(tx, email);
  const holder = await tx.user.findUnique({ where: { email }, select: { id: true } });
  if (holder && holder.id !== userId) return;
  const { count } = await tx.user.updateMany({ where: { id: userId, emailVerified: null, OR: [{ email }, { email: null }] }, data: { email, emailVerified: now } });
  // Whoever has claimed a name carries `Author` from now on.
  if (count > 0) changed('posts');
}

/** Begins a session of a person by e-mail, a link's or an invitation's. Value: the token for the cookie, of which only the hash is kept. A step of a command. */
export async function openSession(tx: Tx, userId: string, userAgent: string | null, now: Date): Promise<{ sessionToken: string; expires: Date }> {
  const [sessionToken, expires] = [newToken(), sessionEnd(now)];
  await tx.session.create({ data: { id: newId(), sessionToken: sessionHash(sessionToken), userId, way: 'email', userAgent: userAgentOf(userAgent), expires, createdAt: now }, select: { id: true } });
  return { sessionToken, expires };
}
