import type { QueueCard } from '@/lib/moderation/queries';
import { DECISION_WORDS, STATUS_NAMES } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';

type Props = { card: QueueCard; site: SiteLocale; act: (form: FormData) => void; isPending: boolean };

/** What was decided about it, by whom and when. */
export function CardHistory({ card, site }: Props) {
  if (card.history.length < 2) return null;
  return (
    <details className="card-history">
      <summary>History</summary>
      <ol>
        {card.history.map((event) => (
          <li key={event.id}>
            <Time at={event.createdAt} site={site} withClock /> {DECISION_WORDS[event.decision]}
            {event.actorName ? ` by ${event.actorName}` : ''}, now {STATUS_NAMES[event.toStatus]}
          </li>
        ))}
      </ol>
    </details>
  );
}
