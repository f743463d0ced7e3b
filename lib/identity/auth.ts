import { PrismaAdapter } from '@auth/prisma-adapter';
import NextAuth from 'next-auth';
import { db } from '../db/client';
import { env } from '../env';
import { SESSION_DAYS } from './schema';

const DAY_SECONDS = 24 * 60 * 60;

/** Whether readers reach the blog by https, so that cookies may say Secure. */
export const isSecure = (): boolean => env().SITE_URL?.startsWith('https:') ?? false;

/** The cookie of a session: NextAuth's own names. */
export const sessionCookieName = (): string => `${isSecure() ? '__Secure-' : ''}authjs.session-token`;

// Made at the first request, not at import: a build has neither a secret nor a database.
export const { auth } = NextAuth(() => ({
  adapter: PrismaAdapter(db()),
  session: { strategy: 'database', maxAge: SESSION_DAYS * DAY_SECONDS },
  // The gate in front has set Host and protocol from SITE_URL; nothing that a client sent is believed.
  trustHost: true,
  useSecureCookies: isSecure(),
  providers: [],
  callbacks: {
    session: ({ session, user }) => ({ ...session, user: { ...session.user, id: user.id } }),
  },
}));
