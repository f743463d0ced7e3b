import { BEAT_PATH, KEEPALIVE_MAX_BYTES, SAVE_PATH } from '@/lib/posts/editor-requests';
import { heardSchema, saveAnswerSchema, type Heard } from '@/lib/posts/editor-wire';
import { tooLong, type Save } from '@/lib/posts/post-form';
import { fail, httpStatus, type Failure, type FailureCode } from '@/lib/result';
import { t } from '@/lib/words/t';
import type { Answer } from './saver';

const PATIENCE_MS = 30_000;

const isCode = (code: string): code is FailureCode => code in httpStatus;

const REFUSED: Record<number, Failure> = {
  get 401() { return fail('not-signed-in', t('editor.failed.signedOut')); },
  get 403() { return fail('invalid', t('editor.failed.wrongAddress')); },
  get 404() { return fail('not-found', t('editor.failed.gone')); },
  get 413() { return fail('too-large', tooLong()); },
};

const send = (path: string, body: string, keepalive: boolean): Promise<Response> =>
  fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, keepalive, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });

/** Sends a save; it outlives the page where it is small enough. Null: no answer came, or the blog is away. Never rejects. */
export async function sendSave(save: Save): Promise<Answer> {
  const body = JSON.stringify(save);
  try {
    const answer = await send(SAVE_PATH, body, new Blob([body]).size <= KEEPALIVE_MAX_BYTES);
    if (answer.status >= 500 || answer.status === 429) return null;
    const read = saveAnswerSchema.safeParse(await answer.json().catch(() => null));
    if (read.success && read.data.ok) return { ok: true, value: read.data.value };
    if (read.success && !read.data.ok && isCode(read.data.code)) return fail(read.data.code, read.data.message, read.data.fields && { fields: read.data.fields });
    // What stands between us and the blog speaks: a hotel's page of 200, a proxy's of 413.
    return REFUSED[answer.status] ?? null;
  } catch {
    return null;
  }
}

/** Says that a post is open in this window; null where no answer came. Never rejects. */
export async function sendBeat(id: string, tab: string): Promise<Heard | null> {
  try {
    const answer = await send(BEAT_PATH, JSON.stringify({ id, tab }), false);
    const read = heardSchema.safeParse(answer.ok ? await answer.json() : null);
    return read.success ? read.data.value : null;
  } catch {
    return null;
  }
}
