import { changing } from '../db/change';
import { db } from '../db/client';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { type OtherSites, REPORTS_TO_HOLD_MAX, reportsToHoldSchema, SITE_DEFAULTS } from './schema';

const notYours = () => fail('not-found', t('site.refused.notThere'));

/**
 * Sets by how many readers' reports a published comment returns to Pending; 0: never. `typed`: the number as in the form.
 * Value: the number. Refuses: `not-found` for everybody but an owner, `invalid`.
 */
export async function setReportsToHold(actor: Actor, typed: unknown): Promise<Result<number>> {
  if (!isOwner(actor)) return notYours();
  const number = reportsToHoldSchema.safeParse(typed);
  const sentence = t('site.refused.reportsWanted', { max: REPORTS_TO_HOLD_MAX });
  if (!number.success) return fail('invalid', sentence, { fields: { reportsToHold: sentence } });
  const reportsToHold = number.data;
  await db().site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, reportsToHold }, update: { reportsToHold }, select: { id: true } });
  return ok(reportsToHold);
}

/**
 * Sets what other sites may do: tell of their pages that speak of a post, quote comments. The pages say so from the next request on.
 * Refuses: `not-found` for everybody but an owner.
 */
export async function setOtherSites(actor: Actor, { acceptsMentions, quotesComments }: OtherSites): Promise<Result> {
  if (!isOwner(actor)) return notYours();
  return changing(async (tx, changed) => {
    await tx.site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, acceptsMentions, quotesComments }, update: { acceptsMentions, quotesComments }, select: { id: true } });
    changed('site');
    return ok();
  });
}
