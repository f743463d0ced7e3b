import { describe, expect, test } from 'vitest';
import { findOwnNotice } from '@/lib/account/queries';
import { acknowledgeWarning } from '@/lib/account/warning';
import { submitComment } from '@/lib/comments/commands';
import { db } from '@/lib/db/client';
import { findPerson, findSessionPerson } from '@/lib/identity/queries';
import { hasDesk, isShutOut } from '@/lib/identity/rules';
import type { Actor, Person, Role, Standing } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { findDecider } from '@/lib/moderation/deciders';
import { changeStanding } from '@/lib/people/commands';
import { findPersonView } from '@/lib/people/history';
import { listPeopleFor } from '@/lib/people/queries';
import { standingMark } from '@/lib/people/rules';
import { historySchema, peopleSearchSchema, standingChangeSchema, warningSchema } from '@/lib/people/schema';
import { sendStandingMail } from '@/lib/people/standing-mail';
import { warnPerson } from '@/lib/people/warning';
import type { Result } from '@/lib/result';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysLater, eventsOf, makePseudonym, makeSession, now, person, stored } from './scene';

const database = useDatabase();

const origin = 'https://blog.example';
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const END = '2026-12-05T10:30';
const ENDS = new Date('2026-12-05T10:30:00Z');
const guest: Actor = { kind: 'guest', writerHash: null };

async function scene(role: Role = 'reader') {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId, slug: 'open', publishedAt: daysLater(-1) });
  const ida = await person(role, { name: 'Ida Plain', email: 'ida@example.net' });
  await makeComment({ postId: post.id, userId: ida.userId, name: ida.name, createdAt: daysLater(-1) });
  return { owner, moderator: await person('moderator'), post, ida };
}

async function seenOf(id: string) {
  return standingMark(await stored(id));
}
const set = async (actor: Actor, { userId }: Person, standing: Standing, until = '', reason = '', at = now) =>
  changeStanding(actor, { person: userId, standing, until, reason, seen: await seenOf(userId) }, at);
const warn = async (actor: Actor, { userId }: Person, words: string, at = now) => warnPerson(actor, { person: userId, words, seen: (await stored(userId)).warning }, at);
const say = (actor: Actor, at = now) => submitComment(actor, { post: 'open', parent: '', comment: `Words at ${at.toISOString()}`, guest: null }, '192.0.2.1', at);
const codeOf = (result: Result<unknown>) => (result.ok ? 'ok' : result.code);
const mails = () => db().mail.findMany({ orderBy: { createdAt: 'asc' } });
const jobs = async () => (await database.sql.query<{ data: { event: string; origin: string }; start_after: Date }>(`SELECT data, start_after FROM pgboss.job WHERE name = 'standing-mail' ORDER BY created_on, id`)).rows;
const mailTime = async () => { for (const { data } of await jobs()) await sendStandingMail({ ...data, origin }, later(120)); };

/** Whoever is signed in as this person at a moment. */
async function actorAt(id: string, at: Date): Promise<Person> {
  const { sessionToken } = await makeSession(id);
  const found = await findSessionPerson(sessionToken, at);
  if (!found) throw new Error('no session');
  return { ...found, writerHash: null };
}

function valueOf<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

describe('a standing', () => {
  test.each(['held', 'suspended', 'banned'] as const)('%s has a reason and an end, is written down with both, and is over then everywhere', async (standing) => {
    const { moderator, ida } = await scene();
    valueOf(await set(moderator, ida, standing, END, 'Please rest a little.'));
    expect(await stored(ida.userId)).toMatchObject({ standing, standingUntil: ENDS, standingReason: 'Please rest a little.' });
    expect(await eventsOf(ida.userId)).toMatchObject([{ what: 'standing', from: 'normal', to: `${standing} ${ENDS.toISOString()}`, reason: 'Please rest a little.', actorId: moderator.userId }]);
    expect(await actorAt(ida.userId, now)).toMatchObject({ standing, standingUntil: ENDS });
    expect(await actorAt(ida.userId, ENDS)).toMatchObject({ standing: 'normal', standingUntil: null });
    const found = async (word: Standing, at: Date) => (await listPeopleFor(moderator, peopleSearchSchema.parse({ standing: word, q: 'Ida' }), at)).people.map((row) => [row.standing, row.standingUntil]);
    expect(await found(standing, now)).toEqual([[standing, ENDS]]);
    expect([await found('normal', now), await found(standing, ENDS), await found('normal', ENDS)]).toEqual([[], [], [['normal', null]]]);
  });

  test.each([
    ['held', '', 'ok'], ['held', '2020-01-01T00:00', 'invalid'], ['held', 'tomorrow', 'invalid'],
    ['banned', '', 'ok'], ['banned', '2020-01-01T00:00', 'invalid'], ['banned', '2026-02-30T10:00', 'invalid'],
    ['suspended', '', 'invalid'], ['normal', 'tomorrow', 'ok'], ['trusted', '2020-01-01T00:00', 'ok'],
  ] as const)('%s until “%s”: %s', async (standing, until, outcome) => {
    const { moderator, ida } = await scene();
    const result = await set(moderator, ida, standing, until);
    expect(codeOf(result)).toBe(outcome);
    if (!result.ok) expect(result.fields?.until).toBe(result.message);
    expect((await stored(ida.userId)).standing).toBe(outcome === 'ok' ? standing : 'normal');
  });

  test('that is over shuts nobody out and gives a desk back', async () => {
    const { owner, post, ida } = await scene('moderator');
    valueOf(await set(owner, ida, 'banned', END));
    expect([(await findPerson(db(), ida.userId, now))?.standing, (await findPerson(db(), ida.userId, ENDS))?.standing]).toEqual(['banned', 'normal']);
    expect([await findDecider(db(), ida.userId, post.authorId, now), (await findDecider(db(), ida.userId, post.authorId, ENDS))?.email]).toEqual([null, 'ida@example.net']);
    const [during, after] = [await actorAt(ida.userId, now), await actorAt(ida.userId, ENDS)];
    expect([isShutOut(during, now), hasDesk(during), codeOf(await say(during))]).toEqual([true, false, 'forbidden']);
    expect([isShutOut(after, ENDS), hasDesk(after), codeOf(await say(after, ENDS))]).toEqual([false, true, 'ok']);
    expect(codeOf(await set(after, await person('reader'), 'held', '', '', ENDS))).toBe('not-found');
    const reader = (await scene2()).ida;
    expect(codeOf(await set(after, reader, 'held', '', '', ENDS))).toBe('ok');
  });

  test('held until a day holds comments until then, and none after it', async () => {
    const { owner, ida } = await scene();
    valueOf(await set(owner, ida, 'held', END));
    expect(await say(await actorAt(ida.userId, now))).toMatchObject({ ok: true, value: { status: 'pending' } });
    expect(await say(await actorAt(ida.userId, ENDS), ENDS)).toMatchObject({ ok: true, value: { status: 'approved' } });
  });

  test('is taken back with the reason and end it had before', async () => {
    const { owner, ida } = await scene();
    valueOf(await set(owner, ida, 'suspended', END, 'First.'));
    const { from } = valueOf(await set(owner, ida, 'banned', '', 'Second.', later(10)));
    expect(from).toEqual({ standing: 'suspended', standingUntil: ENDS, standingReason: 'First.' });
    valueOf(await set(owner, ida, from.standing, END, from.standingReason, later(20)));
    expect(await stored(ida.userId)).toMatchObject({ standing: 'suspended', standingUntil: ENDS, standingReason: 'First.' });
    valueOf(await set(owner, ida, 'normal', END, 'Left out.', later(30)));
    expect(await stored(ida.userId)).toMatchObject({ standing: 'normal', standingUntil: null, standingReason: '' });
  });

  test('tells its person why and until when, but not that their comments are held', async () => {
    const { owner, ida } = await scene();
    const notice = async (at = now) => findOwnNotice(ida, at);
    expect(await notice()).toBeNull();
    valueOf(await set(owner, ida, 'suspended', END, 'Please rest.'));
    expect(await notice()).toEqual({ kind: 'suspended', reason: 'Please rest.', until: ENDS });
    expect(await notice(ENDS)).toBeNull();
    valueOf(await set(owner, ida, 'banned', '', 'Goodbye.'));
    expect(await notice()).toEqual({ kind: 'banned', reason: 'Goodbye.', until: null });
    valueOf(await set(owner, ida, 'held', '', 'Links.'));
    expect(await notice()).toBeNull();
  });

  test('words are as a column can keep them', () => {
    const parse = (reason: string) => standingChangeSchema.safeParse({ person: newId(), standing: 'banned', until: '', reason, seen: 'normal' });
    expect(parse(' One\r\ntwo\0\u0007 ').data?.reason).toBe('One\ntwo');
    expect(parse('x'.repeat(501)).success).toBe(false);
    expect(warningSchema.safeParse({ person: newId(), words: 'x'.repeat(1001) }).success).toBe(false);
  });
});

/** One more reader of whom moderators may know. */
async function scene2() {
  const ida = await person('reader');
  await makeComment({ postId: (await db().post.findFirstOrThrow()).id, userId: ida.userId, name: ida.name });
  return { ida };
}

describe('a warning', () => {
  test('is read before the person comments again, and nothing else stands in their way', async () => {
    const { moderator, ida } = await scene();
    valueOf(await warn(moderator, ida, 'Please keep to the post.'));
    expect(await say(ida)).toMatchObject({ ok: false, code: 'forbidden', message: expect.stringContaining('Please read it first') as string });
    expect(await findOwnNotice(ida, now)).toEqual({ kind: 'warning', words: 'Please keep to the post.' });
    expect(await acknowledgeWarning(ida, 'Please keep to the post.', later(60))).toMatchObject({ ok: true });
    expect(await findOwnNotice(ida, now)).toBeNull();
    expect(await say(ida, later(60))).toMatchObject({ ok: true });
    expect(await eventsOf(ida.userId)).toMatchObject([
      { what: 'warning', from: '', to: 'given', reason: 'Please keep to the post.', actorId: moderator.userId },
      { what: 'warning', from: 'given', to: 'read', reason: '', actorId: ida.userId },
    ]);
  });

  test('is not read by reading another one, by somebody else, or by a guest', async () => {
    const { moderator, ida } = await scene();
    valueOf(await warn(moderator, ida, 'First.'));
    valueOf(await warn(moderator, ida, 'Second.', later(10)));
    expect(codeOf(await acknowledgeWarning(ida, 'First.', later(20)))).toBe('conflict');
    expect(codeOf(await acknowledgeWarning(guest, 'Second.', later(20)))).toBe('not-signed-in');
    expect(codeOf(await acknowledgeWarning(moderator, 'Second.', later(20)))).toBe('ok');
    expect((await stored(ida.userId)).warning).toBe('Second.');
  });

  test('that is pressed twice is noted once', async () => {
    const { moderator, ida } = await scene();
    valueOf(await warn(moderator, ida, 'Please.'));
    await Promise.all([1, 2, 3].map(() => acknowledgeWarning(ida, 'Please.', later(20))));
    expect((await eventsOf(ida.userId)).filter(({ to }) => to === 'read')).toHaveLength(1);
  });

  test('is taken back while it is unread; two who write at once: one is told', async () => {
    const { owner, moderator, ida } = await scene();
    const results = await Promise.all([warnPerson(owner, { person: ida.userId, words: 'One.', seen: '' }, now), warnPerson(moderator, { person: ida.userId, words: 'Two.', seen: '' }, now)]);
    expect(results.map(codeOf).sort()).toEqual(['conflict', 'ok']);
    valueOf(await warn(moderator, ida, '', later(10)));
    expect((await stored(ida.userId)).warning).toBe('');
    expect(codeOf(await say(ida))).toBe('ok');
  });

  test.each([
    ['guest', 'not-signed-in', 'not-signed-in', 'not-signed-in'],
    ['reader', 'not-found', 'not-found', 'not-found'],
    ['author', 'not-found', 'not-found', 'not-found'],
    ['banned moderator', 'not-found', 'not-found', 'not-found'],
    ['moderator', 'ok', 'forbidden', 'forbidden'],
    ['owner', 'ok', 'ok', 'forbidden'],
  ] as const)('by a %s to a reader: %s; to a moderator: %s; to an owner: %s', async (word, toReader, toModerator, toOwner) => {
    const { owner, moderator, ida } = await scene();
    const actor = word === 'guest' ? guest : word === 'banned moderator' ? await person('moderator', { standing: 'banned' }) : await person(word);
    const outcomes = [];
    for (const target of [ida, moderator, owner]) outcomes.push(codeOf(await warn(actor, target, 'Please.')));
    expect(outcomes).toEqual([toReader, toModerator, toOwner]);
    expect(await db().user.count({ where: { warning: { not: '' } } })).toBe(outcomes.filter((code) => code === 'ok').length);
  });

  test('to oneself, to somebody unknown, or to a name on one post is refused', async () => {
    const { owner, moderator, post, ida } = await scene();
    const owl = await makePseudonym(ida.userId, post.id, 'Quiet Owl');
    expect(codeOf(await warn(moderator, moderator, 'Please.'))).toBe('forbidden');
    expect(codeOf(await warnPerson(owner, { person: owl.id, words: 'Please.', seen: '' }, now))).toBe('forbidden');
    expect(codeOf(await warnPerson(owner, { person: newId(), words: 'Please.', seen: '' }, now))).toBe('not-found');
  });

  test('is on the page of its person for who may see people, and on no page of a name on one post', async () => {
    const { moderator, post, ida } = await scene();
    const owl = await makePseudonym(ida.userId, post.id, 'Quiet Owl');
    valueOf(await warn(moderator, ida, 'Please keep to the post.'));
    const search = historySchema.parse({});
    expect(await findPersonView(moderator, ida.userId, search, now)).toMatchObject({ warning: 'Please keep to the post.', acts: [{ what: 'warning', reason: 'Please keep to the post.' }] });
    expect(JSON.stringify(await findPersonView(moderator, owl.id, search, now))).not.toContain('keep to the post');
  });
});

describe('the mail', () => {
  test.each([
    ['warned', (by: Person, ida: Person) => warn(by, ida, 'Please keep to the post.'), 'Please keep to the post.'],
    ['suspended', (by: Person, ida: Person) => set(by, ida, 'suspended', END, 'Please rest.'), 'until 5 December 2026 at 10:30'],
    ['banned', (by: Person, ida: Person) => set(by, ida, 'banned', '', 'Please rest.'), 'any more'],
  ] as const)('to whoever is %s comes two minutes later, once, without the name of who did it', async (_, act, words) => {
    const { moderator, ida } = await scene();
    expect(codeOf(await act(moderator, ida))).toBe('ok');
    expect(await jobs()).toMatchObject([{ start_after: later(120) }]);
    await Promise.all([mailTime(), mailTime()]);
    const [mail, ...more] = await mails();
    expect(more).toEqual([]);
    expect(mail?.to).toBe('ida@example.net');
    expect(mail?.text).toContain(words);
    expect(mail?.text).toContain(`${origin}/sign-in?to=%2Faccount`);
    expect(mail?.text).not.toContain(moderator.name);
  });

  test.each([
    ['a suspension is taken back', async (by: Person, ida: Person) => [await set(by, ida, 'suspended', END, 'Rest.'), await set(by, ida, 'normal', '', '', later(60))]],
    ['a warning is taken back', async (by: Person, ida: Person) => [await warn(by, ida, 'Please.'), await warn(by, ida, '', later(60))]],
    ['a warning was read', async (by: Person, ida: Person) => [await warn(by, ida, 'Please.'), await acknowledgeWarning(ida, 'Please.', later(60))]],
    ['comments are held', async (by: Person, ida: Person) => [await set(by, ida, 'held', END, 'Links.')]],
    ['somebody is trusted', async (by: Person, ida: Person) => [await set(by, ida, 'trusted')]],
  ] as const)('is not written where %s within two minutes', async (_, act) => {
    const { moderator, ida } = await scene();
    expect((await act(moderator, ida)).map(codeOf)).not.toContain('conflict');
    await mailTime();
    expect(await mails()).toEqual([]);
  });

  test('tells the last of two acts only, and never an address that is not proven', async () => {
    const { owner, ida } = await scene();
    valueOf(await set(owner, ida, 'suspended', END, 'First.'));
    valueOf(await set(owner, ida, 'banned', '', 'Second.', later(30)));
    await mailTime();
    expect((await mails()).map(({ text }) => text.includes('Second.'))).toEqual([true]);
    await db().user.update({ where: { id: ida.userId }, data: { emailVerified: null } });
    valueOf(await warn(owner, ida, 'Please.', later(200)));
    await mailTime();
    expect(await mails()).toHaveLength(1);
  });
});
