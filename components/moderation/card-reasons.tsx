import type { QueueCard } from '@/lib/moderation/queries';
import { queueOf, queuePath, REPORT_NAMES, sentenceFor } from '@/lib/moderation/rules';
import { HELD_RULES, type Reason } from '@/lib/moderation/schema';

/** Why it is here, unless it is published, and what readers say about it. */
export function CardReasons({ card }: { card: QueueCard }) {
  const reasons = card.status === 'approved' ? [] : card.reasons;
  if (reasons.length === 0 && !card.reports && card.rewords === null) return null;
  return (
    <ul className="card-reasons" aria-label="Why it is here">
      {reasons.map((reason) => (
        <li key={reason.rule}>
          <ReasonLink reason={reason} card={card} />
        </li>
      ))}
      {card.rewords !== null && (
        <li>
          In other words of <a href={queuePath({ queue: 'trash' }, 'newest', { comment: card.rewords })}>a declined comment</a>.
        </li>
      )}
      {card.reports?.reasons.map(({ reason, count }) => (
        <li key={reason}>
          {count === 1 ? '1 open report' : `${count} open reports`}: {REPORT_NAMES[reason].toLowerCase()}.
        </li>
      ))}
      {card.reports?.words.map((words, index) => (
        <li key={index}>
          <q>{words}</q>
        </li>
      ))}
    </ul>
  );
}

/** The sentence leads to all that came here for the same reason. */
function ReasonLink({ reason, card }: { reason: Reason; card: QueueCard }) {
  const rule = HELD_RULES.find((held) => held === reason.rule);
  return rule ? <a href={queuePath({ queue: queueOf(card.status), rule })}>{sentenceFor(reason)}</a> : sentenceFor(reason);
}
