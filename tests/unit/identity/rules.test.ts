import { expect, test } from 'vitest';
import { hasDesk, isShutOut, mayModerate } from '@/lib/identity/rules';
import type { Actor, Person, Role } from '@/lib/identity/schema';

const now = new Date('2026-11-24T12:00:00Z');
const guest: Actor = { kind: 'guest', writerHash: null };
const person = (role: Role, more: Partial<Person> = {}): Person => ({
  kind: 'person', userId: 'me', name: 'Me', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null, ...more,
});

test.each([
  ['a guest', guest, false, false, false],
  ['a reader', person('reader'), false, false, false],
  ['an author', person('author'), true, true, false],
  ['a moderator', person('moderator'), true, true, true],
  ['the owner', person('owner'), true, true, true],
  ['a banned moderator', person('moderator', { standing: 'banned' }), false, false, false],
] as const)('%s has a desk, decides below own posts, below others’: as the table says', (_, actor, desk, own, others) => {
  expect([hasDesk(actor), mayModerate(actor, 'me'), mayModerate(actor, 'somebody')]).toEqual([desk, own, others]);
});

test.each([
  ['a guest', guest, false],
  ['a normal reader', person('reader'), false],
  ['a banned reader', person('reader', { standing: 'banned' }), true],
  ['a reader suspended until tomorrow', person('reader', { standing: 'suspended', standingUntil: new Date('2026-11-25') }), true],
  ['a reader suspended until yesterday', person('reader', { standing: 'suspended', standingUntil: new Date('2026-11-23') }), false],
  ['a reader suspended without end', person('reader', { standing: 'suspended' }), true],
] as const)('%s is shut out: as the table says', (_, actor, expected) => {
  expect(isShutOut(actor, now)).toBe(expected);
});
