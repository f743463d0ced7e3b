import { Time } from '@/components/ui/time';
import type { ProviderStateView } from '@/lib/identity/login-settings';
import { explainFailure } from '@/lib/identity/provider-setup';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

/** When it last worked, and what went wrong since. */
export function LoginLastUse({ state: { lastWorkedAt, lastFailedAt, lastFailure }, site }: { state: ProviderStateView; site: SiteLocale }) {
  if (!lastWorkedAt && !lastFailedAt) return t('identity.logins.unused');
  const isFailing = lastFailedAt !== null && (lastWorkedAt === null || lastFailedAt > lastWorkedAt);
  return (
    <>
      {lastWorkedAt && <>{t.rich('identity.logins.worked', { date: () => <Time at={lastWorkedAt} site={site} withClock /> })} </>}
      {lastFailedAt && (
        <span className={isFailing ? 'settings-failure' : undefined}>
          {t.rich(isFailing ? 'identity.logins.failed' : 'identity.logins.hadFailed', { date: () => <Time at={lastFailedAt} site={site} withClock /> })}
          <Failure noted={lastFailure} />
        </span>
      )}
    </>
  );
}

/** Why, in plain words, and as it was noted for whoever helps. */
function Failure({ noted }: { noted: string }) {
  const plain = explainFailure(noted);
  if (plain === null) return noted === '' ? '.' : `: ${noted}`;
  return <>: {plain} <small>({noted})</small></>;
}
