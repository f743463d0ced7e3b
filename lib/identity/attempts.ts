import { cookies } from 'next/headers';
import { z } from '../zod';
import { SIGN_IN_SECONDS } from './auth';
import { hidden, hostCookie, ofNextAuth } from './cookies';
import { textHash } from './tokens';

/**
 * NextAuth keeps a sign-in in cookies of fixed names: of two at once in one browser the later would take the earlier's
 * place, and lead it to the wrong thread. So each is set aside in one cookie of its own, found again by its state.
 */
const ATTEMPT = 'sign-in.';
/** As it is sent: a browser keeps no larger cookie. */
const COOKIE_BYTES = 3_800;
/** For all attempts together: nginx, in front of many blogs, refuses every page to a browser with 8 kB of cookies. */
const ROOM_BYTES = 6_000;
const OF_AN_ATTEMPT = ['state', 'pkce.code_verifier', 'nonce', 'callback-url'] as const;

const schema = z.object({
  begunAt: z.number(),
  // No other name: what stands here becomes cookies of NextAuth's, and a session of somebody else's is none of an attempt.
  kept: z.partialRecord(z.enum(OF_AN_ATTEMPT), z.string()),
  /** That this attempt adds a login to the account of whoever is signed in (tokens.ts, linkMark). */
  linkMark: z.string().optional(),
});

/** A sign-in that this browser has begun. What stands in a cookie is the browser's to change. */
export type Attempt = z.infer<typeof schema> & { name: string };

type Jar = Awaited<ReturnType<typeof cookies>>;

const nameOf = (state: string): string => hostCookie(`${ATTEMPT}${textHash(state).slice(0, 16)}`);

const sizeOf = (value = ''): number => encodeURIComponent(value).length;

// By a date: Next drops a Max-Age of nought.
const drop = (jar: Jar, name: string) => jar.set(name, '', { ...hidden(), expires: new Date(0) });

/** Sets aside what NextAuth has just put into its cookies, under the state it has given the provider. Only in actions. */
export async function setAside(state: string, linkMark: string | undefined): Promise<void> {
  const jar = await cookies();
  const kept: Attempt['kept'] = {};
  for (const name of OF_AN_ATTEMPT) {
    kept[name] = jar.get(ofNextAuth(name))?.value;
    drop(jar, ofNextAuth(name));
  }
  const written = () => JSON.stringify({ begunAt: Date.now(), kept, linkMark });
  // Rather signed in on the front page than not at all.
  if (sizeOf(written()) > COOKIE_BYTES) delete kept['callback-url'];
  let room = ROOM_BYTES - sizeOf(written());
  for (const { name } of attemptsIn(jar)) {
    room -= sizeOf(jar.get(name)?.value);
    if (room < 0) drop(jar, name);
  }
  jar.set(nameOf(state), written(), { ...hidden(), maxAge: SIGN_IN_SECONDS });
}

/** Takes the attempt of this state, which is then over; `latest` is the one begun last, where no state leads to any. */
export async function takeAttempt(state: string): Promise<{ attempt: Attempt | undefined; latest: Attempt | undefined }> {
  const jar = await cookies();
  const attempts = attemptsIn(jar);
  const attempt = attempts.find(({ name }) => name === nameOf(state));
  if (attempt) drop(jar, attempt.name);
  return { attempt, latest: attempts[0] };
}

function attemptsIn(jar: Jar): Attempt[] {
  const found = jar.getAll().filter(({ name }) => name.startsWith(hostCookie(ATTEMPT))).flatMap(({ name, value }) => {
    const parsed = schema.safeParse(readJson(value));
    return parsed.success ? [{ name, ...parsed.data }] : [];
  });
  return found.sort((a, b) => b.begunAt - a.begunAt);
}

function readJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
