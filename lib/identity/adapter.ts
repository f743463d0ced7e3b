import { PrismaAdapter } from '@auth/prisma-adapter';
import type { Adapter, AdapterAccount, AdapterSession, AdapterUser } from 'next-auth/adapters';
import { db, type Tx } from '../db/client';
import { lockKeys } from '../lock';
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

const TYPES: Record<Provider, AdapterAccount['type']> = { google: 'oidc', twitter: 'oauth', facebook: 'oauth' };

type Login = { provider: string; providerAccountId: string };

/** Whose this login is already. Whoever else signs in with it waits until the transaction ends: of two at once the second finds the first. */
async function holdLogin(tx: Tx, login: Login) {
  await lockKeys(tx, `login:${login.provider}:${login.providerAccountId}`);
  return tx.account.findUnique({ where: { provider_providerAccountId: login }, select: { user: { select: shown } } });
}

function people({ underWay, provider }: Context): Partial<Adapter> {
  return {
    // Together with the login: whom no login leads to, nobody could ever be again.
    createUser: async ({ name, email }) => (await db().$transaction(async (tx) => {
      const { stated } = underWay;
      if (!provider || !stated) throw new Error('Nobody is signing in.');
      const login = { provider, providerAccountId: stated.id };
      const held = await holdLogin(tx, login);
      if (held) return held.user;
      const person = await createPerson(tx, { name: name ?? null, email: email || null, proven: true }, new Date());
      await tx.account.create({ data: { ...login, userId: person.id, type: TYPES[provider], statedEmail: stated.email } });
      return person;
    })) as AdapterUser,
    linkAccount: async ({ userId, type, provider, providerAccountId }) => {
      const { stated } = underWay;
      await changing(async (tx, changed) => {
        const login = { provider, providerAccountId };
        const held = await holdLogin(tx, login);
        if (held && held.user.id !== userId) throw new Error('This login has become somebody else’s meanwhile.');
        if (!held) await tx.account.create({ data: { ...login, userId, type, statedEmail: stated?.email ?? null } });
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
