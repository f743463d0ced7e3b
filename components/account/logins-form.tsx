'use client';

import { useActionState } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { AccountView, LinkedLogin } from '@/lib/account/queries';
import type { AccountState } from '@/lib/account/schema';
import { PROVIDER_BUTTONS, WAY_NAMES, type Provider } from '@/lib/identity/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Said } from './said';

type Props = Pick<AccountView, 'logins' | 'email'> & {
  site: SiteLocale;
  unlink: (state: AccountState, form: FormData) => Promise<AccountState>;
  /** The providers that this blog is set up for. */
  offered: readonly Provider[];
  /** Begins a sign-in that is then linked: gets the provider as `intent`. */
  link: ((form: FormData) => Promise<void>) | null;
};

/** The ways in which a person signs in: each can be taken away but the last, and others added. */
export function LoginsForm({ logins, email, site, unlink, offered, link }: Props) {
  const [state, act, isPending] = useActionState(unlink, { done: null, message: null }, '/account#logins');
  const isOnly = logins.length + Number(email !== null) === 1;
  const more = link ? offered.filter((provider) => !logins.some((login) => login.provider === provider)) : [];
  return (
    <section className="account-part" aria-labelledby="logins">
      <h2 id="logins">How you sign in</h2>
      <Said state={state} />
      <ul className="account-list">
        {logins.map((login) => (
          <li key={`${login.provider} ${login.account}`}>
            <LoginWords login={login} site={site} />
            {!isOnly && (
              <form action={act}>
                <input type="hidden" name="provider" value={login.provider} />
                <input type="hidden" name="account" value={login.account} />
                <Button quiet disabled={isPending}>Unlink <span className="sr-only">{WAY_NAMES[login.provider]}{login.statedEmail && `, ${login.statedEmail}`}</span></Button>
              </form>
            )}
          </li>
        ))}
        {email && (
          <li>
            <div>
              <p className="account-item">A link by email</p>
              <p className="account-note"><bdi>{email.address}</bdi>, proven on <Time at={email.since} site={site} /></p>
            </div>
          </li>
        )}
      </ul>
      {logins.length === 0 && !email && <p className="account-note">There is no way to sign in again yet.</p>}
      {isOnly && logins.length > 0 && <p className="account-note">This is your only way to sign in, so it cannot be unlinked.</p>}
      {link && more.length > 0 && (
        <form className="account-row" action={link}>
          {more.map((provider) => <Button quiet key={provider} name="intent" value={provider}>Link {PROVIDER_BUTTONS[provider]}</Button>)}
        </form>
      )}
    </section>
  );
}

function LoginWords({ login, site }: { login: LinkedLogin; site: SiteLocale }) {
  return (
    <div>
      <p className="account-item">{WAY_NAMES[login.provider]}</p>
      <p className="account-note">{login.statedEmail ? <><bdi>{login.statedEmail}</bdi>, linked</> : 'Linked'} on <Time at={login.since} site={site} /></p>
    </div>
  );
}
