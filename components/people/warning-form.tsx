'use client';

import { useActionState } from 'react';
import { NOTHING_DONE, WARNING_MAX_CHARACTERS, type ActState } from '@/lib/people/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { ActStatus } from './act-status';
import { t } from '@/lib/words/t';

type Props = {
  person: string;
  /** What was written to them and they have not read. */
  unread: string;
  action: (state: ActState, form: FormData) => Promise<ActState>;
};

/** Writes to a person, who says that they have read it before they comment again. */
export function WarningForm({ person, unread, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  return (
    <>
      {unread !== '' && (
        <form action={act} className="people-warning">
          <p>{t('people.warning.unread')}</p>
          <blockquote className="people-note-text">{unread}</blockquote>
          <Seen person={person} unread={unread} />
          <input type="hidden" name="words" value="" />
          <Button quiet name="takeBack" value="1" disabled={isPending}>{t('people.warning.takeBack')}</Button>
        </form>
      )}
      <form action={act} className="people-act" noValidate>
        <Seen person={person} unread={unread} />
        <Field
          key={state.entered.words} id="words" name="words" label={t('people.warning.words')} multiline rows={3} required maxLength={WARNING_MAX_CHARACTERS}
          hint={t('people.warning.wordsHint')} defaultValue={state.entered.words} error={state.fields.words}
        />
        <Button quiet disabled={isPending}>{t('people.warning.submit')}</Button>
      </form>
      <ActStatus state={state} act={act} />
    </>
  );
}

function Seen({ person, unread }: { person: string; unread: string }) {
  return (
    <>
      <input type="hidden" name="person" value={person} />
      <input type="hidden" name="seen" value={unread} />
    </>
  );
}
