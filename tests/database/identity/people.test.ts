import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { changing } from '@/lib/db/change';
import { claimAddress, createPerson } from '@/lib/identity/people';
import { makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-24T20:00:00Z');
const create = (person: Parameters<typeof createPerson>[1]) => db().$transaction((tx) => createPerson(tx, person, now));
const claim = (userId: string, email: string) => changing((tx, changed) => claimAddress(tx, changed, userId, email, now));

test('sixteen sign-ins at once with one new address make one person', async () => {
  const people = await Promise.all(Array.from({ length: 16 }, () => create({ name: 'Ada', email: 'ada@example.net', proven: true })));
  expect(new Set(people.map(({ id }) => id)).size).toBe(1);
});

test('without an address everybody is somebody new', async () => {
  await Promise.all([create({ name: 'Tove', email: null, proven: true }), create({ name: 'Tove', email: null, proven: true })]);
  expect(await db().user.findMany({ select: { email: true, emailVerified: true } })).toEqual([{ email: null, emailVerified: null }, { email: null, emailVerified: null }]);
});

test('nobody new gets the name of somebody who runs the blog, whatever its case; a reader’s name may be had twice', async () => {
  await makeUser({ name: 'Marlene', role: 'author' });
  await makeUser({ name: 'Grete' });
  expect((await create({ name: 'MARLENE', email: null, proven: true })).name).toBeNull();
  expect((await create({ name: 'Grete', email: null, proven: true })).name).toBe('Grete');
});

test('an address that somebody has stays theirs; one held without proof, or none, is claimed', async () => {
  const ada = await makeUser({ email: 'ada@example.net', emailVerified: now });
  const held = await makeUser({ email: 'held@example.net', emailVerified: null });
  const tove = await create({ name: 'Tove', email: null, proven: true });
  await claim(tove.id, 'ada@example.net');
  await claim(tove.id, 'held@example.net');
  expect(await db().user.findUniqueOrThrow({ where: { id: tove.id } })).toMatchObject({ email: null });
  await claim(held.id, 'held@example.net');
  expect(await db().user.findUniqueOrThrow({ where: { id: held.id } })).toMatchObject({ emailVerified: now });
  await claim(tove.id, 'tove@example.net');
  expect(await db().user.findUniqueOrThrow({ where: { id: tove.id } })).toMatchObject({ email: 'tove@example.net', emailVerified: now });
  await claim(ada.id, 'other@example.net');
  expect(await db().user.findUniqueOrThrow({ where: { id: ada.id } })).toMatchObject({ email: 'ada@example.net' });
});
