import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { cipherKeys } from '../keyed';
import { z } from '../zod';

/** What Akismet was told of a comment besides what the comment itself says. */
export type Told = { ip: string; userAgent: string; referrer: string };

const toldSchema: z.ZodType<Told> = z.object({ ip: z.string(), userAgent: z.string(), referrer: z.string() });

const CIPHER = 'aes-256-gcm';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** Of this purpose alone, so that nothing else made from the secret opens it. */
const keys = () => cipherKeys('akismet-told');

/** Encrypts what was told, for one comment: nonce, tag, text. */
export function sealTold(commentId: string, told: Told): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keys()[0], nonce).setAAD(Buffer.from(commentId));
  const text = Buffer.concat([cipher.update(JSON.stringify(told), 'utf8'), cipher.final()]);
  return new Uint8Array(Buffer.concat([nonce, cipher.getAuthTag(), text]));
}

/** The same in clear; null where it is another comment's, was made with a secret that is not taken any more, or is damaged: then it is as good as gone. */
export function unsealTold(commentId: string, sealed: Uint8Array): Told | null {
  for (const key of keys()) {
    const told = unsealBy(key, commentId, Buffer.from(sealed));
    if (told) return told;
  }
  return null;
}

function unsealBy(key: Uint8Array, commentId: string, bytes: Buffer): Told | null {
  try {
    const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES }).setAAD(Buffer.from(commentId));
    decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
    const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES)), decipher.final()]).toString('utf8');
    return toldSchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}
