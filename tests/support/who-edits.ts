import type { Actor, Person, Role } from '@/lib/identity/schema';

/** Who is not signed in. */
export const GUEST: Actor = { kind: 'guest', writerHash: null };

type Make = (role: Role) => Promise<Person>;

/** Everybody who might try to change a post, and whether they may: for `test.each`. `author`: asked when the test runs. */
export const whoEdits = (author: () => Person, person: Make): [string, () => Promise<Actor>, boolean][] => [
  ['its author', async () => author(), true],
  ['an owner', () => person('owner'), true],
  ['another author', () => person('author'), false],
  ['a moderator', () => person('moderator'), false],
  ['a moderator who wrote it', async () => ({ ...author(), role: 'moderator' }), false],
  ['a reader', () => person('reader'), false],
  ['a guest', async () => GUEST, false],
  ['its author, banned', async () => ({ ...author(), standing: 'banned' }), false],
];
