import { FIRST_PIECE_BYTES, PIECE_MIN_BYTES, piecesPath, type Arrived } from '@/lib/transfer/desk/moving';
import { t } from '@/lib/words/t';

const AGAIN_MS = [1_000, 2_000, 5_000, 10_000, 20_000];
/** A piece that takes longer is cut off, by the server as well: the next is smaller. */
const PATIENCE_MS = 50_000;
/** What a piece should take at most. */
const PACE_MS = 4_000;

/** Why it cannot go on, in words for the page. */
export class UploadStopped extends Error {}

const whyNot = (status: number): string | null => (status === 401 || status === 403 ? t('transfer.sending.signedOut') : status === 404 ? t('transfer.sending.over') : null);

export type Uploading = {
  /** The largest piece. */
  maxBytes: number;
  signal: AbortSignal;
  onProgress: (received: number) => void;
  /** The connection is interrupted and it is tried again; or it goes on. */
  onTrouble: (isInterrupted: boolean) => void;
};

type Sent = { arrived: Arrived } | { status: number };

/**
 * Sends a file piece by piece, from where it stands until the blog has all of it. Goes on by itself after a cut, for as
 * long as it takes; pieces are as large as the network carries in a few seconds.
 * @throws UploadStopped where that is of no use, and the signal's reason
 */
export async function uploadFile(file: Blob, { id, received }: { id: string; received: number }, { maxBytes, signal, onProgress, onTrouble }: Uploading): Promise<void> {
  let at = received;
  let limit = maxBytes;
  let size = Math.min(FIRST_PIECE_BYTES, limit);
  const smallest = Math.min(PIECE_MIN_BYTES, maxBytes);
  for (let failures = 0; at < file.size;) {
    signal.throwIfAborted();
    const piece = await file.slice(at, at + size).arrayBuffer().catch(() => { throw new UploadStopped(t('transfer.sending.unreadable')); });
    const begun = performance.now();
    const sent = await send(piecesPath(id, at), piece, signal);
    if ('arrived' in sent) {
      if (failures > 0) onTrouble(false);
      failures = 0;
      at = sent.arrived.received;
      onProgress(at);
      if (sent.arrived.isWhole) return;
      size = performance.now() - begun < PACE_MS ? Math.min(limit, size * 2) : Math.max(smallest, Math.floor(size / 2));
      continue;
    }
    const refusal = whyNot(sent.status);
    if (refusal) throw new UploadStopped(refusal);
    if (sent.status === 413 && size <= smallest) throw new UploadStopped(t('transfer.sending.nothingPasses'));
    size = Math.max(smallest, Math.floor(size / 2));
    // A proxy takes no more at once.
    if (sent.status === 413) limit = size;
    else {
      onTrouble(true);
      await pause(AGAIN_MS[Math.min(failures, AGAIN_MS.length - 1)] ?? 0, signal);
    }
    failures += sent.status === 413 ? 0 : 1;
  }
}

/** 0: no answer came. */
async function send(path: string, body: ArrayBuffer, signal: AbortSignal): Promise<Sent> {
  const late = new AbortController();
  const stop = () => late.abort();
  const timer = setTimeout(stop, PATIENCE_MS);
  signal.addEventListener('abort', stop);
  try {
    const answer = await fetch(path, { method: 'POST', body, headers: { 'Content-Type': 'application/octet-stream' }, signal: late.signal, cache: 'no-store' });
    // 409: it stands elsewhere, for this piece had arrived before or another tab is further.
    return answer.status === 200 || answer.status === 409 ? { arrived: (await answer.json()) as Arrived } : { status: answer.status };
  } catch {
    signal.throwIfAborted();
    return { status: 0 };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', stop);
  }
}

/** Ends early when the network is back. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal.addEventListener('abort', done);
  });
}
