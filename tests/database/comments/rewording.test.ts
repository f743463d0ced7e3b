import { expect, test } from 'vitest';
import { findReworded, listOwnWaiting } from '@/lib/comments/own';
import { submitComment } from '@/lib/comments/commands';
import type { Guest, NewComment } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { declineComment } from '@/lib/moderation/declining';
import { undoDecision } from '@/lib/moderation/commands';
import { anonymiseComments } from '@/lib/comments/erase';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();

const now = new Date('2099-11-25T20:00:00Z');
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const HASH = 'a'.repeat(64);
const nora: Guest = { name: 'Nora', email: 'nora@example.com', website: '' };
const writer: Actor = { kind: 'guest', writerHash: HASH };
const stranger: Actor = { kind: 'guest', writerHash: 'b'.repeat(64) };

async function person(role: Role, standing: Person['standing'] = 'normal'): Promise<Person> {
  const user = await makeUser({ role, standing, emailVerified: now });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing, standingUntil: null, writerHash: null };
}

/** A declined comment on an open post; whose, is given. */
async function scene(given: Partial<Parameters<typeof makeComment>[0]> = { writerHash: HASH, name: 'Nora', email: 'nora@example.com' }) {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId, slug: 'open', publishedAt: new Date('2026-11-01T08:00:00Z') });
  const comment = await makeComment({ postId: post.id, status: 'pending', source: 'As it was, with *stars*.', ...given });
  const declined = await declineComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'pending', reason: 'unkind', words: 'More kindly, please.' }, now);
  if (!declined.ok) throw new Error(declined.message);
  return { owner, post, comment, event: declined.value.event };
}

const say = (actor: Actor, reword: string, comment = 'As it is.', more: Partial<NewComment> = {}, at = minutes(5)) =>
  submitComment(actor, { post: 'open', parent: '', comment, guest: actor.kind === 'guest' ? nora : null, reword, ...more }, '192.0.2.1', at);
const newest = () => db().comment.findFirstOrThrow({ orderBy: { createdAt: 'desc' }, include: { events: true } });
const isShown = async (postId: string, viewer: Actor = writer) => (await listOwnWaiting(postId, viewer)).map(({ declined }) => declined !== null);

test('the box begins with the text as typed, for its own writer alone, and only while it is declined', async () => {
  const { owner, post, comment, event } = await scene();
  expect(await findReworded(post.id, comment.publicId, writer)).toEqual({ id: comment.publicId, name: 'Nora', source: 'As it was, with *stars*.' });
  for (const other of [stranger, owner, { kind: 'guest', writerHash: null } as const]) expect(await findReworded(post.id, comment.publicId, other)).toBeNull();
  for (const id of ['', 'nonsense', 'ffffffffffff', "' OR 1=1"]) expect(await findReworded(post.id, id, writer)).toBeNull();
  expect(await findReworded(newId(), comment.publicId, writer)).toBeNull();
  await undoDecision(owner, event, minutes(1));
  expect(await findReworded(post.id, comment.publicId, writer)).toBeNull();
});

test('what says it in other words is held for that reason, linked to it, and takes its place with its writer', async () => {
  const { post, comment } = await scene();
  expect(await say(writer, comment.publicId)).toMatchObject({ ok: true, value: { status: 'pending' } });
  expect(await newest()).toMatchObject({ rewordsId: comment.id, rule: 'reworded', risk: 45, events: [{ decision: 'submit', reasons: [{ rule: 'reworded' }] }] });
  expect(await isShown(post.id)).toEqual([false]);
  expect(await findReworded(post.id, comment.publicId, writer)).toBeNull();
  expect(await say(writer, comment.publicId, 'Once more.', {}, minutes(10))).toMatchObject({ ok: true });
  expect(await newest()).toMatchObject({ rewordsId: null, source: 'Once more.' });
});

test('the very same words may be sent again: a person reads them anew', async () => {
  const { comment } = await scene();
  expect(await say(writer, comment.publicId, 'As it was, with *stars*.')).toMatchObject({ ok: true, value: { status: 'pending' } });
});

test('of somebody whose comments are published at once it is held too, and of somebody trusted; what staff says is not', async () => {
  for (const [at, role, standing, status] of [[5, 'reader', 'normal', 'pending'], [10, 'reader', 'trusted', 'pending'], [15, 'moderator', 'normal', 'approved']] as const) {
    const someone = await person(role, standing);
    const { post, comment } = await scene({ userId: someone.userId, name: someone.name });
    await makeComment({ postId: post.id, userId: someone.userId, name: someone.name });
    expect(await say(someone, comment.publicId, 'As it is.', {}, minutes(at))).toMatchObject({ ok: true, value: { status } });
    expect((await newest()).rewordsId).toBe(comment.id);
    await db().post.update({ where: { id: post.id }, data: { slug: newId() } });
  }
});

test('somebody else’s declined comment, or one that is not declined, links nothing and holds nothing', async () => {
  const { owner, post, comment, event } = await scene();
  const known = await person('reader');
  await makeComment({ postId: post.id, userId: known.userId, name: known.name });
  expect(await say(known, comment.publicId)).toMatchObject({ ok: true, value: { status: 'approved' } });
  expect((await newest()).rewordsId).toBeNull();
  expect(await isShown(post.id)).toEqual([true]);
  await undoDecision(owner, event, minutes(6));
  await say(writer, comment.publicId, 'Too late.', {}, minutes(10));
  expect(await newest()).toMatchObject({ source: 'Too late.', rewordsId: null, rule: 'first-comment' });
});

test('two names are never joined: a guest’s declined comment is not linked to a name on this post only, nor the other way', async () => {
  const { post, comment } = await scene();
  const ida = { ...(await person('reader')), writerHash: HASH };
  await say(ida, comment.publicId, 'As an owl.', { pseudonym: 'Quiet Owl' });
  expect(await newest()).toMatchObject({ name: 'Quiet Owl', rewordsId: null, rule: 'pseudonym' });
  const owls = await newest();
  const declined = await declineComment(await person('owner'), { comment: owls.publicId, revision: 1, seenStatus: 'pending', reason: 'other', words: 'Please.' }, minutes(6));
  expect(declined.ok).toBe(true);
  await db().comment.update({ where: { id: owls.id }, data: { writerHash: HASH } });
  await say(writer, owls.publicId, 'As a guest.', {}, minutes(10));
  expect(await newest()).toMatchObject({ name: 'Nora', rewordsId: null });
  expect((await isShown(post.id)).filter(Boolean)).toHaveLength(2);
  await say(ida, owls.publicId, 'As an owl, kindly.', {}, minutes(20));
  expect(await newest()).toMatchObject({ name: 'Quiet Owl', rewordsId: owls.id, rule: 'reworded' });
});

test('of two at once that say the same comment again, one is linked', async () => {
  const { comment } = await scene();
  await Promise.all([say(writer, comment.publicId, 'One.'), say(writer, comment.publicId, 'Two.')]);
  expect(await db().comment.count({ where: { rewordsId: comment.id } })).toBe(1);
});

test('nor a guest’s and one’s own, in the same browser: not by signing in, not by signing out, not by another address', async () => {
  const { post, comment } = await scene();
  const ida = { ...(await person('reader')), writerHash: HASH };
  await say(ida, comment.publicId, 'In my own name.');
  expect(await newest()).toMatchObject({ userId: ida.userId, rewordsId: null });
  await say(writer, comment.publicId, 'By another guest.', { guest: { ...nora, name: 'Ruth', email: 'ruth@example.com' } }, minutes(10));
  expect(await newest()).toMatchObject({ name: 'Ruth', rewordsId: null });
  expect(await isShown(post.id)).toContain(true);
  await db().post.update({ where: { id: post.id }, data: { slug: newId() } });
  const own = await scene({ userId: ida.userId, name: ida.name, writerHash: HASH });
  await say(writer, own.comment.publicId, 'Not in my own name.', {}, minutes(15));
  expect(await newest()).toMatchObject({ name: 'Nora', userId: null, rewordsId: null });
  await say(ida, own.comment.publicId, 'In my own name again.', {}, minutes(20));
  expect(await newest()).toMatchObject({ userId: ida.userId, rewordsId: own.comment.id });
});

test('with the account of its writer the link goes', async () => {
  const someone = await person('reader');
  const { comment } = await scene({ userId: someone.userId, name: someone.name });
  await say(someone, comment.publicId);
  const said = await newest();
  expect(said.rewordsId).toBe(comment.id);
  await db().$transaction((tx) => anonymiseComments(tx, [said.id]));
  expect(await db().comment.findUniqueOrThrow({ where: { id: said.id } })).toMatchObject({ name: 'Anonymous', rewordsId: null });
});
