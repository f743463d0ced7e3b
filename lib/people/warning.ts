import { changing } from '../db/change';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { fail, ok, type Result } from '../result';
import { conflict, lockPair } from './commands';
import { refusalToActOnPeople, refusalToSetStanding } from './rules';
import type { WarningInput } from './schema';
import { causeStandingMail } from './standing-mail';
import { t } from '../words/t';

/**
 * Writes to a person, who reads it above the comment box and says so before they comment again; empty words take back
 * what they have not read yet. Written down; they are told by mail in two minutes, if it stands unread then and their
 * address is proven. Value: what stood there before.
 * Refuses: as changeStanding; `conflict` when what stands there is not what was seen.
 */
export async function warnPerson(actor: Actor, { person, words, seen }: WarningInput, now: Date): Promise<Result<{ name: string | null; before: string }>> {
  return changing(async (tx) => {
    const locked = await lockPair(tx, actor, person, refusalToActOnPeople, now);
    if ('ok' in locked) return locked;
    const { name } = locked.target;
    if (refusalToSetStanding(locked.actor, locked.target)) return fail('forbidden', t('people.refusals.warningNotPossible'));
    const { warning: before } = await tx.user.findUniqueOrThrow({ where: { id: person }, select: { warning: true } });
    if (before !== seen) return conflict();
    if (before === words) return ok({ name, before });
    await tx.user.update({ where: { id: person }, data: { warning: words }, select: { id: true } });
    const event = { id: newId(), userId: person, actorId: locked.actor.userId, what: 'warning', from: before === '' ? '' : 'given', to: words === '' ? 'taken back' : 'given', reason: words, createdAt: now };
    await tx.personEvent.create({ data: event, select: { id: true } });
    if (words !== '') await causeStandingMail(tx, event.id, now);
    return ok({ name, before });
  });
}
