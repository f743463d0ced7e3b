'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { SessionView } from '@/lib/account/queries';
import type { AccountState } from '@/lib/account/schema';
import { WAY_NAMES } from '@/lib/identity/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Said } from './said';
import { SignOutForm } from './sign-out-form';
import { t } from '@/lib/words/t';

type Props = {
  sessions: SessionView[];
  site: SiteLocale;
  end: (state: AccountState, form: FormData) => Promise<AccountState>;
  signOutEverywhere: () => Promise<void>;
  /** As SignOutForm has it. */
  writer: string | null;
};

const nameOf = ({ browser, system }: SessionView) => (system ? t('account.sessions.browserOn', { browser, system }) : browser);

/** Where a person is signed in; each place can be signed out, and all of them. */
export function SessionsForm({ sessions, site, end, signOutEverywhere, writer }: Props) {
  const [state, act, isPending] = useActionState(end, { done: null, message: null }, '/account#sessions');
  return (
    <section className="account-part" aria-labelledby="sessions">
      <h2 id="sessions">{t('account.sessions.heading')}</h2>
      <Said state={state} />
      <ul className="account-list">
        {sessions.map((session) => (
          <li key={session.id}>
            <div>
              <p className="account-item">{nameOf(session)} {session.isHere && <span className="account-mark">{t('account.sessions.here')}</span>}</p>
              <p className="account-note">
                {t.rich('account.sessions.since', {
                  way: session.way, provider: WAY_NAMES[session.way], since: () => <Time at={session.since} site={site} />, used: () => <Time at={session.lastUsed} site={site} withClock />,
                })}
              </p>
            </div>
            {!session.isHere && (
              <form action={act}>
                <input type="hidden" name="session" value={session.id} />
                <Button quiet disabled={isPending}>{t.rich('account.sessions.end', { browser: nameOf(session), hidden: (chunks) => <span className="sr-only">{chunks}</span> })}</Button>
              </form>
            )}
          </li>
        ))}
      </ul>
      <SignOutForm signOut={signOutEverywhere} writer={writer} name={t('account.sessions.endAll')} />
    </section>
  );
}
