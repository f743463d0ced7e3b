import { useEffect, useRef, useState } from 'react';
import type { LiveQueue } from './live-queue';
import { t } from '@/lib/words/t';

const SAID_MS = 5_000;

/** What has come meanwhile waits here until it is asked for; the list does not move by itself. */
export function QueueNews({ news: { isThere, count, hasOvertaken, isBusy, show } }: { news: LiveQueue['news'] }) {
  const name = isThere ? (count === null ? t('moderation.queue.viewNew') : t('moderation.queue.viewSoManyNew', { count })) : t('moderation.queue.refresh');
  const said = useSaid(!isThere ? '' : count === null ? t('moderation.queue.mayBeNew') : t('moderation.queue.new', { count }));
  return (
    <div className="queue-news">
      <p className="sr-only" role="status">
        {said}
      </p>
      {(isThere || hasOvertaken) && (
        <button type="button" className={isThere ? 'news-button' : 'news-button news-button--quiet'} aria-busy={isBusy} onClick={show}>
          {name}
        </button>
      )}
    </div>
  );
}

/** The same words, but not anew more than once in some seconds: somebody is listening. */
function useSaid(words: string): string {
  const [said, setSaid] = useState('');
  const last = useRef(0);
  useEffect(() => {
    const timer = setTimeout(() => {
      last.current = Date.now();
      setSaid(words);
    }, Math.max(0, last.current + SAID_MS - Date.now()));
    return () => clearTimeout(timer);
  }, [words]);
  return said;
}
