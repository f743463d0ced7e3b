import { Fragment } from 'react';
import type { QueueCard } from '@/lib/moderation/queries';
import { countedText, NETWORK_CHARACTERS_SHOWN, queuePath } from '@/lib/moderation/rules';
import type { Queue } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';

const SHOWN = ['approved', 'pending', 'spam', 'trash'] as const satisfies readonly Queue[];

/** What else its writer wrote and what became of it, since when they are here, and from which network it came. */
export function CardWriter({ card, site }: { card: QueueCard; site: SiteLocale }) {
  const { writer, network } = card;
  if (!writer && !network) return null;
  const facts = [
    ...(writer ? factsOf(card, site) : []),
    ...(network ? [{ key: 'network', fact: <a href={queuePath({ queue: 'all', network })}>{t('moderation.writer.network', { mark: network.slice(0, NETWORK_CHARACTERS_SHOWN) })}</a> }] : []),
  ];
  return (
    <p className="card-writer">
      {facts.map(({ key, fact }, index) => (
        <Fragment key={key}>
          {index > 0 && ' · '}
          {fact}
        </Fragment>
      ))}
    </p>
  );
}

function factsOf({ writer, writerKey }: QueueCard, site: SiteLocale) {
  if (!writer) return [];
  const { counts, firstSeen } = writer;
  const total = SHOWN.reduce((sum, status) => sum + counts[status], 0);
  if (total <= 1) return [{ key: 'only', fact: t('moderation.writer.onlyComment') }];
  return [
    ...SHOWN.filter((status) => counts[status] > 0).map((status) => ({
      key: status,
      fact: <a href={queuePath({ queue: status, person: writerKey })}>{t(`moderation.writer.${status}`, { count: counts[status], text: countedText(counts[status]) })}</a>,
    })),
    ...(firstSeen ? [{ key: 'seen', fact: t.rich('moderation.writer.firstSeen', { at: () => <Time at={firstSeen} site={site} /> }) }] : []),
  ];
}
