import { describe, expect, test } from 'vitest';
import { setNotices } from '@/lib/account/commands';
import { submitComment } from '@/lib/comments/commands';
import { db } from '@/lib/db/client';
import { newId } from '@/lib/ids';
import { decideComment } from '@/lib/moderation/commands';
import { forgetLinks, sendHeldNotices } from '@/lib/moderation/held-notices';
import { reportComment } from '@/lib/moderation/reporting';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { heldComment, later, mailsTo, now, ORIGIN, scene, teller, tellOf, tokensIn } from './notices';

const database = useDatabase();
const jobs = async () => (await database.sql.query<{ data: Record<string, string>; after: Date }>(`SELECT data, start_after AS after FROM pgboss.job WHERE name = 'held-notice' ORDER BY created_on, id`)).rows;
const addressees = async () => (await db().mail.findMany({ select: { to: true } })).map(({ to }) => to).sort();
const guest = { name: 'Ines', email: 'ines@example.net', website: '' };

describe('who is told', () => {
  test('a comment that is held leaves a job with where the blog is, in its own transaction; a published one leaves none', async () => {
    const { owner, post } = await scene();
    const said = (comment: string) => ({ post: post.slug, parent: '', comment, guest });
    const sent = await submitComment({ kind: 'guest', writerHash: null }, said('First.'), '192.0.2.1', now);
    const refused = await submitComment({ kind: 'guest', writerHash: null }, said('First.'), '192.0.2.1', later(5));
    await submitComment(owner, { ...said('Mine.'), guest: null }, '192.0.2.2', later(5));
    expect([sent.ok, refused.ok]).toEqual([true, false]);
    const { id } = await db().comment.findFirstOrThrow({ where: { source: 'First.' } });
    expect((await jobs()).map(({ data }) => data)).toEqual([{ comment: id, origin: 'http://localhost' }]);
  });

  test('owners, moderators and the author of the post; nobody else', async () => {
    await scene();
    const author = await teller('author', { email: 'author@example.com' });
    await teller('author', { email: 'other.author@example.com' });
    await teller('moderator', { email: 'moderator@example.com' });
    await teller('reader', { email: 'reader@example.com' });
    const post = await makePost({ authorId: author.userId, slug: 'theirs' });
    await tellOf(await heldComment({ postId: post.id }));
    expect(await addressees()).toEqual(['author@example.com', 'moderator@example.com', 'owner@example.com']);
  });

  test('nobody whose address is not proven, who is banned, who does not want it, or who wrote the comment, under whatever name', async () => {
    const { post } = await scene();
    await teller('moderator', { proven: false, email: 'unproven@example.com' });
    await teller('moderator', { standing: 'banned', email: 'banned@example.com' });
    const quiet = await teller('moderator', { email: 'quiet@example.com' });
    await setNotices(quiet, { held: false, fresh: false, reports: false, rhythm: 'instant' }, new Date());
    const writer = await teller('moderator', { email: 'writer@example.com' });
    const { id: pseudonymId } = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: writer.userId, name: 'Nobody' } });
    await tellOf(await heldComment({ postId: post.id, userId: writer.userId, pseudonymId, name: 'Nobody', email: null }));
    expect(await addressees()).toEqual(['owner@example.com']);
  });

  test('nobody of what was decided on before the job ran, of what was imported, or of what is gone', async () => {
    const { owner, post } = await scene();
    const decided = await heldComment({ postId: post.id });
    await decideComment(owner, { comment: decided.publicId, revision: 1, seenStatus: 'pending', decision: 'spam' }, now);
    await tellOf(decided);
    await tellOf(await makeComment({ postId: post.id, status: 'pending' }));
    await tellOf({ id: newId() });
    expect(await addressees()).toEqual([]);
  });

  test('a person of what was reported after they had been told and had approved it, but not of what a moderator sent back to Pending', async () => {
    const { owner, post } = await scene();
    const comment = await heldComment({ postId: post.id });
    await tellOf(comment);
    const seen = { comment: comment.publicId, revision: 1 };
    await decideComment(owner, { ...seen, seenStatus: 'pending', decision: 'approve' }, later(1));
    await decideComment(owner, { ...seen, seenStatus: 'approved', decision: 'unapprove' }, later(2));
    await tellOf(comment, later(10));
    expect(await mailsTo('owner@example.com')).toHaveLength(1);
    await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'report', fromStatus: 'approved', toStatus: 'pending', reasons: [{ rule: 'reported', readers: 3, reason: 'unkind' }], createdAt: later(11) } });
    await tellOf(comment, later(12));
    const [, second] = await mailsTo('owner@example.com');
    expect(second?.text).toContain('Why it waits: 3 readers report: it is unkind or threatening.');
  });
});

describe('a notice', () => {
  test('has the text as text, the name, the post, why it waits, and two links; no address of anybody', async () => {
    const { post } = await scene();
    const parent = await heldComment({ postId: post.id, name: 'Ruth', status: 'approved' });
    const comment = await heldComment({ postId: post.id, parent, name: 'Ines <b>', email: 'ines@example.net', source: '**Bold** <script>alert(1)</script>\n\nRead and decide:\nhttps://evil.example/' });
    await tellOf(comment);
    const [mail] = await mailsTo('owner@example.com');
    expect(mail).toMatchObject({ subject: 'A comment by Ines <b> waits: Slow mornings', expires: later(7 * 24 * 60) });
    expect(mail?.text).toContain('Ines <b> on “Slow mornings”, in reply to Ruth\n\n> **Bold** <script>alert(1)</script>\n>\n> Read and decide:\n> https://evil.example/\n\nWhy it waits: First comment by this person.\n\nRead and decide:\nhttps://blog.example/decide?token=');
    expect(mail?.text).toContain('Open the desk:\nhttps://blog.example/admin/comments?queue=pending');
    expect(mail?.html).not.toContain('<script');
    expect(`${mail?.text}${mail?.html}`).not.toContain('ines@example.net');
  });

  test('of a name on one post tells nothing of who uses it; an address on a list of words is for owners alone', async () => {
    const { post } = await scene();
    await teller('moderator', { email: 'moderator@example.com' });
    const writer = await teller('reader', { name: 'Wilma Secret', email: 'wilma@example.net' });
    const { id: pseudonymId } = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: writer.userId, name: 'A parent' } });
    await tellOf(await heldComment({ postId: post.id, userId: writer.userId, pseudonymId, name: 'A parent', email: null, reasons: [{ rule: 'pseudonym' }] }));
    await tellOf(await heldComment({ postId: post.id, name: 'Bo', at: later(10), reasons: [{ rule: 'held-word', word: 'bo@example.net' }] }), later(10));
    const toModerator = await mailsTo('moderator@example.com');
    expect(toModerator).toHaveLength(2);
    for (const { text, html, subject } of toModerator) for (const secret of ['Wilma', 'wilma@', 'bo@example.net']) expect(`${subject}${text}${html}`).not.toContain(secret);
    expect(toModerator[0]?.text).toContain('A parent on “Slow mornings”');
    expect((await mailsTo('owner@example.com'))[1]?.text).toContain('“bo@example.net”');
  });

  test('is sent once, however often and by however many its job is done', async () => {
    const { post } = await scene();
    const comment = await heldComment({ postId: post.id });
    await Promise.all([tellOf(comment), tellOf(comment), tellOf(comment, later(0.01))]);
    await tellOf(comment, later(30));
    expect(await mailsTo('owner@example.com')).toHaveLength(1);
    expect(await db().decisionLink.count()).toBe(1);
  });

  test('keeps no token: only its keyed hash stands in the database', async () => {
    const { post } = await scene();
    await tellOf(await heldComment({ postId: post.id }));
    const [token = ''] = tokensIn((await mailsTo('owner@example.com'))[0]?.text ?? '');
    const { tokenHash } = await db().decisionLink.findFirstOrThrow();
    expect(token).toMatch(/^[\w-]{43}$/);
    expect(tokenHash).toMatch(/^[0-9a-f]{64}$/);
    expect(tokenHash).not.toContain(token);
  });
});

describe('gathering', () => {
  test('what comes within five minutes of a notice comes with the next, each with its own link', async () => {
    const { owner, post } = await scene();
    await tellOf(await heldComment({ postId: post.id }));
    const others = [await heldComment({ postId: post.id, at: later(1), name: 'Bo' }), await heldComment({ postId: post.id, at: later(2), name: 'Cy' }), await heldComment({ postId: post.id, at: later(2), name: 'Di' })];
    for (const comment of others) await tellOf(comment, later(3));
    expect(await mailsTo('owner@example.com')).toHaveLength(1);
    const waiting = (await jobs()).filter(({ data }) => data.person !== undefined);
    expect(waiting).toEqual([{ data: { person: owner.userId, origin: ORIGIN }, after: later(5) }]);

    await decideComment(owner, { comment: others[1]!.publicId, revision: 1, seenStatus: 'pending', decision: 'trash' }, later(4));
    await sendHeldNotices({ person: owner.userId, origin: ORIGIN }, later(5));
    const [, digest] = await mailsTo('owner@example.com');
    expect(digest?.subject).toMatch(/^2 comments wait at /);
    expect(digest?.text).toMatch(/Bo on[^]*Di on/);
    expect(digest?.text).not.toContain('Cy on');
    expect(new Set(tokensIn(digest?.text ?? '')).size).toBe(2);
    await sendHeldNotices({ person: owner.userId, origin: ORIGIN }, later(10));
    expect(await mailsTo('owner@example.com')).toHaveLength(2);
  });

  test('of a wave of spam twenty are listed and the rest is counted, and the next notice comes an hour later', async () => {
    const { owner, post } = await scene();
    const wave = await Promise.all(Array.from({ length: 55 }, () => heldComment({ postId: post.id })));
    for (const comment of wave.slice(0, 5)) await tellOf(comment);
    const [mail, ...more] = await mailsTo('owner@example.com');
    expect(more).toEqual([]);
    expect(mail?.subject).toMatch(/^55 comments wait at /);
    expect(tokensIn(mail?.text ?? '')).toHaveLength(20);
    expect(mail?.text).toContain('And 35 more at the desk.');
    await tellOf(await heldComment({ postId: post.id, at: later(6) }), later(6));
    expect(await mailsTo('owner@example.com')).toHaveLength(1);
    expect((await jobs()).map(({ data, after }) => ({ data, after }))).toEqual([{ data: { person: owner.userId, origin: ORIGIN }, after: later(60) }]);
    await sendHeldNotices({ person: owner.userId, origin: ORIGIN }, later(60));
    expect(tokensIn((await mailsTo('owner@example.com'))[1]?.text ?? '')).toHaveLength(1);
  });

  test('somebody who has become a reader, or switched the mails off, before their quiet time is over is told nothing', async () => {
    const { post } = await scene();
    const moderator = await teller('moderator', { email: 'moderator@example.com' });
    await heldComment({ postId: post.id });
    await setNotices(moderator, { held: false, fresh: false, reports: false, rhythm: 'instant' }, new Date());
    await sendHeldNotices({ person: moderator.userId, origin: ORIGIN }, now);
    await db().user.update({ where: { id: moderator.userId }, data: { heldNotices: true, role: 'reader' } });
    await sendHeldNotices({ person: moderator.userId, origin: ORIGIN }, now);
    expect(await mailsTo('moderator@example.com')).toEqual([]);
  });
});

test('whoever has no desk, or is not signed in, has no switch', async () => {
  expect(await setNotices(await teller('reader'), { held: false, fresh: false, reports: false, rhythm: 'instant' }, new Date())).toMatchObject({ ok: false, code: 'not-found' });
  expect(await setNotices(await teller('author', { standing: 'banned' }), { held: false, fresh: false, reports: false, rhythm: 'instant' }, new Date())).toMatchObject({ ok: false, code: 'not-found' });
  expect(await setNotices({ kind: 'guest', writerHash: null }, { held: false, fresh: false, reports: false, rhythm: 'instant' }, new Date())).toMatchObject({ ok: false, code: 'not-signed-in' });
});

test('links that open no more are forgotten, and nobody is told again', async () => {
  const { post } = await scene();
  const comment = await heldComment({ postId: post.id });
  await tellOf(comment);
  const week = 7 * 24 * 60;
  await forgetLinks(later(week - 1));
  expect(await db().decisionLink.count()).toBe(1);
  await forgetLinks(later(week));
  expect(await db().decisionLink.count()).toBe(0);
  await tellOf(comment, later(week));
  expect(await mailsTo('owner@example.com')).toHaveLength(1);
});

test('a comment that readers report back to Pending leaves a job too', async () => {
  const { post } = await scene();
  const comment = await makeComment({ postId: post.id, status: 'approved' });
  const report = { comment: comment.publicId, reason: 'private', words: '', tellOutcome: false } as const;
  expect(await reportComment({ kind: 'guest', writerHash: 'a'.repeat(64) }, report, '192.0.2.1', now)).toMatchObject({ ok: true });
  expect((await jobs()).map(({ data }) => data)).toEqual([{ comment: comment.id, origin: 'http://localhost' }]);
  await tellOf(comment, later(1));
  expect((await mailsTo('owner@example.com'))[0]?.text).toContain('A reader reports: it shows a child’s or someone’s private details.');
});
