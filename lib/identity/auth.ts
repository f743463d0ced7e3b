import NextAuth, { type NextAuthConfig } from 'next-auth';
import { db } from '../db/client';
import { secrets } from '../keyed';
import { log } from '../log';
import { masked } from '../logged-error';
import { adapterFor } from './adapter';
import { hidden, isSecure, ofNextAuth } from './cookies';
import { providerConfigurations, type SignInUnderWay } from './providers';
import { refusalToSignIn, withQuery } from './rules';
import { SESSION_DAYS, type Provider } from './schema';
import { newToken } from './tokens';

const DAY_SECONDS = 24 * 60 * 60;

/** Where NextAuth leads when it gives up; nobody arrives there, for `finishSignIn` knows a better place. */
export const GIVEN_UP = '/sign-in';

const cookie = (name: string, maxAge?: number) => ({ name: ofNextAuth(name), options: { ...hidden(), ...(maxAge && { maxAge }) } });

/** How long a sign-in may take at the provider. */
export const SIGN_IN_SECONDS = 15 * 60;

/** A sign-in that comes back from a provider. */
export type Returning = {
  provider: Provider;
  /** Who, signed in, asked to add this login to their account. */
  linking: string | null;
  userAgent: string | null;
};

/** NextAuth for one request: made anew, for what it learns between its steps belongs to that request alone. */
export function authFor(returning: Returning | null) {
  const underWay: SignInUnderWay = {};
  return { underWay, ...NextAuth(() => configuration(returning, underWay)) };
}

// Made at the first request, not at import: a build has neither a secret nor a database.
function configuration(returning: Returning | null, underWay: SignInUnderWay): NextAuthConfig {
  return {
    // One object, for what the provider states is known only later.
    adapter: adapterFor(returning ? { underWay, provider: returning.provider, userAgent: returning.userAgent } : { underWay }),
    session: { strategy: 'database', maxAge: SESSION_DAYS * DAY_SECONDS, generateSessionToken: newToken },
    // The gate in front has set Host and protocol from SITE_URL; nothing that a client sent is believed.
    trustHost: true,
    secret: secrets(),
    useSecureCookies: isSecure(),
    cookies: {
      sessionToken: cookie('session-token'),
      callbackUrl: cookie('callback-url'),
      csrfToken: cookie('csrf-token'),
      pkceCodeVerifier: cookie('pkce.code_verifier', SIGN_IN_SECONDS),
      state: cookie('state', SIGN_IN_SECONDS),
      nonce: cookie('nonce', SIGN_IN_SECONDS),
    },
    pages: { signIn: GIVEN_UP, error: GIVEN_UP },
    providers: providerConfigurations(underWay),
    callbacks: {
      signIn: async () => (returning ? await decide(returning, underWay) : false),
    },
    logger: {
      // The cause only: what else stands in these errors are codes and tokens.
      error: (error) => {
        underWay.failure = reasonOf(error);
        log.warn({ provider: returning?.provider, reason: masked(underWay.failure) }, 'A sign-in did not work.');
      },
      warn: () => undefined,
      debug: () => undefined,
    },
  };
}

/** Why NextAuth gave up, as short as it can be said. */
function reasonOf(error: Error): string {
  const cause = (error.cause as { err?: Error } | undefined)?.err ?? error;
  // Without the names of the errors: a build makes them single letters.
  return cause.message.slice(0, 300);
}

/** Lets a sign-in go on, or leads away with the word why not. */
async function decide({ provider, linking }: Returning, { stated }: SignInUnderWay): Promise<boolean | string> {
  if (!stated) return false;
  const [account, holder] = await Promise.all([
    db().account.findUnique({ where: { provider_providerAccountId: { provider, providerAccountId: stated.id } }, select: { userId: true } }),
    stated.email ? db().user.findUnique({ where: { email: stated.email }, select: { id: true } }) : null,
  ]);
  const refusal = refusalToSignIn(stated, account?.userId ?? null, linking, holder?.id ?? null);
  return refusal === null || withQuery(GIVEN_UP, { login: refusal });
}
