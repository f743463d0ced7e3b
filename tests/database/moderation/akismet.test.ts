import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { newAnswer, withAnswer } from '../../../lib/answer';
import type { submitComment as SubmitComment } from '../../../lib/comments/commands';
import type { Guest, NewComment } from '../../../lib/comments/schema';
import type { Actor, Person } from '../../../lib/identity/schema';
import type { Act } from '../../../lib/moderation/schema';
import { AKISMET_KEY, AkismetServer } from '../../support/akismet-server';
import { useDatabase } from '../../support/database';

// The settings of a process are read once, so the server is there before anything that reads them.
const server = await AkismetServer.start();
vi.stubEnv('AKISMET_KEY', AKISMET_KEY);
vi.stubEnv('AKISMET_URL', server.url);

const { db } = await import('../../../lib/db/client');
const { makeRules, makePost, makeUser } = await import('../../../prisma/makers');
const { networkMarker } = await import('../../../lib/network-keys');
const { decideComment, editComment, undoDecision } = await import('../../../lib/moderation/commands');
const { declineComment } = await import('../../../lib/moderation/declining');
const { correctAkismet, forgetAkismet } = await import('../../../lib/moderation/akismet-corrections');
const { readAkismetState } = await import('../../../lib/moderation/akismet-state');
const { deleteDueAccounts } = await import('../../../lib/account/commands');
const { WORK } = await import('../../../server/job-handlers');

const database = useDatabase();
const now = new Date('2099-11-26T08:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const DAY = 24 * 60 * 60;
const ORIGIN = 'https://blog.example';
const IP = '192.0.2.77';
const guest: Actor = { kind: 'guest', writerHash: 'a'.repeat(64) };
const ines: Guest = { name: 'Ines', email: 'ines@example.com', website: 'https://ines.example' };
const pest: Guest = { name: 'viagra-test-123', email: 'pest@example.com', website: '' };

const personOf = (user: { id: string; name: string | null; email: string | null; role: Person['role']; standing: Person['standing'] }): Person => ({
  kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role: user.role, standing: user.standing, standingUntil: null, writerHash: null,
});

let owner: Person;
let postId: string;
let submitComment: typeof SubmitComment;

beforeAll(() => expect(server.url).toMatch(/^http:/));
beforeEach(async () => {
  server.reset();
  // Each test has a process of its own, as far as what has failed of late goes.
  vi.resetModules();
  ({ submitComment } = await import('../../../lib/comments/commands'));
  owner = personOf(await makeUser({ role: 'owner', emailVerified: now }));
  ({ id: postId } = await makePost({ authorId: owner.userId, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01') }));
  await makeRules({ floodSeconds: 0, maxLinks: 0 });
});
afterAll(async () => {
  await server.stop();
  vi.unstubAllEnvs();
});

let texts = 0;
async function send(actor: Actor, more: Partial<NewComment> = {}) {
  const comment = more.comment ?? `Number ${(texts += 1)} of what was said.`;
  const answer = newAnswer({ requestId: '-', clientIp: IP, userAgent: 'Netscape 4', referrer: 'https://search.example/', origin: ORIGIN });
  const sent = await withAnswer(answer, () => submitComment(actor, { post: 'open', parent: '', guest: actor.kind === 'guest' ? ines : null, ...more, comment }, IP, now));
  if (!sent.ok) throw new Error(sent.message);
  const row = await db().comment.findUniqueOrThrow({ where: { publicId: sent.value.id }, include: { akismetCheck: true, events: true } });
  return { ...row, rules: (row.events[0]?.reasons as { rule: string }[]).map(({ rule }) => rule) };
}

const find = (id: string) => db().comment.findUniqueOrThrow({ where: { id } });
const checkOf = (commentId: string) => db().akismetCheck.findUnique({ where: { commentId } });
async function decide(id: string, decision: Act, at = later(60)): Promise<string> {
  const { publicId: comment, revision, status: seenStatus } = await find(id);
  const decided = await withAnswer(newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin: ORIGIN }), () => decideComment(owner, { comment, revision, seenStatus, decision }, at));
  if (!decided.ok) throw new Error(decided.message);
  return decided.value.event;
}
const jobs = async () => (await database.sql.query<{ data: { event: string; origin: string }; start_after: Date }>(`SELECT data, start_after FROM pgboss.job WHERE name = 'akismet' ORDER BY created_on`)).rows;
const submitted = () => server.calls.filter(({ call }) => call.startsWith('submit-')).map(({ call, fields }) => [call, fields.comment_author]);

describe('a stranger’s comment', () => {
  test('goes to Spam when Akismet says so, which the owner reads as a reason', async () => {
    const comment = await send(guest, { guest: pest });
    expect([comment.status, comment.rules[0]]).toEqual(['spam', 'akismet']);
  });

  test('is held as ever when Akismet has nothing against it', async () => {
    const comment = await send(guest, { comment: 'Grüße = 100 % & more' });
    expect([comment.status, comment.rules]).toEqual(['pending', ['first-comment']]);
    expect(server.told('comment-check')).toEqual([{
      api_key: AKISMET_KEY, blog: ORIGIN, blog_charset: 'UTF-8', user_ip: IP, user_agent: 'Netscape 4', referrer: 'https://search.example/', permalink: `${ORIGIN}/posts/open`, comment_type: 'comment',
      comment_author: 'Ines', comment_author_email: 'ines@example.com', comment_author_url: 'https://ines.example', comment_content: 'Grüße = 100 % & more', comment_date_gmt: now.toISOString(),
    }]);
  });

  test.each([500, 'garbage', 'half', 'redirect', 'invalid', 'slow'] as const)('is held, and nothing of it is lost, when Akismet fails: %s', { timeout: 20_000 }, async (fails) => {
    server.fails = fails;
    const comment = await send(guest, { guest: pest, comment: 'Whole.' });
    expect([comment.status, comment.rules[0], comment.source, comment.akismetCheck]).toEqual(['pending', 'akismet-silent', 'Whole.', null]);
  });

  test('is held when nobody answers at all; after three such Akismet is not asked', async () => {
    await server.stop();
    for (let times = 0; times < 3; times += 1) expect((await send(guest)).rules[0]).toBe('akismet-silent');
    await server.listen();
    expect((await send(guest)).rules[0]).toBe('akismet-silent');
    expect(server.calls).toEqual([]);
    expect(await readAkismetState(now)).toMatchObject({ lastFailure: 'Akismet has failed several times, and is not asked for a minute.' });
  });
});

describe('Akismet is not asked', () => {
  test('about who runs the blog, and whom it trusts', async () => {
    await send(owner);
    await send(personOf(await makeUser({ standing: 'trusted', emailVerified: now })));
    await db().screeningRules.updateMany({ data: { trusted: ['school.example'], version: { increment: 1 } } });
    await send(personOf(await makeUser({ email: 'ruth@school.example', emailVerified: now })));
    expect(server.calls).toEqual([]);
  });

  test('about who writes under a name on this post only, the first time and later', async () => {
    const person = personOf(await makeUser({ emailVerified: now }));
    const first = await send(person, { pseudonym: 'A tired teacher' });
    const second = await send(person);
    expect([first.pseudonymId, second.pseudonymId, first.akismetCheck]).toEqual([first.pseudonymId, first.pseudonymId, null]);
    expect(first.pseudonymId).not.toBeNull();
    expect(server.calls).toEqual([]);
  });

  test('about what is refused: a post that is not there, or closed, or a writer who is shut out', async () => {
    const suspended = personOf(await makeUser({ standing: 'suspended', emailVerified: now }));
    await expect(send(guest, { post: 'nowhere' })).rejects.toThrow();
    await expect(send(suspended)).rejects.toThrow();
    await db().post.update({ where: { id: postId }, data: { commentsOpen: false } });
    await expect(send(guest)).rejects.toThrow();
    expect(server.calls).toEqual([]);
  });
});

describe('what Akismet was told', () => {
  test('is kept encrypted while nobody has decided: no address stands in the database in clear', async () => {
    const { id, akismetCheck } = await send(guest);
    expect(akismetCheck).toMatchObject({ isSpam: false, guid: 'guid-1', askedAt: now });
    const { rows } = await database.sql.query<{ whole: string }>(`SELECT row_to_json(k)::text || encode(sealed, 'escape') AS whole FROM "AkismetCheck" k`);
    for (const secret of [IP, 'Netscape', 'search.example']) expect(rows[0]?.whole).not.toContain(secret);
    expect((await find(id)).ipHash).toBe((await networkMarker())(IP).present);
  });

  test('is not kept of what is published at once', async () => {
    const user = await makeUser({ emailVerified: now });
    const known = personOf(user);
    await decide((await send(known)).id, 'approve');
    const comment = await send(known);
    expect([comment.status, comment.akismetCheck]).toEqual(['approved', null]);
  });

  test('is forgotten before it is fifteen days old, by a job that comes every hour', async () => {
    const { id } = await send(guest);
    await forgetAkismet(later(15 * DAY - 3601));
    expect(await checkOf(id)).not.toBeNull();
    await WORK['forget-akismet'].handle({});
    expect(await checkOf(id)).not.toBeNull();
    await forgetAkismet(later(15 * DAY - 3600));
    expect(await checkOf(id)).toBeNull();
    expect((await find(id)).status).toBe('pending');
  });

  test('is forgotten with a decision that agrees, and an undo of that minds nothing', async () => {
    const [ham, spam] = [await send(guest), await send(guest, { guest: pest })];
    const approved = await decide(ham.id, 'approve');
    await decide(spam.id, 'trash');
    expect(await db().akismetCheck.count()).toBe(0);
    expect((await undoDecision(owner, approved, later(90))).ok).toBe(true);
    await decide(ham.id, 'spam', later(120));
    expect(await jobs()).toEqual([]);
  });

  test('is forgotten when the comment is declined, deleted for good, or its writer’s account is', async () => {
    const declined = await send(guest);
    const { publicId, revision, status } = await find(declined.id);
    await declineComment(owner, { comment: publicId, revision, seenStatus: status, reason: 'unclear', words: 'Say more.' }, later(60));
    expect(await checkOf(declined.id)).toBeNull();

    const gone = await send(guest, { guest: pest });
    await decide(gone.id, 'trash');
    await decide(gone.id, 'delete', later(61));
    expect(await checkOf(gone.id)).toBeNull();

    const user = await makeUser({ emailVerified: now });
    const theirs = await send(personOf(user));
    expect(await checkOf(theirs.id)).not.toBeNull();
    await db().user.update({ where: { id: user.id }, data: { deleteAt: now, deleteComments: 'anonymise' } });
    await deleteDueAccounts(later(1));
    expect(await checkOf(theirs.id)).toBeNull();
  });
});

describe('a person who decides otherwise than Akismet', () => {
  test('has it told so two minutes later, with all it was told before, and then that is forgotten', async () => {
    const [ham, spam] = [await send(guest, { comment: 'As it was told.' }), await send(guest, { guest: pest })];
    const { publicId, revision, status } = await find(ham.id);
    await editComment(owner, { comment: publicId, revision, seenStatus: status, source: 'Changed since.' }, later(30));
    await decide(ham.id, 'spam');
    await decide(spam.id, 'approve');
    const made = await jobs();
    expect(made.map(({ start_after }) => start_after)).toEqual([later(180), later(180)]);
    for (const { data } of made) await correctAkismet(data, later(180));
    const [asHam] = server.told('submit-ham');
    const [asSpam] = server.told('submit-spam');
    const [askedHam, askedSpam] = server.told('comment-check');
    expect(asSpam).toEqual({ ...askedHam, comment_check_response: 'false', guid: 'guid-1' });
    expect(asHam).toEqual({ ...askedSpam, comment_check_response: 'true', guid: 'guid-2' });
    expect(await db().akismetCheck.count()).toBe(0);
    for (const { data } of made) await correctAkismet(data, later(200));
    expect(submitted()).toHaveLength(2);
  });

  test('and takes it back has nothing told; the next decision counts', async () => {
    const { id } = await send(guest);
    const event = await decide(id, 'spam');
    await undoDecision(owner, event, later(100));
    await correctAkismet({ event, origin: ORIGIN }, later(180));
    expect([submitted(), await checkOf(id)]).toEqual([[], expect.anything()]);
    const again = await decide(id, 'spam', later(200));
    await correctAkismet({ event: again, origin: ORIGIN }, later(320));
    expect([submitted(), await checkOf(id)]).toEqual([[['submit-spam', 'Ines']], null]);
  });

  test('is not disturbed by an Akismet that is away: it is tried again, then given up, and what was kept is forgotten', async () => {
    const { id } = await send(guest, { guest: pest });
    const event = await decide(id, 'approve');
    server.fails = 500;
    await expect(correctAkismet({ event, origin: ORIGIN }, later(180))).rejects.toThrow('Akismet answered with the status 500.');
    expect(await checkOf(id)).not.toBeNull();
    await forgetAkismet(later(60 + 2 * 60 * 60 - 1));
    expect(await checkOf(id)).not.toBeNull();
    await forgetAkismet(later(60 + 2 * 60 * 60));
    expect([await checkOf(id), (await find(id)).status]).toEqual([null, 'approved']);
    await correctAkismet({ event, origin: ORIGIN }, later(3 * 60 * 60));
    expect(submitted()).toHaveLength(1);
  });

  test('after another AUTH_SECRET, or too late, nothing is told, and it is forgotten', async () => {
    const [one, other] = [await send(guest), await send(guest)];
    const events = [await decide(one.id, 'spam'), await decide(other.id, 'spam')] as const;
    const secret = process.env.AUTH_SECRET;
    vi.stubEnv('AUTH_SECRET', 'another secret, after the first was lost somewhere');
    await correctAkismet({ event: events[0], origin: ORIGIN }, later(180));
    vi.stubEnv('AUTH_SECRET', secret);
    await correctAkismet({ event: events[1], origin: ORIGIN }, later(DAY));
    expect([submitted(), await db().akismetCheck.count()]).toEqual([[], 0]);
  });
});

describe('the owner sees', () => {
  test('whether the key is taken, which is asked once an hour at most, and sooner while it does not answer', async () => {
    server.fails = 500;
    expect(await readAkismetState(now)).toEqual({ isValid: null, lastWorkedAt: null, lastFailedAt: now, lastFailure: 'Akismet answered with the status 500.' });
    server.fails = null;
    expect((await readAkismetState(later(299)))?.isValid).toBeNull();
    expect(await readAkismetState(later(300))).toMatchObject({ isValid: true, lastWorkedAt: later(300) });
    expect((await readAkismetState(later(300 + 3599)))?.isValid).toBe(true);
    expect(server.told('verify-key')).toHaveLength(2);
    server.fails = 'invalid';
    expect(await readAkismetState(later(300 + 3600))).toMatchObject({ isValid: false, lastFailure: 'Akismet says that the key is not valid.' });
  });

  test('when it last worked, and its last failure, in which nothing of the comment stands', async () => {
    await send(guest);
    server.fails = 500;
    await send(guest);
    expect(await db().akismetState.findUniqueOrThrow({ where: { id: 1 } })).toMatchObject({ lastWorkedAt: now, lastFailedAt: now, lastFailure: 'Akismet answered with the status 500.' });
  });
});
