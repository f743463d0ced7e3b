import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { decideComment } from '@/lib/moderation/commands';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import { addNote, changeRole, changeStanding } from '@/lib/people/commands';
import { findPersonView, HISTORY_PAGE } from '@/lib/people/history';
import { createInvitation } from '@/lib/people/invitations';
import { peopleLogSchema } from '@/lib/people/log-filter';
import { findPeopleLog, PEOPLE_LOG_PAGE, writePeopleLog, type PeopleLogView } from '@/lib/people/people-log';
import { listOpenInvitations, listPeopleFor, PEOPLE_PAGE } from '@/lib/people/queries';
import { historySchema, peopleSearchSchema } from '@/lib/people/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { wholeText } from '@/tests/support/whole-text';
import { daysLater, makePseudonym, now, person } from './scene';

useDatabase();

const list = (viewer: Person, search: Record<string, string> = {}) => listPeopleFor(viewer, peopleSearchSchema.parse(search), now);
const namesIn = async (viewer: Person, search: Record<string, string> = {}) => (await list(viewer, search)).people.map(({ name }) => name);
const view = async (viewer: Person, id: string, search: Record<string, string> = {}) => {
  const found = await findPersonView(viewer, id, historySchema.parse(search), now);
  if (!found) throw new Error('nobody');
  return found;
};

async function scene() {
  const owner = await person('owner', { name: 'Marlene', email: 'marlene@example.com' });
  const moderator = await person('moderator', { name: 'Olu', email: 'olu@example.com' });
  const reader = await person('reader', { name: 'Ida Plain', email: 'ida.plain@example.net' });
  const post = await makePost({ authorId: owner.userId, title: 'Patience' });
  const other = await makePost({ authorId: owner.userId, title: 'Other' });
  const name = await makePseudonym(reader.userId, post.id, 'Quiet Owl');
  await makeComment({ postId: other.id, userId: reader.userId, name: 'Ida Plain', source: 'Under my own name.' });
  await makeComment({ postId: post.id, userId: reader.userId, name: 'Ida Plain', status: 'pending', source: 'Mine, waiting.' });
  for (const status of ['approved', 'approved', 'spam'] as const) await makeComment({ postId: post.id, userId: reader.userId, pseudonymId: name.id, name: 'Quiet Owl', email: null, status, source: 'Under another.' });
  return { owner, moderator, reader, post, name };
}

test('to a moderator a name on one post is a person of its own, and its person has nothing of it', async () => {
  const { moderator, reader, name, post } = await scene();
  const { people } = await list(moderator);
  const [owl, ida] = [people.find(({ id }) => id === name.id), people.find(({ id }) => id === reader.userId)];
  expect(owl).toMatchObject({ name: 'Quiet Owl', role: 'reader', standing: null, post: { title: 'Patience', slug: post.slug }, picture: null, contact: null, counts: { approved: 2, pending: 0, spam: 1, trash: 0 } });
  expect(ida).toMatchObject({ name: 'Ida Plain', standing: 'normal', post: null, contact: null, counts: { approved: 1, pending: 1, spam: 0, trash: 0 } });

  const idaPage = await view(moderator, reader.userId);
  expect(idaPage.comments.items.map(({ text }) => text).sort()).toEqual(['Mine, waiting.', 'Under my own name.']);
  expect(JSON.stringify(idaPage)).not.toMatch(/Quiet Owl|Under another/);
  expect(JSON.stringify(idaPage)).not.toContain(name.id);
  const owlPage = await view(moderator, name.id);
  expect(owlPage.comments.items.map(({ text }) => text)).toEqual(['Under another.', 'Under another.', 'Under another.']);
  expect(JSON.stringify(owlPage)).not.toMatch(/Ida|Under my own/);
  expect(JSON.stringify(owlPage)).not.toContain(reader.userId);
  expect(owlPage).toMatchObject({ who: null, names: [], standing: null, mayChangeRole: false, acts: [], standingRefusal: expect.stringMatching(/one post only/) as string });
});

test('neither search, filter nor order joins a name on one post to its person', async () => {
  const { owner, moderator, reader } = await scene();
  await changeStanding(owner, { person: reader.userId, standing: 'banned', until: '', reason: '', seen: 'normal' }, now);
  expect(await namesIn(moderator, { q: 'owl' })).toEqual(['Quiet Owl']);
  expect(await namesIn(moderator, { q: 'ida' })).toEqual(['Ida Plain']);
  expect(await namesIn(moderator, { standing: 'banned' })).toEqual(['Ida Plain']);
  expect(await namesIn(moderator, { standing: 'normal' })).not.toContain('Quiet Owl');
  expect((await namesIn(moderator, { role: 'reader' })).sort()).toEqual(['Ida Plain', 'Quiet Owl']);
  expect(await namesIn(moderator, { role: 'moderator' })).toEqual(['Olu']);
  expect(JSON.stringify((await list(moderator, { q: 'owl' })).people)).not.toContain('banned');
});

test('the card of a comment leads to the page of its name, and for a post’s author nowhere', async () => {
  const { owner, moderator, reader, name } = await scene();
  for (const viewer of [owner, moderator]) {
    const { cards } = await findQueue(viewer, wholeQueue('approved'), 'newest', null, null);
    expect(cards.map((card) => [card.name, card.personId]).sort()).toEqual([['Ida Plain', reader.userId], ['Quiet Owl', name.id], ['Quiet Owl', name.id]]);
  }
  const { cards } = await findQueue({ ...owner, role: 'author' }, wholeQueue('approved'), 'newest', null, null);
  expect(cards.map(({ personId }) => personId)).toEqual([null, null, null]);
});

test('the owner sees who uses a name, and which names somebody uses', async () => {
  const { owner, reader, name, post } = await scene();
  expect((await view(owner, name.id)).who).toEqual({ id: reader.userId, name: 'Ida Plain' });
  expect((await view(owner, reader.userId)).names).toEqual([{ id: name.id, name: 'Quiet Owl', post: { title: 'Patience', slug: post.slug } }]);
});

test('an address is in no view of a moderator, and found by no search of theirs', async () => {
  const { owner, moderator, reader, name } = await scene();
  await db().account.create({ data: { userId: reader.userId, type: 'oidc', provider: 'google', providerAccountId: '1', statedEmail: 'stated@example.net' } });
  await createInvitation(owner, { email: 'invited@example.net', role: 'author' }, now);
  const seen = [await list(moderator), await listOpenInvitations(moderator, now), ...(await Promise.all([reader.userId, name.id, owner.userId, moderator.userId].map((id) => view(moderator, id))))];
  expect(JSON.stringify(seen)).not.toMatch(/@example|google/i);
  for (const q of ['ida.plain@example.net', 'example.net', '@', 'ida.plain']) expect([q, await namesIn(moderator, { q })]).toEqual([q, []]);

  expect(await namesIn(owner, { q: 'IDA.plain@' })).toEqual(['Ida Plain']);
  expect((await view(owner, reader.userId)).contact).toEqual({ email: 'ida.plain@example.net', isProven: true, ways: ['google', 'email'] });
  expect((await listOpenInvitations(owner, now)).map(({ email }) => email)).toEqual(['invited@example.net']);
});

test('a percent sign and an underscore are letters', async () => {
  const owner = await person('owner', { name: 'Marlene' });
  await makeUser({ name: '100% Ida_' });
  expect(await namesIn(owner, { q: '%' })).toEqual(['100% Ida_']);
  expect(await namesIn(owner, { q: 'a_' })).toEqual(['100% Ida_']);
});

test('pages hold every person and every name once, newest first', async () => {
  const owner = await person('owner');
  const post = await makePost({ authorId: owner.userId });
  for (let at = 0; at < PEOPLE_PAGE; at += 1) {
    const user = await makeUser({ createdAt: daysLater(-Math.floor(at / 3)) });
    if (at % 4 === 0) await db().pseudonym.create({ data: { id: newId(), userId: user.id, postId: post.id, name: 'Owl', createdAt: daysLater(-Math.floor(at / 5)) } });
  }
  const found: { id: string; since: Date }[] = [];
  for (let before = '', page = 0; page < 5; page += 1) {
    const { people, next } = await list(owner, before ? { before } : {});
    found.push(...people);
    if (next === null) break;
    before = next;
  }
  expect(found).toHaveLength((await db().user.count()) + (await db().pseudonym.count()));
  expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
  expect(found.map(({ since }) => since.getTime())).toEqual(found.map(({ since }) => since.getTime()).sort((a, b) => b - a));
});

test('a suspension that is over is shown and found as normal', async () => {
  const owner = await person('owner', { name: 'Marlene' });
  await makeUser({ name: 'Over', standing: 'suspended', standingUntil: daysLater(-1) });
  await makeUser({ name: 'Not yet', standing: 'suspended', standingUntil: daysLater(1) });
  expect(await namesIn(owner, { standing: 'suspended' })).toEqual(['Not yet']);
  expect((await namesIn(owner, { standing: 'normal' })).sort()).toEqual(['Marlene', 'Over']);
  expect((await list(owner, { q: 'Over' })).people[0]).toMatchObject({ standing: 'normal', standingUntil: null });
});

test('a history has what was decided, what was done about the person, and what they decided', async () => {
  const { owner, moderator, reader, post } = await scene();
  const waiting = await db().comment.findFirstOrThrow({ where: { userId: reader.userId, status: 'pending' } });
  await decideComment(moderator, { comment: waiting.publicId, revision: 1, seenStatus: 'pending', decision: 'spam' }, now);
  await changeRole(owner, { person: reader.userId, role: 'author', seen: 'reader' }, now);
  const page = await view(owner, reader.userId);
  expect(page.comments.items.find(({ id }) => id === waiting.publicId)).toMatchObject({ status: 'spam', post: { title: 'Patience' }, events: [{ decision: 'spam', actorName: 'Olu' }] });
  expect(page.acts).toMatchObject([{ what: 'role', from: 'reader', to: 'author', actorName: 'Marlene' }]);
  expect((await view(owner, moderator.userId)).decisions.items).toMatchObject([{ decision: 'spam', comment: { id: waiting.publicId, name: 'Ida Plain', isThere: true, post: { slug: post.slug } } }]);
  expect((await view(owner, reader.userId, { state: 'spam' })).comments.items).toHaveLength(1);
  expect((await view(owner, reader.userId, { state: 'trash' })).comments.items).toEqual([]);
});

test('a long history comes in pages, each comment once, and an unknown place begins anew', async () => {
  const { owner, reader, post } = await scene();
  for (let at = 0; at < HISTORY_PAGE + 3; at += 1) await makeComment({ postId: post.id, userId: reader.userId, createdAt: daysLater(-Math.floor(at / 2)) });
  const first = await view(owner, reader.userId);
  expect(first.comments.items).toHaveLength(HISTORY_PAGE);
  const second = await view(owner, reader.userId, { before: first.comments.next ?? '' });
  const ids = [...first.comments.items, ...second.comments.items].map(({ id }) => id);
  expect(new Set(ids).size).toBe(HISTORY_PAGE + 5);
  expect(second.comments.next).toBeNull();
  expect((await view(owner, reader.userId, { before: 'aaaaaaaaaaaa' })).comments.items).toHaveLength(HISTORY_PAGE);
});

test('the comment at which a page of one’s history begins tells nothing of somebody else’s', async () => {
  const { moderator, reader, name } = await scene();
  const [owl] = (await view(moderator, name.id)).comments.items;
  expect((await view(moderator, reader.userId, { before: owl?.id ?? '' })).comments.items).toHaveLength(2);
});

test('notes are seen by moderators and owners, and never by whom they are about, under any name of theirs', async () => {
  const { owner, moderator, reader, post, name } = await scene();
  await addNote(owner, { person: moderator.userId, note: 'About Olu.' }, now);
  await addNote(moderator, { person: name.id, note: 'About the owl.' }, now);
  const own = await makePseudonym(moderator.userId, post.id, 'Loud Lark');
  await addNote(owner, { person: own.id, note: 'About the lark.' }, now);
  expect((await view(owner, moderator.userId)).notes).toMatchObject([{ text: 'About Olu.', byName: 'Marlene', isOwn: true }]);
  expect((await view(owner, name.id)).notes).toMatchObject([{ text: 'About the owl.', byName: 'Olu', isOwn: false }]);
  expect((await view(owner, reader.userId)).notes).toEqual([]);
  expect((await view(moderator, moderator.userId)).notes).toBeNull();
  expect((await view(moderator, own.id)).notes).toBeNull();
});

test('nobody is at an id that nobody has', async () => {
  const { owner, post } = await scene();
  for (const id of [newId(), post.id]) expect(await findPersonView(owner, id, historySchema.parse({}), now)).toBeNull();
});

describe('the log of acts on people', () => {
  const event = (userId: string, what: string, to: string, minute: number, actorId: string | null = null) =>
    db().personEvent.create({ data: { id: newId(), userId, actorId, what, from: 'normal', to, reason: 'Be kind.', createdAt: new Date(now.getTime() + minute * 60_000) } });
  const log = (viewer: Parameters<typeof findPeopleLog>[0], search: Record<string, string> = {}, before: string | null = null): Promise<PeopleLogView> => findPeopleLog(viewer, peopleLogSchema.parse(search), 'UTC', before);
  const told = async (viewer: Parameters<typeof findPeopleLog>[0], search: Record<string, string> = {}) => (await log(viewer, search)).acts.map(({ person: { name }, what }) => `${name}: ${what}`);

  async function acts() {
    const [owner, moderator] = [await person('owner', { name: 'Olive' }), await person('moderator', { name: 'Mo' })];
    const known = await person('reader', { name: 'Known' });
    const hidden = await person('reader', { name: 'Hidden' });
    const post = await makePost({ authorId: owner.userId });
    await makeComment({ postId: post.id, userId: known.userId });
    const { id: pseudonymId } = await makePseudonym(hidden.userId, post.id, 'A parent');
    await makeComment({ postId: post.id, userId: hidden.userId, pseudonymId, email: null });
    await event(known.userId, 'role', 'author', 0, owner.userId);
    await event(known.userId, 'standing', 'held', 1, moderator.userId);
    await event(hidden.userId, 'standing', 'banned', 2, owner.userId);
    await event(known.userId, 'warning', 'given', 3, owner.userId);
    return { owner, moderator, known, hidden };
  }

  const file = (viewer: Person, search: Record<string, string> = {}) => wholeText(writePeopleLog(viewer, peopleLogSchema.parse(search), 'UTC'));

  test('tells moderators of standings and warnings of those they know of, owners of everything, and nobody else of anything', async () => {
    const { owner, moderator, known } = await acts();
    expect(await told(owner)).toEqual(['Known: warning', 'Hidden: standing', 'Known: standing', 'Known: role']);
    expect(await told(moderator)).toEqual(['Known: warning', 'Known: standing']);
    expect(await told(moderator, { what: 'role' })).toEqual([]);
    for (const told of [JSON.stringify(await log(moderator)), await file(moderator)]) expect(told).not.toMatch(/@|Hidden/);
    const author = await person('author');
    for (const nobody of [author, known, { kind: 'guest', writerHash: null } as const]) expect(await log(nobody)).toEqual({ acts: [], next: null, deciders: [] });
    expect((await file(author)).split('\r\n')).toHaveLength(2);
  });

  test('is narrowed by who did it, what it was, and days', async () => {
    const { owner, moderator, known } = await acts();
    await event(known.userId, 'standing', 'normal', 24 * 60, moderator.userId);
    const tomorrow = new Date(now.getTime() + 24 * 60 * 60_000).toISOString().slice(0, 10);
    expect(await told(owner, { who: moderator.userId })).toEqual(['Known: standing', 'Known: standing']);
    expect(await told(owner, { who: owner.userId, what: 'standing' })).toEqual(['Hidden: standing']);
    expect(await told(owner, { from: tomorrow })).toEqual(['Known: standing']);
    expect(await told(owner, { to: tomorrow })).toHaveLength(5);
    expect(await told(owner, { who: 'me', what: 'hat', from: 'soon' })).toHaveLength(5);
  });

  test('offers whoever moderates, and whoever did and was asked for; nobody else', async () => {
    const { owner, moderator, known } = await acts();
    const offered = async (search: Record<string, string> = {}) => (await log(moderator, search)).deciders.map(({ name }) => name);
    expect(await offered()).toEqual(['Mo', 'Olive']);
    // Whoever read their own warning did nothing about anybody.
    await event(known.userId, 'warning', 'read', 4, known.userId);
    expect(await offered({ who: known.userId })).toEqual(['Mo', 'Olive']);
    await db().user.update({ where: { id: owner.userId }, data: { role: 'reader' } });
    expect([await offered(), await offered({ who: owner.userId })]).toEqual([['Mo'], ['Mo', 'Olive']]);
  });

  test('comes as a file, and what a spreadsheet would take for a formula is none', async () => {
    const { owner, moderator, known } = await acts();
    await db().user.update({ where: { id: known.userId }, data: { name: '=1+1' } });
    const at = new Date(now.getTime() + 60_000).toISOString();
    expect((await file(owner, { who: moderator.userId })).split('\r\n')).toEqual(['\ufefftime,who,person,what,before,after,why', `${at},Mo,'=1+1,standing,normal,held,Be kind.`, '']);
  });

  test('is read page by page, each act once, also where many have the same moment', async () => {
    const owner = await person('owner');
    const count = PEOPLE_LOG_PAGE * 2 + 10;
    for (let made = 0; made < count; made += 1) await event(owner.userId, 'standing', 'held', 0);
    const ids: string[] = [];
    let before: string | null = null;
    do {
      const page: PeopleLogView = await log(owner, {}, before);
      ids.push(...page.acts.map(({ id }) => id));
      before = page.next;
    } while (before !== null);
    expect([ids.length, new Set(ids).size]).toEqual([count, count]);
  });
});
