import type { QueueView } from '@/lib/moderation/queries';
import { isNarrowed, queuePath, wholeQueue } from '@/lib/moderation/rules';
import { t } from '@/lib/words/t';

/** What stands in place of a list without cards. `isComing`: more are on their way. */
export function QueueNothing({ view: { queue, filter, sort, only }, isComing }: { view: QueueView; isComing: boolean }) {
  if (isComing) return <p className="queue-empty">{t('moderation.queue.oneMoment')}</p>;
  if (only === null && !isNarrowed(filter)) return <p className="queue-empty">{t(`moderation.empty.${queue}`)}</p>;
  return (
    <p className="queue-empty">
      {t.rich('moderation.queue.noMatch', { link: (words) => <a href={queuePath(wholeQueue(queue), sort)}>{words}</a> })}
    </p>
  );
}
