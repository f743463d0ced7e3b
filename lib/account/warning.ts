import { db } from '../db/client';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';

/**
 * Notes that a person has read what a moderator wrote to them: then they may comment again. `seen` is what they were
 * shown. Nothing happens when there is nothing to read any more.
 * Refuses: `not-signed-in`, `conflict` when something else was written meanwhile, which they have not seen.
 */
export async function acknowledgeWarning(actor: Actor, seen: string, now: Date): Promise<Result> {
  if (actor.kind === 'guest') return fail('not-signed-in', t('account.refusals.notSignedIn'));
  const { userId } = actor;
  return db().$transaction(async (tx) => {
    const [user] = await tx.$queryRaw<{ warning: string }[]>`SELECT warning FROM "User" WHERE id = ${userId}::uuid FOR NO KEY UPDATE`;
    if (!user || user.warning === '') return ok();
    if (user.warning !== seen) return fail('conflict', t('account.refusals.otherWarning'));
    await tx.user.update({ where: { id: userId }, data: { warning: '' }, select: { id: true } });
    await tx.personEvent.create({ data: { id: newId(), userId, actorId: userId, what: 'warning', from: 'given', to: 'read', createdAt: now }, select: { id: true } });
    return ok();
  });
}
