import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { sessionHash, tokenHash } from '@/lib/identity/tokens';
import { changeRole } from '@/lib/people/commands';
import { acceptInvitation, createInvitation, withdrawInvitation } from '@/lib/people/invitations';
import { findOfferedRole, listOpenInvitations } from '@/lib/people/queries';
import { makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysLater, eventsOf, makeSession, now, person } from './scene';

useDatabase();

const EMAIL = 'nora@example.net';

async function invite(owner: Person, role: Role = 'moderator', email = EMAIL): Promise<string> {
  const invited = await createInvitation(owner, { email, role }, now);
  if (!invited.ok) throw new Error(invited.message);
  return new URL(invited.value.link).searchParams.get('token') ?? '';
}
const codeOf = (result: { ok: boolean; code?: string }) => (result.ok ? 'ok' : result.code);
const nora = () => db().user.findUnique({ where: { email: EMAIL } });

test('an invitation is a mail with a link, and only the hash of its token is kept beside it', async () => {
  const owner = await person('owner');
  const token = await invite(owner, 'moderator', '  Nora@Example.net ');
  expect(await db().invitation.findMany()).toMatchObject([{ email: EMAIL, role: 'moderator', tokenHash: tokenHash(token), invitedById: owner.userId, expires: daysLater(7), usedAt: null }]);
  expect(JSON.stringify(await db().invitation.findMany())).not.toContain(token);
  const [mail, ...more] = await db().mail.findMany();
  expect(more).toEqual([]);
  expect(mail).toMatchObject({ to: EMAIL, expires: daysLater(7) });
  expect(mail?.text).toContain(`http://localhost/sign-in/invitation?token=${token}`);
  expect(await nora()).toBeNull();
});

test('whoever accepts is somebody with the role and a proven address, signed in; it is written down', async () => {
  const owner = await person('owner');
  const token = await invite(owner);
  expect(await findOfferedRole(token, daysLater(6))).toBe('moderator');
  const accepted = await acceptInvitation(token, daysLater(6));
  if (!accepted.ok) throw new Error(accepted.message);
  expect(accepted.value.hasDesk).toBe(true);
  const user = await nora();
  expect(user).toMatchObject({ role: 'moderator', emailVerified: daysLater(6) });
  expect(await db().session.findMany()).toMatchObject([{ userId: user?.id, sessionToken: sessionHash(accepted.value.session!.sessionToken), expires: accepted.value.session!.expires }]);
  expect(await eventsOf(user?.id ?? '')).toMatchObject([{ what: 'invitation', from: 'reader', to: 'moderator', actorId: owner.userId }]);
  expect(codeOf(await acceptInvitation(token, daysLater(6)))).toBe('not-found');
  expect(await findOfferedRole(token, daysLater(6))).toBeNull();
});

test('eight who accept at once are one person with one session', async () => {
  const token = await invite(await person('owner'));
  const results = await Promise.all(Array.from({ length: 8 }, () => acceptInvitation(token, now)));
  expect(results.map(codeOf).sort()).toEqual([...Array.from({ length: 7 }, () => 'not-found'), 'ok']);
  expect([await db().user.count({ where: { email: EMAIL } }), await db().session.count()]).toEqual([1, 1]);
});

test('after seven days, withdrawn, or with any other token, it opens nothing and makes nobody', async () => {
  const owner = await person('owner');
  const token = await invite(owner);
  expect(codeOf(await acceptInvitation(token, daysLater(7)))).toBe('not-found');
  for (const wrong of ['', 'unknown', tokenHash(token)]) expect(codeOf(await acceptInvitation(wrong, now))).toBe('not-found');
  const [open] = await listOpenInvitations(owner, now);
  expect(await withdrawInvitation(owner, open?.id ?? '')).toEqual({ ok: true, value: { email: EMAIL, role: 'moderator' } });
  expect(codeOf(await withdrawInvitation(owner, open?.id ?? ''))).toBe('not-found');
  expect(codeOf(await acceptInvitation(token, now))).toBe('not-found');
  expect(await nora()).toBeNull();
  expect(await db().session.count()).toBe(0);
});

test('a newer invitation of the same address replaces the older', async () => {
  const owner = await person('owner');
  const [first, second] = [await invite(owner, 'owner'), await invite(owner, 'author')];
  expect(codeOf(await acceptInvitation(first, now))).toBe('not-found');
  expect(codeOf(await acceptInvitation(second, now))).toBe('ok');
  expect((await nora())?.role).toBe('author');
});

test('several invitations of one address at once leave one that opens', async () => {
  const owner = await person('owner');
  const tokens = await Promise.all(Array.from({ length: 4 }, () => invite(owner)));
  expect(await db().invitation.count()).toBe(1);
  const opened = await Promise.all(tokens.map((token) => findOfferedRole(token, now)));
  expect(opened.filter(Boolean)).toHaveLength(1);
});

test('somebody who has proven the address is not invited: their role is changed on their page', async () => {
  const owner = await person('owner');
  await makeUser({ email: EMAIL, emailVerified: now });
  expect(await createInvitation(owner, { email: EMAIL, role: 'author' }, now)).toMatchObject({ ok: false, code: 'duplicate', fields: { email: expect.stringContaining('on their page') as string } });
  expect([await db().invitation.count(), await db().mail.count()]).toEqual([0, 0]);
});

test.each(['', 'nobody', 'a@b', 'a@example.net, b@example.net', 'a@example.net\r\nBcc: b@example.net', `${'x'.repeat(100)}@example.net`])('what is no address is refused: %j', async (email) => {
  expect(await createInvitation(await person('owner'), { email, role: 'author' }, now)).toMatchObject({ ok: false, code: 'invalid', fields: { email: expect.any(String) as string } });
  expect(await db().mail.count()).toBe(0);
});

test('somebody known by an address not yet proven becomes the person who accepts, and whoever was signed in as them is not', async () => {
  const owner = await person('owner');
  const imported = await makeUser({ email: EMAIL, name: 'Nora Asks', role: 'author' });
  await makeSession(imported.id);
  const accepted = await acceptInvitation(await invite(owner, 'moderator'), now);
  if (!accepted.ok) throw new Error(accepted.message);
  expect(await nora()).toMatchObject({ id: imported.id, name: 'Nora Asks', role: 'moderator', emailVerified: now });
  expect(await db().session.findMany()).toMatchObject([{ sessionToken: sessionHash(accepted.value.session!.sessionToken) }]);
});

test('a link that waits while its person proves the address by themself gives them the role, and nobody their account', async () => {
  const owner = await person('owner');
  const token = await invite(owner, 'author');
  const user = await makeUser({ email: EMAIL, emailVerified: now, role: 'reader' });
  await makeSession(user.id);
  expect(await acceptInvitation(token, now)).toEqual({ ok: true, value: { session: null, hasDesk: true } });
  expect(await nora()).toMatchObject({ id: user.id, role: 'author' });
  // What the new role may do is had by a new sign-in, as after every change of a role.
  expect(await db().session.count()).toBe(0);
});

test('accepting never lowers a role, and a ban stays', async () => {
  const owner = await person('owner');
  const token = await invite(owner, 'author');
  const user = await makeUser({ email: EMAIL, emailVerified: now, role: 'moderator', standing: 'banned' });
  const accepted = await acceptInvitation(token, now);
  expect(accepted).toMatchObject({ ok: true, value: { hasDesk: false } });
  expect(await nora()).toMatchObject({ role: 'moderator', standing: 'banned' });
  expect(await eventsOf(user.id)).toMatchObject([{ what: 'invitation', from: 'moderator', to: 'moderator' }]);
});

test('an invitation by somebody who owns no more opens nothing, and makes nobody', async () => {
  const [boss, old] = [await person('owner'), await person('owner')];
  const token = await invite(old, 'owner');
  await changeRole(boss, { person: old.userId, role: 'reader', seen: 'owner' }, now);
  expect(await listOpenInvitations(boss, now)).toEqual([]);
  expect(await findOfferedRole(token, now)).toBeNull();
  expect(codeOf(await acceptInvitation(token, now))).toBe('not-found');
  expect(await nora()).toBeNull();
});

test('an invitation accepted while its owner is made less leaves one or the other, never both', async () => {
  const boss = await person('owner');
  for (let round = 0; round < 5; round += 1) {
    const old = await person('owner');
    const email = `nora${round}@example.net`;
    const token = await invite(old, 'owner', email);
    const [accepted, changed] = await Promise.all([acceptInvitation(token, now), changeRole(boss, { person: old.userId, role: 'reader', seen: 'owner' }, now)]);
    expect(changed.ok).toBe(true);
    expect(await db().user.count({ where: { email } })).toBe(accepted.ok ? 1 : 0);
    await db().user.updateMany({ where: { email }, data: { role: 'reader' } });
  }
});
