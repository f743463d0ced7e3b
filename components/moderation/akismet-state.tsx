import { Time } from '@/components/ui/time';
import type { AkismetStateView } from '@/lib/moderation/akismet-state';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

type Props = { akismet: AkismetStateView | null; site: SiteLocale };

/** How Akismet does, for the owner; null: the blog has no key for it. */
export function AkismetState({ akismet, site }: Props) {
  return (
    <section className="akismet" aria-labelledby="akismet-title">
      <h2 id="akismet-title" tabIndex={-1}>Akismet</h2>
      {akismet ? <Known akismet={akismet} site={site} /> : <p>{t('moderation.akismet.notAsked')}</p>}
    </section>
  );
}

function Known({ akismet: { isValid, lastWorkedAt, lastFailedAt, lastFailure }, site }: { akismet: AkismetStateView; site: SiteLocale }) {
  return (
    <>
      <p>{t(`moderation.akismet.${isValid === null ? 'unknown' : isValid ? 'valid' : 'invalid'}`)} {t('moderation.akismet.silence')}</p>
      <dl className="health-facts">
        <div><dt>{t('moderation.akismet.workedLast')}</dt><dd>{lastWorkedAt ? <Time at={lastWorkedAt} site={site} withClock /> : t('moderation.akismet.notYet')}</dd></div>
        {lastFailedAt && <div><dt>{t('moderation.akismet.failedLast')}</dt><dd><Time at={lastFailedAt} site={site} withClock />: {lastFailure}</dd></div>}
      </dl>
    </>
  );
}
