import type { QueueCard } from '@/lib/moderation/queries';
import { queueOf, queuePath } from '@/lib/moderation/rules';
import { rulePath } from '@/lib/moderation/rule-anchors';
import { ruleName, sentenceFor } from '@/lib/moderation/sentences';
import { HELD_RULES, type Reason } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';

/** Why it is here, unless it is published, what decided first; and what readers say about it. */
export function CardReasons({ card }: { card: QueueCard }) {
  const { reports } = card;
  const reported: Reason[] = (reports?.reasons ?? []).map(({ reason, count }) => ({ rule: 'reported', readers: count, reason }));
  // What is reported now says more than what was when it came here.
  const held = card.status === 'approved' ? [] : card.reasons.filter(({ rule }) => rule !== 'reported' || reported.length === 0);
  const reasons = [...held, ...reported];
  if (reasons.length === 0 && card.rewords === null && card.edits === null) return null;
  return (
    <ul className="card-reasons" aria-label={card.status === 'approved' ? t('moderation.card.whatReadersSay') : t('moderation.card.whyHere')}>
      {card.edits !== null && <li>{t.rich('moderation.card.changes', { comment: (words) => <a href={`/comments/${card.edits}`}>{words}</a> })}</li>}
      {reasons.map((reason) => (
        <li key={reason.rule === 'reported' ? reason.reason : reason.rule}>
          <ReasonLine reason={reason} card={card} />
        </li>
      ))}
      {reports?.words.map((words, index) => (
        <li key={index}>
          <q>{words}</q>
        </li>
      ))}
      {card.rewords !== null && (
        <li>
          <a href={queuePath({ queue: 'trash' }, 'newest', { comment: card.rewords })}>{t('moderation.card.seeDeclined')}</a>
        </li>
      )}
    </ul>
  );
}

/** The sentence leads to its rule, and after it stands the way to all that came here for the same reason. */
function ReasonLine({ reason, card }: { reason: Reason; card: QueueCard }) {
  const rule = HELD_RULES.find((held) => held === reason.rule);
  const path = rulePath(reason.rule);
  if (!rule || path === null) return sentenceFor(reason);
  return (
    <>
      <a href={path}>{sentenceFor(reason)}</a>{' '}
      <a className="card-alike" href={queuePath({ queue: queueOf(card.status), rule })} aria-label={t('moderation.card.allOfRule', { rule: ruleName(rule) })}>{t('moderation.card.allOfThese')}</a>
    </>
  );
}
