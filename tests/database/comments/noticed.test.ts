import { expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { FLOOD_COMMENTS, findFloodForDesk, POST_FLOOD_COMMENTS } from '@/lib/comments/flood';
import { pageFormToken, readerFormToken } from '@/lib/comments/form-token';
import { listOwnWaiting } from '@/lib/comments/own';
import { SAME_TEXT_CHARACTERS } from '@/lib/comments/noticed';
import type { NewComment, SentForm } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import type { Actor, Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { sendHeldNotices } from '@/lib/moderation/held-notices';
import type { Reason } from '@/lib/moderation/schema';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

const DAY_SECONDS = 24 * 60 * 60;
// A day of its own for each test that counts what is usual: that is kept for the hour.
let day = 0;
let now = new Date();
const aNewDay = () => (now = new Date(Date.UTC(2099, 0, (day += 10), 20)));
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const WRITER_HASH = 'a'.repeat(64);
const guest: Actor = { kind: 'guest', writerHash: WRITER_HASH };

let author: Awaited<ReturnType<typeof makeUser>>;
async function openPost(given = {}) {
  author = await makeUser({ role: 'author', emailVerified: now });
  return makePost({ authorId: author.id, title: 'Open', slug: 'open', publishedAt: new Date('2026-01-01'), ...given });
}

const asPerson = (user: Awaited<ReturnType<typeof makeUser>>): Person => ({
  kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role: user.role, standing: user.standing, standingUntil: null, writerHash: null,
});

let number = 0;
const ines = { name: 'Ines', email: 'ines@example.com', website: '' };
const said = (more: Partial<NewComment> = {}): NewComment => ({ post: 'open', parent: '', comment: `Words ${(number += 1)}.`, guest: ines, ...more });
const byPerson = (more: Partial<NewComment> = {}) => said({ guest: null, ...more });
const another = () => ({ name: `Guest ${(number += 1)}`, email: `guest${number}@example.com`, website: '' });
const ip = () => `10.1.${(number += 1) >> 8}.${number & 255}`;

type Sent = Awaited<ReturnType<typeof submitComment>>;
const statusOf = (sent: Sent) => (sent.ok ? sent.value.status : sent.code);
const reasonsOf = async (sent: Sent): Promise<Reason[]> => {
  if (!sent.ok) throw new Error(sent.message);
  const { events } = await db().comment.findUniqueOrThrow({ where: { publicId: sent.value.id }, select: { events: { where: { decision: 'submit' } } } });
  return events[0]!.reasons as Reason[];
};
const rulesOf = async (sent: Sent) => (await reasonsOf(sent)).map(({ rule }) => rule);
const send = (actor: Actor, input: NewComment, at = now) => submitComment(actor, input, ip(), at);

/** A signed-in reader with an approved comment. */
async function knownWriter(given = {}) {
  const user = await makeUser(given);
  const other = await makePost({ authorId: author.id, publishedAt: new Date('2026-01-01') });
  await makeComment({ postId: other.id, userId: user.id, createdAt: new Date('2026-02-01') });
  return user;
}

const good = async (form: Partial<SentForm> = {}): Promise<SentForm> => {
  const { id } = await db().post.findFirstOrThrow({ where: { slug: 'open' } });
  return { token: pageFormToken(id, now).token, trap: '', seconds: null, ...form };
};

test('what comes by our form, filled in by a person, is held for being first alone', async () => {
  aNewDay();
  const post = await openPost();
  expect(await rulesOf(await send(guest, said({ form: await good() })))).toEqual(['first-comment']);
  expect(await rulesOf(await send(guest, said({ guest: another(), form: await good({ seconds: 3 }) })))).toEqual(['first-comment']);
  expect(await rulesOf(await send(guest, said({ guest: another(), form: await good({ token: readerFormToken(post.id, later(-4)) }) })))).toEqual(['first-comment']);
});

test('a guest who fills in the field that people do not meet is in Spam, sees their comment wait, and nobody is told by mail', async () => {
  aNewDay();
  const post = await openPost();
  const sent = await send(guest, said({ comment: 'Buy this.', form: await good({ trap: 'Hello' }) }));
  expect([statusOf(sent), await rulesOf(sent)]).toEqual(['spam', ['trap']]);
  expect((await listOwnWaiting(post.id, guest)).map(({ name }) => name)).toEqual(['Ines']);
  expect((await database.sql.query("SELECT 1 FROM pgboss.job WHERE name = 'held-notice'")).rowCount).toBe(0);
  expect(statusOf(await send(guest, said({ comment: 'Buy this.', form: await good() }), later(60)))).toBe('duplicate');
});

test('somebody signed in who has that field filled in by their browser is published as ever', async () => {
  aNewDay();
  await openPost();
  expect(statusOf(await send(asPerson(await knownWriter()), byPerson({ form: await good({ trap: 'Ruth', seconds: 0, token: '' }) })))).toBe('approved');
});

test('what does not come by our form for this post is held and says so, and is never refused', async () => {
  aNewDay();
  await openPost();
  const other = await openPost({ title: 'Other', slug: 'other' });
  const old = pageFormToken((await db().post.findFirstOrThrow({ where: { slug: 'open' } })).id, later(-61 * DAY_SECONDS)).token;
  for (const token of ['', 'nonsense', pageFormToken(other.id, now).token, readerFormToken(other.id, later(-60)), old]) {
    const sent = await send(guest, said({ guest: another(), form: await good({ token }) }));
    expect([statusOf(sent), await rulesOf(sent)]).toEqual(['pending', ['foreign-form', 'first-comment']]);
  }
});

test('what a guest sends sooner than anybody types is held and says so: by our script’s word, or by a form made for them', async () => {
  aNewDay();
  const post = await openPost();
  for (const form of [{ seconds: 0 }, { seconds: 2 }, { token: readerFormToken(post.id, later(-2)) }, { token: readerFormToken(post.id, later(-2)), seconds: 900 }]) {
    const sent = await send(guest, said({ guest: another(), form: await good(form) }));
    expect([statusOf(sent), await rulesOf(sent)]).toEqual(['pending', ['too-fast', 'first-comment']]);
  }
});

/** Comments of a writer in the last days, of which a person has refused so many. */
async function refusedComments(postId: string, writer: { userId?: string; pseudonymId?: string; email?: string | null }, published: number, refused: number, at = later(-DAY_SECONDS)) {
  for (let index = 0; index < published + refused; index += 1) {
    const comment = await makeComment({ postId, ...writer, status: index < refused ? 'spam' : 'approved', createdAt: at });
    if (index < refused) await db().moderationEvent.create({ data: { id: newId(), commentId: comment.id, decision: 'spam', fromStatus: 'pending', toStatus: 'spam', actorId: author.id } });
  }
}

test.each([
  ['three in ten of them', 7, 3, { rule: 'recent-refusals', refused: 3, of: 10 }],
  ['two in eight', 6, 2, null],
  ['one alone', 0, 1, null],
  ['two of two', 0, 2, { rule: 'recent-refusals', refused: 2, of: 2 }],
] as const)('a known writer of whose latest comments a person refused %s', async (_, published, refused, reason) => {
  aNewDay();
  const post = await openPost();
  const writer = await knownWriter();
  await refusedComments(post.id, { userId: writer.id }, published, refused);
  const sent = await send(asPerson(writer), byPerson());
  expect([statusOf(sent), await reasonsOf(sent)]).toEqual(reason ? ['pending', [reason]] : ['approved', [{ rule: 'known-writer' }]]);
});

test('refusals of longer ago, by screening alone, of what was written under a pseudonym, or of a guest with their address, hold nobody', async () => {
  aNewDay();
  const post = await openPost();
  const writer = await knownWriter({ email: 'ruth@example.com' });
  await refusedComments(post.id, { userId: writer.id }, 0, 3, later(-8 * DAY_SECONDS));
  await makeComment({ postId: post.id, userId: writer.id, status: 'spam', rule: 'trap', createdAt: later(-DAY_SECONDS) });
  await makeComment({ postId: post.id, userId: writer.id, status: 'trash', rule: 'disallowed-word', createdAt: later(-DAY_SECONDS) });
  await refusedComments(post.id, { email: 'ruth@example.com' }, 0, 3);
  const elsewhere = await openPost({ title: 'Other', slug: 'other' });
  const { id: pseudonymId } = await db().pseudonym.create({ data: { id: newId(), postId: elsewhere.id, userId: writer.id, name: 'Night Owl' } });
  await refusedComments(elsewhere.id, { userId: writer.id, pseudonymId, email: null }, 0, 3);
  expect(await rulesOf(await send(asPerson(writer), byPerson()))).toEqual(['known-writer']);
  expect(await rulesOf(await send(guest, said({ guest: { ...ines, email: 'ruth@example.com' } })))).toContain('recent-refusals');
});

test('the same text under other posts is held, whatever its capitals and blanks, and says under how many', async () => {
  aNewDay();
  await openPost();
  const posts = [await openPost({ title: 'B', slug: 'b' }), await openPost({ title: 'C', slug: 'c' })];
  for (const { id } of posts) await makeComment({ postId: id, status: 'spam', source: 'Have a look at my\n\nOFFER of the week', createdAt: later(-DAY_SECONDS) });
  expect(await reasonsOf(await send(guest, said({ comment: ' have a look  at my offer of the week' })))).toEqual([{ rule: 'same-text', posts: 2 }]);
});

test('the same text on this post, of long ago, under a pseudonym, or too short to mean anything, holds nobody', async () => {
  aNewDay();
  const post = await openPost();
  const other = await openPost({ title: 'Other', slug: 'other' });
  const text = 'A text of more than twenty letters';
  const ruth = await makeUser();
  const { id: pseudonymId } = await db().pseudonym.create({ data: { id: newId(), postId: other.id, userId: ruth.id, name: 'Night Owl' } });
  await makeComment({ postId: post.id, source: text, createdAt: later(-100) });
  await makeComment({ postId: other.id, source: text, createdAt: later(-31 * DAY_SECONDS) });
  await makeComment({ postId: other.id, source: text, userId: ruth.id, pseudonymId, email: null, createdAt: later(-100) });
  expect(await rulesOf(await send(guest, said({ comment: text })))).toEqual(['first-comment']);
  const short = 'x'.repeat(SAME_TEXT_CHARACTERS - 1);
  await makeComment({ postId: other.id, source: short, createdAt: later(-100) });
  expect(await rulesOf(await send(guest, said({ comment: short, guest: another() })))).toEqual(['first-comment']);
});

test('an address to be thrown away is held and names its domain, a guest’s and a proven one; any other is not', async () => {
  aNewDay();
  await openPost();
  expect(await reasonsOf(await send(guest, said({ guest: { ...ines, email: 'x@mail.mailinator.com' } })))).toEqual([{ rule: 'disposable-mail', domain: 'mailinator.com' }]);
  expect(await rulesOf(await send(asPerson(await makeUser({ email: 'y@mailinator.com' })), byPerson()))).toContain('disposable-mail');
  for (const email of ['x@gmail.com', 'x@amailinator.org', 'mailinator.com@example.com', 'x@mailinator.com.example.com']) {
    expect(await rulesOf(await send(guest, said({ guest: { ...another(), email } })))).not.toContain('disposable-mail');
  }
});

test('of who writes under a pseudonym nothing is noticed: neither refusals, nor their address, nor their texts elsewhere', async () => {
  aNewDay();
  const post = await openPost();
  const other = await openPost({ title: 'Other', slug: 'other' });
  const writer = await makeUser({ email: 'ruth@mailinator.com' });
  await refusedComments(other.id, { userId: writer.id }, 0, 3);
  const text = 'The same words of more than twenty letters';
  await makeComment({ postId: other.id, userId: writer.id, source: text, createdAt: later(-100) });
  const form = await good({ token: pageFormToken(post.id, now).token });
  expect(await rulesOf(await send(asPerson(writer), byPerson({ comment: text, pseudonym: 'Night Owl', form })))).toEqual(['pseudonym']);
});

/** Strangers' comments within the last minutes. */
async function strangers(postIds: string[], count: number, at = later(-60), more: object = {}) {
  for (let index = 0; index < count; index += 1) await makeComment({ postId: postIds[index % postIds.length]!, status: 'pending', rule: 'first-comment', ipHash: `${index % 5}`.padEnd(64, 'f'), createdAt: at, ...more });
}

test('while a flood is on, all that strangers write is held and says so, and the desk names it; when it is over, neither', async () => {
  aNewDay();
  const post = await openPost();
  const posts = [post.id, (await openPost({ title: 'B', slug: 'b' })).id, (await openPost({ title: 'C', slug: 'c' })).id];
  const moderator = asPerson(await makeUser({ role: 'moderator' }));
  await strangers(posts, FLOOD_COMMENTS - 1);
  expect(await rulesOf(await send(guest, said()))).toEqual(['first-comment']);
  const flood = { rule: 'flood', comments: FLOOD_COMMENTS, minutes: 10 };
  expect((await reasonsOf(await send(guest, said({ guest: another() }))))[0]).toEqual(flood);
  expect(await findFloodForDesk(moderator, now)).toEqual({ comments: FLOOD_COMMENTS + 1, minutes: 10, places: 7 });
  expect(statusOf(await send(asPerson(await knownWriter()), byPerson()))).toBe('approved');
  expect(await rulesOf(await send(guest, said({ guest: another() }), later(601)))).toEqual(['first-comment']);
  expect(await findFloodForDesk(moderator, later(601))).toBeNull();
});

test('known writers who talk fast are no flood, nor what was imported', async () => {
  aNewDay();
  const post = await openPost();
  for (const rule of ['known-writer', 'staff', 'trusted', null]) await strangers([post.id], FLOOD_COMMENTS, later(-60), { rule, status: 'approved' });
  expect(await rulesOf(await send(guest, said()))).toEqual(['first-comment']);
});

test('where very many strangers write every day, as many are no flood', async () => {
  aNewDay();
  const posts = await Promise.all(['a', 'b', 'c'].map((slug) => openPost({ title: slug, slug })));
  await openPost();
  // Four every ten minutes for a week.
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash", "createdAt", rule)
     SELECT id, left(replace(id::text, '-', ''), 12), $1, id, 1, 'Somebody', '', '', 'approved', '', $2::timestamptz - interval '1 hour' - n * interval '140 seconds', 'first-comment' FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, 4032) n) made`, [posts[0]!.id, now]);
  await strangers(posts.map(({ id }) => id), FLOOD_COMMENTS);
  expect(await rulesOf(await send(guest, said()))).toEqual(['first-comment']);
  await strangers(posts.map(({ id }) => id), 12);
  expect(await rulesOf(await send(guest, said({ guest: another() })))).toContain('flood');
});

test('very many under one post are held as a flood there, and named to its author and to who moderates, but not to another author', async () => {
  aNewDay();
  const other = await openPost({ title: 'Other', slug: 'other' });
  const [otherAuthor, post] = [author, await openPost()];
  await strangers([post.id], POST_FLOOD_COMMENTS);
  expect((await reasonsOf(await send(guest, said())))[0]).toEqual({ rule: 'flood', comments: POST_FLOOD_COMMENTS, minutes: 10 });
  expect(await rulesOf(await send(guest, said({ post: other.slug, guest: another() })))).toEqual(['first-comment']);
  expect(await findFloodForDesk(asPerson(author), now)).toMatchObject({ comments: POST_FLOOD_COMMENTS + 1 });
  expect(await findFloodForDesk(asPerson(await makeUser({ role: 'moderator' })), now)).toMatchObject({ comments: POST_FLOOD_COMMENTS + 2 });
  expect(await findFloodForDesk(asPerson(otherAuthor), now)).toBeNull();
});

test('of a flood of held comments a person is told by one mail, however many jobs there are', async () => {
  aNewDay();
  const owner = await makeUser({ role: 'owner', email: 'owner@example.com', emailVerified: now });
  const post = await makePost({ authorId: owner.id, slug: 'open', publishedAt: new Date('2026-01-01') });
  await makeRules({ floodSeconds: 0 });
  for (let at = 0; at < 120; at += 1) await submitComment(guest, said({ post: post.slug, guest: another() }), ip(), now);
  const { rows } = await database.sql.query<{ data: { comment: string; origin: string } }>("SELECT data FROM pgboss.job WHERE name = 'held-notice'");
  expect(rows).toHaveLength(120);
  for (const { data } of rows) await sendHeldNotices(data, now);
  const { rows: digests } = await database.sql.query<{ data: { person: string; origin: string } }>("SELECT data FROM pgboss.job WHERE name = 'held-notice' AND data ? 'person'");
  expect(digests).toHaveLength(1);
  for (const { data } of digests) await sendHeldNotices(data, later(2 * 60 * 60));
  const mails = await db().mail.findMany();
  expect(mails.map(({ subject }) => subject)).toEqual([expect.stringContaining('120 comments wait')]);
});

test('what screening threw away is a duplicate like what waits: its writer cannot tell', async () => {
  aNewDay();
  await openPost();
  await makeRules({ disallowedWords: ['badword'] });
  expect(statusOf(await send(guest, said({ comment: 'A badword.' })))).toBe('trash');
  expect(statusOf(await send(guest, said({ comment: 'A badword.' }), later(60)))).toBe('duplicate');
  await db().moderationEvent.create({ data: { id: newId(), commentId: (await db().comment.findFirstOrThrow()).id, decision: 'trash', fromStatus: 'trash', toStatus: 'trash' } });
  expect(statusOf(await send(guest, said({ comment: 'A badword.' }), later(120)))).toBe('trash');
});
