'use server';

import { revalidatePath } from 'next/cache';
import { answerWith, formOf } from '@/lib/answer';
import { currentActor } from '@/lib/identity/session';
import { NOTHING_SAVED, RULE_LISTS, type RulesState, type TryAnswer } from '@/lib/moderation/rules-form';
import { findRuleList } from '@/lib/moderation/rules-view';
import { findScreeningRules } from '@/lib/moderation/screening-rules';
import { setScreeningRules } from '@/lib/moderation/set-rules';
import { tryRules } from '@/lib/moderation/try-rules';
import { httpStatus } from '@/lib/result';
import { z } from '@/lib/zod';
import { t } from '@/lib/words/t';

const versionSchema = z.coerce.number().int().min(0).catch(-1);

/** Saves what was changed of the rules. */
export async function saveRulesAction(_: RulesState, form: FormData): Promise<RulesState> {
  const { version, ...typed } = Object.fromEntries(formOf(form));
  const saved = await setScreeningRules(await currentActor(), versionSchema.parse(version), typed, new Date());
  if (saved.ok) {
    revalidatePath('/admin', 'layout');
    return { ...NOTHING_SAVED, done: t('desk.done.rulesSaved') };
  }
  const { code, message, fields = {} } = saved;
  answerWith(httpStatus[code]);
  if (code !== 'conflict') return { ...NOTHING_SAVED, message, fields };
  // What was typed is still in the form: the next Save is on top of what the other one has saved.
  return { ...NOTHING_SAVED, message: t('desk.refusals.othersRules', { refusal: message }), version: (await findScreeningRules()).version };
}

/** What a change of the rules would have done to the last comments. Anyone may call it with anything. */
export async function tryRulesAction(form: FormData): Promise<TryAnswer> {
  const tried = await tryRules(await currentActor(), Object.fromEntries(formOf(form)), new Date());
  return tried.ok ? { ok: true, tried: tried.value } : { ok: false, message: tried.message };
}

/** A long list whole, for an owner who opens it; null for everybody else. Anyone may call it with anything. */
export async function openListAction(name: string): Promise<string[] | null> {
  const list = z.enum(RULE_LISTS).safeParse(name);
  return list.success ? findRuleList(await currentActor(), list.data) : null;
}
