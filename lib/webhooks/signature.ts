import { createHmac } from 'node:crypto';
import { keyedByAny } from '../keyed';
import { OLD_SECRET_HOURS } from './schema';

const PREFIX = 'whsec_';
const HOUR_MS = 3_600_000;

const secretsOf = (id: string, number: number): [string, ...string[]] =>
  keyedByAny('webhook', `${id}\0${number}`).map((hash) => PREFIX + Buffer.from(hash, 'hex').toString('base64')) as [string, ...string[]];

/** The secret of a webhook, `whsec_` and 32 bytes in base64: it follows from AUTH_SECRET, and is kept nowhere. */
export const secretOf = (id: string, number: number): string => secretsOf(id, number)[0];

type Secrets = { id: string; secretNumber: number; secretMadeAt: Date };

/** The secrets that sign now: the present one, and for a day the one before; each also as it was by an earlier AUTH_SECRET, while that is taken. */
export function secretsNow({ id, secretNumber, secretMadeAt }: Secrets, now: Date): string[] {
  const hasOld = secretNumber > 1 && now.getTime() < secretMadeAt.getTime() + OLD_SECRET_HOURS * HOUR_MS;
  return [secretNumber, ...(hasOld ? [secretNumber - 1] : [])].flatMap((number) => secretsOf(id, number));
}

/**
 * The headers by which a receiver knows that a message is ours and new. `secrets`: each signs.
 * Source: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md, “Signature scheme”.
 */
export function signedHeaders(id: string, body: string, secrets: readonly string[], now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const sign = (secret: string) => `v1,${createHmac('sha256', Buffer.from(secret.slice(PREFIX.length), 'base64')).update(`${id}.${timestamp}.${body}`).digest('base64')}`;
  return { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': secrets.map(sign).join(' ') };
}
