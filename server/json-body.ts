import type { IncomingMessage, ServerResponse } from 'node:http';
import { BEAT_MAX_BYTES, BEAT_PATH, SAVE_MAX_BYTES, SAVE_PATH } from '../lib/posts/editor-requests';
import { tooLong } from '../lib/posts/post-form';
import { MAIL_EVENTS_MAX_BYTES, MAIL_EVENTS_PATH } from '../lib/subscriptions/mail-events';
import { t } from '../lib/words/t';
import { readBody } from './form-body';
import type { Refusal } from './refusal';

const LIMITS: ReadonlyMap<string, number> = new Map([[SAVE_PATH, SAVE_MAX_BYTES], [BEAT_PATH, BEAT_MAX_BYTES]]);

/** How many bytes of JSON an address takes in place of a form; null: it takes forms. */
export const jsonLimitOf = (path: string): number | null => LIMITS.get(path) ?? (isMailEvents(path) ? MAIL_EVENTS_MAX_BYTES : null);

/** Where a mail service tells what came of mails, by a secret in the path. */
const isMailEvents = (path: string): boolean => path.startsWith(`${MAIL_EVENTS_PATH}/`);

/**
 * The same request with its body, whole. Whether it parses is seen by whoever answers it. Refuses 415 what is not said to be
 * plain JSON: no page of another origin can send that without being asked for (where a secret is asked for, text will do, as
 * Amazon sends it); 413 over the limit, 400 what was cut off.
 */
export async function admitJson<T extends { request: IncomingMessage; path: string }>(admitted: T, response: ServerResponse, limitBytes: number): Promise<(T & { body: Buffer }) | Refusal> {
  const { headers } = admitted.request;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const isEncoded = !['', 'identity'].includes(headers['content-encoding'] ?? '');
  const types = isMailEvents(admitted.path) ? ['application/json', 'text/plain'] : ['application/json'];
  if (!types.includes(type.trim().toLowerCase()) || isEncoded) return { status: 415, sentence: t('server.jsonOnly') };
  // It is no call of an action, whatever it says.
  delete headers['next-action'];
  if (headers.expect) response.writeContinue();
  const body = await readBody(admitted.request, limitBytes);
  if (body === 'too-large') return { status: 413, sentence: tooLong() };
  if (body === 'cut-off') return { status: 400, sentence: t('server.sentCutOff') };
  return { ...admitted, body };
}
