import { Time } from '@/components/ui/time';
import type { LogEntry } from '@/lib/moderation/log';
import { logPath, type LogFilter } from '@/lib/moderation/log-filter';
import { statusName } from '@/lib/moderation/rules';
import { sentenceFor } from '@/lib/moderation/sentences';
import { cardPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

type Props = { entry: LogEntry; filter: LogFilter; site: SiteLocale };

/** One decision in a sentence: who, what, on which comment, when, from where to where, and why. */
export function LogEntryLine({ entry, filter, site }: Props) {
  const { at, who, decision, comment, post, from, to, reasons } = entry;
  return (
    <>
      <p className="log-line">
        {t.rich('moderation.log.line', {
          who: who?.name ?? t('moderation.log.blog'),
          decision,
          isNamed: comment.name === '' ? 'no' : 'yes',
          name: comment.name,
          title: post.title || t('moderation.unnamed.post'),
          person: (words) => <a className="log-who" href={logPath({ ...filter, who: who?.id ?? 'blog' })}>{words}</a>,
          act: (words) => <span className={`log-decision log-decision--${to}`}>{words}</span>,
          comment: (words) => (comment.isThere ? <a href={cardPath(comment.id)}>{words}</a> : words),
          post: (words) => <a href={logPath({ ...filter, post: post.slug })}>{words}</a>,
        })}
      </p>
      <Time at={at} site={site} withClock />
      <p className="log-why">
        {from === null ? statusName(to) : from === to ? t('moderation.log.stays', { status: to }) : `${statusName(from)} → ${statusName(to)}`}
        {reasons.map((reason) => <span key={reason.rule}> · {sentenceFor(reason)}</span>)}
      </p>
    </>
  );
}
