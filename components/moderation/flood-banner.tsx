import type { NamedFlood } from '@/lib/comments/flood';
import { queuePath, wholeQueue } from '@/lib/moderation/rules';
import { t } from '@/lib/words/t';

/** Says that a flood of strangers' comments is on, and leads to what came with it, so that all of it can be decided on at once. */
export function FloodBanner({ flood: { comments, minutes, places } }: { flood: NamedFlood }) {
  return (
    <section className="flood-banner" aria-labelledby="flood-title">
      <h2 id="flood-title">{t('moderation.flood.heading')}</h2>
      <p>
        {t('moderation.flood.said', { comments, minutes, places })}{' '}
        <a href={queuePath({ ...wholeQueue('pending'), rule: 'flood' })}>{t('moderation.flood.show')}</a>
      </p>
    </section>
  );
}
