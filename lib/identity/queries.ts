import { db } from '../db/client';
import type { Person } from './schema';

const person = { id: true, name: true, email: true, role: true, standing: true, suspendedUntil: true } as const;

/** The person of this id as an actor, with role and standing of this moment; null when there is none. */
export async function findPerson(userId: string): Promise<Omit<Person, 'writerHash'> | null> {
  const user = await db().user.findUnique({ where: { id: userId }, select: person });
  if (!user) return null;
  const { id, name, ...rest } = user;
  return { kind: 'person', userId: id, name: name ?? 'Someone', isNamed: name !== null, ...rest };
}

/** Everybody with a role above reader, and readers with an account, for the command line of the owner. */
export async function listPeople() {
  return db().user.findMany({
    select: { email: true, name: true, role: true, standing: true, createdAt: true },
    orderBy: [{ role: 'desc' }, { createdAt: 'asc' }],
  });
}

/** Whether a sign-in link with this token hash still opens, without using it up. */
export async function isOpenSignInLink(tokenHash: string, now: Date): Promise<boolean> {
  const found = await db().signInLink.findUnique({ where: { tokenHash }, select: { expires: true, usedAt: true } });
  return found !== null && found.usedAt === null && found.expires > now;
}
