import { cookies } from 'next/headers';
import { currentAnswer } from '../answer';
import { z } from '../zod';
import { authFor, hostCookie, isSecure, sessionCookieName } from './auth';
import { closeSession, noteSignIn, noteSignInFailure, renewSession } from './commands';
import { pathHere, withQuery } from './rules';
import { SESSION_DAYS, SIGN_IN_FAILURES, type Provider, type SignInFailure } from './schema';
import { currentActor, hidden, markHere, sentSessionToken } from './session';
import { linkMark, textHash } from './tokens';

/** Says that the person of this session asked to add a login to their account. Nothing else adds one. */
const LINK = 'link';
const LINK_SECONDS = 15 * 60;
const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * Begins a sign-in with a provider; `returnTo` is the path to come back to, whatever comes of it. Only in actions.
 * `isLinking`: the signed-in person adds this login to their account; otherwise whoever was signed in is so no longer.
 * @returns the address at the provider to go to, or null when there is none
 */
export async function beginSignIn(provider: Provider, returnTo: string, { isLinking = false } = {}): Promise<string | null> {
  const jar = await cookies();
  const session = await sentSessionToken();
  if (isLinking && session) jar.set(hostCookie(LINK), linkMark(provider, session), { ...hidden(), maxAge: LINK_SECONDS });
  else if (jar.has(hostCookie(LINK))) forgetLink(jar);
  const address: string = await authFor(null).signIn(provider, { redirect: false, redirectTo: pathHere(returnTo) });
  if (!URL.canParse(address) || new URL(address).origin === currentAnswer().origin) return null;
  await setAside(new URL(address).searchParams.get('state') ?? '');
  return address;
}

type Jar = Awaited<ReturnType<typeof cookies>>;

/**
 * NextAuth keeps a sign-in in cookies of fixed names: of two at once in one browser the later would take the earlier's
 * place, and lead it to the wrong thread. So each is set aside in one cookie of its own, found again by its state.
 */
const ATTEMPT = 'sign-in.';
const ATTEMPTS_AT_ONCE = 4;
const ATTEMPT_SECONDS = 15 * 60;
const OF_AN_ATTEMPT = ['state', 'pkce.code_verifier', 'nonce', 'callback-url'] as const;
const ofNextAuth = (name: string) => hostCookie(`authjs.${name}`);

const attemptSchema = z.object({ begunAt: z.number(), kept: z.record(z.string(), z.string()) });
type Attempt = z.infer<typeof attemptSchema> & { name: string };

const attemptName = (state: string): string => hostCookie(`${ATTEMPT}${textHash(state).slice(0, 16)}`);

async function setAside(state: string): Promise<void> {
  const jar = await cookies();
  const kept = Object.fromEntries(OF_AN_ATTEMPT.flatMap((name) => { const value = jar.get(ofNextAuth(name))?.value; return value ? [[name, value]] : []; }));
  for (const name of OF_AN_ATTEMPT) drop(jar, ofNextAuth(name));
  for (const { name } of attemptsIn(jar).slice(ATTEMPTS_AT_ONCE - 1)) drop(jar, name);
  jar.set(attemptName(state), JSON.stringify({ begunAt: Date.now(), kept }), { ...hidden(), maxAge: ATTEMPT_SECONDS });
}

// By a date: Next drops a Max-Age of nought.
const drop = (jar: Jar, name: string) => jar.set(name, '', { ...hidden(), expires: new Date(0) });

/** The sign-ins that this browser has begun, the newest first. What stands in a cookie is the browser's to change. */
function attemptsIn(jar: Jar): Attempt[] {
  const found = jar.getAll().filter(({ name }) => name.startsWith(hostCookie(ATTEMPT))).flatMap(({ name, value }) => {
    const parsed = attemptSchema.safeParse(readJson(value));
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

const forgetLink = (jar: Jar) => jar.delete({ name: hostCookie(LINK), path: '/', secure: isSecure() });

/**
 * Ends a sign-in that a provider sends back: a session, or the word why not, and in either case back to where its person
 * was. The answer is always a redirect within the blog.
 */
export async function finishSignIn(request: Request, provider: Provider): Promise<Response> {
  const jar = await cookies();
  const before = await sentSessionToken();
  const linking = before === null ? null : await whoIsLinking(jar, provider, before);
  if (jar.has(hostCookie(LINK))) forgetLink(jar);
  const attempts = attemptsIn(jar);
  const attempt = attempts.find(({ name }) => name === attemptName(new URL(request.url).searchParams.get('state') ?? ''));
  if (attempt) drop(jar, attempt.name);
  const { handlers, underWay } = authFor({ provider, linking, userAgent: request.headers.get('user-agent') });
  const answer: Response = await handlers.GET(asked(request, attempt, linking !== null) as Parameters<typeof handlers.GET>[0]);
  const ofSession = answer.headers.getSetCookie().filter((line) => line.startsWith(`${sessionCookieName()}=`));
  const isBegun = ofSession.some((line) => !line.startsWith(`${sessionCookieName()}=;`));
  const returnTo = returnPath((attempt ?? attempts[0])?.kept['callback-url']);
  const now = new Date();
  if (!isBegun) {
    const failure = failureOf(answer, request, underWay.failure);
    // Anybody can come here with anything: only what this browser has begun says something about the provider.
    if (attempt && (failure === 'failed' || failure === 'away')) await noteSignInFailure(provider, underWay.failure ?? 'The provider said no.', now);
    return back(withQuery(returnTo, { login: failure, way: provider }), []);
  }
  if (underWay.stated) await noteSignIn(provider, underWay.stated, now);
  await markHere();
  if (linking === null) {
    if (before !== null) await closeSession(before);
    return back(returnTo, ofSession);
  }
  // What the session may do has grown: it gets another token.
  const renewed = before === null ? null : await renewSession(before);
  if (renewed) jar.set(sessionCookieName(), renewed, { ...hidden(), expires: new Date(now.getTime() + SESSION_DAYS * DAY_MS) });
  return back(withQuery(returnTo, { added: provider }), []);
}

async function whoIsLinking(jar: Jar, provider: Provider, sessionToken: string): Promise<string | null> {
  if (jar.get(hostCookie(LINK))?.value !== linkMark(provider, sessionToken)) return null;
  const actor = await currentActor();
  return actor.kind === 'person' ? actor.userId : null;
}

/** The request as NextAuth is to see it: under the blog's own address, with the cookies of this attempt, and with a session only where a login is added to it, for NextAuth adds one to whoever is signed in. */
function asked(request: Request, attempt: Attempt | undefined, isLinking: boolean): Request {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  const isOthers = (pair: string) => (isLinking && pair.startsWith(`${sessionCookieName()}=`)) || !pair.startsWith(ofNextAuth(''));
  const others = (headers.get('cookie') ?? '').split(/;\s*/).filter(isOthers);
  const own = Object.entries(attempt?.kept ?? {}).map(([name, value]) => `${ofNextAuth(name)}=${encodeURIComponent(value)}`);
  headers.set('cookie', [...others, ...own].join('; '));
  return new Request(currentAnswer().origin + pathname + search, { headers });
}

/** Where NextAuth's cookie says that the person was; it is the browser's to change, so only a path of ours counts. */
function returnPath(kept = '/'): string {
  const { origin } = currentAnswer();
  return pathHere(kept.startsWith(`${origin}/`) ? kept.slice(origin.length) : kept);
}

const CANCELLED = ['access_denied', 'user_denied', 'user_cancelled_login', 'user_cancelled_authorize'];

function failureOf(answer: Response, request: Request, reason = ''): SignInFailure {
  const location = answer.headers.get('location') ?? '/';
  const refused = SIGN_IN_FAILURES.find((failure) => failure === new URL(location, 'http://here').searchParams.get('login'));
  if (refused) return refused;
  const said = new URL(request.url).searchParams.get('error') ?? '';
  if (CANCELLED.includes(said)) return 'cancelled';
  return /fetch failed|timeout|aborted/i.test(reason) ? 'away' : 'failed';
}

// Next reads these lines anew and drops `Max-Age=0`: a cookie that is to go would stay, empty.
const withEnd = (line: string): string => (/;\s*max-age=0(;|$)/i.test(line) ? `${line}; Expires=${new Date(0).toUTCString()}` : line);

function back(path: string, setCookies: string[]): Response {
  const headers = new Headers({ location: currentAnswer().origin + path, 'cache-control': 'private, no-store' });
  for (const line of setCookies) headers.append('set-cookie', withEnd(line));
  return new Response(null, { status: 303, headers });
}
