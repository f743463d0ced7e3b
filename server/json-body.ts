import type { IncomingMessage, ServerResponse } from 'node:http';
import { BEAT_MAX_BYTES, BEAT_PATH, SAVE_MAX_BYTES, SAVE_PATH } from '../lib/posts/editor-requests';
import { tooLong } from '../lib/posts/post-form';
import { t } from '../lib/words/t';
import { readBody } from './form-body';
import type { Refusal } from './refusal';

const LIMITS: ReadonlyMap<string, number> = new Map([[SAVE_PATH, SAVE_MAX_BYTES], [BEAT_PATH, BEAT_MAX_BYTES]]);

/** How many bytes of JSON an address takes in place of a form; null: it takes forms. */
export const jsonLimitOf = (path: string): number | null => LIMITS.get(path) ?? null;

/**
 * The same request with its body, whole. Whether it parses is seen by whoever answers it. Refuses 415 what is not said to be
 * plain JSON: no page of another origin can send that without being asked for; 413 over the limit, 400 what was cut off.
 */
export async function admitJson<T extends { request: IncomingMessage }>(admitted: T, response: ServerResponse, limitBytes: number): Promise<(T & { body: Buffer }) | Refusal> {
  const { headers } = admitted.request;
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  const isEncoded = !['', 'identity'].includes(headers['content-encoding'] ?? '');
  if (type.trim().toLowerCase() !== 'application/json' || isEncoded) return { status: 415, sentence: t('server.jsonOnly') };
  // It is no call of an action, whatever it says.
  delete headers['next-action'];
  if (headers.expect) response.writeContinue();
  const body = await readBody(admitted.request, limitBytes);
  if (body === 'too-large') return { status: 413, sentence: tooLong() };
  if (body === 'cut-off') return { status: 400, sentence: t('server.sentCutOff') };
  return { ...admitted, body };
}
