import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter, AdapterSession, AdapterUser } from 'next-auth/adapters';
import { db } from '../db/client';
import { changing } from '../db/change';
import { newId } from '../ids';
import { claimAddress, createPerson } from './people';
import { userAgentOf } from './rules';
import type { Provider } from './schema';
import type { SignInUnderWay } from './providers';
import { sessionHash } from './tokens';

type Context = {
  underWay: SignInUnderWay;
  /** Of the sign-in that this is for; none where a session is only read. */
  provider?: Provider;
  userAgent?: string | null;
};

const shown = { id: true, name: true, email: true, emailVerified: true } as const;

/**
 * NextAuth's adapter for Prisma, with what is ours: a session's token is stored as its hash, a person gets a slug and
 * only a proven address, no token of a provider is kept, and two sign-ins at once make one person.
 */
export function adapterFor(context: Context): Adapter {
  return { ...PrismaAdapter(db()), ...people(context), ...sessions(context) };
}

function people({ underWay }: Context): Partial<Adapter> {
  return {
    createUser: async ({ name, email }) => (await db().$transaction((tx) => createPerson(tx, { name: name ?? null, email: email || null, proven: true }, new Date()))) as AdapterUser,
    linkAccount: async ({ userId, type, provider, providerAccountId }) => {
      const { stated } = underWay;
      await changing(async (tx, changed) => {
        const data = { userId, type, provider, providerAccountId, statedEmail: stated?.email ?? null };
        await tx.account.upsert({ where: { provider_providerAccountId: { provider, providerAccountId } }, create: data, update: {} });
        if (stated?.isEmailProven && stated.email) await claimAddress(tx, changed, userId, stated.email, new Date());
      });
    },
  };
}

function sessions({ provider, userAgent = null }: Context): Partial<Adapter> {
  return {
    createSession: async ({ sessionToken, userId, expires }) => {
      await db().session.create({ data: { id: newId(), sessionToken: sessionHash(sessionToken), userId, expires, way: provider ?? 'email', userAgent: userAgentOf(userAgent) } });
      return { sessionToken, userId, expires };
    },
    getSessionAndUser: async (sessionToken) => {
      const found = await db().session.findUnique({ where: { sessionToken: sessionHash(sessionToken) }, select: { userId: true, expires: true, user: { select: shown } } });
      if (!found) return null;
      const session: AdapterSession = { sessionToken, userId: found.userId, expires: found.expires };
      // A person of NextAuth's has an address; ours may have none, and NextAuth does nothing with it.
      return { session, user: found.user as AdapterUser };
    },
    deleteSession: async (sessionToken) => {
      await db().session.deleteMany({ where: { sessionToken: sessionHash(sessionToken) } });
    },
  };
}
