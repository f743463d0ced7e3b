import { beforeEach, describe, expect, test } from 'vitest';
import { listOwnWaiting } from '@/lib/comments/own';
import { writeOwnData } from '@/lib/account/data';
import { postTag, type Tag } from '@/lib/cache-tags';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { sendDecisionMails } from '@/lib/moderation/decision-mail';
import { decideComment, editComment, undoDecision } from '@/lib/moderation/commands';
import { keepReported, reportComment } from '@/lib/moderation/reporting';
import { findQueue } from '@/lib/moderation/queries';
import { findReportPage } from '@/lib/moderation/reports';
import { URGENT_RISK } from '@/lib/moderation/sentences';
import { queueFilterSchema, REPORTS_PER_NETWORK, type Act, type CommentStatus, type ReportReason } from '@/lib/moderation/schema';
import type { Result } from '@/lib/result';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { wholeText } from '@/tests/support/whole-text';

useDatabase();

const now = new Date('2026-11-25T20:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

let changed: Tag[] = [];
beforeEach(() => {
  changed = [];
  onOwnChange((tags) => changed.push(...tags));
});

async function person(role: Role = 'reader', given: object = {}): Promise<Person> {
  const user = await makeUser({ role, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}
const guest = (letter: string): Actor => ({ kind: 'guest', writerHash: letter.repeat(64) });

async function scene(given: object = {}) {
  const owner = await person('owner');
  const post = await makePost({ authorId: (await person('author')).userId, title: 'Patience', publishedAt: later(-60) });
  const comment = await makeComment({ postId: post.id, ...given });
  return { owner, post, comment };
}

type Target = { id: string; publicId: string };
let network = 0;
/** Reports from a network of its own unless told otherwise. */
const report = ({ publicId }: Target, actor: Actor, reason: ReportReason = 'spam', more: { ip?: string; words?: string; tellOutcome?: boolean; at?: Date } = {}) =>
  reportComment(actor, { comment: publicId, reason, words: more.words ?? '', tellOutcome: more.tellOutcome ?? false }, more.ip ?? `192.0.2.${(network += 1) % 250}`, more.at ?? now);

const stateOf = (id: string) =>
  db().comment.findUniqueOrThrow({ where: { id }, select: { status: true, isUrgent: true, rule: true, risk: true, revision: true, publicId: true } });
const eventsOf = (commentId: string) => db().moderationEvent.findMany({ where: { commentId }, orderBy: { createdAt: 'asc' }, select: { decision: true, actorId: true, fromStatus: true, toStatus: true, reasons: true } });

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}

async function decide(actor: Actor, id: string, decision: Act, minutes = 1) {
  const { publicId, revision, status } = await stateOf(id);
  return valueOf(await decideComment(actor, { comment: publicId, revision, seenStatus: status, decision }, later(minutes)));
}

async function keep(actor: Actor, id: string, minutes = 1) {
  const { publicId, revision, status } = await stateOf(id);
  return keepReported(actor, { comment: publicId, revision, seenStatus: status }, later(minutes));
}

async function reportThrice(comment: Target, reason: ReportReason = 'spam') {
  for (const letter of ['a', 'b', 'c']) valueOf(await report(comment, guest(letter), reason));
}

describe('who may report', () => {
  test.each<[string, () => Promise<Actor>]>([
    ['a guest', async () => guest('a')], ['a reader', () => person()], ['an author', () => person('author')], ['a moderator', () => person('moderator')], ['an owner', () => person('owner')],
  ])('%s may', async (_who, make) => {
    const { comment } = await scene();
    expect(await report(comment, await make())).toMatchObject({ ok: true });
    expect(await db().report.count({ where: { commentId: comment.id } })).toBe(1);
  });

  test('once for each comment: a person, a browser, and a browser that signs in afterwards; also of what is hidden meanwhile', async () => {
    const { comment } = await scene();
    const reader = { ...(await person()), writerHash: 'a'.repeat(64) };
    valueOf(await report(comment, guest('a')));
    valueOf(await report(comment, await person(), 'private'));
    for (const actor of [guest('a'), reader]) expect(await report(comment, actor)).toMatchObject({ ok: false, code: 'duplicate' });
    expect(await report(comment, guest('b'))).toMatchObject({ ok: false, code: 'not-found' });
    expect(await db().report.count()).toBe(2);
  });

  test('sixteen times at once is once', async () => {
    const { comment } = await scene();
    const results = await Promise.all(Array.from({ length: 16 }, (_, index) => report(comment, guest('a'), 'spam', { ip: `198.51.100.${index}` })));
    expect(results.filter(({ ok }) => ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.code === 'duplicate')).toHaveLength(15);
  });

  test('nobody reports what they wrote themselves, as guest, person or under a pseudonym', async () => {
    const reader = await person();
    const { post } = await scene();
    const mine = await makeComment({ postId: post.id, writerHash: 'a'.repeat(64) });
    const theirs = await makeComment({ postId: post.id, userId: reader.userId });
    expect(await report(mine, guest('a'))).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await report(theirs, reader)).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await db().report.count()).toBe(0);
  });

  test.each<CommentStatus>(['pending', 'spam', 'trash', 'deleted'])('what is %s is not there', async (status) => {
    const { comment } = await scene({ status });
    expect(await report(comment, guest('a'))).toMatchObject({ ok: false, code: 'not-found' });
  });

  test('nor is what stands below a draft, a mention, or what nobody wrote', async () => {
    const { owner, post } = await scene();
    const draft = await makePost({ authorId: owner.userId, status: 'draft' });
    const targets = [await makeComment({ postId: draft.id }), await makeComment({ postId: post.id, kind: 'mention' }), { id: '', publicId: '000000000000' }];
    for (const target of targets) expect(await report(target, guest('a'))).toMatchObject({ ok: false, code: 'not-found' });
  });

  test('only so many within an hour come from one network, which is told how long to wait; others are not kept waiting', async () => {
    const { post } = await scene();
    const targets = await Promise.all(Array.from({ length: REPORTS_PER_NETWORK + 1 }, () => makeComment({ postId: post.id })));
    for (const [index, target] of targets.slice(1).entries()) valueOf(await report(target, guest('a'), 'other', { ip: `2001:db8::${index + 1}`, at: later(index) }));
    const last = targets[0]!;
    expect(await report(last, guest('a'), 'other', { ip: '2001:db8::ffff', at: later(30) })).toMatchObject({ ok: false, code: 'too-many', retryAfterSeconds: 30 * 60 });
    expect(await report(last, guest('b'), 'other', { ip: '2001:db8:0:1::1', at: later(30) })).toMatchObject({ ok: true });
    expect(await report(last, guest('a'), 'other', { ip: '2001:db8::ffff', at: later(60) })).toMatchObject({ ok: true });
  });
});

describe('what a report does', () => {
  test('below the number the comment stays, is found by it, and no kept page changes', async () => {
    const { post, comment } = await scene();
    valueOf(await report(comment, guest('a')));
    valueOf(await report(comment, guest('b'), 'unkind'));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', isUrgent: false, rule: 'reported', risk: 102 });
    expect([changed, await eventsOf(comment.id)]).toEqual([[], []]);
    valueOf(await report(comment, guest('c')));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'pending', isUrgent: false, rule: 'reported', risk: 103 });
    expect(changed).toEqual([postTag(post.id)]);
    expect(await eventsOf(comment.id)).toEqual([{ decision: 'report', actorId: null, fromStatus: 'approved', toStatus: 'pending', reasons: [{ rule: 'reported', readers: 3, reason: 'unkind' }] }]);
    expect(await db().post.findUniqueOrThrow({ where: { id: post.id } })).toMatchObject({ approvedCount: 0 });
  });

  test('readers behind one address count as one', async () => {
    const { comment } = await scene();
    for (const letter of ['a', 'b', 'c', 'd']) valueOf(await report(comment, guest(letter), 'spam', { ip: '198.51.100.7' }));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', risk: 101 });
  });

  test.each([[1, 'pending'], [2, 'approved'], [0, 'approved']])('the owner says how many: %i, and one leaves it %s', async (reportsToHold, status) => {
    const { comment } = await scene();
    await db().site.create({ data: { id: 1, title: 'T', reportsToHold } });
    valueOf(await report(comment, guest('a')));
    expect(await stateOf(comment.id)).toMatchObject({ status });
  });

  test('private details: off the page at once, on top of Pending, seen by its writer as waiting', async () => {
    const { post, comment } = await scene({ writerHash: 'w'.repeat(64) });
    valueOf(await report(comment, guest('a'), 'private', { words: 'My street.' }));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'pending', isUrgent: true, rule: 'reported', risk: URGENT_RISK });
    expect(changed).toEqual([postTag(post.id)]);
    expect(await listOwnWaiting(post.id, guest('w'))).toMatchObject([{ id: comment.publicId }]);
  });

  test('whoever may decide on it is told by mail of what is hidden, and not of what stays', async () => {
    const { comment } = await scene();
    const caused = () => db().$queryRaw`SELECT data ->> 'comment' AS comment FROM pgboss.job WHERE name = 'held-notice'`;
    valueOf(await report(comment, guest('a'), 'spam'));
    expect(await caused()).toEqual([]);
    valueOf(await report(comment, guest('b'), 'private'));
    expect(await caused()).toEqual([{ comment: comment.id }]);
  });

  test('what a person has kept after that is not hidden again by one, but by so many as the owner says, and then is urgent', async () => {
    const { owner, comment } = await scene();
    valueOf(await report(comment, guest('a'), 'private'));
    await decide(owner, comment.id, 'approve');
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', isUrgent: false, risk: 0 });
    valueOf(await report(comment, guest('b'), 'private', { at: later(2) }));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', risk: URGENT_RISK });
    valueOf(await report(comment, guest('c'), 'spam', { at: later(3) }));
    expect((await stateOf(comment.id)).status).toBe('approved');
    valueOf(await report(comment, guest('d'), 'spam', { at: later(4) }));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'pending', isUrgent: true });
  });

  test('reports that a person has answered count no more', async () => {
    const { owner, comment } = await scene();
    await reportThrice(comment);
    await decide(owner, comment.id, 'approve');
    valueOf(await report(comment, guest('d'), 'spam', { at: later(2) }));
    valueOf(await report(comment, guest('e'), 'spam', { at: later(2) }));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', risk: 102 });
  });

  test.each<[string, 'moderator' | 'owner' | 'author']>([['moderator', 'moderator'], ['owner', 'owner'], ['the post’s author', 'author']])('what %s writes is never hidden; the report stands', async (_who, role) => {
    const writer = await person(role);
    const post = await makePost({ authorId: role === 'author' ? writer.userId : (await person('author')).userId, publishedAt: later(-60) });
    const comment = await makeComment({ postId: post.id, userId: writer.userId });
    await reportThrice(comment, 'private');
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', rule: 'reported', risk: URGENT_RISK });
    expect(await db().report.count({ where: { answeredAt: null } })).toBe(3);
  });

  test('what somebody who runs the blog writes under a name on one post is hidden as anybody’s: else all would know', async () => {
    const { owner, post } = await scene();
    const pseudonym = await db().pseudonym.create({ data: { id: crypto.randomUUID(), postId: post.id, userId: owner.userId, name: 'Amsel' } });
    const comment = await makeComment({ postId: post.id, userId: owner.userId, pseudonymId: pseudonym.id, email: null });
    valueOf(await report(comment, guest('a'), 'private'));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'pending' });
  });
});

describe('a person answers', () => {
  test.each<[Act, CommentStatus]>([['approve', 'approved'], ['spam', 'spam'], ['trash', 'trash']])('%s answers every report, and undo opens them and makes it urgent again', async (act, status) => {
    const { owner, comment } = await scene();
    valueOf(await report(comment, guest('a'), 'private'));
    const decided = await decide(owner, comment.id, act);
    expect(await db().report.findMany()).toMatchObject([{ answeredAt: later(1), answer: status }]);
    valueOf(await undoDecision(owner, decided.event, later(2)));
    expect(await db().report.findMany()).toMatchObject([{ answeredAt: null, answer: null }]);
    expect(await stateOf(comment.id)).toMatchObject({ status: 'pending', isUrgent: true, risk: URGENT_RISK });
  });

  test('an edit answers nothing, and neither it nor its undo takes away the urgency', async () => {
    const { owner, comment } = await scene();
    valueOf(await report(comment, guest('a'), 'private'));
    const edited = valueOf(await editComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'pending', source: 'Without the street.' }, later(1)));
    expect(await stateOf(comment.id)).toMatchObject({ isUrgent: true });
    valueOf(await undoDecision(owner, edited.event, later(2)));
    expect(await stateOf(comment.id)).toMatchObject({ status: 'pending', isUrgent: true, revision: 3 });
    expect(await db().report.findMany()).toMatchObject([{ answeredAt: null }]);
  });

  test('what stayed on the page stays by a word, which can be taken back; no kept page changes', async () => {
    const { owner, comment } = await scene();
    valueOf(await report(comment, guest('a')));
    const kept = valueOf(await keep(owner, comment.id));
    expect(kept).toMatchObject({ decision: 'approve', from: 'approved', to: 'approved' });
    expect(await db().report.findMany()).toMatchObject([{ answer: 'approved', answeredAt: later(1) }]);
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', risk: 0 });
    expect(await keep(owner, comment.id, 2)).toMatchObject({ ok: false, code: 'conflict' });
    valueOf(await undoDecision(owner, kept.event, later(3)));
    expect(await db().report.findMany()).toMatchObject([{ answer: null }]);
    expect(await stateOf(comment.id)).toMatchObject({ status: 'approved', rule: 'reported', risk: 101 });
    expect(changed).toEqual([]);
  });

  test.each<[string, boolean]>([['guest', false], ['reader', false], ['author', false], ['the post’s author', true], ['moderator', true], ['owner', true]])('whether a %s may say that it stays: %s', async (who, may) => {
    const { post, comment } = await scene();
    valueOf(await report(comment, guest('a')));
    const actor: Actor = who === 'guest' ? guest('z') : who === 'the post’s author' ? { ...(await person()), userId: post.authorId, role: 'author' } : await person(who as Role);
    expect(await keep(actor, comment.id)).toMatchObject(may ? { ok: true } : { ok: false, code: 'not-found' });
  });

  test('of a comment that was hidden meanwhile nobody says that it stays', async () => {
    const { owner, comment } = await scene();
    valueOf(await report(comment, guest('a')));
    valueOf(await report(comment, guest('b'), 'private'));
    const { publicId, revision } = await stateOf(comment.id);
    for (const seenStatus of ['approved', 'pending'] as const) expect(await keepReported(owner, { comment: publicId, revision, seenStatus }, later(3))).toMatchObject({ ok: false, code: 'conflict' });
    expect(await db().report.count({ where: { answeredAt: null } })).toBe(2);
  });
});

describe('what the reporter sees', () => {
  test('their own report and its outcome, without the text once it is hidden; and nobody else’s', async () => {
    const { owner, comment } = await scene({ source: 'She lives in Elm Street.' });
    const [mine, other] = [guest('a'), guest('b')];
    const page = (viewer: Actor) => findReportPage(comment.publicId, viewer, later(9));
    expect(await page(mine)).toMatchObject({ outcome: null, isKnown: false, comment: { name: comment.name } });
    valueOf(await report(comment, mine, 'private'));
    expect(await page(mine)).toMatchObject({ outcome: 'waiting', isKnown: true, comment: null, post: { title: 'Patience' } });
    expect(JSON.stringify(await page(mine))).not.toContain('Elm Street');
    expect(await page(other)).toBeNull();
    const nobody = { kind: 'guest', writerHash: null } as const;
    expect(await findReportPage(comment.publicId, nobody, later(9), true)).toMatchObject({ outcome: 'waiting', isKnown: false, comment: null });
    const decided = await decide(owner, comment.id, 'trash');
    expect(await findReportPage(comment.publicId, nobody, later(9), true)).toBeNull();
    expect(await page(mine)).toMatchObject({ outcome: 'gone', isKnown: true, comment: null });
    valueOf(await undoDecision(owner, decided.event, later(2)));
    expect(await page(mine)).toMatchObject({ outcome: 'waiting', isKnown: true });
    await decide(owner, comment.id, 'approve', 3);
    expect(await page(mine)).toMatchObject({ outcome: 'stays', isKnown: true, comment: { name: comment.name } });
    expect(await page(other)).toMatchObject({ outcome: null });
  });

  test('a word where its writer took it away before anybody looked', async () => {
    const { comment } = await scene();
    valueOf(await report(comment, guest('a')));
    await db().comment.update({ where: { id: comment.id }, data: { status: 'deleted' } });
    expect(await findReportPage(comment.publicId, guest('a'), now)).toMatchObject({ outcome: 'withdrawn', comment: null });
  });

  test('no mail is caused by whom nobody asked, and none by an edit', async () => {
    const { owner, comment } = await scene();
    valueOf(await report(comment, await person('reader', { emailVerified: now }), 'private'));
    valueOf(await editComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'pending', source: 'Else.' }, later(1)));
    await decide(owner, comment.id, 'approve', 2);
    expect(await db().$queryRaw`SELECT name FROM pgboss.job WHERE name = 'decision-mail'`).toEqual([]);
  });

  test('a mail two minutes later, once, if they asked and their address is proven; none after an undo', async () => {
    const { owner, comment } = await scene();
    const [asked, silent, unproven] = [await person('reader', { emailVerified: now }), await person('reader', { emailVerified: now }), await person()];
    await db().site.create({ data: { id: 1, title: 'Our blog', reportsToHold: 0 } });
    valueOf(await report(comment, asked, 'spam', { tellOutcome: true }));
    valueOf(await report(comment, silent, 'spam'));
    valueOf(await report(comment, unproven, 'spam', { tellOutcome: true }));
    valueOf(await report(comment, guest('a'), 'spam', { tellOutcome: true }));
    const jobs = () => db().$queryRaw<{ event: string; origin: string; after: Date }[]>`SELECT data ->> 'event' AS event, data ->> 'origin' AS origin, start_after AS after FROM pgboss.job WHERE name = 'decision-mail' ORDER BY start_after`;
    const tell = async (event: string, minutes: number) => {
      await sendDecisionMails({ event, origin: 'https://blog.example' }, later(minutes));
      return db().mail.findMany();
    };
    const kept = valueOf(await keep(owner, comment.id));
    expect(await jobs()).toMatchObject([{ event: kept.event, after: later(3) }]);
    valueOf(await undoDecision(owner, kept.event, later(2)));
    expect(await tell(kept.event, 3)).toEqual([]);
    const trashed = await decide(owner, comment.id, 'trash', 4);
    expect((await jobs()).map(({ event }) => event)).toEqual([kept.event, trashed.event]);
    expect(await tell(trashed.event, 6)).toMatchObject([{ to: asked.email, subject: 'The comment you reported on Our blog' }]);
    const [mail] = await tell(trashed.event, 7);
    expect(mail?.text).toContain('is not shown any more');
    expect(mail?.text).toContain(`https://blog.example/comments/${comment.publicId}/report`);
    for (const secret of [comment.name, comment.source, owner.name]) expect(mail?.text).not.toContain(secret);
    expect(await db().mail.count()).toBe(1);
  });
});

describe('who reported is nobody’s business', () => {
  test('a card tells number, reasons and words, and nothing by which one is known', async () => {
    const { owner, comment } = await scene();
    const reader = await person();
    valueOf(await report(comment, reader, 'unkind', { words: 'This hurt.' }));
    valueOf(await report(comment, guest('a'), 'spam'));
    const filter = queueFilterSchema.parse({ queue: 'approved', rule: 'reported' });
    const { cards } = await findQueue(owner, filter, 'risk', null, null, later(1));
    expect(cards).toMatchObject([{ id: comment.publicId, reports: { count: 2, words: ['This hurt.'] } }]);
    const told = JSON.stringify(cards);
    expect([reader.userId, reader.name, String(reader.email), 'a'.repeat(64)].filter((secret) => told.includes(secret))).toEqual([]);
  });

  test('their account deleted, the report stands without them; the comment deleted, its words are gone', async () => {
    const { owner, comment } = await scene();
    const reader = await person();
    valueOf(await report(comment, reader, 'private', { words: 'Elm Street 5' }));
    await db().user.delete({ where: { id: reader.userId } });
    expect(await db().report.findMany()).toMatchObject([{ userId: null, words: 'Elm Street 5' }]);
    await decide(owner, comment.id, 'trash');
    await decide(owner, comment.id, 'delete', 2);
    expect(await db().report.findMany()).toMatchObject([{ words: '', answer: 'trash' }]);
  });

  test('a person’s own data has their reports; a reported writer’s does not say that they were reported', async () => {
    const { comment } = await scene();
    const [reader, writer] = [await person(), await person()];
    await db().comment.update({ where: { id: comment.id }, data: { userId: writer.userId } });
    valueOf(await report(comment, reader, 'private', { words: 'My street.' }));
    const dataOf = async (viewer: Person) => JSON.parse(await wholeText(writeOwnData(viewer, [], later(1)))) as { reports: unknown[]; comments: { decisions: unknown[]; state: string }[] };
    expect((await dataOf(reader)).reports).toMatchObject([{ comment: comment.publicId, reason: 'private', words: 'My street.', post: { title: 'Patience' } }]);
    expect(await dataOf(writer)).toMatchObject({ reports: [], comments: [{ state: 'waiting', decisions: [] }] });
  });
});
