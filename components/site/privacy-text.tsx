import type { ReactNode } from 'react';
import type { Retention } from '@/lib/privacy/schema';
import { t } from '@/lib/words/t';

const strong = (words: ReactNode) => <strong>{words}</strong>;

/** What this version of the blog keeps about its readers, said truly; a page of the owner's called `privacy` takes its place. */
export function PrivacyText({ blog, asksAkismet, retention }: { blog: string; asksAkismet: boolean; retention: Retention }) {
  return (
    <article className="post" aria-labelledby="post-title">
      <header className="post-head"><h1 id="post-title">{t('site.privacy.heading')}</h1></header>
      <div className="prose post-body">
        <p>{t('site.privacy.reading', { blog })}</p>
        <p>{t('site.privacy.counting')}</p>
        <h2>{t('site.privacy.comments')}</h2>
        <p>{t.rich('site.privacy.commentKept', { strong })}</p>
        <p>{asksAkismet ? t('site.privacy.addressForAkismet') : t('site.privacy.address')}</p>
        <p>{t('site.privacy.learning')}</p>
        {asksAkismet && <AskingAkismet />}
        <h2>{t('site.privacy.mails')}</h2>
        <p>{t('site.privacy.mailsKept')}</p>
        <p>{t('site.privacy.passedOn')}</p>
        <h2>{t('site.privacy.reports')}</h2>
        <p>{t('site.privacy.reportKept')}</p>
        <h2>{t('site.privacy.signingIn')}</h2>
        <p>{t('site.privacy.loginKept')}</p>
        <p>{t('site.privacy.unsentKept')}</p>
        <h2>{t('site.privacy.picture')}</h2>
        <p>{t('site.privacy.pictureKept')}</p>
        <h2>{t('site.privacy.cookies')}</h2>
        <ul>
          <li>{t.rich('site.privacy.cookieHere', { strong })}</li>
          <li>{t.rich('site.privacy.cookieWriter', { strong, save: t('identity.guest.save') })}</li>
          <li>{t.rich('site.privacy.cookieOpen', { strong })}</li>
          <li>{t.rich('site.privacy.cookieSession', { strong })}</li>
          <li>{t.rich('site.privacy.cookieBrowser', { strong })}</li>
        </ul>
        <p>{t('site.privacy.theme')}</p>
        <h2>{t('site.privacy.videos')}</h2>
        <p>{t('site.privacy.videosLoad')}</p>
        <h2>{t('site.privacy.yourSay')}</h2>
        <p>{t.rich('site.privacy.signedIn', { account: (words) => <a href="/account">{words}</a>, deletion: (words) => <a href="/account/delete">{words}</a> })}</p>
        <p>{t.rich('site.privacy.signedOut', { data: (words) => <a href="/privacy/data">{words}</a> })}</p>
        <p>{t('site.privacy.backups')}</p>
        <h2>{t('site.privacy.writtenAbout')}</h2>
        <p>{t.rich('site.privacy.askRemoval', { removal: (words) => <a href="/privacy/removal">{words}</a> })}</p>
        <h2>{t('site.privacy.howLong')}</h2>
        <ul>
          <li>{t('site.privacy.networkDays', { days: retention.networkDays })}</li>
          {retention.spamDays > 0 && <li>{t('site.privacy.spamDays', { days: retention.spamDays })}</li>}
          {retention.trashDays > 0 && <li>{t('site.privacy.trashDays', { days: retention.trashDays })}</li>}
          {retention.mailDays > 0 && <li>{t('site.privacy.mailDays', { days: retention.mailDays })}</li>}
          <li>{t('site.privacy.otherDays')}</li>
        </ul>
      </div>
    </article>
  );
}

function AskingAkismet() {
  return (
    <>
      <h3>{t('site.privacyOfAkismet.heading')}</h3>
      <p>{t.rich('site.privacyOfAkismet.told', { akismet: (words) => <a href="https://akismet.com/" rel="noopener">{words}</a> })}</p>
      <p>{t.rich('site.privacyOfAkismet.kept', { notice: (words) => <a href="https://automattic.com/privacy-notice/" rel="noopener">{words}</a> })}</p>
    </>
  );
}
