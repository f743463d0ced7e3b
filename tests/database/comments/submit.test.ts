import { expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { listOwnWaiting } from '@/lib/comments/own';
import type { Guest, NewComment } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import type { Actor, Person } from '@/lib/identity/schema';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

// Later than any clock: what the makers date by the clock stands before it.
const now = new Date('2099-11-24T20:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const guest = (writerHash: string | null = 'a'.repeat(64)): Actor => ({ kind: 'guest', writerHash });
const ines: Guest = { name: 'Ines', email: 'ines@example.com', website: '' };
const IP = '192.0.2.1';

async function openPost(given = {}) {
  const author = await makeUser({ role: 'author', emailVerified: now });
  return makePost({ authorId: author.id, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01'), ...given });
}

const said = (comment: string, more: Partial<NewComment> = {}): NewComment => ({ post: 'open', parent: '', comment, guest: ines, ...more });

const asPerson = (user: { id: string; name: string | null; email: string | null; role: Person['role']; standing: Person['standing'] }): Person => ({
  kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role: user.role, standing: user.standing, standingUntil: null, writerHash: null,
});

const outcome = (result: Awaited<ReturnType<typeof submitComment>>) => (result.ok ? result.value.status : result.code);

test('a guest’s comment is held, with its event, and only its writer sees it', async () => {
  const post = await openPost();
  const sent = await submitComment(guest(), said('**Thank** you\nhttps://example.org'), IP, now);
  expect(outcome(sent)).toBe('pending');
  const [comment] = await db().comment.findMany({ include: { events: true } });
  expect(comment).toMatchObject({ name: 'Ines', source: '**Thank** you\nhttps://example.org', depth: 1, parentId: null });
  expect(comment?.html).toContain('<strong>Thank</strong>');
  expect(comment?.html).toContain('rel="nofollow ugc noopener"');
  expect(comment?.ipHash).toMatch(/^[0-9a-f]{64}$/);
  expect(comment?.events).toMatchObject([{ decision: 'submit', actorId: null, fromStatus: null, toStatus: 'pending', reasons: [{ rule: 'first-comment' }] }]);
  expect(await listOwnWaiting(post.id, guest())).toHaveLength(1);
  expect(await listOwnWaiting(post.id, guest('b'.repeat(64)))).toEqual([]);
  expect(await listOwnWaiting(post.id, guest(null))).toEqual([]);
  expect((await db().post.findUniqueOrThrow({ where: { id: post.id } })).approvedCount).toBe(0);
});

test('the same text by the same writer is a duplicate, on the same post and below the same comment alone', async () => {
  await openPost();
  await openPost({ title: 'Other', slug: 'other' });
  expect(outcome(await submitComment(guest(), said('Once.'), IP, now))).toBe('pending');
  expect(outcome(await submitComment(guest(), said('Once.'), '192.0.2.9', later(60)))).toBe('duplicate');
  expect(outcome(await submitComment(guest(), said('Once.', { guest: { ...ines, name: 'Somebody else' } }), '192.0.2.9', later(60)))).toBe('duplicate');
  expect(outcome(await submitComment(guest(), said('Once.', { post: 'other' }), '192.0.2.9', later(120)))).toBe('pending');
  const other = { name: 'Ruth', email: 'ruth@example.com', website: '' };
  expect(outcome(await submitComment(guest(), said('Once.', { guest: other }), '192.0.2.10', later(180)))).toBe('pending');
});

test('fast writing by one address is refused with the seconds to wait, from wherever, and then taken', async () => {
  await openPost();
  expect(outcome(await submitComment(guest(), said('First.'), IP, now))).toBe('pending');
  const fast = await submitComment(guest(), said('Second.'), IP, later(5));
  expect(fast).toMatchObject({ ok: false, code: 'too-many', retryAfterSeconds: 10 });
  expect(outcome(await submitComment(guest(), said('Third.'), '192.0.2.99', later(5)))).toBe('too-many');
  expect(outcome(await submitComment(guest(), said('Second.'), IP, later(16)))).toBe('pending');
});

test('sixteen identical comments at once: one is taken, fifteen are duplicates', async () => {
  await openPost();
  const results = await Promise.all(Array.from({ length: 16 }, () => submitComment(guest(), said('Together.'), IP, now)));
  expect(results.map(outcome).sort()).toEqual([...Array.from({ length: 15 }, () => 'duplicate'), 'pending']);
  expect(await db().comment.count()).toBe(1);
});

test('sixteen different comments of one sender at once: one is taken, fifteen are too many', async () => {
  await openPost();
  const results = await Promise.all(Array.from({ length: 16 }, (_, at) => submitComment(guest(), said(`Number ${at}.`), IP, now)));
  expect(results.map(outcome).sort()).toEqual(['pending', ...Array.from({ length: 15 }, () => 'too-many')].sort());
  expect(await db().comment.count()).toBe(1);
});

test('sixteen different people at once are all taken', async () => {
  await openPost();
  const results = await Promise.all(
    Array.from({ length: 16 }, (_, at) => submitComment(guest(), said(`Number ${at}.`, { guest: { name: `P${at}`, email: `p${at}@example.com`, website: '' } }), `192.0.2.${at}`, now)),
  );
  expect(results.map(outcome)).toEqual(Array.from({ length: 16 }, () => 'pending'));
});

test('a reply to a comment that waits, is gone or is on another post is refused', async () => {
  const post = await openPost();
  const other = await openPost({ title: 'Other', slug: 'other' });
  const hidden = await Promise.all((['pending', 'spam', 'trash', 'deleted'] as const).map((status) => makeComment({ postId: post.id, status })));
  const elsewhere = await makeComment({ postId: other.id });
  const mention = await makeComment({ postId: post.id, kind: 'mention' });
  for (const parent of [...hidden, elsewhere, mention].map((comment) => comment.publicId).concat('000000000000', 'nonsense')) {
    expect(outcome(await submitComment(guest(), said('A reply.', { parent }), IP, now))).toBe('invalid');
  }
  expect(await db().comment.count({ where: { name: 'Ines' } })).toBe(0);
});

test('replies stand below their parent, at most five deep', async () => {
  const post = await openPost();
  let parent = await makeComment({ postId: post.id });
  const root = parent;
  for (let at = 0; at < 6; at += 1) {
    const sent = await submitComment(guest(), said(`Reply ${at}`, { parent: parent.publicId, guest: { name: `P${at}`, email: `p${at}@example.com`, website: '' } }), `192.0.2.${at}`, now);
    if (!sent.ok) throw new Error(sent.message);
    const reply = await db().comment.update({ where: { publicId: sent.value.id }, data: { status: 'approved' } });
    expect(reply).toMatchObject({ parentId: parent.id, rootId: root.id, depth: Math.min(at + 2, 5) });
    parent = reply;
  }
});

test.each(['draft', 'scheduled', 'private', 'trash'] as const)('a %s post takes no comment and does not tell that it exists', async (status) => {
  await openPost({ status, publishedAt: new Date('2026-01-01') });
  expect(outcome(await submitComment(guest(), said('Hello.'), IP, now))).toBe('not-found');
});

test('an unlisted post takes comments; one with a password of nobody who has not said it', async () => {
  await openPost({ status: 'unlisted', publishedAt: new Date('2026-01-01') });
  expect((await submitComment(guest(), said('Hello.'), IP, now)).ok).toBe(true);
  await db().post.updateMany({ data: { status: 'password', password: 'Rosengarten' } });
  const before = await db().comment.count();
  expect(outcome(await submitComment(guest(), said('Hello again.'), IP, later(60)))).toBe('forbidden');
  expect(await db().comment.count()).toBe(before);
});

test('a post of tomorrow takes no comment', async () => {
  await openPost({ publishedAt: later(3600) });
  expect(outcome(await submitComment(guest(), said('Hello.'), IP, now))).toBe('not-found');
});

test('a closed post and a banned person are refused', async () => {
  await openPost({ commentsOpen: false });
  expect(outcome(await submitComment(guest(), said('Hello.'), IP, now))).toBe('forbidden');
  await db().post.updateMany({ data: { commentsOpen: true } });
  const banned = await makeUser({ standing: 'banned' });
  expect(outcome(await submitComment(asPerson(banned), said('Hello.', { guest: null }), IP, now))).toBe('forbidden');
});

test('only a proven identity is trusted: a guest who types a known name or address is held and marked', async () => {
  const post = await openPost();
  await makeComment({ postId: post.id, name: 'Ruth Adeyemi', email: 'ruth@example.com' });
  const asRuth = [
    { name: 'ruth adeyemi', email: 'other@example.com', website: '' },
    { name: 'Another', email: 'ruth@example.com', website: '' },
  ];
  for (const [at, typed] of asRuth.entries()) {
    expect(outcome(await submitComment(guest(), said(`It is me ${at}.`, { guest: typed }), `192.0.2.${at}`, now))).toBe('pending');
  }
  const events = await db().moderationEvent.findMany();
  expect(events.map((event) => event.reasons)).toEqual([[{ rule: 'unproven-identity' }], [{ rule: 'unproven-identity' }]]);
});

test('a signed-in reader with an approved comment is published at once, and the counts say so', async () => {
  const post = await openPost();
  const reader = await makeUser();
  const first = await makeComment({ postId: post.id, userId: reader.id });
  const sent = await submitComment(asPerson(reader), said('And again.', { guest: null, parent: first.publicId }), IP, now);
  expect(outcome(sent)).toBe('approved');
  expect(await db().post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({ approvedCount: 2 });
  expect(await db().comment.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({ replyCount: 1 });
});

test('who runs the blog is published at once and may write fast', async () => {
  await openPost();
  const owner = await makeUser({ role: 'owner' });
  expect(outcome(await submitComment(asPerson(owner), said('One.', { guest: null }), IP, now))).toBe('approved');
  expect(outcome(await submitComment(asPerson(owner), said('Two.', { guest: null }), IP, later(1)))).toBe('approved');
});

test('what screening sorts to the trash still looks like waiting to its writer, until a person has decided', async () => {
  const post = await openPost();
  await makeRules({ disallowedWords: ['badword'] });
  const sent = await submitComment(guest(), said('A badword.'), IP, now);
  expect(outcome(sent)).toBe('trash');
  expect(await listOwnWaiting(post.id, guest())).toHaveLength(1);
});
