import { db, type Tx } from '../db/client';
import { pictureColumns, shownPicture } from '../media/rules';
import { personNow, standingNow } from '../people/rules';
import { isFresh, lastSessionEnd, sessionEnd } from './rules';
import type { Person, SignInWay } from './schema';
import { tokenHashes } from './tokens';

const HOUR_MS = 60 * 60 * 1000;

const person = { id: true, name: true, email: true, role: true, standing: true, standingUntil: true } as const;

/**
 * The person of a session as an actor, with role and standing of this moment; null when the session is unknown or over.
 * The row is NextAuth's, as is the rule that use moves its end on: once in an hour, and never past SESSION_MAX_DAYS after the sign-in.
 */
export async function findSessionPerson(sessionHash: string, now: Date): Promise<Omit<Person, 'writerHash'> | null> {
  const session = await db().session.findUnique({ where: { sessionToken: sessionHash }, select: { expires: true, createdAt: true, user: { select: person } } });
  if (!session || session.expires <= now || lastSessionEnd(session.createdAt, session.user.role) <= now) return null;
  const end = sessionEnd(now);
  if (end.getTime() - session.expires.getTime() > HOUR_MS) await db().session.updateMany({ where: { sessionToken: sessionHash }, data: { expires: end } });
  return personNow(session.user, now);
}

/** A person as an actor, without a session: who began what a job goes on with. Null when they are gone. */
export async function findPerson(tx: Tx, userId: string, now: Date): Promise<Person | null> {
  const user = await tx.user.findUnique({ where: { id: userId }, select: person });
  return user && { ...personNow(user, now), writerHash: null };
}

/** Whether a person has proven an address, to which mails can go. */
export async function hasProvenAddress(viewer: Person): Promise<boolean> {
  return (await db().user.count({ where: { id: viewer.userId, email: { not: null }, emailVerified: { not: null } } })) > 0;
}

/** By what a person can sign in: the providers of their logins, and the address that has proven itself. */
export async function findOwnWays(viewer: Person): Promise<{ logins: string[]; email: string | null }> {
  const user = await db().user.findUnique({ where: { id: viewer.userId }, select: { email: true, emailVerified: true, accounts: { select: { provider: true } } } });
  return { logins: user?.accounts.map(({ provider }) => provider) ?? [], email: user?.emailVerified ? user.email : null };
}

/** Everybody with an account, with the standing of this moment, whoever runs the blog first; for the command line of the owner. */
export async function listPeople(now: Date) {
  const people = await db().user.findMany({
    select: { email: true, name: true, role: true, standing: true, standingUntil: true },
    orderBy: [{ role: 'desc' }, { createdAt: 'asc' }],
  });
  return people.map((person) => ({ ...person, standing: standingNow(person, now) }));
}

/** A sign-in link by its token, without using it up: whether it still opens, for whom, and where they were going. Null when it is unknown. */
export async function findSignInLink(token: string, now: Date): Promise<{ isOpen: boolean; email: string; returnTo: string } | null> {
  const found = await db().signInLink.findFirst({ where: { tokenHash: { in: tokenHashes(token) } }, select: { expires: true, usedAt: true, email: true, returnTo: true } });
  return found && { isOpen: found.usedAt === null && found.expires > now, email: found.email, returnTo: found.returnTo };
}

/** How a session began, by its hash; null when there is none. */
export async function findWay(sessionHash: string): Promise<SignInWay | null> {
  const session = await db().session.findUnique({ where: { sessionToken: sessionHash }, select: { way: true } });
  return session?.way ?? null;
}

/** Whether somebody has signed in to this session just now (FRESH_SIGN_IN_MINUTES), by its hash; false when there is none. For a command inside its transaction, too. */
export async function isFreshSession(tx: Tx, sessionHash: string | null, now: Date): Promise<boolean> {
  const session = sessionHash === null ? null : await tx.session.findUnique({ where: { sessionToken: sessionHash }, select: { createdAt: true } });
  return session !== null && isFresh(session.createdAt, now);
}

/** The path of the picture that a person shows; null without one. */
export async function findOwnPicture(userId: string): Promise<string | null> {
  return shownPicture(await db().user.findUnique({ where: { id: userId }, select: pictureColumns }));
}
