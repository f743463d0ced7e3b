import type { ReactNode } from 'react';
import { hasDesk, hasPosts } from '@/lib/identity/rules';
import type { Person } from '@/lib/identity/schema';
import { SignOutForm } from './sign-out-form';
import { t } from '@/lib/words/t';

const PAGES = [
  { here: 'account', href: '/account' },
  { here: 'comments', href: '/account/comments' },
] as const;

type Props = {
  here: (typeof PAGES)[number]['here'] | 'delete';
  title: string;
  /** Who is signed in; null on the page that explains deletion to whoever is not. */
  person: Person | null;
  signOut: () => Promise<void>;
  children: ReactNode;
};

/** The page around what is a person's own: the way back to the blog, to the desk for those who have one, and out. */
export function AccountFrame({ here, title, person, signOut, children }: Props) {
  return (
    <div className="account">
      <header className="account-head">
        <a className="account-back" href="/">{t('account.frame.back')}</a>
        {person && (
          <nav aria-label={t('account.frame.yours')}>
            <ul className="account-links">
              {PAGES.map((page) => <li key={page.here}><a href={page.href} aria-current={page.here === here ? 'page' : undefined}>{t(`account.frame.${page.here}`)}</a></li>)}
              {hasDesk(person) && <li><a href="/admin/comments">{t('account.frame.desk')}</a></li>}
            </ul>
          </nav>
        )}
        {person && <SignOutForm signOut={signOut} writer={hasPosts(person) ? person.userId : null} />}
      </header>
      <main id="content" className="account-main" tabIndex={-1}>
        <h1>{title}</h1>
        {children}
      </main>
    </div>
  );
}
