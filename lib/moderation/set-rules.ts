import { changing } from '../db/change';
import type { Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { findCloseAfterDays } from '../site/closing';
import { SITE_DEFAULTS } from '../site/schema';
import { t } from '../words/t';
import { readRules } from './read-rules';
import { refusalToChangeRules } from './rules-view';
import type { ScreeningRules } from './schema';

/**
 * Sets the rules by which comments are screened, and after how many days they close; each comment that comes afterwards
 * is screened by them, at every instance. One transaction. `version`: of the rules that were changed. `typed`: the fields
 * that were changed, as in the form. Value: the version now. Refuses: `not-signed-in`, `not-found`, `forbidden` for all but
 * owners; `invalid` with a sentence for each field; `conflict` where somebody has changed the rules meanwhile.
 */
export async function setScreeningRules(actor: Actor, version: number, typed: Record<string, unknown>, now: Date): Promise<Result<number>> {
  const refusal = refusalToChangeRules(actor);
  if (refusal) return refusal;
  const read = readRules(typed);
  if (!read.ok) return read;
  if (Object.keys(read.value).length === 0) return ok(version);
  const { closeAfterDays, ...rules } = read.value;
  return changing(async (tx, changed) => {
    if (!(await changeRules(tx, version, rules, now))) return fail('conflict', t('screening.rules.changed'));
    if (closeAfterDays !== undefined && (await changeClosing(tx, closeAfterDays))) changed('site');
    return ok(version + 1);
  });
}

/** Whether it was still this version; the first who changes it is the only one. */
async function changeRules(tx: Tx, version: number, rules: Partial<ScreeningRules>, updatedAt: Date): Promise<boolean> {
  const { count } = version === 0
    ? await tx.screeningRules.createMany({ data: [{ id: 1, ...rules, updatedAt }], skipDuplicates: true })
    : await tx.screeningRules.updateMany({ where: { id: 1, version }, data: { ...rules, updatedAt, version: { increment: 1 } } });
  return count === 1;
}

/** Whether the number of days is another one than before. */
async function changeClosing(tx: Tx, closeAfterDays: number): Promise<boolean> {
  if (closeAfterDays === (await findCloseAfterDays(tx))) return false;
  await tx.site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, closeAfterDays }, update: { closeAfterDays }, select: { id: true } });
  return true;
}
