import NextAuth from 'next-auth';
import { env } from '../env';
import { sessionsByHash } from './adapter';
import { SESSION_DAYS } from './schema';

const HOUR_SECONDS = 60 * 60;
const DAY_SECONDS = 24 * HOUR_SECONDS;

/** Whether readers reach the blog by https, so that cookies may say Secure. */
export const isSecure = (): boolean => env().SITE_URL?.startsWith('https:') ?? false;

/** The cookie of a session: NextAuth's own names. */
export const sessionCookieName = (): string => `${isSecure() ? '__Host-' : ''}authjs.session-token`;

// Made at the first request, not at import: a build has neither a secret nor a database.
export const { auth } = NextAuth(() => ({
  adapter: sessionsByHash(),
  session: { strategy: 'database', maxAge: SESSION_DAYS * DAY_SECONDS, updateAge: HOUR_SECONDS },
  // The gate in front has set Host and protocol from SITE_URL; nothing that a client sent is believed.
  trustHost: true,
  useSecureCookies: isSecure(),
  cookies: { sessionToken: { name: sessionCookieName(), options: { path: '/', httpOnly: true, sameSite: 'lax', secure: isSecure() } } },
  providers: [],
  callbacks: {
    session: ({ session, user }) => ({ ...session, user: { ...session.user, id: user.id } }),
  },
}));
