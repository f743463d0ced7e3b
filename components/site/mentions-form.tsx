'use client';

import { useActionState } from 'react';
import { NOTHING_SET, type SettingsState } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Check } from '@/components/ui/check';

type Props = {
  acceptsMentions: boolean;
  action: (state: SettingsState, form: FormData) => Promise<SettingsState>;
};

/** Whether other sites may tell of their pages that speak of a post. */
export function MentionsForm({ acceptsMentions, action }: Props) {
  const [{ done, message }, save, isPending] = useActionState(action, NOTHING_SET);
  return (
    <section className="settings-section" aria-labelledby="settings-mentions">
      <h2 id="settings-mentions">{t('site.section.mentions')}</h2>
      <form action={save} className="settings-card settings-form">
        {message && <p className="settings-failure" role="alert">{message}</p>}
        <Check key={String(acceptsMentions)} name="acceptsMentions" label={t('site.mentions.label')} defaultChecked={acceptsMentions} />
        <p className="field-hint">{t('site.mentions.hint')}</p>
        <div className="settings-end">
          <Button disabled={isPending}>{t('site.settings.save')}</Button>
          <p role="status">{done}</p>
        </div>
      </form>
    </section>
  );
}
