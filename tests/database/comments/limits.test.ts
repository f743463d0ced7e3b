import { expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { BUSY_NETWORK_COMMENTS, NETWORK_COMMENTS, PERSON_SENDS, WRITER_COMMENTS_PER_HOUR } from '@/lib/comments/limits';
import type { NewComment } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import type { Actor, Person } from '@/lib/identity/schema';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

// Later than any clock: what the makers date by the clock stands before it.
const now = new Date('2099-11-24T20:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const SCHOOL = '198.51.100.7';
const guest: Actor = { kind: 'guest', writerHash: null };

async function openPost(given = {}) {
  const author = await makeUser({ role: 'author', emailVerified: now });
  return makePost({ authorId: author.id, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01'), ...given });
}

const asPerson = (user: Awaited<ReturnType<typeof makeUser>>): Person => ({
  kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role: user.role, standing: user.standing, standingUntil: null, writerHash: null,
});

let number = 0;
/** Something new that nobody has said yet. */
const said = (more: Partial<NewComment> = {}): NewComment => ({ post: 'open', parent: '', comment: `Words ${(number += 1)}.`, guest: null, ...more });
const by = (name: string, more: Partial<NewComment> = {}) => said({ guest: { name, email: `${name.toLowerCase()}@example.com`, website: '' }, ...more });
const pupil = (at: number) => by(`Pupil${at}`);

type Sent = Awaited<ReturnType<typeof submitComment>>;
const outcome = (result: Sent) => (result.ok ? result.value.status : result.code);
const reasonsOf = async (result: Sent) => {
  if (!result.ok) return result.code;
  const { events } = await db().comment.findUniqueOrThrow({ where: { publicId: result.value.id }, select: { events: true } });
  return events[0]?.reasons;
};
const many = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

test('a class writes at the same moment from the one address of its school: all are taken, and whoever comes after the first few is held for it', async () => {
  await openPost();
  const results = await Promise.all(many(28, (at) => submitComment(guest, pupil(at), SCHOOL, now)));
  expect(results.map(outcome)).toEqual(many(28, () => 'pending'));
  const reasons = await Promise.all(results.map(reasonsOf));
  expect(reasons.filter((one) => JSON.stringify(one).includes('busy-network'))).toHaveLength(28 - BUSY_NETWORK_COMMENTS);
});

test('the first few from a place are held for nothing but being first; the next says how many came', async () => {
  await openPost();
  for (let at = 0; at < BUSY_NETWORK_COMMENTS; at += 1) expect(await reasonsOf(await submitComment(guest, pupil(at), SCHOOL, now))).toEqual([{ rule: 'first-comment' }]);
  expect(await reasonsOf(await submitComment(guest, pupil(99), SCHOOL, now))).toEqual([{ rule: 'busy-network', comments: BUSY_NETWORK_COMMENTS + 1, minutes: 10 }, { rule: 'first-comment' }]);
});

test('of a hundred guests at once from one place exactly so many are taken, and the others are told how long to wait', async () => {
  await openPost();
  const results = await Promise.all(many(100, (at) => submitComment(guest, pupil(at), SCHOOL, now)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(NETWORK_COMMENTS);
  expect(await db().comment.count()).toBe(NETWORK_COMMENTS);
  for (const result of results) if (!result.ok) expect(result).toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number), message: expect.stringMatching(/Please wait \d+ minutes/) });
  expect(outcome(await submitComment(guest, by('Ruth'), '198.51.100.8', now))).toBe('pending');
});

test('who is signed in has a limit of their own: behind a place that is refused they are published as ever', async () => {
  const post = await openPost();
  const ruth = await makeUser({ name: 'Ruth' });
  await makeComment({ postId: post.id, userId: ruth.id });
  const [, last] = [await Promise.all(many(NETWORK_COMMENTS, (at) => submitComment(guest, pupil(at), SCHOOL, now))), await submitComment(guest, by('Late'), SCHOOL, now)];
  expect(outcome(last)).toBe('too-many');
  expect(outcome(await submitComment(asPerson(ruth), said(), SCHOOL, now))).toBe('approved');
  expect(await reasonsOf(await submitComment(asPerson(await makeUser()), said(), SCHOOL, now))).not.toContainEqual(expect.objectContaining({ rule: 'busy-network' }));
});

test('a person who sends very many is refused after so many, on whatever networks, and nobody else', async () => {
  await openPost();
  await makeRules({ floodSeconds: 0 });
  const person = asPerson(await makeUser());
  const results = await Promise.all(many(100, (at) => submitComment(person, said({ comment: '' }), `203.0.113.${at}`, now)));
  expect(results.filter((one) => !one.ok && one.message.includes('very many'))).toHaveLength(100 - PERSON_SENDS);
  expect(outcome(await submitComment(asPerson(await makeUser()), said(), SCHOOL, now))).toBe('pending');
});

test('one household’s IPv6 addresses count as one place, its neighbour’s as another; IPv4 in IPv6 is IPv4', async () => {
  await openPost();
  const results = await Promise.all(many(NETWORK_COMMENTS + 5, (at) => submitComment(guest, pupil(at), `2001:db8:7:7:${at.toString(16)}::1`, now)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(NETWORK_COMMENTS);
  expect(outcome(await submitComment(guest, by('Neighbour'), '2001:db8:7:8::1', now))).toBe('pending');
  expect(new Set((await db().comment.findMany({ where: { name: { startsWith: 'Pupil' } } })).map(({ ipHash }) => ipHash)).size).toBe(1);
  await submitComment(guest, by('Four'), '192.0.2.1', now);
  await submitComment(guest, by('Mapped'), '::ffff:192.0.2.1', now);
  const marks = await db().comment.findMany({ where: { name: { in: ['Four', 'Mapped'] } }, select: { ipHash: true } });
  expect(marks[0]).toEqual(marks[1]);
});

test('a network that the owner trusts is neither held nor refused for how many write there', async () => {
  await openPost();
  await makeRules({ trusted: ['198.51.100.0/24'] });
  const results = await Promise.all(many(NETWORK_COMMENTS + 5, (at) => submitComment(guest, pupil(at), SCHOOL, now)));
  expect(results.map(outcome)).toEqual(results.map(() => 'pending'));
  for (const reasons of await Promise.all(results.map(reasonsOf))) expect(reasons).not.toContainEqual(expect.objectContaining({ rule: 'busy-network' }));
});

test('between two comments of one person lies the pause, wherever they write from and under whatever name, and it keeps nobody else', async () => {
  const ruth = asPerson(await makeUser({ name: 'Ruth', email: 'ruth@example.com', emailVerified: now }));
  await openPost();
  await openPost({ title: 'Other', slug: 'other' });
  expect(outcome(await submitComment(ruth, said(), SCHOOL, now))).toBe('pending');
  expect(await submitComment(ruth, said({ post: 'other', pseudonym: 'Night Owl' }), '192.0.2.9', later(5))).toMatchObject({ code: 'too-many', retryAfterSeconds: 10 });
  expect(outcome(await submitComment(guest, by('Ines'), SCHOOL, later(5)))).toBe('pending');
  expect(outcome(await submitComment(ruth, said({ post: 'other', pseudonym: 'Night Owl' }), '192.0.2.9', later(16)))).toBe('pending');
});

test('a person is not slowed down by a guest who types their address', async () => {
  const ruth = asPerson(await makeUser({ name: 'Ruth', email: 'ruth@example.com', emailVerified: now }));
  await openPost();
  expect(outcome(await submitComment(guest, by('Ruth'), SCHOOL, now))).toBe('pending');
  expect(outcome(await submitComment(ruth, said(), SCHOOL, later(1)))).toBe('pending');
});

test('on a sensitive post the pause is the longer one', async () => {
  await openPost({ care: 'sensitive' });
  await openPost({ title: 'Other', slug: 'other' });
  await makeRules({ floodSeconds: 15, sensitiveFloodSeconds: 120 });
  expect(outcome(await submitComment(guest, by('Ines'), SCHOOL, now))).toBe('pending');
  expect(await submitComment(guest, by('Ines'), SCHOOL, later(30))).toMatchObject({ code: 'too-many', retryAfterSeconds: 90 });
  expect(outcome(await submitComment(guest, by('Ines', { post: 'other' }), SCHOOL, later(30)))).toBe('pending');
  expect(outcome(await submitComment(guest, by('Ines'), SCHOOL, later(151)))).toBe('pending');
});

test('so many comments of one writer are taken in an hour, also of a hundred at once; then the first of them makes room', async () => {
  const post = await openPost();
  await makeRules({ floodSeconds: 0 });
  const person = await makeUser();
  for (let at = 0; at < WRITER_COMMENTS_PER_HOUR - 10; at += 1) await makeComment({ postId: post.id, userId: person.id, createdAt: later(-3000 + at) });
  const results = await Promise.all(many(PERSON_SENDS - 5, () => submitComment(asPerson(person), said(), SCHOOL, now)));
  expect(results.filter(({ ok }) => ok)).toHaveLength(10);
  expect(await submitComment(asPerson(person), said(), SCHOOL, now)).toMatchObject({ code: 'too-many', retryAfterSeconds: 600, message: expect.stringContaining('Please wait 10 minutes') });
  expect(outcome(await submitComment(asPerson(person), said(), SCHOOL, later(601)))).toBe('approved');
});

test('who moderates the post has no limit there', async () => {
  const post = await openPost();
  const author = asPerson(await db().user.findUniqueOrThrow({ where: { id: post.authorId } }));
  const results = await Promise.all(many(PERSON_SENDS + 5, () => submitComment(author, said(), SCHOOL, now)));
  expect(results.map(outcome)).toEqual(results.map(() => 'approved'));
});
