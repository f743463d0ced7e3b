'use client';

import { useActionState, type ReactNode } from 'react';
import { Button } from '@/components/ui/button';
import { Time } from '@/components/ui/time';
import type { AccountView, LinkedLogin } from '@/lib/account/queries';
import type { AccountState } from '@/lib/account/schema';
import { FRESH_SIGN_IN_MINUTES, PROVIDER_BUTTONS, WAY_NAMES, type Provider } from '@/lib/identity/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { Said } from './said';
import { t } from '@/lib/words/t';

type Props = Pick<AccountView, 'logins' | 'email'> & {
  site: SiteLocale;
  unlink: (state: AccountState, form: FormData) => Promise<AccountState>;
  /** The providers that this blog is set up for. */
  offered: readonly Provider[];
  /** Begins a sign-in that is then linked: gets the provider as `intent`. */
  link: ((form: FormData) => Promise<void>) | null;
  /** Whether they have signed in just now; else they do so once more before anything changes here. */
  mayChange: boolean;
};

const SIGN_IN_AGAIN = `/sign-in?again=1&to=${encodeURIComponent('/account')}`;

/** The ways in which a person signs in: each can be taken away but the last, and others added. */
export function LoginsForm({ logins, email, site, unlink, offered, link, mayChange }: Props) {
  const [state, act, isPending] = useActionState(unlink, { done: null, message: null }, '/account#logins');
  const isOnly = logins.length + Number(email !== null) === 1;
  const more = link ? offered.filter((provider) => !logins.some((login) => login.provider === provider)) : [];
  return (
    <section className="account-part" aria-labelledby="logins">
      <h2 id="logins">{t('account.logins.heading')}</h2>
      <Said state={state} />
      <ul className="account-list">
        {logins.map((login) => (
          <li key={`${login.provider} ${login.account}`}>
            <LoginWords login={login} site={site} />
            {!isOnly && mayChange && (
              <form action={act}>
                <input type="hidden" name="provider" value={login.provider} />
                <input type="hidden" name="account" value={login.account} />
                <Button quiet disabled={isPending}>{t.rich('account.logins.unlink', { login: [WAY_NAMES[login.provider], login.statedEmail].filter(Boolean).join(', '), hidden: (chunks) => <span className="sr-only">{chunks}</span> })}</Button>
              </form>
            )}
          </li>
        ))}
        {email && (
          <li>
            <div>
              <p className="account-item">{t('account.logins.byEmail')}</p>
              <p className="account-note">{t.rich('account.logins.addressProvenSince', { email: email.address, bdi, time: () => <Time at={email.since} site={site} /> })}</p>
            </div>
          </li>
        )}
      </ul>
      {logins.length === 0 && !email && <p className="account-note">{t('account.logins.none')}</p>}
      {isOnly && logins.length > 0 && <p className="account-note">{t('account.logins.only')}</p>}
      {!mayChange && (!isOnly || more.length > 0) && (
        <p className="account-note">{t.rich('account.logins.signInAgain', { minutes: String(FRESH_SIGN_IN_MINUTES), link: (chunks) => <a href={SIGN_IN_AGAIN}>{chunks}</a> })}</p>
      )}
      {link && mayChange && more.length > 0 && (
        <form className="account-row" action={link}>
          {more.map((provider) => <Button quiet key={provider} name="intent" value={provider}>{t('account.logins.link', { provider: PROVIDER_BUTTONS[provider] })}</Button>)}
        </form>
      )}
    </section>
  );
}

const bdi = (chunks: ReactNode) => <bdi>{chunks}</bdi>;

function LoginWords({ login, site }: { login: LinkedLogin; site: SiteLocale }) {
  const time = () => <Time at={login.since} site={site} />;
  return (
    <div>
      <p className="account-item">{WAY_NAMES[login.provider]}</p>
      <p className="account-note">{login.statedEmail ? t.rich('account.logins.addressLinkedSince', { email: login.statedEmail, bdi, time }) : t.rich('account.logins.linkedSince', { time })}</p>
    </div>
  );
}
