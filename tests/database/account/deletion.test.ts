import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { deleteDueAccounts, keepAccount, requestDeletion } from '@/lib/account/commands';
import { STEP_COMMENTS } from '@/lib/account/deletion';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import { submitComment } from '@/lib/comments/commands';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import type { Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment } from '@/lib/moderation/commands';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const { sendJob } = vi.hoisted(() => ({ sendJob: vi.fn(() => Promise.resolve()) }));
vi.mock('@/lib/jobs', () => ({ sendJob }));

const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const hoursLater = (hours: number) => new Date(now.getTime() + hours * 60 * 60 * 1000);

async function person(role: Role = 'reader'): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

async function scene() {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId });
  const leaver = await person();
  const mine = { postId: post.id, userId: leaver.userId, name: leaver.name, email: leaver.email, website: 'https://example.com', ipHash: 'a', writerHash: 'b' };
  const first = await makeComment({ ...mine, source: 'What I said.' });
  const reply = await makeComment({ postId: post.id, source: 'An answer.', parent: first });
  const second = await makeComment({ ...mine, source: 'What I said back.', parent: reply });
  const waiting = await makeComment({ ...mine, source: 'What waits.', status: 'pending' });
  await db().commentRevision.create({ data: { id: newId(), commentId: first.id, revision: 1, source: 'Earlier words', html: '<p>Earlier words</p>' } });
  return { owner, post, leaver, first, reply, second, waiting };
}

const comment = (id: string) => db().comment.findUniqueOrThrow({ where: { id }, include: { events: true, revisions: true } });
const nobody = { email: null, website: null, ipHash: null, writerHash: null, userId: null, pseudonymId: null };

/** All that the database holds, as one text. */
async function everything(): Promise<string> {
  const { rows } = await database.sql.query<{ name: string }>(`SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> '_prisma_migrations'`);
  const texts = await Promise.all(rows.map(({ name }) => database.sql.query<{ text: string | null }>(`SELECT string_agg(t::text, ' ') AS text FROM "${name}" t`)));
  return texts.map((each) => each.rows[0]?.text ?? '').join('\n');
}

async function expectCountsRight() {
  for (const post of await db().post.findMany()) {
    expect(post.approvedCount).toBe(await db().comment.count({ where: { postId: post.id, kind: 'comment', status: 'approved' } }));
  }
  for (const { id, replyCount } of await db().comment.findMany()) {
    expect(replyCount).toBe(await db().comment.count({ where: { parentId: id, status: 'approved' } }));
  }
}

let forgotten: string[] = [];
beforeEach(() => {
  forgotten = [];
  sendJob.mockClear();
  onOwnChange((tags) => forgotten.push(...tags));
});
afterEach(() => onOwnChange(() => undefined));

test('a request sets the hour a day later, and sends the job inside its transaction; asked again it changes the choice only', async () => {
  const { leaver } = await scene();
  expect(await requestDeletion(leaver, 'anonymise', now)).toEqual({ ok: true, value: { deleteAt: hoursLater(24) } });
  expect(await requestDeletion(leaver, 'remove', hoursLater(1))).toEqual({ ok: true, value: { deleteAt: hoursLater(24) } });
  expect(await db().user.findUnique({ where: { id: leaver.userId } })).toMatchObject({ deleteAt: hoursLater(24), deleteComments: 'remove' });
  expect(sendJob.mock.calls).toEqual([[expect.anything(), 'delete-accounts', {}, { startAfter: hoursLater(24) }]]);
});

test('a job that cannot be sent leaves no request behind', async () => {
  const { leaver } = await scene();
  sendJob.mockRejectedValueOnce(new Error('no queue'));
  await expect(requestDeletion(leaver, 'remove', now)).rejects.toThrow('no queue');
  expect(await db().user.findUnique({ where: { id: leaver.userId } })).toMatchObject({ deleteAt: null, deleteComments: null });
});

test('a guest, the last owner and whoever has written a post are refused', async () => {
  const { owner, post } = await scene();
  expect(await requestDeletion({ kind: 'guest', writerHash: null }, 'remove', now)).toMatchObject({ ok: false, code: 'not-signed-in' });
  expect(await requestDeletion(owner, 'remove', now)).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('only owner') as string });
  await person('owner');
  expect(await requestDeletion(owner, 'remove', now)).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('a post') as string });
  await db().post.update({ where: { id: post.id }, data: { status: 'trash' } });
  expect(await requestDeletion(owner, 'remove', now)).toMatchObject({ ok: false, code: 'conflict' });
});

test('until the hour nothing is deleted, and the account can be kept', async () => {
  const { leaver, first } = await scene();
  await requestDeletion(leaver, 'remove', now);
  await deleteDueAccounts(hoursLater(23));
  expect(await comment(first.id)).toMatchObject({ source: 'What I said.', userId: leaver.userId });
  expect(await keepAccount(leaver, hoursLater(23))).toEqual({ ok: true, value: null });
  await deleteDueAccounts(hoursLater(48));
  expect(await comment(first.id)).toMatchObject({ source: 'What I said.', userId: leaver.userId });
});

test('signing in within the day does not take the request back, and after the hour it is too late', async () => {
  const { leaver } = await scene();
  await requestDeletion(leaver, 'anonymise', now);
  await db().session.create({ data: { id: newId(), sessionToken: 'new', userId: leaver.userId, expires: hoursLater(720) } });
  expect(await keepAccount(leaver, hoursLater(24))).toMatchObject({ ok: false, code: 'conflict' });
  await deleteDueAccounts(hoursLater(24));
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(0);
  expect(await keepAccount(leaver, hoursLater(25))).toMatchObject({ ok: false, code: 'not-signed-in' });
});

test('anonymised, comments keep their words and lose their writer, also in what they were before', async () => {
  const { leaver, post, first, second, waiting, reply } = await scene();
  await requestDeletion(leaver, 'anonymise', now);
  await deleteDueAccounts(hoursLater(24));
  expect(await comment(first.id)).toMatchObject({ ...nobody, name: 'Anonymous', source: 'What I said.', status: 'approved', revisions: [], replyCount: 1 });
  expect(await comment(second.id)).toMatchObject({ ...nobody, name: 'Anonymous', source: 'What I said back.', status: 'approved' });
  expect(await comment(waiting.id)).toMatchObject({ ...nobody, name: 'Anonymous', status: 'pending' });
  expect(await comment(reply.id)).toMatchObject({ source: 'An answer.', status: 'approved' });
  await expectCountsRight();
  expect(forgotten).toContain(`post:${post.id}`);
  expect(await everything()).not.toContain(leaver.userId);
});

test('removed, comments are empty anchors where replies stand, with an event of the blog itself and right counts', async () => {
  const { leaver, post, first, second, waiting, reply } = await scene();
  await requestDeletion(leaver, 'remove', now);
  await deleteDueAccounts(hoursLater(24));
  for (const { id } of [first, second, waiting]) {
    expect(await comment(id)).toMatchObject({ ...nobody, name: '', source: '', html: '', sourceHash: '', status: 'deleted', revisions: [], events: [{ decision: 'delete', actorId: null, toStatus: 'deleted' }] });
  }
  expect(await comment(reply.id)).toMatchObject({ source: 'An answer.', status: 'approved', replyCount: 0 });
  expect(await db().post.findUnique({ where: { id: post.id } })).toMatchObject({ approvedCount: 1 });
  await expectCountsRight();
  const view = await findDiscussion({ id: post.id, authorId: post.authorId, authorIsClaimed: true }, BEGINNING);
  expect(view?.threads).toMatchObject([{ kind: 'anchor', id: first.publicId, replies: [{ kind: 'comment', name: reply.name, replies: [] }] }]);
  expect(forgotten).toContain(`post:${post.id}`);
  expect(await everything()).not.toMatch(/What I said|What waits|Earlier words/);
});

test.each(['anonymise', 'remove'] as const)('nothing of the person is left anywhere (%s)', async (choice) => {
  const { leaver, post, owner } = await scene();
  const { userId } = leaver;
  const email = leaver.email!;
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId, name: 'Quiet Owl' } });
  const hidden = await makeComment({ postId: post.id, userId, pseudonymId: pseudonym.id, name: 'Quiet Owl', email: null, source: 'Said as an owl.' });
  await db().session.create({ data: { id: newId(), sessionToken: 'hash-of-it', userId, expires: hoursLater(24) } });
  await db().account.create({ data: { userId, type: 'oauth', provider: 'google', providerAccountId: 'g-1', statedEmail: email } });
  await db().picture.create({ data: { userId, sha256: 'f'.repeat(64), mimeType: 'image/webp', bytes: Buffer.from('x'), source: 'https://pictures.example/me' } });
  await db().signInLink.create({ data: { id: newId(), email, tokenHash: 't', expires: hoursLater(1) } });
  await db().invitation.create({ data: { id: newId(), email, role: 'author', tokenHash: 'i', expires: hoursLater(1) } });
  await db().mail.create({ data: { id: newId(), to: email, subject: 'Your link', text: 'x', html: 'x' } });
  await db().personNote.create({ data: { id: newId(), userId, byId: owner.userId, text: 'A note.' } });
  await db().personNote.create({ data: { id: newId(), pseudonymId: pseudonym.id, byId: owner.userId, text: 'A note on the owl.' } });
  await db().personEvent.create({ data: { id: newId(), userId, actorId: owner.userId, what: 'standing', from: 'normal', to: 'trusted' } });
  await db().importKey.create({ data: { source: 'wxr:old', kind: 'author', externalId: 'leaver', targetId: userId } });
  await db().commentDraft.create({ data: { browserHash: 'b', postId: post.id, entered: { comment: 'Half a', email }, expires: hoursLater(1) } });
  await requestDeletion(leaver, choice, now);
  await deleteDueAccounts(hoursLater(24));
  const left = await everything();
  // A name on one post names nobody once its person is gone, and stays where what was said stays.
  for (const trace of [userId, email, ...(choice === 'remove' ? ['Quiet Owl'] : []), 'g-1', 'hash-of-it', 'A note', 'pictures.example', 'Half a']) expect([trace, left.includes(trace)]).toEqual([trace, false]);
  expect(await comment(hidden.id)).toMatchObject(choice === 'remove' ? { ...nobody, source: '', status: 'deleted' } : { ...nobody, name: 'Quiet Owl', source: 'Said as an owl.' });
  expect(await db().pseudonym.count()).toBe(0);
  await expectCountsRight();
});

test('what others have is not touched: comments, logins, mails, names on the same post', async () => {
  const { leaver, post } = await scene();
  const other = await person();
  await makeComment({ postId: post.id, userId: other.userId, name: other.name, source: 'Mine stays.' });
  await db().mail.create({ data: { id: newId(), to: other.email!, subject: 's', text: 't', html: 'h' } });
  await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: other.userId, name: 'Heron' } });
  await requestDeletion(leaver, 'remove', now);
  await deleteDueAccounts(hoursLater(24));
  expect(await db().comment.findMany({ where: { userId: other.userId } })).toMatchObject([{ source: 'Mine stays.', status: 'approved' }]);
  expect(await db().mail.count()).toBe(1);
  expect(await db().pseudonym.count()).toBe(1);
});

test('decisions that the person made stay, without their name', async () => {
  const { owner, first } = await scene();
  const moderator = await person('moderator');
  await db().moderationEvent.create({ data: { id: newId(), commentId: first.id, actorId: moderator.userId, decision: 'approve', fromStatus: 'pending', toStatus: 'approved' } });
  await db().personNote.create({ data: { id: newId(), userId: owner.userId, byId: moderator.userId, text: 'Stays.' } });
  await requestDeletion(moderator, 'anonymise', now);
  await deleteDueAccounts(hoursLater(24));
  expect(await db().moderationEvent.findMany()).toMatchObject([{ decision: 'approve', actorId: null }]);
  expect(await db().personNote.findMany()).toMatchObject([{ text: 'Stays.', byId: null }]);
});

/** So many comments of one person, all published, as rows. */
async function writeMany(userId: string, postId: string, count: number): Promise<void> {
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, "userId", name, source, html, status, "sourceHash")
     SELECT id, substr(md5(id::text), 1, 12), $1, id, 1, $2, 'Leaver', 'W ' || n, '<p>W ' || n || '</p>', 'approved', md5(n::text)
     FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $3::int) n) made`,
    [postId, userId, count],
  );
  await db().post.update({ where: { id: postId }, data: { approvedCount: { increment: count } } });
}

test.each(['anonymise', 'remove'] as const)('a long history goes in steps; one that was cut off goes on where it stopped (%s)', async (choice) => {
  const { leaver, post } = await scene();
  await writeMany(leaver.userId, post.id, 2 * STEP_COMMENTS);
  await requestDeletion(leaver, choice, now);
  // The second step is cut off, as by a process that is killed: its transaction never commits.
  await database.sql.query(`
    CREATE FUNCTION cut_off() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      IF (SELECT count(*) FROM "Comment" WHERE "userId" IS NOT NULL) < ${STEP_COMMENTS} THEN RAISE EXCEPTION 'cut off'; END IF; RETURN NULL; END $$`);
  await database.sql.query(`CREATE TRIGGER cut_off AFTER UPDATE ON "Comment" FOR EACH STATEMENT EXECUTE FUNCTION cut_off()`);
  try {
    await expect(deleteDueAccounts(hoursLater(24))).rejects.toThrow('could not be deleted');
  } finally {
    await database.sql.query('DROP TRIGGER cut_off ON "Comment"; DROP FUNCTION cut_off');
  }
  const left = await db().comment.count({ where: { userId: leaver.userId } });
  expect(left).toBeGreaterThan(0);
  expect(left).toBeLessThan(2 * STEP_COMMENTS);
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(1);
  await expectPostCountRight(post.id);
  await deleteDueAccounts(hoursLater(25));
  expect(await db().comment.count({ where: { userId: leaver.userId } })).toBe(0);
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(0);
  await expectPostCountRight(post.id);
  const events = await db().moderationEvent.count({ where: { decision: 'delete' } });
  expect(events).toBe(choice === 'remove' ? 2 * STEP_COMMENTS + 3 : 0);
});

async function expectPostCountRight(id: string) {
  expect((await db().post.findUniqueOrThrow({ where: { id } })).approvedCount).toBe(await db().comment.count({ where: { postId: id, status: 'approved' } }));
}

test('two that delete at once do it once', async () => {
  const { leaver } = await scene();
  await requestDeletion(leaver, 'remove', now);
  await Promise.all(Array.from({ length: 4 }, () => deleteDueAccounts(hoursLater(24))));
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(0);
  expect(await db().moderationEvent.count({ where: { decision: 'delete' } })).toBe(3);
  await expectCountsRight();
  await deleteDueAccounts(hoursLater(25));
  await expectCountsRight();
});

test('of two owners who leave at once, one stays, and may then keep the account', async () => {
  const [one, two] = [await person('owner'), await person('owner')];
  await requestDeletion(one, 'remove', now);
  await requestDeletion(two, 'remove', now);
  await Promise.all([deleteDueAccounts(hoursLater(24)), deleteDueAccounts(hoursLater(24))]);
  const owners = await db().user.findMany({ where: { role: 'owner' } });
  expect(owners).toHaveLength(1);
  const last = owners[0]!.id === one.userId ? one : two;
  expect(await keepAccount(last, hoursLater(25))).toMatchObject({ ok: true });
  expect(await db().user.findMany()).toMatchObject([{ deleteAt: null }]);
});

test('whoever writes a post within the day stays, and everybody else who is due goes all the same', async () => {
  const { leaver } = await scene();
  const author = await person('author');
  await requestDeletion(author, 'remove', now);
  await requestDeletion(leaver, 'remove', hoursLater(1));
  await makePost({ authorId: author.userId });
  await deleteDueAccounts(hoursLater(26));
  expect(await db().user.count({ where: { id: author.userId } })).toBe(1);
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(0);
});

test('a comment that is sent at the very moment of the deletion goes with it, or is refused', async () => {
  const { leaver, post } = await scene();
  await requestDeletion(leaver, 'anonymise', now);
  const send = (text: string, ip: string) => submitComment(leaver, { post: post.slug, parent: '', comment: text, guest: null }, ip, hoursLater(24 * 365));
  const [, ...sent] = await Promise.all([deleteDueAccounts(hoursLater(24)), ...Array.from({ length: 6 }, (_, at) => send(`Sent late, ${at}.`, `10.0.0.${at}`))]);
  expect(sent.map((each) => (each.ok ? 'sent' : each.code)).filter((outcome) => !['sent', 'not-signed-in', 'too-many'].includes(outcome))).toEqual([]);
  expect(await db().user.count({ where: { id: leaver.userId } })).toBe(0);
  expect(await db().comment.count({ where: { OR: [{ name: leaver.name }, { email: leaver.email }, { userId: leaver.userId }] } })).toBe(0);
  expect(await send('Sent afterwards.', '10.0.1.1')).toMatchObject({ ok: false, code: 'not-signed-in' });
});

test('moderators decide on the same comments meanwhile: nothing waits for ever, and the counts are right', async () => {
  const { owner, leaver, post } = await scene();
  const pairs: Awaited<ReturnType<typeof makeComment>>[] = [];
  for (let at = 0; at < 8; at += 1) {
    const mine = await makeComment({ postId: post.id, userId: leaver.userId, name: leaver.name });
    pairs.push(await makeComment({ postId: post.id, userId: leaver.userId, name: leaver.name, parent: mine }));
  }
  await requestDeletion(leaver, 'remove', now);
  const decide = (reply: (typeof pairs)[number]) => decideComment(owner, { comment: reply.publicId, revision: 1, seenStatus: 'approved', decision: 'unapprove' }, now);
  const [, ...decided] = await Promise.all([deleteDueAccounts(hoursLater(24)), ...pairs.map(decide)]);
  expect(decided.filter((each) => !each.ok && each.code !== 'conflict')).toEqual([]);
  expect(await db().comment.count({ where: { status: 'deleted' } })).toBe(19);
  await expectCountsRight();
});

test('the same address is a new person afterwards', async () => {
  const { leaver } = await scene();
  await requestDeletion(leaver, 'anonymise', now);
  await deleteDueAccounts(hoursLater(24));
  const anew = await makeUser({ email: leaver.email });
  expect(await db().comment.count({ where: { userId: anew.id } })).toBe(0);
});

test.each(['anonymise', 'remove'] as const)('words that others said of their comments, and all that tells who reported, go too (%s)', async (choice) => {
  const { leaver, first, reply } = await scene();
  await db().decline.create({ data: { eventId: newId(), commentId: first.id, reason: 'other', words: 'Dear leaver' } });
  await db().report.create({ data: { id: newId(), commentId: first.id, reason: 'unkind', words: 'The leaver is unkind' } });
  await db().report.create({ data: { id: newId(), commentId: reply.id, userId: leaver.userId, reason: 'other', words: 'Says the leaver', reporterHash: 'their-browser', ipHash: 'their-network', tellOutcome: true } });
  await requestDeletion(leaver, choice, now);
  await deleteDueAccounts(hoursLater(24));
  const kept = await everything();
  for (const gone of ['Dear leaver', 'The leaver is unkind', 'Says the leaver', 'their-browser', 'their-network']) expect(kept).not.toContain(gone);
  expect(await db().report.count({ where: { userId: null, tellOutcome: false } })).toBe(2);
});
