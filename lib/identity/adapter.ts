import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter, AdapterSession, AdapterUser } from 'next-auth/adapters';
import { db } from '../db/client';
import { newId } from '../ids';
import { sessionHash } from './tokens';

/** NextAuth's adapter for Prisma, but a session's token is stored as its hash. */
export function sessionsByHash(): Adapter {
  const prisma = PrismaAdapter(db());
  const stored = <T extends { sessionToken: string }>(session: T): T => ({ ...session, sessionToken: sessionHash(session.sessionToken) });
  return {
    ...prisma,
    createSession: async (session) => {
      await db().session.create({ data: { id: newId(), ...stored(session) } });
      return session;
    },
    getSessionAndUser: async (sessionToken) => {
      const found = await db().session.findUnique({ where: { sessionToken: sessionHash(sessionToken) }, include: { user: { select: { id: true, name: true, email: true, emailVerified: true } } } });
      if (!found) return null;
      const session: AdapterSession = { sessionToken, userId: found.userId, expires: found.expires };
      return { session, user: found.user as AdapterUser };
    },
    updateSession: async ({ sessionToken, expires }) => {
      if (expires) await db().session.updateMany({ where: { sessionToken: sessionHash(sessionToken) }, data: { expires } });
      return null;
    },
    deleteSession: async (sessionToken) => {
      await db().session.deleteMany({ where: { sessionToken: sessionHash(sessionToken) } });
    },
  };
}
