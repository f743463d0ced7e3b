import { describe, expect, test } from 'vitest';
import { submitComment } from '@/lib/comments/commands';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { sentenceOfTry, type Tried } from '@/lib/moderation/rules-form';
import { findScreeningRules } from '@/lib/moderation/screening-rules';
import { tryRules } from '@/lib/moderation/try-rules';
import { networkMarker } from '@/lib/network-keys';
import { newId } from '@/lib/ids';
import { db } from '@/lib/db/client';
import { makeComment, makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

useDatabase();
const markOf = async (ip: string) => (await networkMarker())(ip).present;
const now = new Date('2026-11-26T08:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

const actor = (role: Role): Person => ({ kind: 'person', userId: crypto.randomUUID(), name: 'P', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null });

async function tried(typed: Record<string, string>, who: Actor = actor('owner')): Promise<Tried> {
  const result = await tryRules(who, typed, now);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

async function scene(given: object = {}) {
  const author = await makeUser({ role: 'owner', name: 'Olga Owner' });
  const post = await makePost({ authorId: author.id, slug: 'one', title: 'Slow mornings', publishedAt: at(-1000), ...given });
  return { author, post };
}

test('of the last two hundred comments it says which a new word would have held, though strangers are held anyway', async () => {
  const { post } = await scene();
  await Promise.all(Array.from({ length: 205 }, (_, n) => makeComment({ postId: post.id, status: 'pending', createdAt: at(n - 300), source: n % 30 === 5 ? `My Giráffe number ${n}` : `Good morning ${n}` })));
  const answer = await tried({ heldWords: 'giraffe' });
  expect(sentenceOfTry(answer)).toBe('Of your last 200 comments this would have held 7.');
  expect(answer.listed.map(({ beginning }) => beginning)).toEqual([185, 155, 125, 95, 65, 35, 5].map((n) => `My Giráffe number ${n}`));
  expect(answer.listed[0]).toMatchObject({ post: 'Slow mornings', status: 'pending', fate: 'held', createdAt: at(185 - 300).toISOString(), reasons: [{ rule: 'held-word', word: 'giraffe' }] });
  expect([answer.saved, answer.edited]).toEqual([{ 'first-comment': 200 }, { 'first-comment': 193, 'held-word': 7 }]);
  expect((await findScreeningRules()).rules.heldWords).toEqual([]);
});

test('of fewer comments it says how many there are', async () => {
  expect(sentenceOfTry(await tried({ heldWords: 'giraffe' }))).toBe('There is no comment of a reader yet to try this on.');
  const { post } = await scene();
  await makeComment({ postId: post.id, source: 'A casino.' });
  expect(sentenceOfTry(await tried({ heldWords: 'casino' }))).toBe('Of your one comment so far this would have held 1.');
  await makeComment({ postId: post.id });
  expect(sentenceOfTry(await tried({ maxLinks: '1' }))).toBe('Of your 2 comments this would have changed nothing.');
});

test('what runs the blog writes, mentions and what was deleted is not looked at', async () => {
  const { author, post } = await scene();
  const other = await makeUser({ role: 'author' });
  await makeComment({ postId: post.id, userId: author.id, source: 'staff casino' });
  await makeComment({ postId: post.id, kind: 'mention', source: 'mention casino' });
  await makeComment({ postId: post.id, status: 'deleted', source: 'deleted casino' });
  await makeComment({ postId: post.id, userId: other.id, source: 'author elsewhere casino' });
  expect((await tried({ heldWords: 'casino' })).listed.map(({ beginning }) => beginning)).toEqual(['author elsewhere casino']);
});

describe('of a writer it is what was so when the comment came', () => {
  test('a signed-in person’s first comment is held, and the next one let through; a stricter rule would have held it', async () => {
    const { post } = await scene();
    const reader = await makeUser({ name: 'Rita' });
    for (const minutes of [-20, -10]) await makeComment({ postId: post.id, userId: reader.id, email: null, createdAt: at(minutes), source: `https://a.example ${minutes} words and words` });
    const answer = await tried({ maxLinks: '1' });
    expect(answer.saved).toEqual({ 'first-comment': 1, 'known-writer': 1 });
    expect(answer.edited).toEqual({ links: 2 });
    expect(sentenceOfTry(answer)).toBe('Of your 2 comments this would have held 2.');
  });

  test('a domain that is trusted would have let its people through, whose address is proven', async () => {
    const { post } = await scene();
    const proven = await makeUser({ email: 'rita@school.example', emailVerified: now });
    const claimed = await makeUser({ email: 'carl@school.example' });
    for (const { id } of [proven, claimed]) await makeComment({ postId: post.id, userId: id, email: null, status: 'pending' });
    await makeComment({ postId: post.id, email: 'guest@school.example', status: 'pending' });
    const answer = await tried({ trusted: 'school.example' });
    expect(sentenceOfTry(answer)).toBe('Of your 3 comments this would have let 1 through that is held now.');
    expect(answer.listed.map(({ fate, reasons }) => [fate, reasons[0]?.rule])).toEqual([['let-through', 'trusted']]);
  });

  test('a guest who uses the name of somebody approved before is not proven', async () => {
    const { post } = await scene();
    await makeComment({ postId: post.id, name: 'Ines', createdAt: at(-20) });
    await makeComment({ postId: post.id, name: 'ines', createdAt: at(-10) });
    expect((await tried({})).saved).toEqual({ 'first-comment': 1, 'unproven-identity': 1 });
  });
});

test('a word that is not allowed, a refused domain and everything held are each told as what would have become of it', async () => {
  const { post } = await scene();
  await makeComment({ postId: post.id, source: 'some viagra', email: 'a@one.example' });
  await makeComment({ postId: post.id, email: 'a@pest.example' });
  const reader = await makeUser();
  await makeComment({ postId: post.id, userId: reader.id, email: null, createdAt: at(-10) });
  await makeComment({ postId: post.id, userId: reader.id, email: null, createdAt: at(-5) });
  expect(sentenceOfTry(await tried({ disallowedWords: 'viagra', refused: 'pest.example' }))).toBe('Of your 4 comments this would have sorted 2 to Trash.');
  expect(sentenceOfTry(await tried({ disallowedWords: 'viagra', holdAll: 'on' }))).toBe('Of your 4 comments this would have held 3 and sorted 1 to Trash.');
  await makeRules({ disallowedWords: ['viagra'] });
  expect(sentenceOfTry(await tried({ disallowedWords: '' }))).toBe('Of your 4 comments this would have held 1 that is sorted out now.');
});

test('a word that is taken away holds nothing anew', async () => {
  const { post } = await scene();
  await makeComment({ postId: post.id, source: 'A casino.', status: 'pending' });
  await makeRules({ heldWords: ['casino'] });
  const answer = await tried({ heldWords: '' });
  expect(sentenceOfTry(answer)).toBe('Of your one comment so far this would have changed nothing.');
  expect([answer.saved, answer.edited]).toEqual([{ 'held-word': 1 }, { 'first-comment': 1 }]);
});

describe('who wrote under a name on one post only', () => {
  test('is nobody of whom anything is known: no fact, address or network becomes a reason', async () => {
    const { post } = await scene();
    const reader = await makeUser({ email: 'rita@school.example', emailVerified: now, standing: 'trusted' });
    await makeComment({ postId: post.id, userId: reader.id, email: null, createdAt: at(-60) });
    await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: reader.id, name: 'Quiet Owl' } });
    const pseudonym = await db().pseudonym.findFirstOrThrow();
    await makeComment({ postId: post.id, userId: reader.id, pseudonymId: pseudonym.id, name: 'Quiet Owl', email: null, status: 'pending', ipHash: await markOf('192.0.2.7') });
    const answer = await tried({ trusted: 'school.example', refused: '192.0.2.7\nrita@school.example' });
    expect(answer.saved).toEqual({ trusted: 1, pseudonym: 1 });
    expect(answer.listed.map(({ name }) => name)).not.toContain('Quiet Owl');
    expect(JSON.stringify(answer)).not.toContain(reader.id);
  });
});

test('an address on the network is known again where it stands by itself, and by a range only where it does', async () => {
  const { post } = await scene();
  await makeComment({ postId: post.id, ipHash: await markOf('192.0.2.7') });
  expect(sentenceOfTry(await tried({ refused: '192.0.2.7' }))).toBe('Of your one comment so far this would have sorted 1 to Trash.');
  expect(sentenceOfTry(await tried({ refused: '192.0.2.0/24' }))).toBe('Of your one comment so far this would have changed nothing.');
});

test('what a dry run says is what screening does when such a comment comes', async () => {
  await scene();
  const send = (name: string) => submitComment({ kind: 'guest', writerHash: null }, { post: 'one', parent: '', comment: `A casino for ${name}`, guest: { name, email: `${name}@example.com`, website: '' } }, `192.0.2.${name.length}`, now);
  expect(await send('Ines')).toMatchObject({ ok: true, value: { status: 'pending' } });
  const answer = await tried({ disallowedWords: 'casino' });
  await makeRules({ disallowedWords: ['casino'] });
  expect(await send('Jonas')).toMatchObject({ ok: true, value: { status: answer.listed[0]?.fate } });
});

test('what cannot be saved cannot be tried, and says the same', async () => {
  expect(await tryRules(actor('owner'), { refused: 'not one' }, now)).toMatchObject({ ok: false, code: 'invalid', fields: { refused: expect.stringContaining('“not one”') } });
});

test.each<[string, Actor, string]>([['guest', { kind: 'guest', writerHash: null }, 'not-signed-in'], ['reader', actor('reader'), 'not-found'], ['author', actor('author'), 'forbidden'], ['moderator', actor('moderator'), 'forbidden']])('a %s tries nothing', async (_who, who, code) => {
  expect(await tryRules(who, { heldWords: 'casino' }, now)).toMatchObject({ ok: false, code });
});

test('while long comments are read for it, others get their turn', async () => {
  const { post } = await scene();
  const source = 'http://a.example/ '.repeat(1500);
  for (let n = 0; n < 8; n += 1) await makeComment({ postId: post.id, source, name: `Many links ${n}` });
  let [last, longest] = [performance.now(), 0];
  const begun = last;
  const watch = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  });
  await tried({ maxLinks: '1' });
  clearInterval(watch);
  longest = Math.max(longest, performance.now() - last);
  expect(longest).toBeLessThan((performance.now() - begun) / 2);
});
