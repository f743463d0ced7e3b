import type { Tag } from '../cache-tags';
import type { Tx } from '../db/client';
import { newId } from '../ids';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import type { Role, Standing } from './schema';

// Steps of commands, inside their transactions: who has which role is changed here and nowhere else.

export type LockedPerson = { id: string; name: string | null; role: Role; standing: Standing; standingUntil: Date | null };

/**
 * Locks these people and every owner until the transaction ends, and gives them as they are then. Who changes a role, a
 * standing or an account takes this lock first: owners can be counted, and no two acts wait for one another.
 */
export async function lockPeople(tx: Tx, ids: string[]): Promise<{ owners: string[]; find: (id: string) => LockedPerson | null }> {
  const rows = await tx.$queryRaw<LockedPerson[]>`
    SELECT id, name, role, standing, "standingUntil" FROM "User"
    WHERE role = 'owner' OR id = ANY(${ids}::uuid[]) ORDER BY id FOR NO KEY UPDATE`;
  return {
    owners: rows.filter(({ role }) => role === 'owner').map(({ id }) => id),
    find: (id) => rows.find((row) => row.id === id) ?? null,
  };
}

/** Why somebody may not stop being an owner, or null: a blog has one at least. */
export function refusalToLeaveOwners(owners: string[], userId: string): Failure | null {
  const isLast = owners.length === 1 && owners[0] === userId;
  return isLast ? fail('conflict', t('identity.roles.onlyOwner')) : null;
}

export type RoleChange = { userId: string; role: Role; actorId: string | null; what: 'role' | 'invitation' };

/**
 * Gives a person a role: written down, every session of theirs ended, for they sign in anew with what they now may do.
 * An owner's standing is always normal. Nothing happens when they have the role already, but an invitation is written down.
 * Refuses: `not-found`, `conflict` when the last owner would stop being one.
 */
export async function setRole(tx: Tx, changed: (tag: Tag) => void, { userId, role, actorId, what }: RoleChange, now: Date): Promise<Result> {
  const people = await lockPeople(tx, [userId]);
  const person = people.find(userId);
  if (!person) return fail('not-found', t('identity.roles.gone'));
  const refusal = role === 'owner' ? null : refusalToLeaveOwners(people.owners, userId);
  if (refusal) return refusal;
  const event = { userId, actorId, createdAt: now };
  if (person.role !== role || what === 'invitation') {
    await tx.personEvent.create({ data: { ...event, id: newId(), what, from: person.role, to: role }, select: { id: true } });
  }
  if (person.role === role) return ok();
  const isFreed = role === 'owner' && person.standing !== 'normal';
  if (isFreed) await tx.personEvent.create({ data: { ...event, id: newId(), what: 'standing', from: person.standing, to: 'normal' }, select: { id: true } });
  await tx.user.update({ where: { id: userId }, data: { role, ...(isFreed ? { standing: 'normal', standingUntil: null, standingReason: '' } : {}) }, select: { id: true } });
  await tx.session.deleteMany({ where: { userId } });
  // An owner's comments may carry `Author`.
  changed('posts');
  return ok();
}
