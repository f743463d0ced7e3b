import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';

const KEY_BYTES = 32;

/** The secrets that a setting lists, divided by spaces or commas. */
export const listedSecrets = (setting = ''): string[] => setting.split(/[\s,]+/).filter(Boolean);

/**
 * AUTH_SECRET, by which all that is new is made, and after it those of AUTH_SECRET_PREVIOUS: what they made is taken still,
 * while a blog goes over from one secret to another (docs/security.md, “To change the secret”).
 */
export function secrets(): [string, ...string[]] {
  const present = process.env.AUTH_SECRET;
  if (!present) throw new Error('AUTH_SECRET is not set: the server or script sets it first.');
  return [present, ...listedSecrets(process.env.AUTH_SECRET_PREVIOUS).filter((secret) => secret !== present)];
}

const keyedBy = (secret: string, purpose: string, value: string): string => createHmac('sha256', secret).update(`${purpose}\0${value}`).digest('hex');

/** A keyed hash (HMAC-SHA-256 by AUTH_SECRET) of a value, for one purpose: those of two purposes have nothing in common. 64 hex digits. */
export const keyed = (purpose: string, value: string): string => keyedBy(secrets()[0], purpose, value);

/** The same, and then what it was by each earlier secret: to find what was kept by whichever of them. */
export const keyedByAny = (purpose: string, value: string): string[] => secrets().map((secret) => keyedBy(secret, purpose, value));

/** Whether what was sent is the keyed hash of a value by the present secret or an earlier one; `digits`: of marks that are cut. In constant time. */
export function isKeyed(sent: string, purpose: string, value: string, digits = 2 * KEY_BYTES): boolean {
  const given = Buffer.from(sent);
  const wanted = keyedByAny(purpose, value).map((hash) => Buffer.from(hash.slice(0, digits)));
  return wanted.filter((one) => one.length === given.length && timingSafeEqual(one, given)).length > 0;
}

/** Keys for a cipher (HKDF-SHA-256), of one purpose: the present one, and then the earlier ones, to read what they sealed. */
export const cipherKeys = (purpose: string): [Uint8Array, ...Uint8Array[]] => {
  const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', purpose, KEY_BYTES));
  const [present, ...earlier] = secrets();
  return [keyOf(present), ...earlier.map(keyOf)];
};
