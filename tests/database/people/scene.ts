import { db } from '@/lib/db/client';
import type { Person, Role, Standing } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { makeUser } from '@/prisma/makers';

export const now = new Date('2026-11-25T12:00:00Z');
export const daysLater = (days: number) => new Date(now.getTime() + days * 24 * 60 * 60 * 1000);

type Given = { name?: string; email?: string | null; standing?: Standing; proven?: boolean };

/** Somebody with this role, as an actor. */
export async function person(role: Role, { proven = true, ...given }: Given = {}): Promise<Person> {
  const user = await makeUser({ role, emailVerified: proven ? now : null, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: user.standing, standingUntil: null, writerHash: null };
}

/** A name that somebody uses on one post. */
export function makePseudonym(userId: string, postId: string, name: string) {
  return db().pseudonym.create({ data: { id: newId(), userId, postId, name } });
}

export const makeSession = (userId: string) => db().session.create({ data: { id: newId(), sessionToken: newId(), userId, expires: daysLater(30) } });

export const stored = (id: string) => db().user.findUniqueOrThrow({ where: { id } });
export const eventsOf = (userId: string) => db().personEvent.findMany({ where: { userId }, orderBy: { id: 'asc' } });
