import { DELETION_HOURS } from '@/lib/account/schema';
import { t } from '@/lib/words/t';

const SIGN_IN = `/sign-in?to=${encodeURIComponent('/account/delete')}`;

/** How what the blog has about somebody is deleted, for whoever is not signed in: Facebook leads people here too. */
export function DeletionHelp() {
  return (
    <div className="account-part">
      <p>{t('account.deletionHelp.intro')}</p>
      <ol className="account-steps">
        <li>{t('account.deletionHelp.signInFirst')}</li>
        <li>{t('account.deletionHelp.choose', { button: t('account.deletion.submit') })}</li>
        <li>{t('account.deletionHelp.wait', { hours: DELETION_HOURS })}</li>
      </ol>
      <p className="account-row"><a className="button" href={SIGN_IN}>{t('account.deletionHelp.signIn')}</a></p>
      <p>{t.rich('account.deletionHelp.cannotSignIn', { link: (chunks) => <a href="/privacy">{chunks}</a> })}</p>
    </div>
  );
}
