import type { QueueCard } from '@/lib/moderation/queries';
import { sentenceFor } from '@/lib/moderation/rules';

/** Why it is here, unless it is published. */
export function CardReasons({ card }: { card: QueueCard }) {
  if (card.status === 'approved' || card.reasons.length === 0) return null;
  return (
    <ul className="card-reasons" aria-label="Why it is here">
      {card.reasons.map((reason) => (
        <li key={reason.rule}>{sentenceFor(reason)}</li>
      ))}
    </ul>
  );
}
