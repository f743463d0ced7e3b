'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { ANSWER_MAX_CHARACTERS, NOTHING_ANSWERED, OUTCOMES, type AnswerState } from '@/lib/privacy/schema';
import { t } from '@/lib/words/t';

export type AnswerAct = (state: AnswerState, form: FormData) => Promise<AnswerState>;

/** The answer to one request: what was done, in one's own words. */
export function AnswerForm({ id, isMailed, act }: { id: string; isMailed: boolean; act: AnswerAct }) {
  const [{ message, outcome, answer }, send, isPending] = useActionState(act, NOTHING_ANSWERED);
  return (
    <form action={send} className="settings-form" noValidate key={`${message} ${outcome}`}>
      {message && <p className="settings-failure" role="alert">{message}</p>}
      <input type="hidden" name="id" value={id} />
      <SelectField id={`outcome-${id}`} name="outcome" label={t('privacy.desk.outcome')} defaultValue={outcome} options={OUTCOMES.map((value) => ({ value, label: t(`privacy.outcomes.${value}`) }))} />
      <Field id={`answer-${id}`} name="answer" multiline rows={4} required label={t('privacy.desk.answer')} hint={t(isMailed ? 'privacy.desk.answerMailed' : 'privacy.desk.answerShown')} maxLength={ANSWER_MAX_CHARACTERS} defaultValue={answer} />
      <div className="settings-end"><Button disabled={isPending}>{t('privacy.desk.send')}</Button></div>
    </form>
  );
}
