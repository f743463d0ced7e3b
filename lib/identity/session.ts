import { cookies } from 'next/headers';
import { auth, isSecure, sessionCookieName } from './auth';
import { closeSession } from './commands';
import { findPerson } from './queries';
import type { Actor } from './schema';
import { newToken, tokenHash } from './tokens';

const YEAR_SECONDS = 365 * 24 * 60 * 60;

/**
 * The one cookie of a guest who has written something: a random token that lets them, and only them, see what waits.
 * Script reads only whether it is there (then it asks for one's own view), so it is not HttpOnly; see docs/decisions/0003.
 */
const HERE = 'here';
/** What `Save my name, email and website in this browser` saved, as JSON. */
const WRITER = 'writer';

const forAYear = () => ({ path: '/', maxAge: YEAR_SECONDS, sameSite: 'lax' as const, secure: isSecure() });

async function writerHashOfCookie(): Promise<string | null> {
  const token = (await cookies()).get(HERE)?.value;
  return token && /^[\w-]{43}$/.test(token) ? tokenHash(token) : null;
}

/** Who asks, from the cookies of this request; role and standing are read from the database each time. */
export async function currentActor(): Promise<Actor> {
  const writerHash = await writerHashOfCookie();
  const token = (await cookies()).get(sessionCookieName())?.value;
  if (!token || !/^[\w-]{20,200}$/.test(token)) return { kind: 'guest', writerHash };
  const session = await auth();
  const person = session?.user?.id ? await findPerson(session.user.id) : null;
  return person ? { ...person, writerHash } : { kind: 'guest', writerHash };
}

/** The actor of an act that leaves something behind: like currentActor, but a guest without the cookie gets one. Only in actions. */
export async function currentWriter(): Promise<Actor> {
  const actor = await currentActor();
  if (actor.writerHash !== null || actor.kind === 'person') return actor;
  const token = newToken();
  (await cookies()).set(HERE, token, forAYear());
  return { ...actor, writerHash: tokenHash(token) };
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

/** Gives the browser its session, and the sign that it has something of its own to ask for. Only in actions. */
export async function beginSession(sessionToken: string, expires: Date): Promise<void> {
  const jar = await cookies();
  jar.set(sessionCookieName(), sessionToken, { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure(), expires });
  if (!jar.has(HERE)) jar.set(HERE, '1', forAYear());
}

/** Ends the session of this browser, in the database too. Only in actions. */
export async function endSession(): Promise<void> {
  const jar = await cookies();
  const token = jar.get(sessionCookieName())?.value;
  if (token) await closeSession(token);
  // Without its marks a browser takes no word about a cookie named `__Secure-`, not even that it is gone.
  const marks = { path: '/', secure: isSecure() };
  jar.delete({ name: sessionCookieName(), ...marks });
  if (jar.get(HERE)?.value === '1') jar.delete({ name: HERE, ...marks });
}
