import { cookies } from 'next/headers';
import { currentAnswer } from '../answer';
import { log } from '../log';
import { networkOf } from '../network';
import { secondsToWait } from '../rate-limit';
import { ok, type Result } from '../result';
import { findSite } from '../site/queries';
import { setAside, takeAttempt, type Attempt } from './attempts';
import { authFor, GIVEN_UP } from './auth';
import { hidden, ofNextAuth, sessionCookieName } from './cookies';
import { closeSession, noteSignIn, noteSignInFailure, renewSession } from './commands';
import { pathHere, sessionEnd, withQuery } from './rules';
import { NOT_JOINED, SIGN_IN_FAILURES, type Provider, type SignInFailure } from './schema';
import { beginSession, browserHashes, currentActor, currentUserAgent, markBrowser, markHere, sentSessionToken } from './session';
import { logSignIn } from './sign-in-log';
import { redeemSignInCode, sendSignInLink } from './sign-in-links';
import { isLinkMark, linkMark } from './tokens';

/**
 * Begins a sign-in with a provider; `returnTo` is the path to come back to, whatever comes of it. Only in actions.
 * `isLinking`: the signed-in person adds this login to their account; otherwise whoever was signed in is so no longer.
 * @returns the address at the provider to go to, or null when there is none
 */
export async function beginSignIn(provider: Provider, returnTo: string, { isLinking = false } = {}): Promise<string | null> {
  const session = await sentSessionToken();
  const address: string = await authFor(null).signIn(provider, { redirect: false, redirectTo: pathHere(returnTo) });
  if (!URL.canParse(address) || new URL(address).origin === currentAnswer().origin) return null;
  await setAside(new URL(address).searchParams.get('state') ?? '', isLinking && session ? linkMark(provider, session) : undefined);
  return address;
}

/**
 * Ends a sign-in that a provider sends back: a session, or the word why not, and in either case back to where its person
 * was. The answer is always a redirect within the blog.
 */
export async function finishSignIn(request: Request, provider: Provider): Promise<Response> {
  const now = new Date();
  const before = await sentSessionToken();
  const { attempt, latest } = await takeAttempt(new URL(request.url).searchParams.get('state') ?? '');
  const returnTo = returnPath((attempt ?? latest)?.kept['callback-url']);
  if ((await secondsToWait('sign-in-return', networkOf(currentAnswer().clientIp))) !== null) return back(withQuery(returnTo, { login: 'failed', way: provider }), []);
  const linking = before === null ? null : await whoIsLinking(attempt, provider, before);
  const { handlers, underWay } = authFor({ provider, linking, userAgent: request.headers.get('user-agent') });
  const answer: Response = await handlers.GET(asked(request, attempt, linking !== null) as Parameters<typeof handlers.GET>[0]);
  const ofSession = answer.headers.getSetCookie().filter((line) => line.startsWith(`${sessionCookieName()}=`));
  const isBegun = ofSession.some((line) => !line.startsWith(`${sessionCookieName()}=;`));
  if (!isBegun) {
    const failure = failureOf(answer, request, underWay.failure);
    logSignIn(provider, failure);
    // Anybody can come here with anything: only what this browser has begun says something about the provider.
    if (attempt && (failure === 'failed' || failure === 'away')) await noteSignInFailure(provider, underWay.failure ?? 'The provider said no.', now).catch(isNotNoted);
    return back(withQuery(returnTo, { login: failure, way: provider }), []);
  }
  const { isNotJoined } = underWay.stated ? await noteSignIn(provider, underWay.stated, now).catch(isNotNoted) : { isNotJoined: false };
  await markHere();
  logSignIn(provider);
  if (linking === null) {
    if (before !== null) await closeSession(before);
    return back(isNotJoined ? withQuery(returnTo, { login: NOT_JOINED, way: provider }) : returnTo, ofSession);
  }
  // What the session may do has grown: it gets another token.
  const renewed = before === null ? null : await renewSession(before);
  if (renewed) (await cookies()).set(sessionCookieName(), renewed, { ...hidden(), expires: sessionEnd(now) });
  return back(withQuery(returnTo, { added: provider }), []);
}

/** It is noted for the owner: their reader is signed in, or not, all the same. */
function isNotNoted(error: unknown): { isNotJoined: boolean } {
  log.error({ err: error }, 'How a sign-in went could not be noted.');
  return { isNotJoined: false };
}

/** Who asked to add this login to their account, still signed in as then. Nothing else adds one. */
async function whoIsLinking(attempt: Attempt | undefined, provider: Provider, sessionToken: string): Promise<string | null> {
  if (!isLinkMark(attempt?.linkMark ?? '', provider, sessionToken)) return null;
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

/** Where NextAuth's cookie says that the person was; it is the browser's to change, so only a path of ours counts. Without, a page that can say why. */
function returnPath(kept = GIVEN_UP): string {
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

function back(path: string, setCookies: string[]): Response {
  const headers = new Headers({ location: currentAnswer().origin + path, 'cache-control': 'private, no-store' });
  for (const line of setCookies) headers.append('set-cookie', line);
  return new Response(null, { status: 303, headers });
}

/** Mails a sign-in link to an address, and a short code for this browser; `returnTo` is the path to go on to. Refuses as `sendSignInLink`. Only in actions. */
export async function mailSignInLink(address: string, returnTo: string): Promise<Result<{ email: string }>> {
  const { origin, clientIp } = currentAnswer();
  const [browser, { title }] = await Promise.all([markBrowser(), findSite()]);
  return sendSignInLink(address, { browserHash: browser, ip: clientIp, origin, returnTo, siteTitle: title }, new Date());
}

/** Signs in by the short code of a link that this browser has asked for. Refuses as `redeemSignInCode`. Only in actions. */
export async function signInByCode(code: string): Promise<Result> {
  const begun = await redeemSignInCode(await browserHashes(), code, new Date(), await currentUserAgent());
  logSignIn('code', begun.ok ? null : begun.code);
  if (!begun.ok) return begun;
  await beginSession(begun.value.sessionToken, begun.value.expires);
  return ok();
}
