import { FATES, LISTED_COMMENTS, sentenceOfTry, type Fate, type Tried, type TriedComment } from '@/lib/moderation/rules-form';
import { queuePath } from '@/lib/moderation/rules';
import { sentenceFor } from '@/lib/moderation/sentences';
import type { SiteLocale } from '@/lib/site/schema';
import { Time } from '@/components/ui/time';
import type { Trying } from './rules-try';

const FATE_NAMES: Record<Fate, string> = { held: 'Held', spam: 'To Spam', trash: 'To Trash', 'let-through': 'Published', waits: 'Held' };

/** What is said of a change while nothing is saved. */
export function triedWords(trying: Trying): string {
  switch (trying.kind) {
    case 'unchanged':
      return '';
    case 'long':
      return 'That is a long list. Press “Try it” to see what it would have done.';
    case 'asking':
      return 'Trying it on your last comments…';
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
      <h2 id="tried-title">{count === 1 ? 'The comment that it changes' : `The ${count} comments that it changes`}</h2>
      <ul>
        {tried.listed.map((comment) => <li key={comment.id}><TriedLine comment={comment} site={site} /></li>)}
      </ul>
      {count > tried.listed.length && <p className="rules-words">These are the newest {LISTED_COMMENTS}.</p>}
    </section>
  );
}

function TriedLine({ comment: { id, name, createdAt, post, beginning, fate, reasons }, site }: { comment: TriedComment; site: SiteLocale }) {
  return (
    <article aria-label={`Comment by ${name}`}>
      <p className="tried-head">
        <a href={queuePath({ queue: 'all' }, 'newest', { comment: id })}>{name}</a>
        <span className={`tried-fate tried-fate--${fate}`}>{FATE_NAMES[fate]}</span>
      </p>
      <p className="tried-meta"><Time at={new Date(createdAt)} site={site} withClock /> on {post || 'a post without a title'}</p>
      <p className="tried-text">{beginning}</p>
      <p className="tried-why">{reasons.map(sentenceFor).join(' ')}</p>
    </article>
  );
}
