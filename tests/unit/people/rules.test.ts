import { expect, test } from 'vitest';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import {
  maySeeContacts, maySeePeople, peoplePath, personPath, raisedRole, readStandingMark, refusalOfStanding, refusalToActOnPeople, refusalToOwnersActs, refusalToSetStanding,
  standingMark, standingNow, standingWords,
} from '@/lib/people/rules';
import { historySchema, NOTE_MAX_CHARACTERS, newNoteSchema, peopleSearchSchema } from '@/lib/people/schema';

const now = new Date('2026-11-25T12:00:00Z');
const later = new Date('2026-12-05T10:30:00Z');
const guest: Actor = { kind: 'guest', writerHash: null };
const person = (role: Role, more: Partial<Person> = {}): Person => ({
  kind: 'person', userId: 'me', name: 'Me', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null, ...more,
});

test.each([
  ['a guest', guest, false, false, 'not-signed-in', 'not-signed-in'],
  ['a reader', person('reader'), false, false, 'not-found', 'not-found'],
  ['an author', person('author'), false, false, 'not-found', 'not-found'],
  ['a moderator', person('moderator'), true, false, undefined, 'forbidden'],
  ['an owner', person('owner'), true, true, undefined, undefined],
  ['a banned moderator', person('moderator', { standing: 'banned' }), false, false, 'not-found', 'not-found'],
] as const)('%s sees people, sees addresses, acts on people, does what owners do: as the table says', (_, actor, people, contacts, acts, owns) => {
  expect([maySeePeople(actor), maySeeContacts(actor), refusalToActOnPeople(actor)?.code, refusalToOwnersActs(actor)?.code]).toEqual([people, contacts, acts, owns]);
});

test.each<[Role, Role, boolean]>([
  ['moderator', 'reader', true],
  ['moderator', 'author', true],
  ['moderator', 'moderator', false],
  ['moderator', 'owner', false],
  ['owner', 'reader', true],
  ['owner', 'author', true],
  ['owner', 'moderator', true],
  ['owner', 'owner', false],
])('%s sets the standing of %s: %s; nobody sets their own', (actor, target, may) => {
  expect(refusalToSetStanding(person(actor), { id: 'other', role: target }) === null).toBe(may);
  expect(refusalToSetStanding(person(actor), { id: 'me', role: target })?.code).toBe('forbidden');
});

test('a suspension ends in the future, and nothing else has an end', () => {
  expect(refusalOfStanding('suspended', null, now)).toMatchObject({ code: 'invalid', fields: { until: expect.any(String) as string } });
  expect(refusalOfStanding('suspended', now, now)?.code).toBe('invalid');
  expect(refusalOfStanding('suspended', later, now)).toBeNull();
  expect(refusalOfStanding('banned', null, now)).toBeNull();
});

test('a suspension that is over is none', () => {
  expect(standingNow({ standing: 'suspended', standingUntil: now }, now)).toBe('normal');
  expect(standingNow({ standing: 'suspended', standingUntil: later }, now)).toBe('suspended');
  expect(standingNow({ standing: 'suspended', standingUntil: null }, now)).toBe('suspended');
  expect(standingNow({ standing: 'held', standingUntil: null }, now)).toBe('held');
});

test('a standing is written in one mark, and read again', () => {
  const mark = standingMark({ standing: 'suspended', standingUntil: later });
  expect(mark.length).toBeLessThanOrEqual(60);
  expect(readStandingMark(mark)).toEqual({ word: 'suspended', until: later });
  expect(readStandingMark(standingMark({ standing: 'held', standingUntil: null }))).toEqual({ word: 'held', until: null });
  expect(readStandingMark('suspended nonsense')).toEqual({ word: 'suspended', until: null });
  expect(standingWords({ standing: 'suspended', standingUntil: later }, () => 'Saturday')).toBe('suspended until Saturday');
  expect(standingWords({ standing: 'held', standingUntil: null }, () => '')).toBe('always held');
});

test.each<[Role, Role, Role]>([
  ['reader', 'moderator', 'moderator'],
  ['moderator', 'author', 'moderator'],
  ['owner', 'moderator', 'owner'],
  ['author', 'author', 'author'],
])('a %s who accepts an invitation as %s is %s then', (had, offered, has) => {
  expect(raisedRole(had, offered)).toBe(has);
});

test('what is wrong in an address is left out, and addresses name only what was chosen', () => {
  expect(peopleSearchSchema.parse({ q: ' Ida ', role: 'king', standing: ['held'], before: 'x' })).toEqual({ q: 'Ida', role: null, standing: null, before: null });
  expect(peopleSearchSchema.parse({ q: ['a', 'b'] })).toEqual({ q: '', role: null, standing: null, before: null });
  expect(peopleSearchSchema.parse({ q: 'x'.repeat(101) }).q).toBe('');
  expect(historySchema.parse({ state: 'deleted', before: 'x'.repeat(13), made: '1' })).toEqual({ state: null, before: null, made: null });
  expect(peoplePath({ q: 'a&b', role: null, standing: '' })).toBe('/admin/people?q=a%26b');
  expect(personPath('id', { state: 'spam' }, 'comments')).toBe('/admin/people/id?state=spam#comments');
});

test.each([
  ['', false], ['   ', false], ['a\0b', false], ['x'.repeat(NOTE_MAX_CHARACTERS + 1), false], ['x'.repeat(NOTE_MAX_CHARACTERS), true], ['Kind, but quick.', true],
])('a note %# is kept: %s', (note, kept) => {
  expect(newNoteSchema.safeParse({ person: '0193a5b6-0000-7000-8000-000000000000', note }).success).toBe(kept);
});
