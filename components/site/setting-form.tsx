import type { ReactNode } from 'react';
import type { SettingsState } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

export type SaveSetting = (state: SettingsState, form: FormData) => Promise<SettingsState>;

type Props = {
  id: string;
  title: string;
  state: SettingsState;
  save: (form: FormData) => void;
  isPending: boolean;
  children: ReactNode;
};

/** A section of the settings around one or two fields: saved by itself, with what came of it. */
export function SettingForm({ id, title, state: { message, done }, save, isPending, children }: Props) {
  return (
    <section className="settings-section" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <form action={save} className="settings-card settings-form" noValidate>
        {message && <p className="settings-failure" role="alert">{message}</p>}
        {children}
        <div className="settings-end">
          <Button disabled={isPending}>{t('site.settings.save')}</Button>
          <p role="status">{done}</p>
        </div>
      </form>
    </section>
  );
}
