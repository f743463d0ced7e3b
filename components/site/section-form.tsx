'use client';

import { startTransition, useActionState, useEffect, useRef, type FormEvent, type ReactNode } from 'react';
import { NOTHING_SAVED, type Section, type SectionState } from '@/lib/site/settings-form';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';

export type SaveSection = (state: SectionState, form: FormData) => Promise<SectionState>;

/** What a section's fields show: the sentences of a refusal, and what was typed then. */
export type Said = Pick<SectionState, 'fields' | 'entered'>;

type Props = {
  section: Section;
  title: string;
  /** What it is for. */
  words?: string;
  /** How it stands, as the page was made. */
  seen: string;
  action: SaveSection;
  children: (said: Said) => ReactNode;
};

/** One section of the settings: saved by itself. What was refused stays as it was typed, and the first wrong field has the focus. */
export function SectionForm({ section, title, words, seen, action, children }: Props) {
  const [{ done, message, fields, entered, seen: seenAnew }, save, isPending] = useActionState(action, NOTHING_SAVED);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (Object.keys(fields).length > 0) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [fields]);
  const send = (event: FormEvent<HTMLFormElement>) => {
    // A form sent as an action is emptied afterwards, also of what React holds.
    event.preventDefault();
    // The forms of a dialog that a field has opened send through here, too.
    if (event.target !== event.currentTarget) return;
    const sent = new FormData(event.currentTarget);
    startTransition(() => save(sent));
  };
  const id = `settings-${section}`;
  return (
    <section className="settings-section" id={section} aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <form ref={form} action={save} onSubmit={send} className="settings-card" noValidate>
        <input type="hidden" name="section" value={section} />
        <input type="hidden" name="seen" value={seenAnew ?? seen} />
        {words && <p className="settings-words">{words}</p>}
        {message && <p className="settings-failure" role="alert">{message}</p>}
        <div className="settings-fields" key={seen + JSON.stringify(entered)}>{children({ fields, entered })}</div>
        <div className="settings-end">
          <Button disabled={isPending}>{t('site.settings.save')}</Button>
          <p role="status">{!isPending && done}</p>
        </div>
      </form>
    </section>
  );
}
