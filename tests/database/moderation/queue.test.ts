import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { countMatching, listMatching } from '@/lib/moderation/queue-filter';
import { wholeQueue } from '@/lib/moderation/rules';
import { SORTS, type QueueFilter, type Sort } from '@/lib/moderation/schema';
import { makeComment, makePost } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { daysAgo, makePseudonym, now, person, textsIn, viewOf } from './scene';

useDatabase();

type Given = Partial<Parameters<typeof makeComment>[0]>;

async function scene() {
  const [owner, author] = [await person('owner'), await person('author')];
  const post = await makePost({ authorId: owner.userId, slug: 'sleep', title: 'Sleep' });
  const waits = (source: string, given: Given = {}) => makeComment({ postId: post.id, status: 'pending', createdAt: daysAgo(1), source, ...given });
  return { owner, author, post, waits };
}

test('a post’s filter shows what stands on that post alone', async () => {
  const { owner, waits } = await scene();
  const other = await makePost({ authorId: owner.userId, slug: 'food' });
  await waits('Here.');
  await waits('There.', { postId: other.id });
  expect(await textsIn(owner, { queue: 'pending', post: 'sleep' })).toEqual(['Here.']);
  expect(await textsIn(owner, { queue: 'pending', post: 'nowhere' })).toEqual([]);
});

test('a person’s filter finds what they wrote under their own name, by their id and by any comment of theirs', async () => {
  const { owner, waits } = await scene();
  const ruth = await person('reader', { email: 'ruth@example.com' });
  const own = await waits('Own.', { userId: ruth.userId, email: 'ruth@example.com' });
  await waits('A guest with her address.', { email: 'ruth@example.com' });
  await waits('A stranger.');
  for (const key of [ruth.userId, own.publicId]) expect(await textsIn(owner, { queue: 'pending', person: key })).toEqual(['Own.']);
});

test('a name on one post is found by itself, and never with its person', async () => {
  const { owner, post, waits } = await scene();
  const ruth = await person('reader');
  const owl = await makePseudonym(ruth.userId, post.id, 'Night Owl');
  const hidden = await waits('As an owl.', { userId: ruth.userId, pseudonymId: owl.id, name: 'Night Owl', email: null });
  const own = await waits('As Ruth.', { userId: ruth.userId, name: 'Ruth' });
  for (const viewer of [owner, await person('moderator')]) {
    for (const key of [owl.id, hidden.publicId]) expect(await textsIn(viewer, { queue: 'pending', person: key })).toEqual(['As an owl.']);
    for (const key of [ruth.userId, own.publicId]) expect(await textsIn(viewer, { queue: 'pending', person: key })).toEqual(['As Ruth.']);
    expect((await viewOf(viewer, { queue: 'pending', person: hidden.publicId })).named.person).toBe('Night Owl');
  }
});

test('a guest’s filter finds what came under the same address, and names it nowhere', async () => {
  const { waits } = await scene();
  const moderator = await person('moderator');
  const first = await waits('First.', { email: 'grete@example.net', name: 'Grete' });
  await waits('Second.', { email: 'grete@example.net', name: 'Grete W.' });
  await waits('Another.', { email: 'grete@example.org' });
  const nameless = await waits('Without an address.', { email: null });
  await waits('Without one either.', { email: null });
  const view = await viewOf(moderator, { queue: 'pending', person: first.publicId });
  expect(view.cards).toHaveLength(2);
  expect(view.named.person).toMatch(/^Grete/);
  expect(JSON.stringify(view)).not.toMatch(/example\.(net|org)/);
  expect(await textsIn(moderator, { queue: 'pending', person: nameless.publicId })).toEqual(['Without an address.']);
  expect(await textsIn(moderator, { queue: 'pending', person: 'zzzzzzzzzzzz' })).toEqual([]);
});

test('a network’s filter finds what came from it', async () => {
  const { owner, waits } = await scene();
  const hash = (end: string) => `3fa9c0ffee12${end.repeat(52)}`;
  await waits('One.', { ipHash: hash('0') });
  await waits('Two.', { ipHash: hash('f') });
  await waits('Elsewhere.', { ipHash: `3fa9c0ffee13${'0'.repeat(52)}` });
  await waits('Nowhere.');
  expect((await textsIn(owner, { queue: 'pending', network: '3fa9c0ffee12' })).sort()).toEqual(['One.', 'Two.']);
});

test('a reason’s filter finds what it brought here', async () => {
  const { owner, waits } = await scene();
  await waits('Links.', { rule: 'links' });
  await waits('First.', { rule: 'first-comment' });
  expect(await textsIn(owner, { queue: 'pending', rule: 'links' })).toEqual(['Links.']);
});

test('days are days of the blog’s own calendar, both included', async () => {
  const { owner, waits } = await scene();
  await db().site.create({ data: { id: 1, title: 'T', timeZone: 'Pacific/Auckland' } });
  // Auckland is thirteen hours ahead.
  for (const at of ['2026-11-09T10:59:59.999Z', '2026-11-09T11:00:00Z', '2026-11-11T10:59:59.999Z', '2026-11-11T11:00:00Z']) await waits(at, { createdAt: new Date(at) });
  expect(await textsIn(owner, { queue: 'pending', from: '2026-11-10', to: '2026-11-11' }, 'oldest')).toEqual(['2026-11-09T11:00:00Z', '2026-11-11T10:59:59.999Z']);
  expect(await textsIn(owner, { queue: 'pending', from: '2026-11-12' })).toEqual(['2026-11-11T11:00:00Z']);
  expect(await textsIn(owner, { queue: 'pending', to: '2026-11-09' })).toEqual(['2026-11-09T10:59:59.999Z']);
  expect(await textsIn(owner, { queue: 'pending', from: '0001-01-01', to: '9999-12-31' })).toHaveLength(4);
});

test('words are found in texts and names, the last one by its beginning, and never in an address', async () => {
  const { owner, waits } = await scene();
  await waits('My daughter wakes at four.', { name: 'Ines' });
  await waits('He sleeps through.', { name: 'Jonas', email: 'daughter@example.com' });
  const found = (q: string) => textsIn(owner, { queue: 'pending', q });
  expect(await found('DAUGHTER')).toEqual(['My daughter wakes at four.']);
  expect(await found('daughter wak')).toEqual(['My daughter wakes at four.']);
  expect(await found('jon')).toEqual(['He sleeps through.']);
  expect(await found('daugh four')).toEqual([]);
  expect(await found('"wakes at"')).toEqual(['My daughter wakes at four.']);
  expect(await found('"at wakes"')).toEqual([]);
  expect((await found('daughter or sleeps')).sort()).toEqual(['He sleeps through.', 'My daughter wakes at four.']);
  expect(await found('-daughter')).toEqual(['He sleeps through.']);
  for (const q of ['daughter@example.com', 'example', '!!!', "'", "' & !", '(', '\\', 'a:*', '<->']) expect(await found(q), q).toEqual([]);
});

test('filters together narrow one another', async () => {
  const { owner, waits } = await scene();
  await waits('Four in the morning.', { rule: 'links' });
  await waits('Four again.', { rule: 'first-comment' });
  await waits('Five.', { rule: 'links' });
  expect(await textsIn(owner, { queue: 'pending', q: 'four', rule: 'links', post: 'sleep', from: '2026-11-01' })).toEqual(['Four in the morning.']);
});

test('All holds what waits and what is published, in one order', async () => {
  const { owner, waits } = await scene();
  for (const [index, status] of (['pending', 'approved', 'spam', 'pending', 'trash', 'approved'] as const).entries()) await waits(`${index}`, { status, createdAt: daysAgo(index) });
  expect(await textsIn(owner, { queue: 'all' })).toEqual(['0', '1', '3', '5']);
  expect(await textsIn(owner, { queue: 'all' }, 'oldest')).toEqual(['5', '3', '1', '0']);
});

async function pages(viewer: Person, filter: QueueFilter, sort: Sort): Promise<string[]> {
  const ids: string[] = [];
  for (let after: string | null = null, page = 0; page < 9; page += 1) {
    const view = await viewOf(viewer, filter, sort, after);
    ids.push(...view.cards.map(({ id }) => id));
    after = view.next;
    if (after === null) return ids;
  }
  throw new Error('The pages do not end.');
}

test.each(SORTS)('pages by %s hold every comment once and in order, through ties', async (sort) => {
  const { owner, waits } = await scene();
  for (let at = 0; at < 60; at += 1) await waits(`${at}`, { createdAt: daysAgo(at % 4), risk: (at % 3) * 30, status: at % 2 ? 'approved' : 'pending' });
  const rows = await db().comment.findMany({ select: { id: true, publicId: true, createdAt: true, risk: true } });
  const newest = (a: (typeof rows)[number], b: (typeof rows)[number]) => b.createdAt.getTime() - a.createdAt.getTime() || (a.id < b.id ? 1 : -1);
  const order = { newest, oldest: (a, b) => newest(b, a), risk: (a, b) => b.risk - a.risk || newest(a, b) } satisfies Record<Sort, typeof newest>;
  expect(await pages(owner, wholeQueue('all'), sort)).toEqual(rows.sort(order[sort]).map(({ publicId }) => publicId));
});

test.each(SORTS)('what is urgent stands first in Pending by %s, on the first page, and once', async (sort) => {
  const { owner, waits } = await scene();
  for (let at = 0; at < 30; at += 1) await waits(`${at}`, { createdAt: daysAgo(at), risk: at });
  const urgent = [await waits('Urgent.', { createdAt: daysAgo(15), isUrgent: true }), await waits('Urgent too.', { createdAt: daysAgo(40), isUrgent: true })];
  const ids = await pages(owner, wholeQueue('pending'), sort);
  expect(new Set(ids).size).toBe(32);
  expect(ids).toHaveLength(32);
  expect(ids.slice(0, 2).sort()).toEqual(urgent.map(({ publicId }) => publicId).sort());
  expect(await textsIn(owner, { queue: 'pending', q: 'too' })).toEqual(['Urgent too.']);
});

test('words are found between the marks of a printed page', async () => {
  const { owner, post } = await scene();
  await makeComment({ postId: post.id, status: 'pending', source: 'She said “owls’ wings”—and then…nothing.' });
  for (const q of ['owls', 'owl', 'wings', 'and', 'nothing', '“owls’', 'Owls’ wings']) expect([q, await textsIn(owner, { queue: 'pending', q })]).toEqual([q, ['She said “owls’ wings”—and then…nothing.']]);
});

test('letters are the same whether large or small, with accents or without, typed in one piece or two', async () => {
  const { owner, post } = await scene();
  await makeComment({ postId: post.id, status: 'pending', source: 'Élodie hat ÄRGER mit der Größe; ça va, señora Muñoz? Ёлка, Łódź, Ångström.' });
  const asked = ['elodie', 'ÉLODIE', 'ärger', 'Arger', 'größe', 'GRÖßE', 'grobe', 'ca va', 'munoz', 'MUN\u0303OZ', 'елка', 'ёлка', 'ŁÓDŹ', 'angst', 'ångström'];
  const answers = await Promise.all(asked.map((q) => textsIn(owner, { queue: 'pending', q })));
  expect(asked.filter((_, index) => answers[index]?.length === 1)).toEqual(asked.filter((q) => q !== 'grobe'));
});

test('an author finds what stands under own posts, and cannot join it to others by a comment elsewhere', async () => {
  const { author, waits } = await scene();
  const own = await makePost({ authorId: author.userId, slug: 'own' });
  const elsewhere = await waits('Elsewhere.', { email: 'grete@example.net' });
  const below = await waits('Below.', { postId: own.id, email: 'grete@example.net', ipHash: 'a'.repeat(64) });
  await waits('Beside.', { ipHash: 'a'.repeat(64) });
  expect(await textsIn(author, { queue: 'pending' })).toEqual(['Below.']);
  expect(await textsIn(author, { queue: 'pending', person: below.publicId })).toEqual(['Below.']);
  expect(await textsIn(author, { queue: 'pending', person: elsewhere.publicId })).toEqual([]);
  expect(await textsIn(author, { queue: 'pending', network: 'a'.repeat(12) })).toEqual(['Below.']);
  expect(await textsIn(author, { queue: 'pending', q: 'elsewhere' })).toEqual([]);
  const view = await viewOf(author, { queue: 'pending', post: 'sleep', person: elsewhere.publicId });
  expect(view).toMatchObject({ cards: [], named: { post: null, person: null }, posts: [{ slug: 'own' }] });
});

test('no address is in what a moderator or an author is shown, whatever they ask for', async () => {
  const { owner, author, waits } = await scene();
  const own = await makePost({ authorId: author.userId });
  const ruth = await person('reader', { email: 'ruth@example.com' });
  const comments = [await waits('Hers.', { postId: own.id, userId: ruth.userId, email: 'ruth@example.com' }), await waits('A guest’s.', { postId: own.id, email: 'grete@example.net' })];
  for (const viewer of [await person('moderator'), author]) {
    for (const asked of [{}, { person: comments[0]?.publicId ?? '' }, { person: comments[1]?.publicId ?? '' }, { person: ruth.userId }, { q: 'ruth' }]) {
      expect(JSON.stringify(await viewOf(viewer, { queue: 'pending', ...asked }))).not.toMatch(/@|example\./);
    }
  }
  expect(JSON.stringify(await viewOf(owner, { queue: 'pending' }))).toContain('grete@example.net');
});

test('all that match a filter are counted and listed as far as the viewer sees them, up to a moment, in order and in steps', async () => {
  const { owner, author, waits } = await scene();
  for (let at = 0; at < 7; at += 1) await waits(`Spam ${at}.`, { status: 'spam', createdAt: daysAgo(at) });
  await waits('Not this.', { status: 'spam', createdAt: daysAgo(3) });
  const filter = { ...wholeQueue('spam'), q: 'spam' };
  expect(await countMatching(owner, filter, now)).toBe(7);
  expect(await countMatching(owner, filter, daysAgo(2))).toBe(5);
  expect(await countMatching(author, filter, now)).toBe(0);
  const first = await listMatching(db(), owner, filter, daysAgo(2), 3, null);
  const rest = await listMatching(db(), owner, filter, daysAgo(2), 3, first.at(-1)?.id ?? null);
  expect([first.length, rest.length]).toEqual([3, 2]);
  const all = [...first, ...rest];
  expect(all.map(({ id }) => id)).toEqual(all.map(({ id }) => id).sort());
  expect(new Set(all.map(({ comment }) => comment)).size).toBe(5);
  expect(first[0]).toMatchObject({ revision: 1, seenStatus: 'spam', comment: expect.stringMatching(/^\w{12}$/) });
});
