import type { Tx } from '../db/client';
import type { Rhythm } from '../db/generated/enums';
import { mayModerate } from '../identity/rules';
import type { Person } from '../identity/schema';
import { personNow, type PersonRow } from '../people/rules';

/** Somebody who has a desk, as an actor, with the proven address to which mails go. */
export type Decider = { actor: Person; email: string };

/** What is read of somebody who may be told by mail. */
export const deciderSelect = { id: true, name: true, email: true, role: true, standing: true, standingUntil: true } as const;
/** The WHERE of whoever has a role and a proven address. */
export const PROVEN = { email: { not: null }, emailVerified: { not: null }, role: { not: 'reader' } } as const;

/** Such a row as somebody to be told; nobody where the address is gone. */
export const deciderOf = (row: PersonRow, now: Date): Decider[] => (row.email === null ? [] : [{ email: row.email, actor: { ...personNow(row, now), writerHash: null } }]);

/** Who decides by a mail, as they are at this moment: with a proven address, and a desk for comments under posts of this author. Null when they may not. */
export async function findDecider(tx: Tx, userId: string, postAuthorId: string, now: Date): Promise<Decider | null> {
  const row = await tx.user.findFirst({ where: { id: userId, ...PROVEN }, select: deciderSelect });
  const [decider] = row ? deciderOf(row, now) : [];
  return decider && mayModerate(decider.actor, postAuthorId) ? decider : null;
}

/** Everybody who wants to be told by mail of comments that wait, whatever posts they are for. */
export async function listToldPeople(tx: Tx, now: Date): Promise<(Decider & { rhythm: Rhythm })[]> {
  const rows = await tx.user.findMany({ where: { ...PROVEN, heldNotices: true }, select: { ...deciderSelect, noticeRhythm: true }, orderBy: { id: 'asc' } });
  return rows.flatMap((row) => deciderOf(row, now).map((decider) => ({ ...decider, rhythm: row.noticeRhythm })));
}
