import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { closeSession, ensureOwner, grantRole } from '@/lib/identity/commands';
import { issueSignInLink, redeemSignInLink } from '@/lib/identity/sign-in-links';
import { findSignInLink } from '@/lib/identity/queries';
import { makeUser } from '@/prisma/makers';
import { writeSampleBlog } from '@/prisma/sample-blog';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-24T20:00:00Z');
const minutesLater = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

async function tokenFor(email: string): Promise<string> {
  const link = await issueSignInLink(email, now);
  if (!link.ok) throw new Error(link.message);
  return new URL(link.value.path, 'http://localhost').searchParams.get('token') ?? '';
}

test('a sign-in link begins one session, once, and proves the address', async () => {
  const user = await makeUser({ email: 'ines@example.com' });
  const token = await tokenFor(' Ines@Example.com ');
  expect(await findSignInLink(token, now)).toMatchObject({ isOpen: true, email: 'ines@example.com' });
  const session = await redeemSignInLink(token, minutesLater(14));
  expect(session).toMatchObject({ ok: true });
  expect(await db().session.findMany()).toMatchObject([{ userId: user.id }]);
  expect((await db().user.findUniqueOrThrow({ where: { id: user.id } })).emailVerified).toEqual(minutesLater(14));
  expect(await redeemSignInLink(token, minutesLater(14))).toMatchObject({ ok: false, code: 'not-found' });
  if (session.ok) await closeSession(session.value.sessionToken);
  expect(await db().session.count()).toBe(0);
});

test('the database holds no token that opens anything', async () => {
  await makeUser({ email: 'ines@example.com' });
  const token = await tokenFor('ines@example.com');
  expect(JSON.stringify(await db().signInLink.findMany())).not.toContain(token);
});

test('eight uses of a link at once begin one session', async () => {
  await makeUser({ email: 'ines@example.com' });
  const token = await tokenFor('ines@example.com');
  const results = await Promise.all(Array.from({ length: 8 }, () => redeemSignInLink(token, now)));
  expect(results.filter((result) => result.ok)).toHaveLength(1);
  expect(await db().session.count()).toBe(1);
});

test('a link of fifteen minutes ago, an unknown one and none open nothing', async () => {
  await makeUser({ email: 'ines@example.com' });
  const token = await tokenFor('ines@example.com');
  expect(await findSignInLink(token, minutesLater(15))).toMatchObject({ isOpen: false });
  for (const [tried, at] of [[token, minutesLater(15)], ['unknown', now], ['', now]] as const) expect((await redeemSignInLink(tried, at)).ok).toBe(false);
  expect(await db().session.count()).toBe(0);
});

test.each([
  ['nobody@example.com', 'not-found'],
  ['no address', 'invalid'],
])('a link for %s is refused', async (email, code) => {
  expect(await issueSignInLink(email, now)).toMatchObject({ ok: false, code });
});

test('the last owner cannot be made less, also when two try it at once', async () => {
  await ensureOwner('one@example.com');
  expect(await grantRole('one@example.com', 'reader')).toMatchObject({ ok: false, code: 'conflict' });
  await grantRole('two@example.com', 'owner');
  const results = await Promise.all([grantRole('one@example.com', 'reader'), grantRole('two@example.com', 'reader')]);
  expect(results.map((result) => result.ok).sort()).toEqual([false, true]);
  expect(await db().user.count({ where: { role: 'owner' } })).toBe(1);
});

test('instances that start at once on an empty database make one owner and write the sample blog once', async () => {
  await Promise.all(Array.from({ length: 4 }, () => ensureOwner('owner@example.com')));
  expect(await db().user.count()).toBe(1);
  const wrote = await Promise.all(Array.from({ length: 3 }, () => writeSampleBlog(now)));
  expect(wrote.filter(Boolean)).toHaveLength(1);
  expect(await writeSampleBlog(now)).toBe(false);
});

test('the sample blog has comments in every state, counted as they are', async () => {
  await ensureOwner('owner@example.com');
  await writeSampleBlog(now);
  const states = await db().comment.groupBy({ by: ['status'], _count: true });
  expect(states.map(({ status }) => status).sort()).toEqual(['approved', 'pending', 'spam', 'trash']);
  for (const post of await db().post.findMany()) {
    expect(post.approvedCount).toBe(await db().comment.count({ where: { postId: post.id, status: 'approved' } }));
  }
});
