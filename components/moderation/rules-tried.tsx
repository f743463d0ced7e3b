import { FATES, LISTED_COMMENTS, sentenceOfTry, type Tried, type TriedComment } from '@/lib/moderation/rules-form';
import { queuePath } from '@/lib/moderation/rules';
import { sentenceFor } from '@/lib/moderation/sentences';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { Time } from '@/components/ui/time';
import type { Trying } from './rules-try';

/** What is said of a change while nothing is saved. */
export function triedWords(trying: Trying): string {
  switch (trying.kind) {
    case 'unchanged':
      return '';
    case 'long':
      return t('moderation.ruleTry.long');
    case 'asking':
      return t('moderation.ruleTry.asking');
    case 'answered':
      return trying.answer.ok ? sentenceOfTry(trying.answer.tried) : trying.answer.message;
  }
}

/** How many comments a change treats otherwise. */
export const changedBy = ({ fates }: Tried): number => FATES.reduce((sum, fate) => sum + fates[fate], 0);

/** The comments that a change would have treated otherwise, each with what would have become of it, and why. */
export function RulesTried({ tried, site }: { tried: Tried; site: SiteLocale }) {
  const count = changedBy(tried);
  if (count === 0) return null;
  return (
    <section className="rules-tried" id="tried" aria-labelledby="tried-title" tabIndex={-1}>
      <h2 id="tried-title">{t('moderation.ruleTry.changes', { count })}</h2>
      <ul>
        {tried.listed.map((comment) => <li key={comment.id}><TriedLine comment={comment} site={site} /></li>)}
      </ul>
      {count > tried.listed.length && <p className="rules-words">{t('moderation.ruleTry.newestOnly', { count: LISTED_COMMENTS })}</p>}
    </section>
  );
}

function TriedLine({ comment: { id, name, createdAt, post, beginning, fate, reasons }, site }: { comment: TriedComment; site: SiteLocale }) {
  return (
    <article aria-label={t('moderation.ruleTry.comment', { name })}>
      <p className="tried-head">
        <a href={queuePath({ queue: 'all' }, 'newest', { comment: id })}>{name}</a>
        <span className={`tried-fate tried-fate--${fate}`}>{t(`moderation.fates.${fate}`)}</span>
      </p>
      <p className="tried-meta">{t.rich('moderation.ruleTry.atOn', { title: post || t('moderation.unnamed.post'), at: () => <Time at={new Date(createdAt)} site={site} withClock /> })}</p>
      <p className="tried-text">{beginning}</p>
      <p className="tried-why">{reasons.map(sentenceFor).join(' ')}</p>
    </article>
  );
}
