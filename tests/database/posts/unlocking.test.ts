import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { keyOf } from '@/lib/posts/keys';
import { unlockPost } from '@/lib/posts/unlocking';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const written = new Date('2016-05-13T12:00:00Z');
const HERE = '192.0.2.1';
const PASSWORD = 'Für die Familie';

let post: { id: string; password: string | null };

beforeEach(async () => {
  const { id: authorId } = await makeUser();
  post = await makePost({ authorId, status: 'password', slug: 'familie', password: PASSWORD, publishedAt: written });
});

const say = (password: unknown, more: { ip?: string; slug?: unknown; kind?: unknown } = {}) => unlockPost({ kind: 'post', slug: 'familie', ...more, password }, more.ip ?? HERE, now);

test.each([PASSWORD, PASSWORD.normalize('NFD'), ` ${PASSWORD}\n`])('%j opens the post for this browser', async (password) => {
  expect(await say(password)).toEqual({ ok: true, value: { readAt: '/posts/familie/read', given: { id: post.id, path: '/posts/familie', key: keyOf(post) } } });
});

test('a page opens below its own address', async () => {
  const page = await makePost({ authorId: (await makeUser()).id, kind: 'page', status: 'password', slug: 'für-euch', password: 'x', publishedAt: written });
  const path = `/${encodeURIComponent('für-euch')}`;
  expect(await unlockPost({ kind: 'page', slug: 'für-euch'.normalize('NFD'), password: 'x' }, HERE, now)).toEqual({ ok: true, value: { readAt: `${path}/read`, given: { id: page.id, path, key: keyOf(page) } } });
});

test.each<[unknown, string]>([
  ['für die familie', 'forbidden'], ['Für die Famili', 'forbidden'], ['x'.repeat(20_000), 'forbidden'], ['\0', 'forbidden'], ['\uD800', 'forbidden'],
  ['', 'invalid'], ['   ', 'invalid'], [undefined, 'invalid'], [{}, 'invalid'],
])('%j opens nothing: %s', async (password, code) => expect(await say(password)).toMatchObject({ ok: false, code }));

test('a post whose password nobody knows opens for none', async () => {
  for (const password of [null, '', ' ']) {
    await db().post.update({ where: { id: post.id }, data: { password } });
    expect(await say('null')).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await say(' ')).toMatchObject({ ok: false, code: 'invalid' });
  }
});

test.each<[Record<string, unknown>, string]>([
  [{ slug: 'none' }, 'not-found'], [{ kind: 'page' }, 'not-found'], [{ slug: 'a\0b' }, 'not-found'], [{ slug: '\uD800' }, 'not-found'],
  [{ slug: '' }, 'malformed'], [{ slug: 'x'.repeat(201) }, 'malformed'], [{ kind: 'draft' }, 'malformed'], [{ slug: undefined }, 'malformed'],
])('%j: %s', async (more, code) => expect(await say(PASSWORD, more)).toMatchObject({ ok: false, code }));

test.each(['draft', 'scheduled', 'private', 'trash'] as const)('a post that is %s is not there, whatever is said', async (status) => {
  await db().post.update({ where: { id: post.id }, data: { status } });
  expect(await say(PASSWORD)).toMatchObject({ ok: false, code: 'not-found' });
});

test.each(['published', 'unlisted'] as const)('a post that is %s by now needs no password, and none is kept', async (status) => {
  await db().post.update({ where: { id: post.id }, data: { status } });
  expect(await say('anything')).toEqual({ ok: true, value: { readAt: '/posts/familie', given: null } });
});

test('whoever guesses has ten tries; then the right one opens nothing either, there, and everything elsewhere', async () => {
  // Those who know it are not counted, however many there are behind one address.
  for (let n = 0; n < 12; n++) expect(await say(PASSWORD)).toMatchObject({ ok: true });
  const guesses = await Promise.all(Array.from({ length: 14 }, (_, n) => say(`guess ${n}`)));
  expect(guesses.map((guess) => !guess.ok && guess.code).sort()).toEqual([...Array<string>(10).fill('forbidden'), ...Array<string>(4).fill('too-many')]);
  const late = await say(PASSWORD);
  expect(late).toMatchObject({ ok: false, code: 'too-many' });
  expect(!late.ok && late.retryAfterSeconds).toBeGreaterThan(500);
  expect(await say(PASSWORD, { ip: '198.51.100.7' })).toMatchObject({ ok: true });
  await makePost({ authorId: (await makeUser()).id, status: 'password', slug: 'other', password: 'x', publishedAt: written });
  expect(await say('x', { slug: 'other' })).toMatchObject({ ok: true });
});
