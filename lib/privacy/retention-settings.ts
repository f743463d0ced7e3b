import { changing } from '../db/change';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { SITE_DEFAULTS } from '../site/schema';
import { t } from '../words/t';
import { retentionSchema, type Retention } from './schema';

/**
 * Sets how long things are kept; the job `retention` goes by it within the hour. `typed`: the days by name, as in the form.
 * Refuses: `not-found` for everybody but an owner, `invalid` with a sentence per field.
 */
export async function setRetention(actor: Actor, typed: Record<keyof Retention, string>): Promise<Result<Retention>> {
  if (!isOwner(actor)) return fail('not-found', t('site.refused.notThere'));
  const parsed = retentionSchema.safeParse(typed);
  if (!parsed.success) {
    const fields = Object.fromEntries(parsed.error.issues.toReversed().map(({ path, message }) => [path.map(String).join('-'), message]));
    return fail('invalid', Object.values(fields)[0] ?? '', { fields });
  }
  return changing(async (tx, changed) => {
    await tx.site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, ...parsed.data }, update: parsed.data, select: { id: true } });
    // The privacy page says it.
    changed('site');
    return ok(parsed.data);
  });
}
