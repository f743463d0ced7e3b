import { Time } from '@/components/ui/time';
import type { DecisionPage } from '@/lib/moderation/decision-page';
import { decisionName } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

/** What was decided on a comment, by whom and when; it can be taken back at the desk. */
export function DecideOutcome({ view: { outcome, comment }, site }: { view: DecisionPage; site: SiteLocale }) {
  if (outcome === null) return <p className="notice" role="status">{t('moderation.decide.used')}</p>;
  const decided = decisionName(outcome.decision);
  const what = outcome.isOwn ? t('moderation.history.byYou', { what: decided }) : outcome.by === null ? decided : t('moderation.history.by', { what: decided, name: outcome.by });
  return (
    <p className="form-status decide-outcome" role="status">
      {t.rich('moderation.decide.outcome', { what: sentenceCase(what), strong: (words) => <strong>{words}</strong>, at: () => <Time at={outcome.at} site={site} withClock /> })} {t(`moderation.decided.${comment.status}`)}
      {comment.status !== 'deleted' && <> {t('moderation.decide.changeable')}</>}
    </p>
  );
}

const sentenceCase = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
