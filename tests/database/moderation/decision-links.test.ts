import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { decideByLink } from '@/lib/moderation/decision-links';
import { findDecisionPage } from '@/lib/moderation/decision-page';
import { makeComment } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { heldComment, later, mailsTo, now, scene, teller, tellOf, tokenFor, tokensIn } from './notices';

useDatabase();

const IP = '192.0.2.9';
const WEEK_MINUTES = 7 * 24 * 60;
const approve = { decision: 'approve', revision: 1, text: '' } as const;
const refuse = { decision: 'refuse', revision: 1, text: '' } as const;
const reply = { decision: 'reply', revision: 1, text: 'Thank you, Ines.' } as const;
const decide = (token: string, input: Parameters<typeof decideByLink>[1], at = later(1)) => decideByLink(token, input, IP, at);
const statusOf = async (id: string) => (await db().comment.findUniqueOrThrow({ where: { id } })).status;
const eventsOf = (commentId: string) => db().moderationEvent.findMany({ where: { commentId, decision: { not: 'submit' } }, orderBy: { createdAt: 'asc' } });

/** A comment that waits, and the owner's link to it. */
async function linked() {
  const { owner, post } = await scene();
  const comment = await heldComment({ postId: post.id, name: 'Ines', email: 'ines@example.net' });
  return { owner, post, comment, token: await tokenFor(owner, comment) };
}

describe('a decision by a link', () => {
  test.each([[approve, 'approved', 'approve'], [refuse, 'trash', 'trash']] as const)('is one: $decision', async (input, status, decision) => {
    const { owner, post, comment, token } = await linked();
    expect(await decide(token, input)).toMatchObject({ ok: true });
    expect(await statusOf(comment.id)).toBe(status);
    expect(await eventsOf(comment.id)).toMatchObject([{ decision, actorId: owner.userId, fromStatus: 'pending', toStatus: status, createdAt: later(1) }]);
    expect((await db().post.findUniqueOrThrow({ where: { id: post.id } })).approvedCount).toBe(status === 'approved' ? 1 : 0);
    expect((await db().decisionLink.findFirstOrThrow()).usedAt).toEqual(later(1));
    expect(await db().session.count()).toBe(0);

    expect(await decide(token, approve, later(2))).toMatchObject({ ok: false, code: 'conflict' });
    expect(await decide(token, reply, later(2))).toMatchObject({ ok: false, code: 'conflict' });
    expect(await eventsOf(comment.id)).toHaveLength(1);
    expect((await findDecisionPage(token, later(2)))?.outcome).toEqual({ decision, by: 'The owner', isOwn: true, at: later(1) });
  });

  test('with a reply approves and answers together, and both are undone together', async () => {
    const { owner, comment, token } = await linked();
    expect(await decide(token, reply)).toMatchObject({ ok: true });
    expect(await statusOf(comment.id)).toBe('approved');
    const answer = await db().comment.findFirstOrThrow({ where: { parentId: comment.id }, include: { events: true } });
    expect(answer).toMatchObject({ userId: owner.userId, name: 'The owner', source: 'Thank you, Ines.', status: 'approved' });
    expect((await eventsOf(comment.id)).map(({ batchId }) => batchId)).toEqual(answer.events.map(({ batchId }) => batchId));
    expect((await db().decisionLink.findFirstOrThrow()).usedAt).toEqual(later(1));
  });

  test.each(['', '   ', 'x'.repeat(70_000)])('with a reply that cannot be sent (%#) changes nothing and uses nothing up', async (text) => {
    const { comment, token } = await linked();
    expect(await decide(token, { ...reply, text })).toMatchObject({ ok: false, code: 'invalid', fields: { text: expect.any(String) as string } });
    expect(await statusOf(comment.id)).toBe('pending');
    expect((await db().decisionLink.findFirstOrThrow()).usedAt).toBeNull();
    expect(await decide(token, approve)).toMatchObject({ ok: true });
  });

  test('with a reply on a post whose comments are closed is refused, and approves nothing', async () => {
    const { post, comment, token } = await linked();
    await db().post.update({ where: { id: post.id }, data: { commentsOpen: false } });
    expect((await findDecisionPage(token, later(1)))?.refusalToReply).toMatch(/closed/);
    expect(await decide(token, reply)).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await statusOf(comment.id)).toBe('pending');
    expect((await db().decisionLink.findFirstOrThrow()).usedAt).toBeNull();
  });

  test('a reply that was written is not dropped by another button', async () => {
    const { comment, token } = await linked();
    for (const input of [approve, refuse]) expect(await decide(token, { ...input, text: 'Thank you.' })).toMatchObject({ ok: false, code: 'invalid' });
    expect(await statusOf(comment.id)).toBe('pending');
  });

  test('whoever writes under a name of its own on the post does not answer from here: the moment would tell', async () => {
    const { owner, post, comment, token } = await linked();
    await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: owner.userId, name: 'A reader' } });
    expect((await findDecisionPage(token, later(1)))?.refusalToReply).toMatch(/name of its own/);
    expect(await decide(token, reply)).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await statusOf(comment.id)).toBe('pending');
  });

  test('of two uses at once one wins, whatever they are', async () => {
    const { comment, token } = await linked();
    const uses = await Promise.all([decide(token, approve), decide(token, refuse), decide(token, approve), decide(token, reply)]);
    expect(uses.filter(({ ok }) => ok)).toHaveLength(1);
    expect(uses.flatMap((use) => (use.ok ? [] : [use.code])).filter((code) => code !== 'conflict' && code !== 'invalid')).toEqual([]);
    expect(await eventsOf(comment.id)).toHaveLength(1);
  });
});

describe('a link', () => {
  test('opens for a week, and not for a moment longer', async () => {
    const { comment, token } = await linked();
    expect(await findDecisionPage(token, later(WEEK_MINUTES - 1))).not.toBeNull();
    expect(await findDecisionPage(token, later(WEEK_MINUTES))).toBeNull();
    expect(await decide(token, approve, later(WEEK_MINUTES))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await decide(token, reply, later(WEEK_MINUTES))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await statusOf(comment.id)).toBe('pending');
  });

  test.each(['', 'x', 'a'.repeat(43), '\0', 'Ä'])('that is none (%#) opens nothing', async (token) => {
    await linked();
    expect(await findDecisionPage(token, now)).toBeNull();
    expect(await decide(token, approve)).toMatchObject({ ok: false, code: 'not-found' });
  });

  test.each([
    ['is a reader now', { role: 'reader' }], ['is an author of other posts now', { role: 'author' }], ['is banned', { standing: 'banned' }], ['has no proven address any more', { emailVerified: null }],
  ] as const)('opens nothing for somebody who %s', async (_, data) => {
    const { post } = await scene();
    const moderator = await teller('moderator', { email: 'moderator@example.com' });
    const comment = await heldComment({ postId: post.id });
    const token = await tokenFor(moderator, comment);
    await db().user.update({ where: { id: moderator.userId }, data });
    expect(await findDecisionPage(token, later(1))).toBeNull();
    for (const input of [approve, refuse, reply]) expect(await decide(token, input)).toMatchObject({ ok: false, code: 'not-found' });
    expect(await statusOf(comment.id)).toBe('pending');
  });

  test('opens again for somebody whose ban is over', async () => {
    const { owner, comment, token } = await linked();
    const banned = { role: 'moderator', standing: 'banned', standingUntil: later(10) } as const;
    await db().user.update({ where: { id: owner.userId }, data: banned });
    expect(await decide(token, approve, later(9))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await decide(token, approve, later(10))).toMatchObject({ ok: true });
    expect(await statusOf(comment.id)).toBe('approved');
  });

  test('shows what somebody else has decided, is not used up by trying, and decides when that was taken back', async () => {
    const { owner, post } = await scene();
    const moderator = await teller('moderator', { email: 'moderator@example.com' });
    const comment = await heldComment({ postId: post.id });
    await tellOf(comment);
    const [ownersToken = ''] = tokensIn((await mailsTo(owner.email))[0]?.text ?? '');
    const [token = ''] = tokensIn((await mailsTo(moderator.email))[0]?.text ?? '');
    expect(await decide(ownersToken, refuse)).toMatchObject({ ok: true });
    expect((await findDecisionPage(token, later(2)))?.outcome).toEqual({ decision: 'trash', by: 'The owner', isOwn: false, at: later(1) });
    for (const input of [approve, reply]) expect(await decide(token, input, later(2))).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('The owner has moved this to Trash meanwhile') as string });
    expect(await db().decisionLink.count({ where: { usedAt: null } })).toBe(1);

    const [trashed] = await eventsOf(comment.id);
    await undoDecision(owner, trashed!.id, later(3));
    expect((await findDecisionPage(token, later(4)))?.outcome).toBeNull();
    expect(await findDecisionPage(ownersToken, later(4))).toMatchObject({ outcome: null, isUsed: true });
    expect(await decide(ownersToken, approve, later(4))).toMatchObject({ ok: false, code: 'conflict' });
    expect(await decide(token, approve, later(4))).toMatchObject({ ok: true });
  });

  test('decides on the text that was seen, and on no other', async () => {
    const { comment, token } = await linked();
    await db().comment.update({ where: { id: comment.id }, data: { revision: 2 } });
    for (const input of [approve, refuse, reply]) expect(await decide(token, input)).toMatchObject({ ok: false, code: 'conflict' });
    expect(await decide(token, { ...approve, revision: 2 })).toMatchObject({ ok: true });
  });

  test('decides on its own comment alone', async () => {
    const { post, comment, token } = await linked();
    const other = await heldComment({ postId: post.id });
    expect(await decide(token, approve)).toMatchObject({ ok: true });
    expect([await statusOf(comment.id), await statusOf(other.id)]).toEqual(['approved', 'pending']);
  });
});

describe('the page of a link', () => {
  test('changes nothing, however often it is opened', async () => {
    const { comment, token } = await linked();
    const before = await db().decisionLink.findMany();
    for (let time = 0; time < 3; time += 1) await findDecisionPage(token, later(time));
    expect(await db().decisionLink.findMany()).toEqual(before);
    expect([await statusOf(comment.id), await eventsOf(comment.id)]).toEqual(['pending', []]);
  });

  test('shows the comment in its thread, its writer’s history and why it waits, and no address', async () => {
    const { owner, post } = await scene();
    const minutes = (count: number) => later(-60 + count);
    const parent = await makeComment({ postId: post.id, name: 'Ruth', source: 'What **helps** you?', createdAt: minutes(0) });
    const beside = (name: string, at: number) => makeComment({ postId: post.id, parent, name, createdAt: minutes(at) });
    for (const [name, at] of [['One', 1], ['Two', 2], ['Three', 3], ['Later', 70]] as const) await beside(name, at);
    const earlier = { postId: post.id, name: 'Ines', email: 'ines@example.net' };
    await makeComment({ ...earlier, createdAt: new Date('2025-03-01T00:00:00Z') });
    await makeComment({ ...earlier, status: 'trash', createdAt: new Date('2025-04-01T00:00:00Z') });
    await makeComment({ ...earlier, status: 'spam', createdAt: new Date('2025-05-01T00:00:00Z') });
    const comment = await heldComment({ ...earlier, parent, reasons: [{ rule: 'links', count: 3, limit: 2 }] });
    const page = await findDecisionPage(await tokenFor(owner, comment), now);
    expect(page).toMatchObject({
      person: { name: 'The owner' }, post: { title: 'Slow mornings' }, parent: { name: 'Ruth', text: 'What helps you?' }, reasons: [{ rule: 'links', count: 3, limit: 2 }],
      writer: { approved: 1, refused: 2, firstSeen: new Date('2025-03-01T00:00:00Z') }, outcome: null, isUsed: false, refusalToReply: null,
    });
    expect(page?.before.map(({ name }) => name)).toEqual(['Two', 'Three']);
    expect(page?.after.map(({ name }) => name)).toEqual(['Later']);
    expect(JSON.stringify(page)).not.toMatch(/@example/);
  });

  test('of a name on one post tells of that name’s comments alone, even to an owner', async () => {
    const { owner, post } = await scene();
    const wilma = await teller('reader', { name: 'Wilma', email: 'wilma@example.net' });
    const { id: pseudonymId } = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: wilma.userId, name: 'A parent' } });
    await makeComment({ postId: post.id, userId: wilma.userId, name: 'Wilma' });
    await makeComment({ postId: post.id, userId: wilma.userId, pseudonymId, name: 'A parent', email: null, status: 'trash' });
    const own = await heldComment({ postId: post.id, userId: wilma.userId, name: 'Wilma', email: 'wilma@example.net' });
    const ownPage = await findDecisionPage(await tokenFor(owner, own), now);
    expect(ownPage?.writer).toMatchObject({ approved: 1, refused: 0 });
    const hidden = await heldComment({ postId: post.id, userId: wilma.userId, pseudonymId, name: 'A parent', email: null, at: later(10), reasons: [{ rule: 'pseudonym' }] });
    const page = await findDecisionPage(await tokenFor(owner, hidden, later(10)), later(10));
    expect(page?.writer).toMatchObject({ approved: 0, refused: 1 });
    // The only sign of her is what she wrote in her own name, which stands beside it.
    expect(JSON.stringify({ ...page, before: [], after: [] })).not.toMatch(/wilma/i);
  });

  test('of what is deleted for good says so', async () => {
    const { owner, comment, token } = await linked();
    await decideComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'pending', decision: 'trash' }, later(1));
    await decideComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'trash', decision: 'delete' }, later(2));
    expect(await findDecisionPage(token, later(3))).toMatchObject({ comment: { status: 'deleted' }, outcome: { decision: 'delete', isOwn: true } });
    expect(await decide(token, approve, later(3))).toMatchObject({ ok: false, code: 'conflict' });
  });
});
