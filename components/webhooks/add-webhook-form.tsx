'use client';

import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';
import { Field } from '@/components/ui/field';
import { CHOSEN_EVENTS, URL_MAX_CHARACTERS, type WebhooksState } from '@/lib/webhooks/schema';
import { t } from '@/lib/words/t';

type Props = { state: WebhooksState; act: (form: FormData) => void; isPending: boolean };

/** The form by which a webhook is added: where, and what it is told of. */
export function AddWebhookForm({ state: { fields, entered }, act, isPending }: Props) {
  const { url = '', events = [...CHOSEN_EVENTS] } = entered ?? {};
  return (
    <section className="settings-section" aria-labelledby="webhook-add">
      <h2 id="webhook-add">{t('webhooks.add.heading')}</h2>
      <form action={act} className="settings-card" noValidate>
        <Field
          key={url} id="webhook-url" name="url" type="url" label={t('webhooks.add.url')} hint={t('webhooks.add.urlHint')} error={fields.url}
          required maxLength={URL_MAX_CHARACTERS} autoComplete="off" defaultValue={url}
        />
        <fieldset className="webhook-events" key={events.join(' ')} aria-describedby={fields.events ? 'webhook-events-error' : undefined}>
          <legend>{t('webhooks.add.events')}</legend>
          {CHOSEN_EVENTS.map((event) => <Check key={event} name="events" value={event} label={t(`webhooks.events.${event}`)} defaultChecked={events.includes(event)} />)}
          {fields.events && <p className="field-error" id="webhook-events-error">{fields.events}</p>}
        </fieldset>
        <div className="settings-end"><Button name="act" value="add" disabled={isPending}>{t('webhooks.add.submit')}</Button></div>
      </form>
    </section>
  );
}
