import { cookies, headers } from 'next/headers';
import { db } from '../db/client';
import { closeSession } from './commands';
import { hidden, hostCookie, isSecure, isSessionToken, sessionCookieName } from './cookies';
import { findSessionPerson, findWay, isFreshSession } from './queries';
import type { Actor, PostKeys, SignInWay } from './schema';
import { newToken, sessionHash, tokenHash, tokenHashes } from './tokens';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The one cookie of a guest who has written something: a random token that lets them, and only them, see what waits.
 * Script reads only whether it is there (then it asks for one's own view), so it is not HttpOnly; see docs/decisions/0003.
 */
const HERE = 'here';
/** What `Save my name, email and website in this browser` saved, as JSON. */
const WRITER = 'writer';
/** Which browser this is while somebody signs in: what they were writing, and the short code, are bound to it. */
const BROWSER = 'browser';

/** What this browser was given when it said the password of a post. Its name ends in the post's id. */
const KEY = 'open-';
const KEY_DAYS = 10;

const forAYear = () => ({ path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' as const, secure: isSecure() });

/** As what the token in a cookie of ours may be stored, the present hash first; nothing where it is none. */
async function hashesOf(cookie: string): Promise<string[]> {
  const token = (await cookies()).get(cookie)?.value;
  return token && /^[\w-]{43}$/.test(token) ? tokenHashes(token) : [];
}

async function sentWriter(): Promise<Pick<Actor, 'writerHash' | 'earlierHashes' | 'keys'>> {
  const [writerHash = null, ...earlierHashes] = await hashesOf(HERE);
  return { writerHash, earlierHashes, keys: await sentKeys() };
}

/** The token of this browser's session, as sent: nobody has looked yet whether it opens anything. */
export async function sentSessionToken(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookieName())?.value;
  return isSessionToken(token) ? token : null;
}

async function sentKeys(): Promise<PostKeys> {
  const sent = (await cookies()).getAll().filter(({ name, value }) => name.startsWith(KEY) && /^[0-9a-f]{64}$/.test(value));
  return Object.fromEntries(sent.map(({ name, value }) => [name.slice(KEY.length, KEY.length + POST_ID_CHARACTERS), value]));
}

const POST_ID_CHARACTERS = 36;

/**
 * Lets this browser read a post with a password from now on, for ten days as in WordPress. A browser sends it below the
 * post's own address and where comments have theirs, and nowhere else; script does not see it. Only in actions.
 */
export async function keepPostKey({ id, path, key }: { id: string; path: string; key: string }): Promise<void> {
  const jar = await cookies();
  const kept = { ...hidden(), maxAge: KEY_DAYS * 24 * 60 * 60 };
  jar.set(KEY + id, key, { ...kept, path });
  // One cookie has one path, and one answer sets one cookie of a name.
  jar.set(`${KEY}${id}-c`, key, { ...kept, path: '/comments' });
}

/** Who asks, from the cookies of this request; role and standing are read from the database each time. */
export async function currentActor(): Promise<Actor> {
  const writer = await sentWriter();
  const token = await sentSessionToken();
  const person = token === null ? null : await findSessionPerson(sessionHash(token), new Date());
  return person ? { ...person, ...writer } : { kind: 'guest', ...writer };
}

/** What is stored of this browser's session, whether it is open or not; null without the cookie. Tells one's own session from the others. */
export async function currentSessionHash(): Promise<string | null> {
  const token = await sentSessionToken();
  return token === null ? null : sessionHash(token);
}

/** Whether somebody has signed in to this browser's session just now (FRESH_SIGN_IN_MINUTES). */
export const isSessionFresh = async (): Promise<boolean> => isFreshSession(db(), await currentSessionHash(), new Date());

/** The actor of an act that leaves something behind: like currentActor, but a guest without the cookie gets one. Only in actions. */
export async function currentWriter(): Promise<Actor> {
  const actor = await currentActor();
  if (actor.writerHash !== null || actor.kind === 'person') return actor;
  return asGuest();
}

/** Somebody who writes as a guest, whether signed in or not. Only in actions. */
export async function asGuest(): Promise<Actor> {
  const writer = await sentWriter();
  if (writer.writerHash !== null) return { kind: 'guest', ...writer };
  const token = newToken();
  (await cookies()).set(HERE, token, forAYear());
  return { kind: 'guest', writerHash: tokenHash(token), keys: writer.keys };
}

/** How the person of this browser's session signed in; `email` where there is none. */
export async function currentWay(): Promise<SignInWay> {
  const token = await sentSessionToken();
  return (token === null ? null : await findWay(sessionHash(token))) ?? 'email';
}

export type SavedWriter = { name: string; email: string; website: string };

/** Remembers what a guest typed about themselves in this browser, or forgets it. Only in actions. */
export async function saveWriter(writer: SavedWriter | null): Promise<void> {
  const jar = await cookies();
  if (writer) jar.set(WRITER, JSON.stringify(writer), forAYear());
  else if (jar.has(WRITER)) jar.delete(WRITER);
}

/** What `saveWriter` remembered, or null. */
export async function savedWriter(): Promise<SavedWriter | null> {
  const value = (await cookies()).get(WRITER)?.value;
  if (!value) return null;
  try {
    const saved: unknown = JSON.parse(value);
    const text = (key: string) => String((saved as Record<string, unknown> | null)?.[key] ?? '').slice(0, 245);
    return { name: text('name'), email: text('email'), website: text('website') };
  } catch {
    return null;
  }
}

/** The hashes by which this browser may be known while somebody signs in, the present one first; none where it is not known. */
export const browserHashes = (): Promise<string[]> => hashesOf(hostCookie(BROWSER));

/** The same, and a browser that is not known yet is from now on. Only in actions. */
export async function markBrowser(): Promise<string> {
  const [known] = await browserHashes();
  if (known !== undefined) return known;
  const token = newToken();
  (await cookies()).set(hostCookie(BROWSER), token, hidden());
  return tokenHash(token);
}

/** What the browser calls itself. */
export const currentUserAgent = async (): Promise<string | null> => (await headers()).get('user-agent');

/** Gives the browser its session, in place of another that it had, and the sign that it has something of its own to ask for. Only in actions. */
export async function beginSession(sessionToken: string, expires: Date): Promise<void> {
  const jar = await cookies();
  const before = await sentSessionToken();
  if (before !== null) await closeSession(before);
  jar.set(sessionCookieName(), sessionToken, { ...hidden(), expires });
  await markHere();
}

/** The sign, readable by script, that this browser has something of its own to ask for. Only in actions and route handlers. */
export async function markHere(): Promise<void> {
  const jar = await cookies();
  if (!jar.has(HERE)) jar.set(HERE, '1', forAYear());
}

/** Ends the session of this browser, in the database too. Only in actions. */
export async function endSession(): Promise<void> {
  const jar = await cookies();
  const token = await sentSessionToken();
  if (token) await closeSession(token);
  // Without its marks a browser takes no word about a cookie named `__Host-`, not even that it is gone.
  const marks = { path: '/', secure: isSecure() };
  jar.delete({ name: sessionCookieName(), ...marks });
  if (jar.get(HERE)?.value === '1') jar.delete({ name: HERE, ...marks });
}
