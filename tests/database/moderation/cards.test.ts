import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment, editComment, undoDecision } from '@/lib/moderation/commands';
import { declineComment } from '@/lib/moderation/declining';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import type { Reason } from '@/lib/moderation/schema';
import { addNote } from '@/lib/people/commands';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysAgo, makePseudonym, now, person } from './scene';

useDatabase();

async function scene() {
  const [owner, moderator, author] = [await person('owner', { name: 'Marlene' }), await person('moderator', { name: 'Mod' }), await person('author')];
  const post = await makePost({ authorId: author.userId });
  return { owner, moderator, author, post };
}

async function cardOf(viewer: Person, publicId: string) {
  const { cards } = await findQueue(viewer, wholeQueue('all'), 'newest', null, publicId, now);
  const [card] = cards;
  if (!card) throw new Error('There is no such card.');
  return card;
}

const submitted = (commentId: string, reasons: Reason[], decision: 'submit' | 'report' = 'submit') =>
  db().moderationEvent.create({ data: { id: newId(), commentId, decision, toStatus: 'pending', fromStatus: decision === 'report' ? 'approved' : null, reasons, createdAt: decision === 'report' ? daysAgo(1) : daysAgo(2) } });
const seen = (comment: { publicId: string }, seenStatus: 'pending' | 'approved', revision = 1) => ({ comment: comment.publicId, revision, seenStatus });

test('a card tells of what it answers, and of how many answer it and the first of them', async () => {
  const { owner, post } = await scene();
  const parent = await makeComment({ postId: post.id, name: 'Ines', source: 'Does he **sleep**?' });
  const comment = await makeComment({ postId: post.id, parent, name: 'Jonas', source: 'He does.', createdAt: daysAgo(3) });
  await makeComment({ postId: post.id, parent: comment, name: 'Second', source: 'Since when?', createdAt: daysAgo(1) });
  await makeComment({ postId: post.id, parent: comment, name: 'First', source: 'Ours does not.', createdAt: daysAgo(2) });
  await makeComment({ postId: post.id, parent: comment, name: 'Waiting', status: 'pending', createdAt: daysAgo(3) });
  expect(await cardOf(owner, comment.publicId)).toMatchObject({
    inReplyTo: { id: parent.publicId, name: 'Ines', status: 'approved', text: 'Does he sleep?' }, replyCount: 2, firstReply: { name: 'First', text: 'Ours does not.' },
  });
  expect(await cardOf(owner, parent.publicId)).toMatchObject({ inReplyTo: null, replyCount: 1, firstReply: { name: 'Jonas' } });
});

test('the writer’s history counts what the same person wrote under their own name, so far and no further', async () => {
  const { owner, post } = await scene();
  const ruth = await person('reader', { email: 'ruth@example.com' });
  const owl = await makePseudonym(ruth.userId, post.id, 'Night Owl');
  const own = { postId: post.id, userId: ruth.userId, email: 'ruth@example.com' };
  for (let at = 0; at < 103; at += 1) await makeComment({ ...own, createdAt: daysAgo(10) });
  await makeComment({ ...own, status: 'spam', createdAt: daysAgo(40) });
  await makeComment({ ...own, pseudonymId: owl.id, email: null, status: 'trash', createdAt: daysAgo(60) });
  await makeComment({ postId: post.id, email: 'ruth@example.com', status: 'trash', createdAt: daysAgo(50) });
  const waiting = await makeComment({ ...own, status: 'pending' });
  expect((await cardOf(owner, waiting.publicId)).writer).toEqual({ counts: { approved: 100, pending: 1, spam: 1, trash: 0 }, firstSeen: daysAgo(40) });
});

test('a name on one post has a history of its own, a guest one by address, and nobody known none', async () => {
  const { moderator, post } = await scene();
  const ruth = await person('reader');
  const owl = await makePseudonym(ruth.userId, post.id, 'Night Owl');
  await makeComment({ postId: post.id, userId: ruth.userId });
  const hidden = await makeComment({ postId: post.id, userId: ruth.userId, pseudonymId: owl.id, email: null, status: 'pending' });
  const card = await cardOf(moderator, hidden.publicId);
  expect(card).toMatchObject({ writerKey: owl.id, writer: { counts: { approved: 0, pending: 1, spam: 0, trash: 0 }, firstSeen: daysAgo(5) } });
  expect(JSON.stringify(card)).not.toContain(ruth.userId);

  await makeComment({ postId: post.id, email: 'grete@example.net', status: 'trash', createdAt: daysAgo(9) });
  const guest = await makeComment({ postId: post.id, email: 'grete@example.net', status: 'pending' });
  expect(await cardOf(moderator, guest.publicId)).toMatchObject({ writerKey: guest.publicId, writer: { counts: { pending: 1, trash: 1 }, firstSeen: daysAgo(9) } });
  const nobody = await makeComment({ postId: post.id, email: null, status: 'pending' });
  expect(await cardOf(moderator, nobody.publicId)).toMatchObject({ writerKey: nobody.publicId, writer: null });
  const mention = await makeComment({ postId: post.id, email: null, kind: 'mention' });
  expect((await cardOf(moderator, mention.publicId)).writer).toBeNull();
});

test('an author’s cards count what stands under own posts, and lead to no person', async () => {
  const { owner, author, post } = await scene();
  const ruth = await person('reader');
  const elsewhere = await makePost({ authorId: owner.userId });
  await makeComment({ postId: elsewhere.id, userId: ruth.userId, createdAt: daysAgo(99) });
  const own = await makeComment({ postId: post.id, userId: ruth.userId, createdAt: daysAgo(2) });
  const card = await cardOf(author, own.publicId);
  expect(card).toMatchObject({ personId: null, writerKey: own.publicId, notes: null, writer: { counts: { approved: 1 }, firstSeen: daysAgo(2) } });
  expect(JSON.stringify(card)).not.toContain(ruth.userId);
});

test('a card has the beginning of its network’s hash, and no more of it', async () => {
  const { owner, post } = await scene();
  const comment = await makeComment({ postId: post.id, ipHash: '3fa9c0ffee12'.padEnd(64, 'b') });
  const card = await cardOf(owner, comment.publicId);
  expect(card.network).toBe('3fa9c0ffee12');
  expect(JSON.stringify(card)).not.toContain('3fa9c0ffee12b');
  expect((await cardOf(owner, (await makeComment({ postId: post.id })).publicId)).network).toBeNull();
});

test('a declined comment is here because it was declined, until that is undone', async () => {
  const { moderator, post } = await scene();
  const comment = await makeComment({ postId: post.id, status: 'pending' });
  await submitted(comment.id, [{ rule: 'first-comment' }]);
  const made = await declineComment(moderator, { ...seen(comment, 'pending'), reason: 'personal', words: 'Please say it without the name.' }, now);
  if (!made.ok) throw new Error(made.message);
  expect((await cardOf(moderator, comment.publicId)).reasons).toEqual([{ rule: 'declined', reason: 'personal' }]);
  await undoDecision(moderator, made.value.event, now);
  expect((await cardOf(moderator, comment.publicId)).reasons).toEqual([{ rule: 'first-comment' }]);
});

test('why it is here is what brought it here last; open reports are told by reason and words, and never by whom', async () => {
  const { moderator, post } = await scene();
  const reader = await person('reader', { name: 'Reporter' });
  const comment = await makeComment({ postId: post.id, status: 'pending', isUrgent: true });
  await submitted(comment.id, [{ rule: 'first-comment' }]);
  expect((await cardOf(moderator, comment.publicId)).reasons).toEqual([{ rule: 'first-comment' }]);
  await submitted(comment.id, [{ rule: 'reported', readers: 2, reason: 'private' }], 'report');
  const report = { commentId: comment.id, reason: 'private' as const };
  await db().report.createMany({
    data: [
      { id: newId(), ...report, userId: reader.userId, words: 'My sister’s child.' }, { id: newId(), ...report, reporterHash: 'c'.repeat(64), ipHash: 'd'.repeat(64) },
      { id: newId(), ...report, reason: 'spam', reporterHash: 'e'.repeat(64) }, { id: newId(), ...report, reporterHash: 'f'.repeat(64), answeredAt: daysAgo(1), answer: 'approved', words: 'Answered.' },
    ],
  });
  const card = await cardOf(moderator, comment.publicId);
  expect(card).toMatchObject({ isUrgent: true, reasons: [{ rule: 'reported', readers: 2, reason: 'private' }] });
  expect(card.reports).toEqual({ count: 3, reasons: [{ reason: 'private', count: 2 }, { reason: 'spam', count: 1 }], words: ['My sister’s child.'] });
  for (const secret of [reader.userId, 'Reporter', 'c'.repeat(64), 'd'.repeat(12), 'Answered.']) expect(JSON.stringify(card)).not.toContain(secret);
});

test('a card names the declined comment that it says in other words', async () => {
  const { owner, post } = await scene();
  const declined = await makeComment({ postId: post.id, status: 'trash' });
  const again = await makeComment({ postId: post.id, status: 'pending', rewordsId: declined.id });
  expect((await cardOf(owner, again.publicId)).rewords).toBe(declined.publicId);
  expect((await cardOf(owner, declined.publicId)).rewords).toBeNull();
});

test('the history tells who, when, why, from where to where, the words of a refusal and the text before an edit', async () => {
  const { owner, moderator, post } = await scene();
  const comment = await makeComment({ postId: post.id, status: 'pending', source: 'Before.' });
  await submitted(comment.id, [{ rule: 'links', count: 3, limit: 2 }]);
  await editComment(moderator, { ...seen(comment, 'pending'), source: 'After.' }, now);
  const trashed = await decideComment(owner, { ...seen(comment, 'pending', 2), decision: 'trash' }, now);
  if (!trashed.ok) throw new Error(trashed.message);
  await db().decline.create({ data: { eventId: trashed.value.event, commentId: comment.id, reason: 'unkind', words: 'Please be kind.' } });
  const card = await cardOf(moderator, comment.publicId);
  expect(card.history).toMatchObject([
    { decision: 'submit', actorName: null, fromStatus: null, toStatus: 'pending', reasons: [{ rule: 'links' }], textBefore: null },
    { decision: 'edit', actorName: 'Mod', fromStatus: 'pending', toStatus: 'pending', textBefore: expect.stringContaining('Before.'), decline: null },
    { decision: 'trash', actorName: 'Marlene', fromStatus: 'pending', toStatus: 'trash', decline: { reason: 'unkind', words: 'Please be kind.' }, textBefore: null },
  ]);
  expect(card.undoable).toBe(trashed.value.event);
  await undoDecision(owner, trashed.value.event, now);
  const edit = card.history[1]?.id;
  expect(await cardOf(owner, comment.publicId)).toMatchObject({ undoable: edit, status: 'pending' });
  expect(await undoDecision(owner, edit ?? '', now)).toMatchObject({ ok: true });
  expect((await cardOf(owner, comment.publicId)).html).toContain('Before.');
});

test('moderators read the three latest notes about a person, a name on one post, or a guest’s comment, each apart', async () => {
  const { owner, moderator, post } = await scene();
  const ruth = await person('reader');
  const owl = await makePseudonym(ruth.userId, post.id, 'Night Owl');
  const own = await makeComment({ postId: post.id, userId: ruth.userId });
  const hidden = await makeComment({ postId: post.id, userId: ruth.userId, pseudonymId: owl.id, email: null });
  const guest = await makeComment({ postId: post.id, email: 'grete@example.net' });
  const other = await makeComment({ postId: post.id, email: 'grete@example.net' });
  for (let at = 1; at <= 4; at += 1) expect(await addNote(moderator, { person: ruth.userId, note: `Ruth ${at}.` }, daysAgo(10 - at))).toMatchObject({ ok: true });
  await addNote(owner, { person: owl.id, note: 'An owl.' }, now);
  await addNote(moderator, { person: guest.publicId, note: 'A guest.' }, now);
  const notes = async (viewer: Person, id: string) => (await cardOf(viewer, id)).notes?.map(({ text, byName }) => `${text} ${byName}`) ?? null;
  for (const viewer of [owner, moderator]) {
    expect(await notes(viewer, own.publicId)).toEqual(['Ruth 4. Mod', 'Ruth 3. Mod', 'Ruth 2. Mod']);
    expect(await notes(viewer, hidden.publicId)).toEqual(['An owl. Marlene']);
    expect(await notes(viewer, guest.publicId)).toEqual(['A guest. Mod']);
    expect(await notes(viewer, other.publicId)).toEqual([]);
  }
});

test('a note by a comment is about whoever wrote it: the name before the person, and nobody writes one about themself', async () => {
  const { moderator, author, post } = await scene();
  const ruth = await person('reader');
  const owl = await makePseudonym(ruth.userId, post.id, 'Night Owl');
  const hidden = await makeComment({ postId: post.id, userId: ruth.userId, pseudonymId: owl.id, email: null });
  const own = await makeComment({ postId: post.id, userId: ruth.userId });
  const mine = await makeComment({ postId: post.id, userId: moderator.userId });
  const gone = await makeComment({ postId: post.id, status: 'deleted' });
  for (const { publicId } of [hidden, own]) await addNote(moderator, { person: publicId, note: 'A note.' }, now);
  expect(await db().personNote.findMany({ select: { userId: true, pseudonymId: true, commentId: true }, orderBy: { pseudonymId: 'asc' } })).toEqual([
    { userId: null, pseudonymId: owl.id, commentId: null }, { userId: ruth.userId, pseudonymId: null, commentId: null },
  ]);
  expect(await addNote(moderator, { person: mine.publicId, note: 'Me.' }, now)).toMatchObject({ ok: false, code: 'forbidden' });
  expect(await addNote(moderator, { person: gone.publicId, note: 'Gone.' }, now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await addNote(author, { person: own.publicId, note: 'Not mine to say.' }, now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await addNote({ kind: 'guest', writerHash: null }, { person: own.publicId, note: 'Hello.' }, now)).toMatchObject({ ok: false, code: 'not-signed-in' });
});

test('nobody reads the notes about themself, under their own name or another', async () => {
  const { owner, moderator, post } = await scene();
  const owl = await makePseudonym(moderator.userId, post.id, 'Night Owl');
  const own = await makeComment({ postId: post.id, userId: moderator.userId });
  const hidden = await makeComment({ postId: post.id, userId: moderator.userId, pseudonymId: owl.id, email: null });
  await addNote(owner, { person: moderator.userId, note: 'Secret.' }, now);
  await addNote(owner, { person: owl.id, note: 'Secret too.' }, now);
  expect((await cardOf(moderator, own.publicId)).notes).toBeNull();
  expect((await cardOf(moderator, hidden.publicId)).notes).toEqual([]);
  expect((await cardOf(owner, own.publicId)).notes).toHaveLength(1);
});
