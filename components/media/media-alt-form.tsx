'use client';

import { useActionState } from 'react';
import { MEDIA_ALT_MAX_CHARACTERS, type AltState } from '@/lib/media/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';

type Props = { id: string; alt: string; action: (state: AltState, form: FormData) => Promise<AltState> };

/** What a file shows, in words. */
export function MediaAltForm({ id, alt, action }: Props) {
  const [state, act, isPending] = useActionState(action, { alt, done: null, message: null });
  return (
    <form action={act}>
      <input type="hidden" name="id" value={id} />
      <Field
        key={state.alt} id="media-alt" name="alt" label={t('media.description.label')} multiline rows={3} maxLength={MEDIA_ALT_MAX_CHARACTERS} defaultValue={state.alt}
        hint={t('media.description.hint')} {...(state.message && { error: state.message })}
      />
      <Button disabled={isPending}>{t('media.description.save')}</Button>
      <p role="status">{state.done}</p>
    </form>
  );
}
