import { cookies } from 'next/headers';
import { currentAnswer } from '../answer';
import { authFor, hostCookie, isSecure, returnCookieName, sessionCookieName } from './auth';
import { closeSession, noteSignIn, noteSignInFailure, renewSession } from './commands';
import { pathHere, withQuery } from './rules';
import { SESSION_DAYS, SIGN_IN_FAILURES, type Provider, type SignInFailure } from './schema';
import { currentActor, hidden, markHere, sentSessionToken } from './session';
import { linkMark } from './tokens';

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
  return URL.canParse(address) && new URL(address).origin !== currentAnswer().origin ? address : null;
}

type Jar = Awaited<ReturnType<typeof cookies>>;

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
  const { handlers, underWay } = authFor({ provider, linking, userAgent: request.headers.get('user-agent') });
  const answer: Response = await handlers.GET(asked(request, linking !== null) as Parameters<typeof handlers.GET>[0]);
  const isOfSession = (line: string) => line.startsWith(`${sessionCookieName()}=`);
  const [ofSession, others] = [answer.headers.getSetCookie().filter(isOfSession), answer.headers.getSetCookie().filter((line) => !isOfSession(line))];
  const isBegun = ofSession.some((line) => !line.startsWith(`${sessionCookieName()}=;`));
  const returnTo = returnPath(jar);
  const now = new Date();
  if (!isBegun) {
    const failure = failureOf(answer, request, underWay.failure);
    if (failure === 'failed' || failure === 'away') await noteSignInFailure(provider, underWay.failure ?? 'The provider said no.', now);
    return back(withQuery(returnTo, { login: failure, way: provider }), others);
  }
  if (underWay.stated) await noteSignIn(provider, underWay.stated, now);
  await markHere();
  if (linking === null) {
    if (before !== null) await closeSession(before);
    return back(returnTo, [...others, ...ofSession]);
  }
  // What the session may do has grown: it gets another token.
  const renewed = before === null ? null : await renewSession(before);
  if (renewed) jar.set(sessionCookieName(), renewed, { ...hidden(), expires: new Date(now.getTime() + SESSION_DAYS * DAY_MS) });
  return back(withQuery(returnTo, { added: provider }), others);
}

async function whoIsLinking(jar: Jar, provider: Provider, sessionToken: string): Promise<string | null> {
  if (jar.get(hostCookie(LINK))?.value !== linkMark(provider, sessionToken)) return null;
  const actor = await currentActor();
  return actor.kind === 'person' ? actor.userId : null;
}

/** The request as NextAuth is to see it: under the blog's own address, and with a session only where a login is added to it, for NextAuth adds one to whoever is signed in. */
function asked(request: Request, isLinking: boolean): Request {
  const { pathname, search } = new URL(request.url);
  const headers = new Headers(request.headers);
  if (!isLinking) {
    const others = (headers.get('cookie') ?? '').split(/;\s*/).filter((pair) => !pair.startsWith(sessionCookieName()));
    headers.set('cookie', others.join('; '));
  }
  return new Request(currentAnswer().origin + pathname + search, { headers });
}

/** Where NextAuth's cookie says that the person was; it is the browser's to change, so only a path of ours counts. */
function returnPath(jar: Jar): string {
  const kept = jar.get(returnCookieName())?.value ?? '/';
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
