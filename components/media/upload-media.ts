import { KEPT_FILE_MAX_BYTES, UPLOADS_AT_ONCE, uploadPath, type UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';

/** Why a file was not taken, in words for the page. `isLasting`: trying again is of no use. */
export class UploadRefused extends Error {
  constructor(message: string, readonly isLasting: boolean) {
    super(message);
  }
}

export type UploadHow = {
  /** From 0 to 1: how much of it has been sent. */
  onProgress?: (part: number) => void;
  signal?: AbortSignal;
};

const AGAIN_MS = [1_000, 3_000, 8_000, 15_000];
const LATER = [0, 408, 425, 429, 500, 502, 503, 504];

type Answered = { status: number; media: UploadedMedia | null; message: string; waitMs: number };

let sending = 0;
const waiting: (() => void)[] = [];

/**
 * Sends a file to the blog's library, at most UPLOADS_AT_ONCE at a time. After a cut connection, or where the blog has no
 * time, it is sent again by itself, five times in all: the same file twice is one.
 * @throws UploadRefused with a sentence for the page, and the signal's reason
 */
export async function uploadMedia(file: File, { onProgress = () => undefined, signal }: UploadHow = {}): Promise<UploadedMedia> {
  if (file.size === 0) throw new UploadRefused(t('media.upload.empty'), true);
  if (file.size > KEPT_FILE_MAX_BYTES) throw new UploadRefused(t('media.upload.tooLarge'), true);
  if (sending >= UPLOADS_AT_ONCE) await turn(signal);
  else sending += 1;
  try {
    for (let tries = 0; ; tries += 1) {
      signal?.throwIfAborted();
      const { status, media, message, waitMs } = await send(file, onProgress, signal);
      if (media) return media;
      const again = LATER.includes(status) ? AGAIN_MS[tries] : undefined;
      if (again === undefined) throw new UploadRefused(message, !LATER.includes(status) && status !== 401 && status !== 403);
      onProgress(0);
      await pause(Math.max(again, waitMs), signal);
    }
  } finally {
    // Whoever waits has this place.
    const next = waiting.shift();
    if (next) next();
    else sending -= 1;
  }
}

function turn(signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const go = () => {
      signal?.removeEventListener('abort', leave);
      resolve();
    };
    const leave = () => {
      const at = waiting.indexOf(go);
      if (at >= 0) waiting.splice(at, 1);
      reject(signal?.reason as Error);
    };
    waiting.push(go);
    signal?.addEventListener('abort', leave, { once: true });
    if (signal?.aborted) leave();
  });
}

/** Status 0: no answer came. */
function send(file: File, onProgress: (part: number) => void, signal?: AbortSignal): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    const end = (answered: Answered) => {
      signal?.removeEventListener('abort', abort);
      resolve(answered);
    };
    request.upload.onprogress = ({ loaded }) => onProgress(Math.min(1, loaded / file.size));
    request.onload = () => end(readAnswer(request));
    request.onerror = request.ontimeout = () => end({ status: 0, media: null, message: t('media.upload.noAnswer'), waitMs: 0 });
    request.onabort = () => {
      signal?.removeEventListener('abort', abort);
      reject((signal?.reason as Error | undefined) ?? new DOMException('Stopped.', 'AbortError'));
    };
    signal?.addEventListener('abort', abort, { once: true });
    request.open('POST', uploadPath(file.name));
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.setRequestHeader('Accept', 'application/json');
    // Without its type: the browser would send that in place of what is said above.
    request.send(file.slice(0, file.size, 'application/octet-stream'));
  });
}

function readAnswer(request: XMLHttpRequest): Answered {
  const { status } = request;
  const said = parsed(request.responseText);
  const media = status === 201 && isMedia(said) ? said : null;
  const waitMs = 1_000 * Math.min(60, Number(request.getResponseHeader('Retry-After')) || 0);
  return { status: status === 201 && !media ? 502 : status, media, message: messageOf(status, said), waitMs };
}

function messageOf(status: number, said: unknown): string {
  if (status === 401 || status === 403) return t('media.upload.signedOut');
  if (typeof said === 'object' && said !== null && 'message' in said && typeof said.message === 'string') return said.message;
  return status === 413 ? t('media.upload.tooLarge') : t('media.upload.noAnswer');
}

const isMedia = (said: unknown): said is UploadedMedia => typeof said === 'object' && said !== null && 'id' in said && 'path' in said && 'kind' in said;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** Ends early when the network is back. */
function pause(ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      window.removeEventListener('online', done);
      signal?.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    window.addEventListener('online', done);
    signal?.addEventListener('abort', done);
  });
}
