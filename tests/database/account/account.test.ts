import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { endAllSessions, endOneSession, unlinkLogin } from '@/lib/account/commands';
import { writeOwnData } from '@/lib/account/data';
import { changeProfile } from '@/lib/account/profile';
import { findAccount, listOwnComments, listSessions } from '@/lib/account/queries';
import { submitComment } from '@/lib/comments/commands';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import { FRESH_SIGN_IN_MINUTES, type Person, type Role, type Standing } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment } from '@/lib/moderation/commands';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { wholeText } from '@/tests/support/whole-text';

vi.mock('@/lib/jobs', () => ({ sendJob: () => Promise.resolve() }));

const database = useDatabase();
const now = new Date('2026-11-25T12:00:00Z');
const hours = (count: number) => new Date(now.getTime() + count * 60 * 60 * 1000);
const guest = { kind: 'guest', writerHash: null } as const;

async function person(role: Role = 'reader', given: { name?: string; standing?: Standing; email?: string | null } = {}): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now, ...given });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: user.standing, standingUntil: null, writerHash: null };
}

const ownComment = (who: Person, postId: string, given: Partial<Parameters<typeof makeComment>[0]> = {}) => makeComment({ postId, userId: who.userId, name: who.name, email: who.email, ...given });
const profile = (given: Partial<{ name: string; website: string; showPicture: boolean }>) => ({ name: 'Ines', website: '', showPicture: true, ...given });

/** So many published comments of one person, as rows. */
async function writeMany(who: Person, postId: string, count: number): Promise<void> {
  await database.sql.query(
    `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, "userId", name, source, html, status, "sourceHash")
     SELECT id, substr(md5(id::text), 1, 12), $1, id, 1, $2, $3, 'W ' || n, '<p>W ' || n || '</p>', 'approved', md5(n::text)
     FROM (SELECT gen_random_uuid() AS id, n FROM generate_series(1, $4::int) n) made`,
    [postId, who.userId, who.name, count],
  );
}

let forgotten: string[] = [];
beforeEach(() => {
  forgotten = [];
  onOwnChange((tags) => forgotten.push(...tags));
});
afterEach(() => onOwnChange(() => undefined));

test('a new name and website stand on what the person wrote under their own name, and nowhere else', async () => {
  const [ines, other] = [await person(), await person()];
  const post = await makePost({ authorId: (await person('owner')).userId });
  const quiet = await makePost({ authorId: other.userId });
  const mine = await ownComment(ines, post.id);
  const waiting = await ownComment(ines, quiet.id, { status: 'pending' });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId: quiet.id, userId: ines.userId, name: 'Heron' } });
  const hidden = await ownComment(ines, quiet.id, { name: 'Heron', email: null, pseudonymId: pseudonym.id });
  const theirs = await ownComment(other, post.id);
  expect(await changeProfile(ines, profile({ name: ' Ines  of the Hill ', website: 'ines.example' }), now)).toEqual({ ok: true, value: { name: 'Ines of the Hill', website: 'https://ines.example', showPicture: true } });
  const named = async (id: string) => {
    const { name, website } = await db().comment.findUniqueOrThrow({ where: { id } });
    return [name, website];
  };
  expect(await named(mine.id)).toEqual(['Ines of the Hill', 'https://ines.example']);
  expect(await named(waiting.id)).toEqual(['Ines of the Hill', 'https://ines.example']);
  expect(await named(hidden.id)).toEqual(['Heron', null]);
  expect(await named(theirs.id)).toEqual([other.name, null]);
  expect(forgotten).toEqual([`post:${post.id}`]);
});

test('the lists of posts are made anew when somebody who has written posts is renamed', async () => {
  const author = await person('author');
  await makePost({ authorId: author.userId });
  await changeProfile(author, profile({ name: 'A. Uthor' }), now);
  expect(forgotten).toEqual(['posts']);
});

test('whoever has had no name yet gets an address with their first one, and keeps it', async () => {
  const [nameless, namesake] = [await person('author'), await person('author')];
  await db().user.updateMany({ where: { id: { in: [nameless.userId, namesake.userId] } }, data: { name: null, slug: null } });
  const slugOf = async (who: Person) => (await db().user.findUniqueOrThrow({ where: { id: who.userId } })).slug;
  await changeProfile(nameless, profile({ name: 'Ada Oak' }), now);
  expect(await slugOf(nameless)).toBe('ada-oak');
  await changeProfile(nameless, profile({ name: 'Ada Birch' }), now);
  expect(await slugOf(nameless)).toBe('ada-oak');
  await changeProfile(namesake, profile({ name: 'Ada Oak' }), now);
  expect(await slugOf(namesake)).toMatch(/^ada-oak-/);
});

test('what is saved as it was touches nothing', async () => {
  const ines = await person('reader', { name: 'Ines' });
  const post = await makePost({ authorId: (await person('owner')).userId });
  const before = await ownComment(ines, post.id, { name: 'As I was called then' });
  await changeProfile(ines, profile({ name: 'Ines' }), now);
  expect((await db().comment.findUniqueOrThrow({ where: { id: before.id } })).name).toBe('As I was called then');
  expect(forgotten).toEqual([]);
});

test('a picture switched off is gone from the posts the person wrote on', async () => {
  const ines = await person('reader', { name: 'Ines' });
  const post = await makePost({ authorId: (await person('owner')).userId });
  await ownComment(ines, post.id);
  await changeProfile(ines, profile({ showPicture: false }), now);
  expect(await db().user.findUnique({ where: { id: ines.userId } })).toMatchObject({ showPicture: false });
  expect(forgotten).toEqual([`post:${post.id}`]);
});

test.each(['Marlene', ' MAR\u200bLENE', 'Ｍarlene'])('the name of somebody who runs the blog is refused for others, also as %j', async (name) => {
  const marlene = await person('moderator', { name: 'Marlene' });
  for (const role of ['reader', 'author'] as const) {
    expect(await changeProfile(await person(role), profile({ name }), now)).toMatchObject({ ok: false, code: 'invalid', fields: { name: expect.any(String) as string } });
  }
  expect(await changeProfile(marlene, profile({ name: 'Marlene', website: 'marlene.example' }), now)).toMatchObject({ ok: true });
});

test('the name of another reader is not taken away from anybody', async () => {
  await person('reader', { name: 'Ines' });
  expect(await changeProfile(await person(), profile({ name: 'Ines' }), now)).toMatchObject({ ok: true });
});

test.each([[{ name: 'Buy Pills' }], [{ website: 'https://pills.example' }]])('a word that is held or not allowed cannot come in as a name or website after the fact: %j', async (given) => {
  await makeRules({ heldWords: ['pills'] });
  expect(await changeProfile(await person(), profile(given), now)).toMatchObject({ ok: false, code: 'invalid' });
  await makeRules({ heldWords: [], disallowedWords: ['pills'], holdAll: true });
  expect(await changeProfile(await person(), profile(given), now)).toMatchObject({ ok: false, code: 'invalid' });
});

test('who is banned changes no name, but still the picture', async () => {
  const banned = await person('reader', { standing: 'banned', name: 'Ines' });
  expect(await changeProfile(banned, profile({ name: 'Other' }), now)).toMatchObject({ ok: false, code: 'forbidden' });
  expect(await changeProfile(banned, profile({ showPicture: false }), now)).toMatchObject({ ok: true });
});

test('a guest and a wrong form change nothing', async () => {
  expect(await changeProfile(guest, profile({}), now)).toMatchObject({ ok: false, code: 'not-signed-in' });
  expect(await changeProfile(await person(), profile({ name: '' }), now)).toMatchObject({ ok: false, code: 'invalid', fields: { name: 'Please enter your name.' } });
  expect(await changeProfile(await person(), profile({ name: '\u200b' }), now)).toMatchObject({ ok: false, fields: { name: 'Please enter a name that can be read.' } });
});

test('somebody with five thousand comments is renamed in one act', async () => {
  const ines = await person();
  const posts = await Promise.all(Array.from({ length: 20 }, async () => makePost({ authorId: (await person('author')).userId })));
  for (const post of posts) await writeMany(ines, post.id, 250);
  expect(await changeProfile(ines, profile({ name: 'Ines Anew' }), now)).toMatchObject({ ok: true });
  expect(await db().comment.count({ where: { userId: ines.userId, name: { not: 'Ines Anew' } } })).toBe(0);
  expect(new Set(forgotten)).toEqual(new Set(posts.map(({ id }) => `post:${id}`)));
});

test('a rename and decisions on the same comments do not wait for one another for ever', async () => {
  const [ines, owner] = [await person(), await person('owner')];
  const replies: Awaited<ReturnType<typeof makeComment>>[] = [];
  for (let at = 0; at < 8; at += 1) {
    const post = await makePost({ authorId: owner.userId });
    replies.push(await ownComment(ines, post.id, { parent: await ownComment(ines, post.id) }));
  }
  const decide = (reply: (typeof replies)[number]) => decideComment(owner, { comment: reply.publicId, revision: 1, seenStatus: 'approved', decision: 'trash' }, now);
  const results = await Promise.all([changeProfile(ines, profile({ name: 'Ines Anew' }), now), ...replies.map(decide)]);
  expect(results.map(({ ok }) => ok)).not.toContain(false);
  expect(await db().comment.count({ where: { userId: ines.userId, name: 'Ines Anew' } })).toBe(16);
});

test('a comment sent while its writer is renamed stands under the new name, too', async () => {
  const ines = await person('reader', { name: 'Before' });
  const post = await makePost({ authorId: (await person('owner')).userId, publishedAt: hours(-9) });
  const [sent] = await Promise.all([
    submitComment(ines, { post: post.slug, parent: '', comment: 'Sent just now.', guest: null }, '10.0.0.1', now),
    changeProfile(ines, profile({ name: 'After' }), now),
  ]);
  expect(sent).toMatchObject({ ok: true });
  expect(await db().comment.findMany()).toMatchObject([{ name: 'After' }]);
});

const link = (who: Person, provider: string, account: string) => db().account.create({ data: { userId: who.userId, type: 'oauth', provider, providerAccountId: account, statedEmail: 'stated@example.com' } });
const session = (who: Person, token: string, given: { way?: 'google' | 'email'; expires?: Date; userAgent?: string; createdAt?: Date } = {}) =>
  db().session.create({ data: { id: newId(), sessionToken: token, userId: who.userId, createdAt: hours(-48), expires: hours(29 * 24), ...given } });

test('a login is taken away, with the sessions that began by it but the one that asks', async () => {
  const ines = await person();
  await link(ines, 'google', 'g');
  await session(ines, 'here', { way: 'google', createdAt: hours(-0.2) });
  await session(ines, 'elsewhere', { way: 'google' });
  await session(ines, 'by-mail', { way: 'email' });
  expect(await unlinkLogin(ines, { provider: 'google', account: 'g' }, 'here', now)).toMatchObject({ ok: true });
  expect(await db().account.count()).toBe(0);
  expect((await db().session.findMany({ orderBy: { sessionToken: 'asc' } })).map((each) => each.sessionToken)).toEqual(['by-mail', 'here']);
});

test('a login is taken away by nobody who has not signed in just now', async () => {
  const ines = await person();
  await link(ines, 'google', 'g');
  await session(ines, 'old', { createdAt: hours(-FRESH_SIGN_IN_MINUTES / 60) });
  await session(ines, 'fresh', { createdAt: new Date(hours(-FRESH_SIGN_IN_MINUTES / 60).getTime() + 1) });
  for (const here of ['old', 'unknown', null]) expect(await unlinkLogin(ines, { provider: 'google', account: 'g' }, here, now)).toMatchObject({ ok: false, code: 'forbidden' });
  expect(await db().account.count()).toBe(1);
  expect(await unlinkLogin(ines, { provider: 'google', account: 'g' }, 'fresh', now)).toMatchObject({ ok: true });
});

test('the last way in stays, also when the two last are taken away at once', async () => {
  const noEmail = await person('reader', { email: null });
  await link(noEmail, 'twitter', 't');
  await session(noEmail, 'here', { createdAt: now });
  expect(await unlinkLogin(noEmail, { provider: 'twitter', account: 't' }, 'here', now)).toMatchObject({ ok: false, code: 'conflict' });
  await link(noEmail, 'google', 'g');
  const results = await Promise.all([unlinkLogin(noEmail, { provider: 'twitter', account: 't' }, 'here', now), unlinkLogin(noEmail, { provider: 'google', account: 'g' }, 'here', now)]);
  expect(results.map(({ ok }) => ok).sort()).toEqual([false, true]);
  expect(await db().account.count()).toBe(1);
});

test('an address that has not proven itself is no way in', async () => {
  const ines = await person();
  await db().user.update({ where: { id: ines.userId }, data: { emailVerified: null } });
  await link(ines, 'google', 'g');
  expect(await unlinkLogin(ines, { provider: 'google', account: 'g' }, null, now)).toMatchObject({ ok: false, code: 'conflict' });
});

test('nobody takes away somebody else’s login or ends their session', async () => {
  const [ines, other] = [await person(), await person()];
  await link(ines, 'google', 'g');
  const open = await session(ines, 'a');
  expect(await unlinkLogin(other, { provider: 'google', account: 'g' }, null, now)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await endOneSession(other, open.id)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await unlinkLogin(guest, { provider: 'google', account: 'g' }, null, now)).toMatchObject({ ok: false, code: 'not-signed-in' });
  expect(await endOneSession(guest, open.id)).toMatchObject({ ok: false, code: 'not-signed-in' });
  expect(await endAllSessions(guest)).toMatchObject({ ok: false, code: 'not-signed-in' });
  expect([await db().account.count(), await db().session.count()]).toEqual([1, 1]);
});

test('one session ends, or all of them, and nobody else’s', async () => {
  const [ines, other] = [await person(), await person()];
  const [one] = [await session(ines, 'a'), await session(ines, 'b'), await session(other, 'c')];
  expect(await endOneSession(ines, one.id)).toMatchObject({ ok: true });
  expect(await endOneSession(ines, one.id)).toMatchObject({ ok: false, code: 'not-found' });
  expect(await endAllSessions(ines)).toMatchObject({ ok: true });
  expect(await db().session.findMany()).toMatchObject([{ userId: other.userId }]);
});

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0';
const PHONE = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1';

test('sessions are listed with browser, system and last use, this one first, without what has run out', async () => {
  const [ines, other] = [await person(), await person()];
  await session(ines, 'phone', { userAgent: PHONE, way: 'google', expires: hours(30 * 24) });
  await session(ines, 'here', { userAgent: FIREFOX });
  await session(ines, 'odd', { userAgent: '', expires: hours(1) });
  await session(ines, 'over', { expires: now });
  await session(ines, 'old', { createdAt: hours(-90 * 24) });
  await session(other, 'theirs');
  const views = await listSessions(ines, 'here', now);
  expect(views).toMatchObject([
    { isHere: true, browser: 'Firefox', system: 'Windows', way: 'email', since: hours(-48), lastUsed: hours(-24) },
    { isHere: false, browser: 'Safari', system: 'iOS', way: 'google', lastUsed: now },
    { isHere: false, browser: 'A browser', system: null, lastUsed: hours(-48) },
  ]);
  expect(JSON.stringify(views)).not.toMatch(/phone|"here"|odd/);
});

test('the account names its ways in, and an address only when it is proven', async () => {
  const ines = await person();
  await link(ines, 'google', 'g');
  expect(await findAccount(ines)).toMatchObject({ logins: [{ provider: 'google', account: 'g', statedEmail: 'stated@example.com' }], email: { address: ines.email, since: now }, deletion: null });
  await db().user.update({ where: { id: ines.userId }, data: { emailVerified: null } });
  expect(await findAccount(ines)).toMatchObject({ email: null });
});

async function history() {
  const [ines, other, moderator] = [await person(), await person(), await person('moderator', { name: 'Secret Moderator' })];
  const post = await makePost({ authorId: (await person('owner')).userId, title: 'Patience', publishedAt: hours(-9) });
  const states = {} as Record<'approved' | 'pending' | 'screened' | 'trashed' | 'forgotten', Awaited<ReturnType<typeof makeComment>>>;
  states.approved = await ownComment(ines, post.id, { source: 'Out *there*.', createdAt: hours(-5) });
  states.pending = await ownComment(ines, post.id, { status: 'pending', createdAt: hours(-4) });
  states.screened = await ownComment(ines, post.id, { status: 'trash', createdAt: hours(-3) });
  states.trashed = await ownComment(ines, post.id, { status: 'trash', createdAt: hours(-2) });
  states.forgotten = await ownComment(ines, post.id, { status: 'spam', createdAt: hours(-1) });
  const event = (commentId: string, decision: 'submit' | 'trash' | 'spam', actorId: string | null, toStatus: 'trash' | 'spam') =>
    db().moderationEvent.create({ data: { id: newId(), commentId, decision, actorId, fromStatus: decision === 'submit' ? null : 'pending', toStatus, reasons: [{ rule: 'disallowed-word', word: 'pills' }], createdAt: hours(-1) } });
  await event(states.screened.id, 'submit', null, 'trash');
  await event(states.trashed.id, 'trash', moderator.userId, 'trash');
  // Decided by a person whose account is gone.
  await event(states.forgotten.id, 'spam', null, 'spam');
  await ownComment(other, post.id, { source: 'Not hers.' });
  await makeComment({ postId: post.id, name: ines.name, email: ines.email, source: 'As a guest.' });
  return { ines, other, moderator, post, states };
}

test('one’s own comments stand newest first, with what may be told: whom screening sorted out waits', async () => {
  const { ines, states } = await history();
  const { comments, next } = await listOwnComments(ines, null, now);
  expect(comments.map(({ id, state, path }) => [id, state, path])).toEqual([
    [states.forgotten.publicId, 'not published', null],
    [states.trashed.publicId, 'not published', null],
    [states.screened.publicId, 'waiting', `/comments/${states.screened.publicId}`],
    [states.pending.publicId, 'waiting', `/comments/${states.pending.publicId}`],
    [states.approved.publicId, 'published', `/comments/${states.approved.publicId}`],
  ]);
  expect(comments.at(-1)).toMatchObject({ excerpt: 'Out there.', post: { title: 'Patience' }, pseudonym: null });
  expect(next).toBeNull();
});

test('a name used on one post only is marked, and a long text is cut between letters', async () => {
  const ines = await person();
  const post = await makePost({ authorId: (await person('owner')).userId });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: ines.userId, name: 'Heron' } });
  await ownComment(ines, post.id, { name: 'Heron', email: null, pseudonymId: pseudonym.id, source: '👋'.repeat(500) });
  const { comments } = await listOwnComments(ines, null, now);
  expect(comments).toMatchObject([{ pseudonym: 'Heron', excerpt: `${'👋'.repeat(280)}…` }]);
});

test('comments under a post that is not public lead nowhere', async () => {
  const ines = await person();
  const post = await makePost({ authorId: (await person('owner')).userId });
  await ownComment(ines, post.id);
  await db().post.update({ where: { id: post.id }, data: { status: 'draft' } });
  expect((await listOwnComments(ines, null, now)).comments).toMatchObject([{ path: null, post: { path: null } }]);
});

test('pages hold every comment once, and somebody else’s id opens nothing', async () => {
  const { ines, other, post } = await history();
  for (let at = 0; at < 41; at += 1) await ownComment(ines, post.id, { createdAt: hours(-10 - Math.floor(at / 3)) });
  const seen: string[] = [];
  for (let after: string | null = null, page = 0; page < 5; page += 1) {
    const view = await listOwnComments(ines, after, now);
    seen.push(...view.comments.map(({ id }) => id));
    after = view.next;
    if (after === null) break;
  }
  expect([seen.length, new Set(seen).size]).toEqual([46, 46]);
  const first = await listOwnComments(other, seen[20]!, now);
  expect(first.comments.map(({ excerpt }) => excerpt)).toEqual(['Not hers.']);
});

async function dataOf(who: Person): Promise<{ text: string; data: Record<string, unknown> & { comments: Record<string, unknown>[] } }> {
  const text = await wholeText(writeOwnData(who, ['this-browser'], now));
  return { text, data: JSON.parse(text) as Record<string, unknown> & { comments: Record<string, unknown>[] } };
}

test('the data are whole: profile, logins, sessions, names, drafts, and each comment as typed with what was decided', async () => {
  const { ines, post } = await history();
  await link(ines, 'google', 'g-7');
  await session(ines, 'token-hash', { userAgent: FIREFOX });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: ines.userId, name: 'Heron' } });
  const hidden = await ownComment(ines, post.id, { name: 'Heron', email: null, pseudonymId: pseudonym.id, source: 'As a heron.' });
  await db().commentRevision.create({ data: { id: newId(), commentId: hidden.id, revision: 1, source: 'As an owl.', html: '<p>As an owl.</p>' } });
  for (const browserHash of ['this-browser', 'another']) await db().commentDraft.create({ data: { browserHash, postId: post.id, entered: { comment: browserHash === 'another' ? 'Not hers' : 'Half a thought' }, expires: hours(1) } });
  const { data, text } = await dataOf(ines);
  expect(text).not.toContain('this-browser');
  expect(data).toMatchObject({
    profile: { name: ines.name, email: ines.email, role: 'reader', showPicture: true },
    logins: [{ provider: 'google', providerAccountId: 'g-7', statedEmail: 'stated@example.com' }],
    sessions: [{ way: 'email', userAgent: FIREFOX }],
    namesOnOnePostOnly: [{ name: 'Heron', post: { title: 'Patience' } }],
    drafts: [{ entered: { comment: 'Half a thought' }, post: { title: 'Patience' } }],
  });
  expect(data.comments.map(({ state }) => state).sort()).toEqual(['not published', 'not published', 'published', 'published', 'waiting', 'waiting']);
  expect(data.comments).toContainEqual(expect.objectContaining({ text: 'Out *there*.', state: 'published', post: { title: 'Patience', path: `/posts/${post.slug}` } }));
  expect(data.comments).toContainEqual(expect.objectContaining({ text: 'As a heron.', name: 'Heron', isNameOnThisPostOnly: true, earlierTexts: [expect.objectContaining({ text: 'As an owl.' })] }));
});

test('the data tell what was done about a person and why, what they were told of a declined comment, and what they reported', async () => {
  const { ines, other, post, moderator } = await history();
  await db().user.update({ where: { id: ines.userId }, data: { standing: 'suspended', standingUntil: hours(48), standingReason: 'Please rest.', warning: 'Unread words.' } });
  await db().personEvent.create({ data: { id: newId(), userId: ines.userId, actorId: moderator.userId, what: 'warning', from: '', to: 'given', reason: 'Unread words.', createdAt: now } });
  const declined = await ownComment(ines, post.id, { status: 'trash', source: 'Declined.' });
  await db().decline.create({ data: { eventId: newId(), commentId: declined.id, reason: 'offTopic', words: 'Another post, please.' } });
  const reported = await ownComment(other, post.id, {});
  await db().report.create({ data: { id: newId(), commentId: reported.id, userId: ines.userId, reason: 'unkind', words: 'This hurts.', ipHash: 'secret-ip' } });
  const { data, text } = await dataOf(ines);
  expect(data).toMatchObject({
    profile: { standing: 'suspended', standingReason: 'Please rest.', warning: 'Unread words.' },
    doneAboutYou: [{ what: 'warning', to: 'given', reason: 'Unread words.' }],
    reports: [{ comment: reported.publicId, reason: 'unkind', words: 'This hurts.' }],
  });
  expect(data.comments).toContainEqual(expect.objectContaining({ text: 'Declined.', toldWhyNotPublished: [expect.objectContaining({ reason: 'About something else', words: 'Another post, please.' })] }));
  for (const secret of ['secret-ip', moderator.userId, moderator.name]) expect(text).not.toContain(secret);
});

test('the data hold no secret, no hash, no moderator, no note, no reason of screening, and nobody else’s words', async () => {
  const { ines, moderator, states } = await history();
  await db().comment.update({ where: { id: states.approved.id }, data: { ipHash: 'ip-hash', writerHash: 'writer-hash' } });
  await session(ines, 'token-hash');
  await db().personNote.create({ data: { id: newId(), userId: ines.userId, byId: moderator.userId, text: 'Watch her.' } });
  const { text, data } = await dataOf(ines);
  for (const secret of ['token-hash', 'ip-hash', 'writer-hash', 'Secret Moderator', moderator.userId, moderator.email!, 'Watch her', 'pills', 'Not hers', 'As a guest', states.approved.sourceHash]) {
    expect([secret, text.includes(secret)]).toEqual([secret, false]);
  }
  const screened = data.comments.find(({ id }) => id === states.screened.publicId);
  expect(screened).toMatchObject({ state: 'waiting', decisions: [{ decision: 'submit', state: 'waiting' }] });
  const trashed = data.comments.find(({ id }) => id === states.trashed.publicId);
  expect(trashed).toMatchObject({ state: 'not published', decisions: [{ decision: 'trash', state: 'not published' }] });
});

test('the data of thousands of comments come in pieces, each comment once; of none, an empty list', async () => {
  const ines = await person();
  expect((await dataOf(ines)).data.comments).toEqual([]);
  const post = await makePost({ authorId: (await person('owner')).userId });
  await writeMany(ines, post.id, 1_001);
  const texts = (await dataOf(ines)).data.comments.map(({ text }) => text);
  expect([texts.length, new Set(texts).size]).toEqual([1_001, 1_001]);
});
