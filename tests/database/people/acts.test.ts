import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { endSessionsByHand, grantRole } from '@/lib/identity/commands';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { addNote, changeRole, changeStanding, deleteNote, endSessionsOf } from '@/lib/people/commands';
import { createInvitation, withdrawInvitation } from '@/lib/people/invitations';
import { standingMark } from '@/lib/people/rules';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysLater, eventsOf, makePseudonym, makeSession, now, person, stored } from './scene';

const database = useDatabase();

const guest: Actor = { kind: 'guest', writerHash: null };
const ROLES = ['reader', 'author', 'moderator', 'owner'] as const;

const toRole = (actor: Actor, target: Person, role: Role, seen = target.role) => changeRole(actor, { person: target.userId, role, seen }, now);
const toStanding = (actor: Actor, target: Person, standing: 'normal' | 'trusted' | 'held' | 'suspended' | 'banned', until = '', reason = '') =>
  changeStanding(actor, { person: target.userId, standing, until, reason, seen: target.standing }, now);
const codeOf = (result: { ok: boolean; code?: string }) => (result.ok ? 'ok' : result.code);

/** Somebody on whom moderators may act: a reader has written. */
async function somebody(role: Role): Promise<Person> {
  const one = await person(role);
  if (role === 'reader') {
    const post = await makePost({ authorId: (await person('author')).userId });
    await makeComment({ postId: post.id, userId: one.userId, name: one.name });
  }
  return one;
}

async function actorOf(word: 'guest' | 'banned moderator' | Role): Promise<Actor> {
  if (word === 'guest') return guest;
  return word === 'banned moderator' ? person('moderator', { standing: 'banned' }) : person(word);
}

// What each may do to whom, by every act, whatever form or id they send.
const TABLE = [
  ['guest', { role: 'not-signed-in', standing: ['not-signed-in', 'not-signed-in', 'not-signed-in', 'not-signed-in'], note: 'not-signed-in', invite: 'not-signed-in', withdraw: 'not-signed-in' }],
  ['reader', { role: 'not-found', standing: ['not-found', 'not-found', 'not-found', 'not-found'], note: 'not-found', invite: 'not-found', withdraw: 'not-found' }],
  ['author', { role: 'not-found', standing: ['not-found', 'not-found', 'not-found', 'not-found'], note: 'not-found', invite: 'not-found', withdraw: 'not-found' }],
  ['banned moderator', { role: 'not-found', standing: ['not-found', 'not-found', 'not-found', 'not-found'], note: 'not-found', invite: 'not-found', withdraw: 'not-found' }],
  ['moderator', { role: 'forbidden', standing: ['ok', 'ok', 'forbidden', 'forbidden'], note: 'ok', invite: 'forbidden', withdraw: 'forbidden' }],
  ['owner', { role: 'ok', standing: ['ok', 'ok', 'ok', 'forbidden'], note: 'ok', invite: 'ok', withdraw: 'ok' }],
] as const;

test.each(TABLE)('what a %s may do to each: as the table says, and what is refused changes nothing', async (word, may) => {
  const actor = await actorOf(word);
  const boss = await person('owner');
  const targets = await Promise.all(ROLES.map((role) => somebody(role)));
  const invited = await createInvitation(boss, { email: 'open@example.net', role: 'author' }, now);
  expect(invited.ok).toBe(true);
  const { id } = await db().invitation.findFirstOrThrow();

  for (const [index, target] of targets.entries()) {
    const standing = await toStanding(actor, target, 'held');
    expect([target.role, codeOf(standing)]).toEqual([target.role, may.standing[index]]);
    expect((await stored(target.userId)).standing).toBe(standing.ok ? 'held' : 'normal');
    expect(codeOf(await addNote(actor, { person: target.userId, note: 'Kind.' }, now))).toBe(may.note);
    const role = await toRole(actor, target, target.role === 'author' ? 'moderator' : 'author');
    expect([target.role, codeOf(role)]).toEqual([target.role, may.role]);
    expect((await stored(target.userId)).role === target.role).toBe(!role.ok);
  }
  expect(codeOf(await createInvitation(actor, { email: 'new@example.net', role: 'owner' }, now))).toBe(may.invite);
  expect(codeOf(await withdrawInvitation(actor, id))).toBe(may.withdraw);
  expect(await db().personNote.count()).toBe(may.note === 'ok' ? targets.length : 0);
  expect(await db().invitation.count({ where: { email: 'new@example.net' } })).toBe(may.invite === 'ok' ? 1 : 0);
});

test('every act on somebody unknown is refused, and an id of something else is unknown', async () => {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId });
  for (const id of [newId(), post.id]) {
    expect(codeOf(await changeRole(owner, { person: id, role: 'author', seen: 'reader' }, now))).toBe('not-found');
    expect(codeOf(await changeStanding(owner, { person: id, standing: 'held', until: '', reason: '', seen: 'normal' }, now))).toBe('not-found');
    expect(codeOf(await addNote(owner, { person: id, note: 'Kind.' }, now))).toBe('not-found');
    expect(codeOf(await deleteNote(owner, id))).toBe('not-found');
    expect(codeOf(await withdrawInvitation(owner, id))).toBe('not-found');
  }
});

test('a moderator does nothing about a reader of whom they may not know; an owner may', async () => {
  const [owner, moderator, silent] = [await person('owner'), await person('moderator'), await person('reader')];
  expect(codeOf(await toStanding(moderator, silent, 'trusted'))).toBe('not-found');
  expect(codeOf(await addNote(moderator, { person: silent.userId, note: 'Who?' }, now))).toBe('not-found');
  expect(await stored(silent.userId)).toMatchObject({ standing: 'normal' });
  expect(await db().personNote.count()).toBe(0);
  expect(codeOf(await toStanding(owner, silent, 'trusted'))).toBe('ok');
});

test('a change of role is written down with who made it, and ends every session of the person', async () => {
  const [owner, reader] = [await person('owner'), await somebody('reader')];
  await makeSession(reader.userId);
  await makeSession(owner.userId);
  expect(await toRole(owner, reader, 'moderator')).toMatchObject({ ok: true, value: { from: 'reader', to: 'moderator' } });
  expect(await eventsOf(reader.userId)).toMatchObject([{ actorId: owner.userId, what: 'role', from: 'reader', to: 'moderator', createdAt: now }]);
  expect(await db().session.findMany({ select: { userId: true } })).toEqual([{ userId: owner.userId }]);
});

test('the same role again writes nothing and signs nobody out', async () => {
  const [owner, reader] = [await person('owner'), await somebody('reader')];
  await makeSession(reader.userId);
  expect((await toRole(owner, reader, 'reader')).ok).toBe(true);
  expect(await eventsOf(reader.userId)).toEqual([]);
  expect(await db().session.count()).toBe(1);
});

test('the last owner cannot be made less, by themself or on the command line', async () => {
  const owner = await person('owner');
  expect(await toRole(owner, owner, 'reader')).toMatchObject({ ok: false, code: 'conflict' });
  expect(await grantRole(owner.email ?? '', 'reader')).toMatchObject({ ok: false, code: 'conflict' });
  expect(await db().user.count({ where: { role: 'owner' } })).toBe(1);
});

test.each([
  ['leave', (one: Person, two: Person) => [toRole(one, one, 'reader'), toRole(two, two, 'reader')]],
  ['make each other less', (one: Person, two: Person) => [toRole(one, two, 'reader'), toRole(two, one, 'reader')]],
  ['make the same one less, one here and one on the command line', (one: Person, two: Person) => [toRole(one, one, 'reader'), grantRole(two.email ?? '', 'reader')]],
])('two owners who %s at once leave one owner', async (_, act) => {
  for (let round = 0; round < 5; round += 1) {
    const [one, two] = [await person('owner'), await person('owner')];
    const results = await Promise.all(act(one, two));
    expect(results.map((result) => result.ok).sort()).toEqual([false, true]);
    expect(await db().user.count({ where: { role: 'owner' } })).toBe(1);
    await db().user.updateMany({ where: { role: 'owner' }, data: { role: 'reader' } });
  }
});

test('an owner who was made less acts with an old page in vain', async () => {
  const [boss, old, target] = [await person('owner'), await person('owner'), await somebody('reader')];
  await toRole(boss, old, 'author');
  expect(codeOf(await toRole(old, target, 'owner'))).toBe('not-found');
  expect(codeOf(await toStanding(old, target, 'banned'))).toBe('not-found');
  expect(['forbidden', 'not-found']).toContain(codeOf(await createInvitation(old, { email: 'new@example.net', role: 'owner' }, now)));
  expect(await stored(target.userId)).toMatchObject({ role: 'reader', standing: 'normal' });
  expect(await db().invitation.count()).toBe(0);
});

test('a moderator who was banned meanwhile sets no standing', async () => {
  const [owner, moderator, target] = [await person('owner'), await person('moderator'), await somebody('reader')];
  expect((await toStanding(owner, moderator, 'banned')).ok).toBe(true);
  expect(codeOf(await toStanding(moderator, target, 'banned'))).toBe('not-found');
});

test('of two who change the same at once, or from an old page, the second is told', async () => {
  const [owner, moderator, target] = [await person('owner'), await person('moderator'), await somebody('reader')];
  const standings = await Promise.all([toStanding(owner, target, 'trusted'), toStanding(moderator, target, 'banned')]);
  expect(standings.map(codeOf).sort()).toEqual(['conflict', 'ok']);
  expect(await eventsOf(target.userId)).toHaveLength(1);
  const roles = await Promise.all([toRole(owner, target, 'author'), toRole(owner, target, 'moderator')]);
  expect(roles.map(codeOf).sort()).toEqual(['conflict', 'ok']);
});

test('acts on each other at once, in every order, wait for one another and never lock', async () => {
  const owners = await Promise.all([person('owner'), person('owner')]);
  const others = await Promise.all([person('moderator'), somebody('reader'), person('author')]);
  const acts = owners.flatMap((owner) => others.flatMap((target) => [toStanding(owner, target, 'held'), toRole(owner, target, 'moderator'), toStanding(others[0]!, target, 'trusted')]));
  const results = await Promise.all(acts);
  expect(results.filter((result) => result.ok).length).toBeGreaterThan(0);
});

test('a suspension ends at the moment the site’s clocks show, and is written down', async () => {
  await db().site.create({ data: { id: 1, title: 'A blog', timeZone: 'Europe/Berlin' } });
  const [moderator, target] = [await person('moderator'), await somebody('reader')];
  expect((await toStanding(moderator, target, 'suspended', '2026-12-05T10:30')).ok).toBe(true);
  const until = new Date('2026-12-05T09:30:00Z');
  expect(await stored(target.userId)).toMatchObject({ standing: 'suspended', standingUntil: until });
  expect(await eventsOf(target.userId)).toMatchObject([{ actorId: moderator.userId, what: 'standing', from: 'normal', to: `suspended ${until.toISOString()}` }]);
  const seen = standingMark({ standing: 'suspended', standingUntil: until });
  expect((await changeStanding(moderator, { person: target.userId, standing: 'normal', until: '2026-12-05T10:30', reason: '', seen }, now)).ok).toBe(true);
  expect(await stored(target.userId)).toMatchObject({ standing: 'normal', standingUntil: null });
});

test.each(['', 'tomorrow', '2026-02-30T10:00', '2026-11-25T12:00', '2020-01-01T00:00', '9999999-01-01T00:00'])('a suspension until “%s” is refused at its field', async (until) => {
  const [owner, target] = [await person('owner'), await somebody('reader')];
  expect(await toStanding(owner, target, 'suspended', until)).toMatchObject({ ok: false, code: 'invalid', fields: { until: expect.any(String) as string } });
  expect(await eventsOf(target.userId)).toEqual([]);
});

test('who becomes owner stands normal, and both are written down', async () => {
  const [owner, target] = [await person('owner'), await person('reader', { standing: 'banned' })];
  expect((await toRole(owner, target, 'owner')).ok).toBe(true);
  expect(await stored(target.userId)).toMatchObject({ role: 'owner', standing: 'normal' });
  expect((await eventsOf(target.userId)).map(({ what, to }) => `${what} ${to}`).sort()).toEqual(['role owner', 'standing normal']);
});

test('two owners cannot ban each other: an owner has no other standing', async () => {
  const [one, two] = [await person('owner'), await person('owner')];
  expect((await Promise.all([toStanding(one, two, 'banned'), toStanding(two, one, 'banned')])).map(codeOf)).toEqual(['forbidden', 'forbidden']);
});

test.each(['moderator', 'owner'] as const)('a name on one post has no role or standing that a %s could set: its person stays as they are', async (role) => {
  const [actor, reader] = [await person(role), await somebody('reader')];
  const post = await makePost({ authorId: actor.userId });
  const name = await makePseudonym(reader.userId, post.id, 'Quiet Owl');
  expect(codeOf(await changeStanding(actor, { person: name.id, standing: 'banned', until: '', reason: '', seen: '' }, now))).toBe('forbidden');
  expect(codeOf(await changeRole(actor, { person: name.id, role: 'author', seen: 'reader' }, now))).toBe('forbidden');
  expect(await stored(reader.userId)).toMatchObject({ role: 'reader', standing: 'normal' });
  expect(await eventsOf(reader.userId)).toEqual([]);
});

test('a note is deleted by whoever wrote it alone, and is about others', async () => {
  const [owner, moderator, reader] = [await person('owner'), await person('moderator'), await somebody('reader')];
  const post = await makePost({ authorId: owner.userId });
  const own = await makePseudonym(moderator.userId, post.id, 'Quiet Owl');
  expect((await addNote(moderator, { person: reader.userId, note: 'Kind, but quick.' }, now)).ok).toBe(true);
  const note = await db().personNote.findFirstOrThrow();
  expect(note).toMatchObject({ userId: reader.userId, pseudonymId: null, byId: moderator.userId, text: 'Kind, but quick.' });
  expect(codeOf(await deleteNote(owner, note.id))).toBe('not-found');
  expect(await deleteNote(moderator, note.id)).toEqual({ ok: true, value: { note: 'Kind, but quick.' } });
  expect(codeOf(await deleteNote(moderator, note.id))).toBe('not-found');
  for (const id of [moderator.userId, own.id]) expect(codeOf(await addNote(moderator, { person: id, note: 'I am kind.' }, now))).toBe('forbidden');
});

test('a note about a name on one post is about nothing else', async () => {
  const [moderator, reader] = [await person('moderator'), await somebody('reader')];
  const post = await makePost({ authorId: moderator.userId });
  const name = await makePseudonym(reader.userId, post.id, 'Quiet Owl');
  await addNote(moderator, { person: name.id, note: 'Kind.' }, now);
  expect(await db().personNote.findMany()).toMatchObject([{ userId: null, pseudonymId: name.id }]);
});

test('an event about a person goes when they go, and stays when who made it goes', async () => {
  const [owner, moderator, reader] = [await person('owner'), await person('moderator'), await somebody('reader')];
  await toStanding(moderator, reader, 'suspended', daysLater(2).toISOString().slice(0, 16));
  await database.sql.query('DELETE FROM "User" WHERE id = $1', [moderator.userId]);
  expect(await eventsOf(reader.userId)).toMatchObject([{ actorId: null }]);
  await database.sql.query('DELETE FROM "User" WHERE id = $1', [reader.userId]);
  expect(await db().personEvent.count()).toBe(0);
  expect(await db().user.count({ where: { id: owner.userId } })).toBe(1);
});

test('an owner signs somebody out everywhere, and it is written down once; for others it is refused', async () => {
  const [owner, moderator, reader, other] = [await person('owner'), await person('moderator'), await somebody('reader'), await somebody('author')];
  const post = await makePost({ authorId: other.userId });
  for (const who of [reader, reader, other]) await makeSession(who.userId);
  for (const [actor, code] of [[guest, 'not-signed-in'], [reader, 'not-found'], [other, 'not-found'], [moderator, 'forbidden'], [await person('owner', { standing: 'banned' }), 'not-found']] as const) {
    expect(codeOf(await endSessionsOf(actor, reader.userId, now))).toBe(code);
  }
  expect(await db().session.count()).toBe(3);
  expect(await endSessionsOf(owner, reader.userId, now)).toEqual({ ok: true, value: { name: reader.name, count: 2 } });
  expect(await endSessionsOf(owner, reader.userId, now)).toMatchObject({ value: { count: 0 } });
  expect(await db().session.findMany({ select: { userId: true } })).toEqual([{ userId: other.userId }]);
  expect(await eventsOf(reader.userId)).toMatchObject([{ what: 'sessions', to: '2', actorId: owner.userId }]);
  expect(codeOf(await endSessionsOf(owner, (await makePseudonym(reader.userId, post.id, 'Mask')).id, now))).toBe('forbidden');
  expect(codeOf(await endSessionsOf(owner, newId(), now))).toBe('not-found');
});

test('on the command line the sessions of one person end, or everybody’s', async () => {
  const [owner, reader] = [await person('owner'), await person('reader')];
  for (const who of [owner, owner, reader]) await makeSession(who.userId);
  expect(codeOf(await endSessionsByHand('nobody@example.net', now))).toBe('not-found');
  expect(codeOf(await endSessionsByHand('no address', now))).toBe('invalid');
  expect(await endSessionsByHand(reader.email, now)).toMatchObject({ ok: true, value: { count: 1 } });
  expect(await endSessionsByHand(null, now)).toMatchObject({ ok: true, value: { count: 2 } });
  expect(await db().session.count()).toBe(0);
  expect(await eventsOf(owner.userId)).toMatchObject([{ what: 'sessions', to: '2', actorId: null }]);
});
