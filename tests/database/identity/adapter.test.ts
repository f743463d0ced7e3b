import { expect, test } from 'vitest';
import type { Adapter } from 'next-auth/adapters';
import { db } from '@/lib/db/client';
import { adapterFor } from '@/lib/identity/adapter';
import type { Provider, Stated } from '@/lib/identity/schema';
import { makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const stated = (more: Partial<Stated> = {}): Stated => ({ id: '42', name: 'Tove Birch', email: null, isEmailProven: false, picture: null, ...more });
const login = (provider: Provider) => ({ type: 'oauth', provider, providerAccountId: '42' }) as const;

const adapterOf = (provider: Provider, by: Stated): Required<Pick<Adapter, 'createUser' | 'linkAccount'>> =>
  adapterFor({ underWay: { stated: by }, provider }) as Required<Pick<Adapter, 'createUser' | 'linkAccount'>>;

/** What NextAuth does with somebody whose login nobody has. */
async function signUp(provider: Provider, by: Stated): Promise<string> {
  const adapter = adapterOf(provider, by);
  const { id } = await adapter.createUser({ id: '', name: by.name, email: by.isEmailProven && by.email !== null ? by.email : '', emailVerified: null });
  await adapter.linkAccount({ userId: id, ...login(provider) });
  return id;
}

test.each([
  ['twitter', stated()],
  ['facebook', stated({ email: 'tove@example.net' })],
  ['google', stated({ email: 'tove@example.net', isEmailProven: true })],
] as const)('eight first sign-ins with one login of %s, all at once, are one person', async (provider, by) => {
  const people = await Promise.all(Array.from({ length: 8 }, () => signUp(provider, by)));
  expect(new Set(people).size).toBe(1);
  expect(await db().account.findMany({ select: { userId: true, statedEmail: true } })).toEqual([{ userId: people[0], statedEmail: by.email }]);
  expect(await db().user.findMany({ select: { id: true, email: true } })).toEqual([{ id: people[0], email: by.isEmailProven ? by.email : null }]);
});

test('whoever signs in for the first time is there with their login, whatever happens next', async () => {
  const { id } = await adapterOf('twitter', stated()).createUser({ id: '', name: 'Tove Birch', email: '', emailVerified: null });
  expect(await db().account.findMany({ select: { userId: true, provider: true, providerAccountId: true } })).toEqual([{ userId: id, provider: 'twitter', providerAccountId: '42' }]);
});

test('of two people who add one login at once, one has it and the other is told', async () => {
  const people = await Promise.all(['ada@example.com', 'ines@example.com'].map((email) => makeUser({ email })));
  const added = await Promise.allSettled(people.map(async ({ id }) => adapterOf('facebook', stated()).linkAccount({ userId: id, ...login('facebook') })));
  expect(added.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const [account] = await db().account.findMany({ select: { userId: true } });
  expect(account?.userId).toBe(people[added.findIndex(({ status }) => status === 'fulfilled')]?.id);
});
