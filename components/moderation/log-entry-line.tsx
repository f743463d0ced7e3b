import { Time } from '@/components/ui/time';
import type { LogEntry } from '@/lib/moderation/log';
import { logPath, type LogFilter } from '@/lib/moderation/log-filter';
import { decisionName, statusName } from '@/lib/moderation/rules';
import { sentenceFor } from '@/lib/moderation/sentences';
import { cardPath } from '@/lib/people/rules';
import type { SiteLocale } from '@/lib/site/schema';

type Props = { entry: LogEntry; filter: LogFilter; site: SiteLocale };

/** One decision in a sentence: who, what, on which comment, when, from where to where, and why. */
export function LogEntryLine({ entry, filter, site }: Props) {
  const { at, who, decision, comment, post, from, to, reasons } = entry;
  const name = comment.name === '' ? 'a comment' : comment.name;
  return (
    <>
      <p className="log-line">
        <a className="log-who" href={logPath({ ...filter, who: who?.id ?? 'blog' })}>{who?.name ?? 'The blog'}</a>{' '}
        <span className={`log-decision log-decision--${to}`}>{decisionName(decision)}</span>{' '}
        {comment.isThere ? <a href={cardPath(comment.id)}>{name}</a> : name} on{' '}
        <a href={logPath({ ...filter, post: post.slug })}>{post.title || 'a post without a title'}</a>
      </p>
      <Time at={at} site={site} withClock />
      <p className="log-why">
        {from === null ? statusName(to) : from === to ? `Stays in ${statusName(to)}` : `${statusName(from)} → ${statusName(to)}`}
        {reasons.map((reason) => <span key={reason.rule}> · {sentenceFor(reason)}</span>)}
      </p>
    </>
  );
}
