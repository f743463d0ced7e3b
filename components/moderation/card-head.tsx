import type { QueueCard } from '@/lib/moderation/queries';
import { queuePath, statusName } from '@/lib/moderation/rules';
import { personPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Portrait } from '@/components/identity/portrait';
import { Time } from '@/components/ui/time';

/** Who wrote it, in which queue it is, and when it came. */
export function CardHead({ card, site }: { card: QueueCard; site: SiteLocale }) {
  const { id, name } = card;
  const person = personHref(card);
  return (
    <header className="card-head">
      {!card.isMention && <Portrait name={name} picture={card.picture} />}
      <h2 id={`card-${id}-name`} className="card-name">
        {person === null ? name : <a href={person} data-person>{name}</a>}
      </h2>
      {card.isPostAuthor && <span className="author-mark">{t('moderation.card.author')}</span>}
      {card.isUrgent && <span className="card-urgent">{t('moderation.card.urgent')}</span>}
      <span className="card-status">{card.isMention ? t('moderation.card.mention', { status: card.status }) : statusName(card.status)}</span>
      <Time at={card.createdAt} site={site} withClock />
    </header>
  );
}

/** The whole person: their page, where they have one, else all that the same writer wrote. Null where nobody is known. */
function personHref({ personId, writer, writerKey }: QueueCard): string | null {
  if (personId !== null) return personPath(personId);
  return writer === null ? null : queuePath({ queue: 'all', person: writerKey });
}
