import type { Metadata } from 'next';
import { site } from '@/app/(blog)/once';
import { AccountFrame } from '@/components/account/account-frame';
import { OwnCommentList } from '@/components/account/own-comment-list';
import { listOwnComments } from '@/lib/account/queries';
import { signOutAction } from '../../sign-in/actions';
import { accountPerson } from '../account-person';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';
export const generateMetadata = (): Metadata => ({ title: t('desk.titles.ownComments'), robots: { index: false } });

type Props = { searchParams: Promise<{ after?: string | string[] }> };

/** What a person has written, newest first. */
export default async function Page({ searchParams }: Props) {
  const person = await accountPerson('/account/comments');
  const { after } = await searchParams;
  const cursor = typeof after === 'string' ? after : null;
  const [{ comments, next }, settings] = await Promise.all([listOwnComments(person, cursor, new Date()), site()]);
  return (
    <AccountFrame here="comments" title={t('desk.titles.ownComments')} person={person} signOut={signOutAction}>
      <div className="account-part">
        <OwnCommentList comments={comments} site={settings} />
        {(cursor !== null || next) && (
          <nav className="account-row" aria-label={t('desk.account.pages')}>
            {cursor !== null && <a className="button button--quiet" href="/account/comments">{t('desk.account.newest')}</a>}
            {next && <a className="button button--quiet" href={`/account/comments?after=${next}`}>{t('desk.account.older')}</a>}
          </nav>
        )}
      </div>
    </AccountFrame>
  );
}
