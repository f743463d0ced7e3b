import { useEffect, useRef } from 'react';
import { Button } from '@/components/ui/button';
import { ACTS, type Act, type BulkProgress as Progress, type Decision } from '@/lib/moderation/schema';
import { t } from '@/lib/words/t';
import type { DeskAsks } from './desk-context';

const ASK_MS = 500;
/** When the blog did not answer. */
const ASK_AGAIN_MS = 3_000;

const isNamed = (decision: Decision): decision is Act | 'undo' => decision === 'undo' || (ACTS as readonly Decision[]).includes(decision);

type Props = { progress: Progress; asks: Pick<DeskAsks, 'progress' | 'stop'>; note: (progress: Progress) => void };

/** How far an act on many has come, asked for again and again until it is done; it goes on without this page, too. */
export function BulkProgress({ progress, asks, note }: Props) {
  const { id, decision, total, done, left } = progress;
  const latest = useRef({ asks, note });
  useEffect(() => {
    latest.current = { asks, note };
  });
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>;
    const look = async () => {
      const answer = await latest.current.asks.progress(id).catch(() => null);
      if (answer) latest.current.note(answer);
      if (!answer?.isFinished) timer = setTimeout(() => void look(), answer ? ASK_MS : ASK_AGAIN_MS);
    };
    timer = setTimeout(() => void look(), ASK_MS);
    return () => clearTimeout(timer);
  }, [id]);
  const stop = async () => {
    const stopped = await asks.stop(id).catch(() => null);
    if (stopped) note(stopped);
  };
  const seen = Math.min(done + left, total);
  return (
    <div className="status-bar bulk-progress">
      <label htmlFor="bulk-progress">{t(`moderation.doing.${isNamed(decision) ? decision : 'other'}`)}</label>
      <progress id="bulk-progress" max={total} value={seen} />
      <span>
        {t('moderation.bulk.progress', { done: seen, total })}
      </span>
      <Button type="button" quiet onClick={() => void stop()}>
        {t('moderation.bulk.stop')}
      </Button>
    </div>
  );
}
