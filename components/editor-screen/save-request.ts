import { BEAT_PATH, KEEPALIVE_MAX_BYTES, SAVE_PATH } from '@/lib/posts/editor-requests';
import type { OtherWindow, Save, Saved } from '@/lib/posts/post-form';
import { fail, httpStatus, type Failure, type FailureCode } from '@/lib/result';
import { z } from '@/lib/zod';
import type { Answer } from './saver';

const PATIENCE_MS = 30_000;

const othersSchema = z.array(z.object({ name: z.string(), isYou: z.boolean() }));
const savedSchema = z.object({
  id: z.string(), seen: z.string(), savedAt: z.string(), state: z.enum(['draft', 'scheduled', 'published', 'unlisted', 'private', 'password']), at: z.string().nullable(),
  wallClock: z.string(), slug: z.string(), path: z.string().nullable(), isAhead: z.boolean(), others: othersSchema,
}) satisfies z.ZodType<Saved>;
const answerSchema = z.union([
  z.object({ ok: z.literal(true), value: savedSchema }),
  z.object({ ok: z.literal(false), code: z.string(), message: z.string(), fields: z.record(z.string(), z.string()).optional() }),
]);

const isCode = (code: string): code is FailureCode => code in httpStatus;

const REFUSED: Record<number, Failure> = {
  401: fail('not-signed-in', 'You are signed out.'),
  403: fail('invalid', 'This blog takes nothing that comes from this address. Its owner can name the right one by SITE_URL.'),
  404: fail('not-found', 'This post is not there any more.'),
  413: fail('too-large', 'This text is too long for one post. Please make two of it.'),
};

const send = (path: string, body: string, keepalive: boolean): Promise<Response> =>
  fetch(path, { method: 'POST', headers: { 'Content-Type': 'application/json' }, body, keepalive, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });

/** Sends a save; it outlives the page where it is small enough. Null: no answer came, or the blog is away. Never rejects. */
export async function sendSave(save: Save): Promise<Answer> {
  const body = JSON.stringify(save);
  try {
    const answer = await send(SAVE_PATH, body, new Blob([body]).size <= KEEPALIVE_MAX_BYTES);
    if (answer.status >= 500 || answer.status === 429) return null;
    const read = answerSchema.safeParse(await answer.json().catch(() => null));
    if (read.success && read.data.ok) return { ok: true, value: read.data.value };
    if (read.success && !read.data.ok && isCode(read.data.code)) return fail(read.data.code, read.data.message, read.data.fields && { fields: read.data.fields });
    // What stands between us and the blog speaks: a hotel's page of 200, a proxy's of 413.
    return REFUSED[answer.status] ?? null;
  } catch {
    return null;
  }
}

/** Which other windows are open, and what the post's `seen` is now. */
export type Heard = { seen: string; others: OtherWindow[] };
const heardSchema = z.object({ ok: z.literal(true), value: z.object({ seen: z.string(), others: othersSchema }) });

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
