import { Time } from '@/components/ui/time';
import { ownDataPath } from '@/lib/privacy/rules';
import type { OwnDataView } from '@/lib/privacy/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { EraseForm, type Act } from './own-data-form';

/** What the blog has of an address, for whoever reads its mail: to be taken along, and deleted. */
export function OwnDataScreen({ data: { token, address, comments, isSubscribed, hasAccount, until }, site, erase }: { data: OwnDataView; site: SiteLocale; erase: Act }) {
  const isNothing = comments === 0 && !isSubscribed;
  return (
    <div className="reply-page privacy-page">
      <h1 className="reply-title">{t('privacy.data.heading')}</h1>
      <p>{t.rich('privacy.data.of', { address: () => <bdi>{address}</bdi>, time: () => <Time at={until} site={site} /> })}</p>
      <ul>
        <li>{t('privacy.data.commentCount', { count: comments })}</li>
        <li>{t(isSubscribed ? 'privacy.data.subscribed' : 'privacy.data.notSubscribed')}</li>
      </ul>
      {hasAccount && <p>{t.rich('privacy.data.account', { account: (words) => <a href="/account">{words}</a> })}</p>}
      <p><a href={`${ownDataPath(token)}/download`} download>{t('privacy.data.download')}</a></p>
      <h2>{t('privacy.data.eraseHeading')}</h2>
      <p>{t(isNothing ? 'privacy.data.eraseLittle' : 'privacy.data.eraseAll')}</p>
      <EraseForm token={token} comments={comments} act={erase} />
    </div>
  );
}
