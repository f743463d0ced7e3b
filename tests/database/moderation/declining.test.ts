import { describe, expect, test } from 'vitest';
import { listOwnComments } from '@/lib/account/queries';
import { newAnswer, withAnswer } from '@/lib/answer';
import { listOwnWaiting } from '@/lib/comments/own';
import { findCommentAddress } from '@/lib/comments/queries';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment, decideMany, editComment, undoDecision } from '@/lib/moderation/commands';
import { sendDecisionMails } from '@/lib/moderation/decision-mail';
import { declineComment } from '@/lib/moderation/declining';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import { DECLINE_WORDS_MAX_CHARACTERS, type Act, type CommentStatus } from '@/lib/moderation/schema';
import type { Result } from '@/lib/result';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const now = new Date('2026-11-25T20:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const WORDS = 'Thank you for writing.\nCould you say it without the name?';
const HASH = 'a'.repeat(64);
const origin = 'https://blog.example';

async function person(role: Role, given: Parameters<typeof makeUser>[0] = {}): Promise<Person> {
  const user = await makeUser({ role, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

async function scene(status: CommentStatus = 'pending', given: Partial<Parameters<typeof makeComment>[0]> = {}) {
  const author = await person('author');
  const post = await makePost({ authorId: author.userId, title: 'Patience', slug: 'patience', publishedAt: new Date('2026-11-01T08:00:00Z') });
  const comment = await makeComment({ postId: post.id, status, source: 'My neighbour *Hilde* shouts.', writerHash: HASH, ...given });
  return { author, post, comment, owner: await person('owner') };
}

type Commented = { publicId: string; revision: number; status: CommentStatus };
const seen = ({ publicId, revision, status }: Commented) => ({ comment: publicId, revision, seenStatus: status });
const decline = (actor: Actor, comment: Commented, words = WORDS, at = now) => declineComment(actor, { ...seen(comment), reason: 'personal', words }, at);
const decide = (actor: Actor, comment: Commented, decision: Act, status = comment.status) => decideComment(actor, { ...seen(comment), seenStatus: status, decision }, now);
const statusOf = async (id: string) => (await db().comment.findUniqueOrThrow({ where: { id } })).status;
const writer: Actor = { kind: 'guest', writerHash: HASH };
const stranger: Actor = { kind: 'guest', writerHash: 'b'.repeat(64) };
const told = async (postId: string, viewer: Actor = writer) => (await listOwnWaiting(postId, viewer)).map(({ declined }) => declined);
const jobs = async () => (await database.sql.query<{ data: { event: string; origin: string }; start_after: Date }>(`SELECT data, start_after FROM pgboss.job WHERE name = 'decision-mail' ORDER BY created_on, id`)).rows;
/** As the worker does when the time of the jobs has come. */
const mailTime = async () => { for (const { data } of await jobs()) await sendDecisionMails(data, later(120)); };
const mails = () => db().mail.findMany({ orderBy: { createdAt: 'asc' } });

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe('declining', () => {
  test.each(['pending', 'approved', 'spam'] as const)('takes a comment from %s to the trash, with the reason in its event and the words for its writer', async (status) => {
    const { owner, post, comment } = await scene(status);
    expect(await decline(owner, comment)).toMatchObject({ ok: true, value: { decision: 'decline', from: status, to: 'trash' } });
    const { events, declines, ...now_ } = await db().comment.findUniqueOrThrow({ where: { id: comment.id }, include: { events: true, declines: true } });
    expect(now_.status).toBe('trash');
    expect(events).toMatchObject([{ decision: 'decline', actorId: owner.userId, fromStatus: status, toStatus: 'trash', reasons: [{ rule: 'declined', reason: 'personal' }] }]);
    expect(declines).toMatchObject([{ eventId: events[0]?.id, reason: 'personal', words: WORDS }]);
    expect((await db().post.findUniqueOrThrow({ where: { id: post.id } })).approvedCount).toBe(0);
  });

  test.each(['trash', 'deleted'] as const)('is a conflict where the comment is %s, and nobody is told anything', async (status) => {
    const { owner, comment } = await scene(status);
    expect(await decline(owner, comment)).toMatchObject({ ok: false, code: 'conflict' });
    expect(await db().decline.count()).toBe(0);
    expect(await jobs()).toEqual([]);
  });

  test('of a mention is a conflict: nobody here wrote it', async () => {
    const { owner, comment } = await scene('pending', { kind: 'mention' });
    expect(await decline(owner, comment)).toMatchObject({ ok: false, code: 'conflict' });
  });

  test.each([
    ['guest', 'not-found'], ['reader', 'not-found'], ['another author', 'not-found'], ['banned moderator', 'not-found'],
    ['the post’s author', 'ok'], ['moderator', 'ok'], ['owner', 'ok'],
  ] as const)('by a %s: %s', async (word, outcome) => {
    const { author, owner, comment } = await scene();
    const actors: Record<string, () => Promise<Actor> | Actor> = {
      guest: () => stranger, reader: () => person('reader'), 'another author': () => person('author'), 'banned moderator': async () => ({ ...(await person('moderator')), standing: 'banned' }),
      'the post’s author': () => author, moderator: () => person('moderator'), owner: () => owner,
    };
    const result = await decline(await actors[word]!(), comment);
    expect(result.ok ? 'ok' : result.code).toBe(outcome);
    expect(await statusOf(comment.id)).toBe(outcome === 'ok' ? 'trash' : 'pending');
    expect(await db().decline.count()).toBe(outcome === 'ok' ? 1 : 0);
  });

  test.each([
    ['no words', '  \n '],
    ['too many', 'x'.repeat(DECLINE_WORDS_MAX_CHARACTERS + 1)],
    ['what no keyboard types', 'Bell\u0007'],
  ])('with %s is refused, and nothing happens', async (_, words) => {
    const { owner, comment } = await scene();
    expect(await decline(owner, comment, words)).toMatchObject({ ok: false, code: 'invalid' });
    expect(await statusOf(comment.id)).toBe('pending');
  });

  test('words are kept as written, with newlines of one kind and nothing around them', async () => {
    const { owner, comment } = await scene();
    valueOf(await decline(owner, comment, ' One.\r\nTwo “ü” 🙂 <b>not bold</b>\0 '));
    expect(await db().decline.findFirst()).toMatchObject({ words: 'One.\nTwo “ü” 🙂 <b>not bold</b>' });
  });

  test('by two people at once: one declines, the other is told who was first', async () => {
    const { owner, comment } = await scene();
    const moderator = await person('moderator');
    const results = await Promise.all([decline(owner, comment), decide(moderator, comment, 'approve')]);
    expect(results.map((result) => (result.ok ? 'won' : result.code)).sort()).toEqual(['conflict', 'won']);
    expect(await db().moderationEvent.count()).toBe(1);
    expect(await db().decline.count()).toBe(await db().comment.count({ where: { status: 'trash' } }));
  });
});

describe('the writer of a declined comment', () => {
  test('sees why, on its own page and in their account; nobody else sees anything, and readers have no trace of it', async () => {
    const reader = await person('reader');
    const { owner, post, comment } = await scene('approved', { userId: reader.userId, name: reader.name });
    valueOf(await decline(owner, comment));
    expect(await told(post.id)).toEqual([{ reason: 'personal', words: WORDS }]);
    expect(await told(post.id, { ...reader, writerHash: null })).toEqual([{ reason: 'personal', words: WORDS }]);
    for (const other of [stranger, { kind: 'guest', writerHash: null } as const, owner]) expect(await listOwnWaiting(post.id, other)).toEqual([]);
    const { comments } = await listOwnComments(reader, null, now);
    expect(comments).toMatchObject([{ state: 'not published', path: `/comments/${comment.publicId}`, declined: { reason: 'personal', words: WORDS, reword: `/posts/patience/reply?reword=${comment.publicId}` } }]);
    expect(JSON.stringify(await findDiscussion({ ...post, authorIsClaimed: true }, BEGINNING))).not.toContain('Hilde');
    expect(await findCommentAddress(comment.publicId, writer, now)).toBe(`/posts/patience/reply#comment-${comment.publicId}`);
    expect(await findCommentAddress(comment.publicId, stranger, now)).toBeNull();
  });

  test('sees it wait again after the undo, and what is declined anew in its new words', async () => {
    const { owner, post, comment } = await scene();
    const first = valueOf(await decline(owner, comment));
    expect(await undoDecision(owner, first.event, later(10))).toMatchObject({ ok: true, value: { from: 'trash', to: 'pending' } });
    expect(await told(post.id)).toEqual([null]);
    valueOf(await declineComment(owner, { ...seen({ ...comment }), reason: 'unkind', words: 'Once more, kindly.' }, later(20)));
    expect(await told(post.id)).toEqual([{ reason: 'unkind', words: 'Once more, kindly.' }]);
  });

  test('sees nothing of what was put in the trash or among spam by a person without a word, before or after', async () => {
    const { owner, post, comment } = await scene();
    const declined = valueOf(await decline(owner, comment));
    valueOf(await undoDecision(owner, declined.event, later(10)));
    const silent = valueOf(await decide(owner, comment, 'trash'));
    expect(await told(post.id)).toEqual([]);
    expect(await findCommentAddress(comment.publicId, writer, now)).toBeNull();
    valueOf(await undoDecision(owner, silent.event, later(20)));
    valueOf(await decide(owner, comment, 'spam'));
    expect(await told(post.id)).toEqual([]);
  });

  test('sees a comment that somebody edited in the trash as declined still', async () => {
    const { owner, post, comment } = await scene();
    valueOf(await decline(owner, comment));
    valueOf(await editComment(owner, { ...seen({ ...comment, status: 'trash' }), source: 'My neighbour shouts.' }, later(10)));
    expect(await told(post.id)).toEqual([{ reason: 'personal', words: WORDS }]);
  });
});

describe('what was said of a comment', () => {
  test('goes when it is deleted for good', async () => {
    const { owner, comment } = await scene();
    valueOf(await decline(owner, comment));
    await db().report.create({ data: { id: newId(), commentId: comment.id, reason: 'private', words: 'That is me, Hilde.', reporterHash: 'c' } });
    await db().personNote.create({ data: { id: newId(), commentId: comment.id, byId: owner.userId, text: 'Knows Hilde.' } });
    valueOf(await decide(owner, comment, 'delete', 'trash'));
    expect(await db().decline.count()).toBe(0);
    expect(await db().personNote.count()).toBe(0);
    expect(await db().report.findMany()).toMatchObject([{ words: '', reason: 'private' }]);
  });
});

describe('the mail', () => {
  const proven = () => person('reader', { name: 'Ida Plain', email: 'ida@example.net', emailVerified: now });

  test('goes to a proven address two minutes later, with the words, the text, and the way to say it again; once, however often the job runs', async () => {
    const ida = await proven();
    const { owner, comment } = await scene('pending', { userId: ida.userId, name: ida.name });
    await withAnswer(newAnswer({ requestId: '-', clientIp: '192.0.2.1', origin }), async () => valueOf(await decline(owner, comment)));
    expect(await jobs()).toMatchObject([{ data: { origin }, start_after: later(120) }]);
    expect(await mails()).toEqual([]);
    await Promise.all([mailTime(), mailTime(), mailTime()]);
    await mailTime();
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail).toMatchObject({ to: 'ida@example.net', subject: 'Your comment on “Patience”' });
    expect(mail?.text).toContain(WORDS);
    expect(mail?.text).toContain('My neighbour *Hilde* shouts.');
    expect(mail?.text).toContain(`${origin}/sign-in?to=${encodeURIComponent(`/posts/patience/reply?reword=${comment.publicId}`)}`);
    expect(mail?.text).not.toContain(owner.name);
  });

  test.each([
    ['is undone', async (owner: Person, event: string) => void valueOf(await undoDecision(owner, event, later(60)))],
    ['is followed by a deletion', async (owner: Person, _: string, comment: Commented) => void valueOf(await decide(owner, comment, 'delete', 'trash'))],
    ['is followed by another decision', async (owner: Person, _: string, comment: Commented) => void valueOf(await decide(owner, comment, 'spam', 'trash'))],
  ])('is not written when the decision %s within two minutes', async (_, act) => {
    const ida = await proven();
    const { owner, comment } = await scene('pending', { userId: ida.userId });
    const { event } = valueOf(await decline(owner, comment));
    await act(owner, event, comment);
    await mailTime();
    expect(await mails()).toEqual([]);
  });

  test('an undo and the job at one moment: either the mail is written or the decision was taken back first, and nothing is stuck', async () => {
    const ida = await proven();
    const { owner, comment } = await scene('pending', { userId: ida.userId });
    const { event } = valueOf(await decline(owner, comment));
    const [undone] = await Promise.all([undoDecision(owner, event, later(119)), mailTime()]);
    expect(undone.ok).toBe(true);
    expect((await mails()).length).toBeLessThanOrEqual(1);
  });

  test('is not written to an address that is not proven, to a guest, or to nobody', async () => {
    const unproven = await person('reader', { email: 'held@example.net', emailVerified: null });
    const { owner, post, comment } = await scene('pending', { userId: unproven.userId });
    const ida = await proven();
    const guests = await makeComment({ postId: post.id, status: 'pending', email: ida.email });
    for (const one of [comment, guests]) valueOf(await decline(owner, one));
    await mailTime();
    expect(await mails()).toEqual([]);
  });

  test('is never written for spam, trash, or a bulk of them', async () => {
    const ida = await proven();
    const { owner, post, comment } = await scene('pending', { userId: ida.userId });
    const [two, three] = [await makeComment({ postId: post.id, userId: ida.userId, status: 'pending' }), await makeComment({ postId: post.id, userId: ida.userId })];
    valueOf(await decide(owner, comment, 'spam'));
    valueOf(await decide(owner, two, 'trash'));
    valueOf(await decideMany(owner, [seen(three)], 'spam', now));
    expect(await jobs()).toEqual([]);
    for (const { id } of await db().moderationEvent.findMany()) await sendDecisionMails({ event: id, origin }, later(120));
    expect(await mails()).toEqual([]);
  });

  test('about a name on one post names that name alone, and no moderator learns that it was sent, or whose it is', async () => {
    const ida = await proven();
    const { post } = await scene();
    const owl = await db().pseudonym.create({ data: { id: newId(), userId: ida.userId, postId: post.id, name: 'Quiet Owl' } });
    const comment = await makeComment({ postId: post.id, status: 'pending', userId: ida.userId, pseudonymId: owl.id, name: 'Quiet Owl', email: null, source: 'As an owl.' });
    const moderator = await person('moderator');
    const result = valueOf(await decline(moderator, comment));
    await mailTime();
    const [mail] = await mails();
    expect(mail).toMatchObject({ to: 'ida@example.net' });
    expect(mail?.text).toContain('You wrote as Quiet Owl:');
    expect(mail?.text).not.toContain('Ida Plain');
    const shown = JSON.stringify([result, await findQueue(moderator, wholeQueue('trash'), 'newest', null, null)]);
    for (const secret of ['ida@example.net', 'Ida Plain', ida.userId]) expect(shown).not.toContain(secret);
  });

  test('leads to one’s comments where there is nothing to write any more', async () => {
    const ida = await proven();
    const { owner, post, comment } = await scene('pending', { userId: ida.userId });
    await db().post.update({ where: { id: post.id }, data: { commentsOpen: false } });
    valueOf(await decline(owner, comment));
    await mailTime();
    expect((await mails())[0]?.text).toContain(`/sign-in?to=${encodeURIComponent('/account/comments')}`);
  });

  test('tells reporters who asked what became of it, whatever was decided, and the writer of a declined comment beside them', async () => {
    const ida = await proven();
    const ruth = await person('reader', { email: 'ruth@example.net', emailVerified: now });
    const { owner, post, comment } = await scene('approved', { userId: ida.userId });
    const other = await makeComment({ postId: post.id });
    const report = (commentId: string, tellOutcome: boolean) => db().report.create({ data: { id: newId(), commentId, userId: ruth.userId, reason: 'unkind', tellOutcome } });
    await report(comment.id, true);
    await report(other.id, false);
    valueOf(await decide(owner, other, 'trash'));
    expect(await jobs()).toEqual([]);
    valueOf(await decline(owner, comment));
    expect(await jobs()).toHaveLength(1);
    await Promise.all([mailTime(), mailTime()]);
    await mailTime();
    expect((await mails()).map(({ to }) => to).sort()).toEqual(['ida@example.net', 'ruth@example.net']);
  });

  test('to a reporter is written of a deletion too, and stopped by an undo', async () => {
    const ruth = await person('reader', { email: 'ruth@example.net', emailVerified: now });
    const { owner, post, comment } = await scene('trash');
    const shown = await makeComment({ postId: post.id });
    for (const { id } of [comment, shown]) await db().report.create({ data: { id: newId(), commentId: id, userId: ruth.userId, reason: 'spam', tellOutcome: true } });
    const { event } = valueOf(await decide(owner, shown, 'spam'));
    valueOf(await undoDecision(owner, event, later(60)));
    valueOf(await decide(owner, comment, 'delete'));
    await mailTime();
    expect((await mails()).map(({ text }) => text.includes(comment.publicId))).toEqual([true]);
  });

  test('of an event that is none does nothing', async () => {
    await sendDecisionMails({ event: newId(), origin }, now);
    expect(await mails()).toEqual([]);
  });
});
