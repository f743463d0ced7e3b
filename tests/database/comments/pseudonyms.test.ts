import { beforeEach, expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import { findCommentAddress, findPseudonym, findPseudonymOn, findReplyName, findReplyTarget, mayTakePseudonym } from '@/lib/comments/queries';
import { listOwnWaiting } from '@/lib/comments/own';
import type { NewComment } from '@/lib/comments/schema';
import { db } from '@/lib/db/client';
import type { Actor, Person } from '@/lib/identity/schema';
import { textHash } from '@/lib/identity/tokens';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { countPending, countQueues, findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import { QUEUES, type Act } from '@/lib/moderation/schema';
import { findPersonView } from '@/lib/people/history';
import { listPeopleFor } from '@/lib/people/queries';
import { COMMENT_STATES, ROLES, STANDINGS, type HistorySearch } from '@/lib/people/schema';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

// Later than any clock: what the makers date by the clock stands before it.
const now = new Date('2099-11-24T20:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const IP = '192.0.2.1';
const WRITER_HASH = 'f'.repeat(64);

async function actorOf(user: { id: string }, writerHash: string | null = null): Promise<Person> {
  const { name, email, role, standing, standingUntil } = await db().user.findUniqueOrThrow({ where: { id: user.id } });
  return { kind: 'person', userId: user.id, name: name ?? 'Someone', isNamed: name !== null, email, role, standing, standingUntil, writerHash };
}

const said = (comment: string, more: Partial<NewComment> = {}): NewComment => ({ post: 'fear', parent: '', comment, guest: null, ...more });
const outcome = (result: Awaited<ReturnType<typeof submitComment>>) => (result.ok ? result.value.status : result.code);

async function send(actor: Actor, input: NewComment, at = now, ip = IP): Promise<string> {
  const sent = await submitComment(actor, input, ip, at);
  if (!sent.ok) throw new Error(sent.message);
  return sent.value.id;
}

const rowOf = (publicId: string) => db().comment.findUniqueOrThrow({ where: { publicId }, include: { events: { orderBy: { id: 'asc' } } } });

async function decide(actor: Actor, publicId: string, decision: Act) {
  const { revision, status } = await rowOf(publicId);
  const decided = await decideComment(actor, { comment: publicId, revision, seenStatus: status, decision }, later(3600));
  if (!decided.ok) throw new Error(decided.message);
  return decided.value;
}

let author: { id: string };
let ruth: { id: string };

beforeEach(async () => {
  author = await makeUser({ role: 'author', name: 'Marlene Voss', emailVerified: now });
  ruth = await makeUser({ name: 'Ruth Adeyemi', email: 'ruth@example.com', website: 'https://ruth.example.org' });
  for (const slug of ['fear', 'sleep', 'letters']) await makePost({ authorId: author.id, title: slug, slug, publishedAt: new Date('2026-01-01') });
});

const postId = async (slug: string) => (await db().post.findFirstOrThrow({ where: { slug } })).id;

test('a comment under a pseudonym keeps its person, and neither address, website nor a mark that others have', async () => {
  const id = await send(await actorOf(ruth, WRITER_HASH), said('I was afraid.', { pseudonym: '  Night  Owl ' }));
  const pseudonym = await db().pseudonym.findFirstOrThrow();
  expect(pseudonym).toMatchObject({ name: 'Night Owl', userId: ruth.id, postId: await postId('fear') });
  expect(await rowOf(id)).toMatchObject({
    name: 'Night Owl', pseudonymId: pseudonym.id, userId: ruth.id, email: null, website: null, writerHash: WRITER_HASH, status: 'pending',
    events: [{ decision: 'submit', actorId: null, reasons: [{ rule: 'pseudonym' }] }],
  });
});

test('whoever has a pseudonym on a post writes everything there under it, whatever the box says', async () => {
  const person = await actorOf(ruth);
  await send(person, said('One.', { pseudonym: 'Night Owl' }));
  for (const [at, more] of [{}, { pseudonym: null }, { pseudonym: 'Early Bird' }, { ownName: 'Ruth' }].entries()) {
    expect(await rowOf(await send(person, said(`More ${at}.`, more), later(60 * (at + 1))))).toMatchObject({ name: 'Night Owl' });
  }
  expect(await rowOf(await send(person, said('Elsewhere.', { post: 'sleep' }), later(3600)))).toMatchObject({ name: 'Ruth Adeyemi', pseudonymId: null });
  expect(await db().pseudonym.count()).toBe(1);
});

test('whoever has written under their own name cannot take a pseudonym there, unless that is deleted for good', async () => {
  const person = await actorOf(ruth);
  const owner = await actorOf(await makeUser({ role: 'owner' }));
  const id = await send(person, said('As myself.'));
  const sentence = 'You have already written here under your own name.';
  expect(await mayTakePseudonym(await postId('fear'), ruth.id)).toBe(false);
  expect(await submitComment(person, said('Hidden.', { pseudonym: 'Night Owl' }), IP, later(60))).toMatchObject({ ok: false, code: 'invalid', fields: { pseudonym: sentence } });
  await decide(owner, id, 'trash');
  expect(outcome(await submitComment(person, said('Hidden.', { pseudonym: 'Night Owl' }), IP, later(60)))).toBe('invalid');
  await decide(owner, id, 'delete');
  expect(await mayTakePseudonym(await postId('fear'), ruth.id)).toBe(true);
  expect(outcome(await submitComment(person, said('Hidden.', { pseudonym: 'Night Owl' }), IP, later(60)))).toBe('pending');
  expect(await mayTakePseudonym(await postId('fear'), ruth.id)).toBe(false);
  expect(await findPseudonym(await postId('fear'), ruth.id)).toEqual({ name: 'Night Owl' });
  expect(await findPseudonymOn('fear', ruth.id)).toEqual({ name: 'Night Owl' });
  expect(await findPseudonymOn('sleep', ruth.id)).toBeNull();
  expect(await findPseudonym(await postId('fear'), author.id)).toBeNull();
});

test.each([
  ['the owner’s', 'The Owner'],
  ['a moderator’s, in wide letters', 'Ｍｏｄ Ｅｒａｔｏｒ'],
  ['the post’s author’s, with an accent', 'Márlene  VOSS'],
  ['an approved guest’s, with dots', 'In.es'],
  ['an approved guest’s, with an invisible letter', 'I\u200Bnes'],
  ['another pseudonym’s there', 'night owl'],
  ['one’s own', 'ruth adeyemi'],
])('%s name cannot be taken', async (_, name) => {
  await makeUser({ role: 'owner', name: 'The owner' });
  await makeUser({ role: 'moderator', name: 'Mod Erator' });
  await makeComment({ postId: await postId('fear'), name: 'Ines' });
  await send(await actorOf(await makeUser()), said('Hoo.', { pseudonym: 'Night Owl' }), now, '192.0.2.7');
  expect(await submitComment(await actorOf(ruth), said('Me.', { pseudonym: name }), IP, now)).toMatchObject({ ok: false, code: 'invalid', fields: { pseudonym: expect.any(String) } });
  expect(await db().pseudonym.count()).toBe(1);
});

test.each(['', '   ', '\u200B', 'x'.repeat(246), 'a\u0000b'])('%j is no name', async (name) => {
  expect(await submitComment(await actorOf(ruth), said('Me.', { pseudonym: name }), IP, now)).toMatchObject({ ok: false, code: 'invalid', fields: { pseudonym: expect.any(String) } });
});

test('a name that only waits, or stands on another post, can be taken', async () => {
  await makeComment({ postId: await postId('fear'), name: 'Ines', status: 'pending' });
  await makeComment({ postId: await postId('sleep'), name: 'Ines' });
  expect(outcome(await submitComment(await actorOf(ruth), said('Me.', { pseudonym: 'Ines' }), IP, now))).toBe('pending');
});

test('sixteen people at once want one name: one has it', async () => {
  const people = await Promise.all(Array.from({ length: 16 }, async () => actorOf(await makeUser())));
  const results = await Promise.all(people.map((person, at) => submitComment(person, said(`Number ${at}.`, { pseudonym: at % 2 ? 'Night Owl' : 'night owl' }), `192.0.2.${at}`, now)));
  expect(results.map(outcome).sort()).toEqual([...Array.from({ length: 15 }, () => 'invalid'), 'pending']);
  expect(await db().pseudonym.count()).toBe(1);
  expect(await db().comment.count()).toBe(1);
});

test('sixteen comments of one person at once, under several names and their own: the first decides', async () => {
  await makeRules({ floodSeconds: 0 });
  const person = await actorOf(ruth);
  const results = await Promise.all(Array.from({ length: 16 }, (_, at) => submitComment(person, said(`Number ${at}.`, at % 2 ? { pseudonym: `Owl ${at}` } : {}), IP, now)));
  expect(results.every((result) => result.ok || result.code === 'invalid')).toBe(true);
  const names = new Set((await db().comment.findMany({ select: { name: true } })).map(({ name }) => name));
  expect(names.size).toBe(1);
});

test('a comment that is refused for another reason takes no name', async () => {
  await db().post.updateMany({ data: { commentsOpen: false } });
  expect(outcome(await submitComment(await actorOf(ruth), said('Me.', { pseudonym: 'Night Owl' }), IP, now))).toBe('forbidden');
  await db().post.updateMany({ data: { commentsOpen: true } });
  await send(await actorOf(ruth), said('Elsewhere.', { post: 'sleep' }), now);
  expect(outcome(await submitComment(await actorOf(ruth), said('Me.', { pseudonym: 'Night Owl' }), IP, later(5)))).toBe('too-many');
  expect(await db().pseudonym.count()).toBe(0);
});

test('fast writing and the same words twice are refused to the person, whatever their names, and to nobody beside them', async () => {
  const person = await actorOf(ruth);
  await send(person, said('One.', { pseudonym: 'Night Owl' }));
  expect(outcome(await submitComment(person, said('Two.'), '192.0.2.50', later(5)))).toBe('too-many');
  expect(outcome(await submitComment(person, said('Two.', { post: 'sleep' }), '192.0.2.50', later(5)))).toBe('too-many');
  expect(outcome(await submitComment(person, said('One.'), '192.0.2.50', later(60)))).toBe('duplicate');
  const beside = { name: 'Jonas', email: 'jonas@example.com', website: '' };
  expect(outcome(await submitComment({ kind: 'guest', writerHash: null }, said('Hello.', { guest: beside }), IP, later(5)))).toBe('pending');
});

test('who runs the blog has no privilege under a pseudonym: held, made to wait, and without the mark of the author', async () => {
  const person = await actorOf(author);
  const id = await send(person, said('Not as the author.', { pseudonym: 'Night Owl' }));
  expect(await rowOf(id)).toMatchObject({ status: 'pending', events: [{ reasons: [{ rule: 'pseudonym' }] }] });
  expect(outcome(await submitComment(person, said('Again.'), IP, later(5)))).toBe('too-many');
  await decide(person, id, 'approve');
  const discussion = await findDiscussion({ id: await postId('fear'), authorId: author.id, authorIsClaimed: true }, BEGINNING);
  expect(discussion?.threads).toMatchObject([{ name: 'Night Owl', isPostAuthor: false, website: null }]);
});

test.each([
  ['trusted', {}], ['held', {}], ['normal', { role: 'owner' as const }],
])('nothing of a person who is %s shows in status and reason', async (standing, more) => {
  const person = await makeUser({ standing: standing as Person['standing'], ...more });
  await makeComment({ postId: await postId('sleep'), userId: person.id });
  expect(await rowOf(await send(await actorOf(person), said('Hello.', { pseudonym: 'Night Owl' })))).toMatchObject({ status: 'pending', events: [{ reasons: [{ rule: 'pseudonym' }] }] });
});

test('words and links count as everybody’s, an address on the network and the person’s own address do not', async () => {
  await makeRules({ floodSeconds: 0, disallowedWords: ['viagra'], heldWords: ['casino', IP, 'ruth@'] });
  const person = await actorOf(ruth);
  const reasonOf = async (text: string) => (await rowOf(await send(person, said(text, { pseudonym: 'Night Owl' })))).events[0]?.reasons;
  expect(await reasonOf('Plain.')).toEqual([{ rule: 'pseudonym' }]);
  expect(await reasonOf('A casino.')).toEqual([{ rule: 'held-word', word: 'casino' }, { rule: 'pseudonym' }]);
  expect(await reasonOf('Some viagra.')).toEqual([{ rule: 'disallowed-word', word: 'viagra' }, { rule: 'pseudonym' }]);
  expect(await reasonOf('https://a.example https://b.example')).toEqual([{ rule: 'links', count: 2, limit: 2 }, { rule: 'pseudonym' }, { rule: 'mostly-links', percent: 100 }]);
});

test('what was approved under a pseudonym does not make its person, nor its name elsewhere, known', async () => {
  const owner = await actorOf(await makeUser({ role: 'owner' }));
  await decide(owner, await send(await actorOf(ruth), said('Hidden.', { pseudonym: 'Night Owl' })), 'approve');
  expect(await rowOf(await send(await actorOf(ruth), said('Open.', { post: 'sleep' }), later(60)))).toMatchObject({ status: 'pending', events: [{ reasons: [{ rule: 'first-comment' }] }] });
  const asGuest = async (post: string, name: string, email: string, ip: string) =>
    (await rowOf(await send({ kind: 'guest', writerHash: null }, said('Me too.', { post, guest: { name, email, website: '' } }), later(120), ip))).events[0]?.reasons;
  expect(await asGuest('letters', 'Night Owl', 'a@example.com', '192.0.2.20')).toEqual([{ rule: 'first-comment' }]);
  expect(await asGuest('fear', 'Night Owl', 'b@example.com', '192.0.2.21')).toEqual([{ rule: 'unproven-identity' }]);
  expect(await asGuest('letters', 'Somebody', 'ruth@example.com', '192.0.2.22')).toEqual([{ rule: 'first-comment' }]);
});

test('its writer finds what waits under a pseudonym, and nobody else does', async () => {
  const id = await send(await actorOf(ruth), said('Hidden.', { pseudonym: 'Night Owl' }));
  const waiting = await listOwnWaiting(await postId('fear'), await actorOf(ruth));
  expect(waiting).toMatchObject([{ id, name: 'Night Owl' }]);
  expect(await findCommentAddress(id, await actorOf(ruth), later(60))).toBe(`/posts/fear/reply#comment-${id}`);
  const other = await actorOf(await makeUser());
  expect(await listOwnWaiting(await postId('fear'), other)).toEqual([]);
  expect(await findCommentAddress(id, other, later(60))).toBeNull();
});

test('deleted for good, a comment forgets its pseudonym', async () => {
  const owner = await actorOf(await makeUser({ role: 'owner' }));
  const id = await send(await actorOf(ruth), said('Hidden.', { pseudonym: 'Night Owl' }));
  await decide(owner, id, 'trash');
  await decide(owner, id, 'delete');
  expect(await rowOf(id)).toMatchObject({ name: '', userId: null, pseudonymId: null, ipHash: null, writerHash: null });
});

async function givePicture({ id }: { id: string }): Promise<string> {
  const picture = { sha256: textHash(id), mimeType: 'image/webp', bytes: new Uint8Array([1]), source: 'https://pictures.example/' };
  await db().picture.upsert({ where: { userId: id }, create: { userId: id, ...picture }, update: {} });
  return picture.sha256;
}

/** Ruth writes on two posts under two pseudonyms and on a third under her own name; somebody reads and decides all of it. */
async function threePosts(decider: Person) {
  const picture = await givePicture(ruth);
  const person = await actorOf(ruth, WRITER_HASH);
  const under = { fear: await send(person, said('I was afraid.', { pseudonym: 'Night Owl' }), now), sleep: await send(person, said('I did not sleep.', { post: 'sleep', pseudonym: 'Grey Cat' }), later(60)) };
  const own = await send(person, said('A letter.', { post: 'letters' }), later(120));
  const parent = await decide(decider, under.fear, 'approve').then(() => under.fear);
  const reply = await send(person, said('And still am.', { parent }), later(180));
  const trashed = await decide(decider, under.sleep, 'trash');
  const undone = await undoDecision(decider, trashed.event, later(3700));
  return { picture, under: { ...under, reply }, own, acts: [trashed, undone] };
}

/** Every list of people, whatever is looked for, and the page of each person and name, whatever it is asked for. */
async function allPeople(viewer: Person, comments: string[]): Promise<unknown[]> {
  const asked = { q: '', role: null, standing: null, before: null };
  const names = ['Night', 'Grey Cat', 'Ruth', 'ruth@example.com', 'One Person'];
  const searches = [asked, ...names.map((q) => ({ ...asked, q })), ...ROLES.map((role) => ({ ...asked, role })), ...STANDINGS.map((standing) => ({ ...asked, standing }))];
  const lists = await Promise.all(searches.map((search) => listPeopleFor(viewer, search, later(4000))));
  const everybody = (lists[0]?.people ?? []).map(({ id }) => id);
  const after = await Promise.all(everybody.map((before) => listPeopleFor(viewer, { ...asked, before }, later(4000))));
  const histories: HistorySearch[] = [...[null, ...COMMENT_STATES].map((state) => ({ state, before: null, made: null })), ...comments.map((before) => ({ state: null, before, made: null }))];
  const pages = await Promise.all(everybody.flatMap((id) => histories.map((history) => findPersonView(viewer, id, history, later(4000)))));
  return [...lists, ...after, ...pages];
}

/** Every view of the desk and of the blog that this viewer can ask for, one by one. */
async function allViews(viewer: Person, ids: string[]): Promise<unknown[]> {
  const queues = await Promise.all(QUEUES.flatMap((queue) => [null, ...ids].map((after) => findQueue(viewer, wholeQueue(queue), 'newest', after, null))));
  const cards = await Promise.all(ids.map((id) => findQueue(viewer, wholeQueue('all'), 'newest', null, id)));
  const byWriter = await Promise.all(ids.flatMap((id) => QUEUES.map(async (queue) => ({ ...(await findQueue(viewer, { ...wholeQueue(queue), person: id }, 'oldest', null, null)), id }))));
  const bySearch = await Promise.all(['Night', 'Cat', 'Ruth', 'ruth@example.com', 'afraid'].map(async (q) => (await findQueue(viewer, { ...wholeQueue('all'), q }, 'risk', null, null)).cards));
  const posts = await db().post.findMany({ select: { id: true, authorId: true } });
  const pages = await Promise.all(posts.map((post) => findDiscussion({ ...post, authorIsClaimed: true }, BEGINNING)));
  const waiting = await Promise.all(posts.map((post) => listOwnWaiting(post.id, viewer)));
  const replies = await Promise.all(posts.flatMap((post) => ids.map((id) => findReplyTarget(post.id, id))));
  const single = await Promise.all(ids.flatMap((id) => [findCommentAddress(id, viewer, later(4000)), findReplyName(id)]));
  return [...queues, ...cards, ...byWriter, ...bySearch, ...pages, ...waiting, ...replies, ...single, await countQueues(viewer), await countPending(viewer)];
}

test.each(['moderator', 'author'] as const)('a %s finds nothing, in any view, that tells who is behind a name or joins two names', async (role) => {
  const viewer = await actorOf(role === 'author' ? author : await makeUser({ role }));
  const { picture, under, own, acts } = await threePosts(viewer);
  const rows = await db().comment.findMany();
  const pseudonyms = await db().pseudonym.findMany();
  // A moderator's cards lead to a page of each person, and of each name as a person of its own.
  const pages = role === 'author' ? [ruth.id, ...pseudonyms.map(({ id }) => id)] : [];
  const secrets = [WRITER_HASH, ...rows.flatMap(({ ipHash }) => ipHash ?? []), ...pages, 'ruth@example.com', 'pictures.example'];
  const views = [await allViews(viewer, [...Object.values(under), own]), acts];
  const all = JSON.stringify(views);
  for (const secret of secrets) expect(all).not.toContain(secret);
  const isOwn = (value: unknown) => typeof value === 'object' && value !== null && 'id' in value && value.id === own;
  const butHerOwn = JSON.stringify(views, (_, value: unknown) => (isOwn(value) ? null : value));
  expect(butHerOwn).not.toContain(ruth.id);
  for (const secret of [picture, 'Ruth', 'Adeyemi', 'ruth']) {
    expect(all.includes(secret)).toBe(true);
    expect(butHerOwn).not.toContain(secret);
  }

  const { cards } = await findQueue(viewer, wholeQueue('all'), 'newest', null, null);
  expect(cards.map(({ name }) => name).sort()).toEqual(['Grey Cat', 'Night Owl', 'Night Owl', 'Ruth Adeyemi']);
  for (const card of cards.filter(({ id }) => id !== own)) {
    expect(card).toMatchObject({ isPseudonym: true, isSignedIn: true, person: null, email: null, website: null, isPostAuthor: false, reasons: [{ rule: 'pseudonym' }] });
    expect(JSON.stringify(card)).not.toMatch(/ruth|adeyemi/i);
  }
});

/** Ids, which are random, by the order in which they appear. */
function withoutIds(views: unknown): string {
  const seen = new Map<string, string>();
  const numbered = (id: string) => seen.get(id) ?? seen.set(id, `id-${seen.size}`).get(id) ?? '';
  return JSON.stringify(views, null, 1).replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\b[0-9a-hjkmnp-tv-z]{12}\b/g, numbered);
}

/** Two pseudonyms, three comments, two decisions, beside Ruth's own name; as `viewer` sees all of it. */
async function worldSeenBy(viewer: Person, owl: { id: string }, cat: { id: string }): Promise<string> {
  await database.sql.query('BEGIN; SET LOCAL session_replication_role = replica; TRUNCATE "Comment", "ModerationEvent", "Pseudonym", "QueueCount" CASCADE; UPDATE "Post" SET "approvedCount" = 0; COMMIT');
  const letter = await send(await actorOf(ruth, WRITER_HASH), said('A letter.', { post: 'letters' }), now);
  const [night, grey] = [await actorOf(owl, WRITER_HASH), await actorOf(cat, WRITER_HASH)];
  const first = await send(night, said('I was afraid.', { pseudonym: 'Night Owl' }), later(60));
  await decide(viewer, first, 'approve');
  const second = await send(night, said('And still am.', { parent: first }), later(120));
  const third = await send(grey, said('I did not sleep.', { post: 'sleep', pseudonym: 'Grey Cat' }), later(180));
  await decide(viewer, third, 'spam');
  const again = await send(await actorOf(ruth), said('Another letter.', { post: 'letters' }), later(240));
  const comments = [letter, first, second, third, again];
  return withoutIds([await allViews(viewer, comments), await allPeople(viewer, comments)]);
}

test.each<[string, Partial<Person>]>([
  ['one reader, who also writes under her own name', {}], ['a trusted reader', { standing: 'trusted' }], ['a reader who is always held', { standing: 'held' }],
  ['the author of the posts', {}], ['another author', { role: 'author' }], ['a moderator', { role: 'moderator' }], ['the owner', { role: 'owner' }],
])('whether two names are %s or two strangers makes no difference to what a moderator sees', async (who, more) => {
  const viewer = await actorOf(await makeUser({ role: 'moderator', name: 'Mod' }));
  const { role, standing } = more;
  const special = new Map([['one reader, who also writes under her own name', ruth], ['the author of the posts', author]]);
  const one = special.get(who) ?? (await makeUser({ role, standing, name: 'One Person' }));
  const [owl, cat] = [await makeUser(), await makeUser()];
  for (const person of [ruth, one, owl, cat]) await givePicture(person);
  const strangers = await worldSeenBy(viewer, owl, cat);
  expect(await worldSeenBy(viewer, one, one)).toBe(strangers);
});

test('the marks of two pseudonyms of one person, and of their own name, differ; those of one pseudonym agree', async () => {
  const owner = await actorOf(await makeUser({ role: 'owner' }));
  const { under, own } = await threePosts(owner);
  const markOf = async (id: string) => (await rowOf(id)).ipHash;
  const marks = await Promise.all([under.fear, under.sleep, own].map(markOf));
  expect(marks.every((mark) => /^[0-9a-f]{64}$/.test(mark ?? ''))).toBe(true);
  expect(new Set(marks).size).toBe(3);
  expect(await markOf(under.reply)).toBe(marks[0]);
});

test('the owner sees who writes under a name', async () => {
  const owner = await actorOf(await makeUser({ role: 'owner' }));
  const { own } = await threePosts(owner);
  const { cards } = await findQueue(owner, wholeQueue('all'), 'newest', null, null);
  for (const { id, person } of cards) expect(person).toEqual(id === own ? null : { name: 'Ruth Adeyemi', email: 'ruth@example.com' });
});

test('a moderator who is the person sees their own comment as any other moderator does', async () => {
  const moderator = await actorOf(await makeUser({ role: 'moderator' }));
  const other = await actorOf(await makeUser({ role: 'moderator' }));
  const id = await send(moderator, said('Not on duty.', { pseudonym: 'Night Owl' }));
  await decide(moderator, id, 'approve');
  expect(await findQueue(moderator, wholeQueue('all'), 'newest', null, null)).toEqual(await findQueue(other, wholeQueue('all'), 'newest', null, null));
});

test('a person without a name gives themself one with their first comment, and the first one wins', async () => {
  await makeRules({ floodSeconds: 0 });
  const nameless = await makeUser({ name: null, slug: null });
  const person = await actorOf(nameless);
  expect(person).toMatchObject({ isNamed: false, name: 'Someone' });
  expect(await submitComment(person, said('Hello.'), IP, now)).toMatchObject({ ok: false, code: 'invalid', fields: { name: 'Please enter your name.' } });
  expect(await submitComment(person, said('Hello.', { ownName: 'MARLENE Voss' }), IP, now)).toMatchObject({ ok: false, code: 'invalid', fields: { name: expect.stringContaining('runs this blog') } });
  const ids = await Promise.all(['Ines', 'Agnes'].map((ownName, at) => submitComment(person, said(`Hello ${at}.`, { ownName, post: at ? 'sleep' : 'fear' }), IP, now)));
  expect(ids.map(outcome)).toEqual(['pending', 'pending']);
  const { name, slug } = await db().user.findUniqueOrThrow({ where: { id: nameless.id } });
  expect(['Ines', 'Agnes']).toContain(name);
  expect(slug).toBe(name?.toLowerCase());
  expect((await db().comment.findMany()).map((comment) => comment.name)).toEqual([name, name]);
});

test('two people of one new name at once have an address each', async () => {
  const people = await Promise.all(['192.0.2.1', '192.0.2.2'].map(async (ip) => ({ ip, person: await actorOf(await makeUser({ name: null, slug: null })) })));
  const results = await Promise.all(people.map(({ ip, person }, at) => submitComment(person, said(`Hello ${at}.`, { ownName: 'Ines' }), ip, now)));
  expect(results.map(outcome)).toEqual(['pending', 'pending']);
  const slugs = (await db().user.findMany({ where: { name: 'Ines' } })).map(({ slug }) => slug);
  expect(slugs).toHaveLength(2);
  expect(new Set(slugs).size).toBe(2);
});

test('a person without a name who takes a pseudonym needs none, and stays without', async () => {
  const nameless = await makeUser({ name: null, slug: null });
  expect(outcome(await submitComment(await actorOf(nameless), said('Hello.', { pseudonym: 'Night Owl' }), IP, now))).toBe('pending');
  expect(await db().user.findUniqueOrThrow({ where: { id: nameless.id } })).toMatchObject({ name: null, slug: null });
});

test('whoever is deleted meanwhile is asked to sign in again', async () => {
  const person = await actorOf(ruth);
  await db().user.delete({ where: { id: ruth.id } });
  for (const more of [{}, { pseudonym: 'Night Owl' }]) expect(outcome(await submitComment(person, said('Hello.', more), IP, now))).toBe('not-signed-in');
  expect(await db().comment.count()).toBe(0);
});

test('a person’s own website stands beside their own name alone', async () => {
  const person = await actorOf(ruth);
  expect(await rowOf(await send(person, said('Open.', { post: 'sleep' })))).toMatchObject({ website: 'https://ruth.example.org', email: 'ruth@example.com' });
  expect(await rowOf(await send(person, said('Hidden.', { pseudonym: 'Night Owl' }), later(60)))).toMatchObject({ website: null, email: null });
});
