import { Time } from '@/components/ui/time';
import type { RemovalPage } from '@/lib/privacy/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { ProveForm, type Act } from './own-data-form';

/** A request that something is taken down, for whoever made it: what was asked, until when it is answered, and the answer. */
export function RemovalScreen({ removal, site, prove }: { removal: RemovalPage; site: SiteLocale; prove: Act }) {
  const { token, place, words, createdAt, dueAt, email, isProven, isByMail, outcome, answer, answeredAt } = removal;
  return (
    <div className="reply-page privacy-page">
      <h1 className="reply-title">{t('privacy.removal.yours')}</h1>
      {outcome && answeredAt ? (
        <div className="form-status" role="status">
          <p>{t(`privacy.outcomes.${outcome}`)} <Time at={answeredAt} site={site} /></p>
          <p className="privacy-words" dir="auto">{answer}</p>
        </div>
      ) : (
        <p className="form-status" role="status">{t.rich('privacy.removal.waits', { time: () => <Time at={dueAt} site={site} /> })}</p>
      )}
      {!outcome && email !== null && isProven && <p>{t.rich('privacy.removal.answerGoesTo', { address: () => <bdi>{email}</bdi> })}</p>}
      {!outcome && email !== null && !isProven && !isByMail && <p>{t('privacy.removal.look')}</p>}
      {!isProven && isByMail && <ProveForm token={token} act={prove} />}
      {!outcome && !isByMail && <p>{t('privacy.removal.keepAddress')}</p>}
      <h2>{t('privacy.removal.asked')}</h2>
      <div className="privacy-asked">
        <p className="field-hint"><Time at={createdAt} site={site} /></p>
        <p className="privacy-words" dir="auto">{place}</p>
        <p className="privacy-words" dir="auto">{words}</p>
      </div>
    </div>
  );
}
