import { Time } from '@/components/ui/time';
import type { DecisionPage } from '@/lib/moderation/decision-page';
import { decisionName } from '@/lib/moderation/rules';
import type { CommentStatus } from '@/lib/moderation/schema';
import type { SiteLocale } from '@/lib/site/schema';

const NOW_WORDS: Record<CommentStatus, string> = {
  pending: 'It waits again.', approved: 'It is published.', spam: 'It is in Spam.', trash: 'It is in Trash and not published.', deleted: 'It is deleted.',
};

/** What was decided on a comment, by whom and when; it can be taken back at the desk. */
export function DecideOutcome({ view: { outcome, comment }, site }: { view: DecisionPage; site: SiteLocale }) {
  if (outcome === null) return <p className="notice" role="status">You have used this link already. The comment waits again: please decide at the desk.</p>;
  const who = outcome.isOwn ? ' by you' : outcome.by === null ? '' : ` by ${outcome.by}`;
  return (
    <p className="form-status decide-outcome" role="status">
      <strong>{sentenceCase(decisionName(outcome.decision))}{who}</strong>, on <Time at={outcome.at} site={site} withClock />. {NOW_WORDS[comment.status]}
      {comment.status !== 'deleted' && <> You can change that at the desk.</>}
    </p>
  );
}

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
