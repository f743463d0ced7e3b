import { useCallback, useEffect, useRef, useState } from 'react';
import { isRunning, type MovingState, type TransferView } from '@/lib/transfer/desk/moving';

const LOOK_MS = 1_000;
/** When the blog did not answer. */
const AGAIN_MS = 3_000;

/** The import as it is now: after the last act, and asked for again and again while it runs and the page is seen. */
export function useLatest(state: MovingState, ask: () => Promise<TransferView | null>) {
  const [seen, setSeen] = useState<{ after: MovingState; transfer: TransferView | null } | null>(null);
  const latest = useRef({ state, ask });
  useEffect(() => {
    latest.current = { state, ask };
  });
  const transfer = seen?.after === state ? seen.transfer : state.transfer;
  const look = useCallback(async (): Promise<boolean> => {
    const after = latest.current.state;
    return latest.current.ask().then((found) => { setSeen({ after, transfer: found }); return true; }, () => false);
  }, []);
  const isLooking = transfer !== null && isRunning(transfer);
  useEffect(() => {
    if (!isLooking) return;
    let timer: ReturnType<typeof setTimeout>;
    let isOver = false;
    const next = async () => {
      const isAnswered = document.hidden || (await look());
      if (!isOver) timer = setTimeout(() => void next(), isAnswered ? LOOK_MS : AGAIN_MS);
    };
    timer = setTimeout(() => void next(), LOOK_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [isLooking, look]);
  return { transfer, look };
}
