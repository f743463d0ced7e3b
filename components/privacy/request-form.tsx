'use client';
// For the server alone, so that it can render useActionState: readers' browsers never get this file.

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { BOX_FIELDS } from '@/lib/comments/box';
import { NO_REMOVAL, PLACE_MAX_CHARACTERS, WORDS_MAX_CHARACTERS, type EnteredRemoval, type PrivacyState } from '@/lib/privacy/schema';
import { t } from '@/lib/words/t';

export type AskForData = (state: PrivacyState<string>, form: FormData) => Promise<PrivacyState<string>>;
export type AskForRemoval = (state: PrivacyState<EnteredRemoval>, form: FormData) => Promise<PrivacyState<EnteredRemoval>>;

/** A field that no person sees, and machines fill in. */
function Trap() {
  return (
    <div className="box-trap" aria-hidden="true">
      <label>{t('comments.box.trap')}<input name={BOX_FIELDS.trap} tabIndex={-1} autoComplete="off" defaultValue="" /></label>
    </div>
  );
}

/** By which somebody asks what is kept of their address. */
export function DataForm({ action }: { action: AskForData }) {
  const [{ message, fields, entered }, send] = useActionState(action, { message: null, fields: {}, entered: '' });
  return (
    <form action={send} className="report-form" noValidate>
      <Trap />
      {message && !fields.email && <p className="form-alert" role="alert">{message}</p>}
      <Field id="data-email" name="email" type="email" required autoComplete="email" label={t('privacy.data.email')} defaultValue={entered} error={fields.email} autoFocus={Boolean(fields.email)} />
      <Button>{t('privacy.data.send')}</Button>
    </form>
  );
}

/** By which somebody who is written about asks that it is taken down. */
export function RemovalForm({ action, place }: { action: AskForRemoval; place: string }) {
  const [{ message, fields, entered }, send] = useActionState(action, { message: null, fields: {}, entered: { ...NO_REMOVAL, place } });
  return (
    <form action={send} className="report-form" noValidate>
      <Trap />
      {message && Object.keys(fields).length === 0 && <p className="form-alert" role="alert">{message}</p>}
      <Field id="removal-place" name="place" required label={t('privacy.removal.place')} hint={t('privacy.removal.placeHint')} maxLength={PLACE_MAX_CHARACTERS} defaultValue={entered.place} error={fields.place} autoFocus={Boolean(fields.place)} />
      <Field id="removal-words" name="words" required multiline rows={6} label={t('privacy.removal.words')} hint={t('privacy.removal.wordsHint')} maxLength={WORDS_MAX_CHARACTERS} defaultValue={entered.words} error={fields.words} autoFocus={Boolean(fields.words) && !fields.place} />
      <Field id="removal-name" name="name" label={t('privacy.removal.name')} autoComplete="name" defaultValue={entered.name} error={fields.name} />
      <Field id="removal-email" name="email" type="email" label={t('privacy.removal.email')} hint={t('privacy.removal.emailHint')} autoComplete="email" defaultValue={entered.email} error={fields.email} />
      <Button>{t('privacy.removal.send')}</Button>
    </form>
  );
}
