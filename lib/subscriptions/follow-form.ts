import { emailSchema } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';

/** The address that the form of followers was sent with. Refuses: `invalid`, with a sentence for its field. */
export function parseFollow(typed: string): Result<string> {
  const parsed = emailSchema.safeParse(typed);
  if (parsed.success) return ok(parsed.data);
  const sentence = typed.trim() === '' ? t('subscriptions.follow.empty') : (parsed.error.issues[0]?.message ?? '');
  return fail('invalid', sentence, { fields: { email: sentence } });
}
