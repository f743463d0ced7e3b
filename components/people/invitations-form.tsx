'use client';

import { useActionState, useRef, useState, useSyncExternalStore } from 'react';
import type { OpenInvitation } from '@/lib/people/queries';
import { INVITATION_DAYS, NOTHING_DONE, ROLES, type ActState } from '@/lib/people/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Button } from '@/components/ui/button';
import { Field } from '@/components/ui/field';
import { SelectField } from '@/components/ui/select-field';
import { Time } from '@/components/ui/time';
import { ActStatus } from './act-status';
import { t } from '@/lib/words/t';

type Props = { invitations: OpenInvitation[]; site: SiteLocale; action: (state: ActState, form: FormData) => Promise<ActState> };

/** Invites somebody by e-mail, and the invitations that still open. */
export function InvitationsForm({ invitations, site, action }: Props) {
  const [state, act, isPending] = useActionState(action, NOTHING_DONE);
  const { entered, fields, link } = state;
  return (
    <>
      <form action={act} className="people-invite" noValidate>
        <Field key={`email ${entered.email}`} id="invite-email" name="email" type="email" label={t('people.invitations.email')} autoComplete="off" required defaultValue={entered.email} error={fields.email} />
        <SelectField key={`role ${entered.role}`} id="invite-role" name="role" label={t('people.invitations.role')} options={ROLES.map((value) => ({ value, label: t(`people.roles.${value}`) }))} defaultValue={entered.role ?? 'author'} error={fields.role} />
        <Button disabled={isPending}>{t('people.invitations.submit')}</Button>
      </form>
      <p className="field-hint">{t('people.invitations.hint', { days: INVITATION_DAYS })}</p>
      <ActStatus state={state} act={act} />
      {link && <LinkToCopy key={link} link={link} />}
      {invitations.length > 0 && (
        <ul className="people-invitations" aria-label={t('people.invitations.open')}>
          {invitations.map(({ id, email, role, expires }) => (
            <li key={id}>
              <form action={act} className="people-invitation">
                <span>
                  {t.rich('people.invitations.asUntil', {
                    email, role: t(`people.roles.${role}`), strong: (chunks) => <strong>{chunks}</strong>, time: () => <Time at={expires} site={site} withClock />,
                  })}
                </span>
                <input type="hidden" name="withdraw" value={id} />
                <Button quiet disabled={isPending} aria-label={t('people.invitations.withdrawOf', { email })}>{t('people.invitations.withdraw')}</Button>
              </form>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

const never = () => () => undefined;

/** Shown once: a field from which the link can be taken by hand, and with script by one press. */
function LinkToCopy({ link }: { link: string }) {
  const hasScript = useSyncExternalStore(never, () => true, () => false);
  const whole = useRef<HTMLDivElement>(null);
  const [said, say] = useState('');
  const copy = async () => {
    const field = whole.current?.querySelector('input');
    field?.select();
    // Without https a browser has no clipboard: the link stays selected.
    await navigator.clipboard.writeText(link).then(() => say(t('people.invitations.copied')), () => say(t('people.invitations.selected')));
  };
  return (
    <div className="people-link" ref={whole}>
      <div className="field">
        <label htmlFor="invite-link">{t('people.invitations.link')}</label>
        <input id="invite-link" readOnly value={link} aria-describedby="invite-link-hint" />
        <p className="field-hint" id="invite-link-hint">{t('people.invitations.linkHint')}</p>
      </div>
      {hasScript && <Button quiet type="button" onClick={() => void copy()}>{t('people.invitations.copy')}</Button>}
      <span role="status">{said}</span>
    </div>
  );
}
