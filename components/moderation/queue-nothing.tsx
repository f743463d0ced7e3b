import type { QueueView } from '@/lib/moderation/queries';
import { isNarrowed, queuePath, wholeQueue } from '@/lib/moderation/rules';
import type { Queue } from '@/lib/moderation/schema';

const EMPTY: Record<Queue, string> = {
  pending: 'Nothing is waiting. Every comment has been read.',
  approved: 'No comment has been published yet.',
  spam: 'No spam.',
  trash: 'The trash is empty.',
  all: 'No comments yet.',
};

/** What stands in place of a list without cards. `isComing`: more are on their way. */
export function QueueNothing({ view: { queue, filter, sort, only }, isComing }: { view: QueueView; isComing: boolean }) {
  if (isComing) return <p className="queue-empty">One moment, please.</p>;
  if (only === null && !isNarrowed(filter)) return <p className="queue-empty">{EMPTY[queue]}</p>;
  return (
    <p className="queue-empty">
      No comment matches. <a href={queuePath(wholeQueue(queue), sort)}>Clear filters</a>
    </p>
  );
}
