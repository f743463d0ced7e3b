import { Time } from '@/components/ui/time';
import type { AkismetStateView } from '@/lib/moderation/akismet-state';
import type { SiteLocale } from '@/lib/site/schema';

const STANDING = { yes: 'Akismet takes the key.', no: 'Akismet does not take the key in AKISMET_KEY.', unknown: 'Akismet has not said whether it takes the key.' };

type Props = { akismet: AkismetStateView | null; site: SiteLocale };

/** How Akismet does, for the owner; null: the blog has no key for it. */
export function AkismetState({ akismet, site }: Props) {
  return (
    <section className="akismet" aria-labelledby="akismet-title">
      <h2 id="akismet-title" tabIndex={-1}>Akismet</h2>
      {akismet ? <Known akismet={akismet} site={site} /> : <p>Akismet is not asked. To have it asked about what strangers write, set AKISMET_KEY and start the blog again.</p>}
    </section>
  );
}

function Known({ akismet: { isValid, lastWorkedAt, lastFailedAt, lastFailure }, site }: { akismet: AkismetStateView; site: SiteLocale }) {
  return (
    <>
      <p>{isValid === null ? STANDING.unknown : isValid ? STANDING.yes : STANDING.no} While it does not answer, comments wait for you.</p>
      <dl className="health-facts">
        <div><dt>Worked last</dt><dd>{lastWorkedAt ? <Time at={lastWorkedAt} site={site} withClock /> : 'Not yet'}</dd></div>
        {lastFailedAt && <div><dt>Failed last</dt><dd><Time at={lastFailedAt} site={site} withClock />: {lastFailure}</dd></div>}
      </dl>
    </>
  );
}
