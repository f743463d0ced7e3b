import type { QueueCard, QueueEvent } from '@/lib/moderation/queries';
import { decisionName, declineName, statusName } from '@/lib/moderation/rules';
import { sentenceFor } from '@/lib/moderation/sentences';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Button } from '@/components/ui/button';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';

type Props = { card: QueueCard; site: SiteLocale; act: (form: FormData) => void; isPending: boolean };

/** What was decided about it, by whom, when and why, from where to where; the latest can be taken back. */
export function CardHistory({ card, site, act }: Props) {
  if (card.history.length < 2 && card.undoable === null) return null;
  return (
    <details className="card-history">
      <summary>{t('moderation.history.heading')}</summary>
      <ol>
        {card.history.map((event) => (
          <li key={event.id}>
            <Happened event={event} site={site} />
            {event.id === card.undoable && (
              <form action={act}>
                <input type="hidden" name="undo" value={event.id} />
                <Button quiet>{t('moderation.acts.undo')}</Button>
              </form>
            )}
          </li>
        ))}
      </ol>
    </details>
  );
}

function Happened({ event, site }: { event: QueueEvent; site: SiteLocale }) {
  const { decision, actorName, fromStatus, toStatus, decline, textBefore } = event;
  const whys = event.reasons.map(sentenceFor);
  if (decline && whys.length === 0) whys.push(`${declineName(decline.reason)}.`);
  return (
    <>
      <p>
        <Time at={event.createdAt} site={site} withClock /> {actorName ? t('moderation.history.by', { what: decisionName(decision), name: actorName }) : decisionName(decision)}
        {fromStatus === toStatus ? '' : fromStatus ? `: ${statusName(fromStatus)} → ${statusName(toStatus)}` : `: ${statusName(toStatus)}`}
      </p>
      {whys.length > 0 && <p>{whys.join(' ')}</p>}
      {decline && <blockquote>{decline.words}</blockquote>}
      {textBefore !== null && (
        <details>
          <summary>{t('moderation.history.textBefore')}</summary>
          <Prose className="card-text" html={textBefore} />
        </details>
      )}
    </>
  );
}
