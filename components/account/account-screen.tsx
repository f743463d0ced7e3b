import type { AccountView, OwnComments, SessionView } from '@/lib/account/queries';
import type { AccountState, ProfileState } from '@/lib/account/schema';
import type { StandingNotice } from '@/lib/comments/box';
import type { Provider } from '@/lib/identity/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { KeepAccountForm } from './keep-account-form';
import { NoticeForm } from './notice-form';
import { LoginsForm } from './logins-form';
import { NoticesForm } from './notices-form';
import { OwnCommentList } from './own-comment-list';
import { ProfileForm } from './profile-form';
import { SessionsForm } from './sessions-form';
import { t } from '@/lib/words/t';

type Act = (state: AccountState, form: FormData) => Promise<AccountState>;

type Props = {
  account: AccountView;
  sessions: SessionView[];
  latest: OwnComments;
  site: SiteLocale;
  /** What was written to them, or that they cannot write. */
  standing: StandingNotice | null;
  /** How a login that was to be linked ended. */
  notice: string | null;
  offered: readonly Provider[];
  link: ((form: FormData) => Promise<void>) | null;
  mayChangeLogins: boolean;
  changeProfile: (state: ProfileState, form: FormData) => Promise<ProfileState>;
  unlink: Act;
  endSession: Act;
  signOutEverywhere: () => Promise<void>;
  /** Who they are, where they write posts here. */
  writer: string | null;
  keep: Act;
  setNotices: Act;
  readWarning: Act;
};

/** All of a person's account on one page. */
export function AccountScreen({ account, sessions, latest, site, notice, standing, ...acts }: Props) {
  return (
    <>
      {notice && <p className="notice" role="status">{notice}</p>}
      <NoticeForm notice={standing} site={site} action={acts.readWarning} />
      {account.deletion && <KeepAccountForm deletion={account.deletion} site={site} keep={acts.keep} />}
      <ProfileForm profile={account.profile} picture={account.picture} action={acts.changeProfile} />
      <LoginsForm logins={account.logins} email={account.email} site={site} unlink={acts.unlink} offered={acts.offered} link={acts.link} mayChange={acts.mayChangeLogins} />
      <SessionsForm sessions={sessions} site={site} end={acts.endSession} signOutEverywhere={acts.signOutEverywhere} writer={acts.writer} />
      {account.notices && <NoticesForm notices={account.notices} hasAddress={account.email !== null} action={acts.setNotices} />}
      <section className="account-part" aria-labelledby="comments">
        <h2 id="comments">{t('account.screen.latestComments')}</h2>
        <OwnCommentList comments={latest.comments} site={site} />
        {latest.next && <p><a className="account-more" href="/account/comments">{t('account.screen.allComments')}</a></p>}
      </section>
      <section className="account-part" aria-labelledby="data">
        <h2 id="data">{t('account.screen.data')}</h2>
        <p>{t('account.screen.dataHint')}</p>
        <p className="account-row"><a className="button button--quiet" href="/account/data" download>{t('account.screen.download')}</a></p>
        {!account.deletion && <p><a className="account-more" href="/account/delete">{t('account.screen.deleteAccount')}</a></p>}
      </section>
    </>
  );
}
