import { createHash, randomBytes, randomInt } from 'node:crypto';
import { isKeyed, keyed, keyedByAny } from '../keyed';
import { SIGN_IN_CODE_DIGITS } from './schema';

/** A fresh secret for a link or a cookie: 256 random bits, safe in an address. */
export const newToken = (): string => randomBytes(32).toString('base64url');

/** A fresh short code, to be typed from one device into another. It is worth little by itself: it opens only in the browser that asked, for few tries. */
export const newCode = (): string => String(randomInt(10 ** SIGN_IN_CODE_DIGITS)).padStart(SIGN_IN_CODE_DIGITS, '0');

/** What is stored of a token: its keyed hash, so that a copy of the database opens nothing. 64 hex digits. */
export const tokenHash = (token: string): string => keyed('token', token);

/** All that may be stored of a token: by the present secret, and by those before it. */
export const tokenHashes = (token: string): string[] => keyedByAny('token', token);

/** What is stored of a short code: bound to the browser that asked for it. 64 hex digits. */
export const codeHash = (code: string, browserHash: string): string => keyed('code', `${browserHash}\0${code}`);

/** Whether this is the code of which the hash was stored. */
export const isCode = (stored: string, code: string, browserHash: string): boolean => isKeyed(stored, 'code', `${browserHash}\0${code}`);

/** By which a browser that adds a login to an account is known to be the one that asked for it: no more than a hash of its session. */
export const linkMark = (provider: string, sessionToken: string): string => keyed('link', `${provider}\0${sessionToken}`);

export const isLinkMark = (sent: string, provider: string, sessionToken: string): boolean => isKeyed(sent, 'link', `${provider}\0${sessionToken}`);

/** SHA-256 of a text, to find the same text again by index. 64 hex digits. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex');

/** What is stored of a session's token. Not keyed: 256 random bits cannot be guessed, and NextAuth finds it by this too. 64 hex digits. */
export const sessionHash = (sessionToken: string): string => textHash(sessionToken);
