import { expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { findDiscussion } from '@/lib/comments/discussion';
import { findNews } from '@/lib/comments/news-count';
import { BEGINNING } from '@/lib/comments/rules';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { decideComment } from '@/lib/moderation/commands';
import { findPost } from '@/lib/posts/queries';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2026-11-24T20:00:00Z');
const at = (minute: number) => new Date(now.getTime() + (minute - 600) * 60_000);

async function scene() {
  const author = await makeUser({ role: 'author', emailVerified: now });
  const post = await makePost({ authorId: author.id, slug: 'tea', publishedAt: at(0) });
  return { author, post };
}

test('what readers see is counted, as the heading counts it: nothing that is held, hidden or deleted, and no mention', async () => {
  const { author, post } = await scene();
  const first = await makeComment({ postId: post.id, createdAt: at(1) });
  const reply = await makeComment({ postId: post.id, createdAt: at(2), parent: first });
  for (const status of ['pending', 'spam', 'trash', 'deleted'] as const) await makeComment({ postId: post.id, createdAt: at(3), status });
  await makeComment({ postId: post.id, createdAt: at(4), kind: 'mention' });
  await makeComment({ postId: (await makePost({ authorId: author.id, slug: 'coffee' })).id, createdAt: at(5) });
  const news = await findNews('tea', now);
  expect(news).toEqual({ comments: 2, newest: reply.publicId });
  expect(news?.comments).toBe((await findPost('tea', now))?.approvedCount);
  expect(news?.newest).toBe((await findDiscussion({ id: post.id, authorId: author.id, authorIsClaimed: true }, BEGINNING))?.newest);
});

test('nothing else is told: no name, no address, no words', async () => {
  const { post } = await scene();
  await makeComment({ postId: post.id, name: 'Ines', email: 'ines@secret.example', source: 'A secret.' });
  expect(JSON.stringify(await findNews('tea', now))).toMatch(/^\{"comments":1,"newest":"[0-9a-z]{12}"\}$/);
});

test('a post that nobody has answered has none', async () => {
  await scene();
  expect(await findNews('tea', now)).toEqual({ comments: 0, newest: null });
});

test('a decision is counted at once, and taken back at once', async () => {
  const { post } = await scene();
  const held = await makeComment({ postId: post.id, createdAt: at(1), status: 'pending' });
  const user = await makeUser({ role: 'moderator', emailVerified: now });
  const moderator: Person = { kind: 'person', userId: user.id, name: 'M', isNamed: true, email: user.email, role: 'moderator', standing: 'normal', standingUntil: null, writerHash: null };
  expect((await decideComment(moderator, { comment: held.publicId, revision: 1, seenStatus: 'pending', decision: 'approve' }, now)).ok).toBe(true);
  expect(await findNews('tea', now)).toEqual({ comments: 1, newest: held.publicId });
  expect((await decideComment(moderator, { comment: held.publicId, revision: 1, seenStatus: 'approved', decision: 'spam' }, now)).ok).toBe(true);
  expect(await findNews('tea', now)).toEqual({ comments: 0, newest: null });
});

test.each(['draft', 'private', 'password', 'scheduled', 'trash'] as const)('a post that is %s has none to tell', async (status) => {
  const { post } = await scene();
  await makeComment({ postId: post.id });
  await db().post.update({ where: { id: post.id }, data: { status, password: 'once upon', publishedAt: status === 'scheduled' ? new Date(now.getTime() + 60_000) : at(0) } });
  expect(await findNews('tea', now)).toBeNull();
});

test('a post whose hour has not come, a page, and what is not there have none either', async () => {
  const { author, post } = await scene();
  await makePost({ authorId: author.id, slug: 'about', kind: 'page', publishedAt: at(0) });
  await db().post.update({ where: { id: post.id }, data: { publishedAt: new Date(now.getTime() + 60_000) } });
  expect([await findNews('tea', now), await findNews('about', now), await findNews("' OR 1=1 --", now)]).toEqual([null, null, null]);
});

test('who has the address of an unlisted post is told; search engines keep no such answer', async () => {
  const { post } = await scene();
  await db().post.update({ where: { id: post.id }, data: { status: 'unlisted' } });
  const answer = newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin: 'http://localhost' });
  expect(await withAnswer(answer, () => findNews('tea', now))).toEqual({ comments: 0, newest: null });
  expect(answer.headers['X-Robots-Tag']).toBe('noindex');
});
