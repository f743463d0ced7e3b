import { beforeEach, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { askForData, eraseOwnData, findOwnData, writeOwnAddress } from '@/lib/privacy/own-data';
import { DATA_LINKS_PER_EMAIL } from '@/lib/privacy/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { ALL, GUEST, comment, follow, later, mailsTo, now, origin, person } from '../subscriptions/scene';

useDatabase();
const EMAIL = 'ines@example.com';
let places = 0;
const ask = (email: string, at = now, ip = `10.1.${(places += 1) % 250}.1`) => askForData(email, { ip, origin }, at);

/** The token of the latest mail to an address. */
async function tokenFor(email = EMAIL): Promise<string> {
  const mail = (await mailsTo(email)).at(-1);
  const token = /\/privacy\/data\/([\w-]+)/.exec(mail?.text ?? '')?.[1];
  if (!token) throw new Error(`No link in: ${mail?.text}`);
  return token;
}
async function written(token: string, at = now): Promise<{ address: string; subscriptions: unknown; comments: { text: string; state: string }[] }> {
  const pieces = await writeOwnAddress(token, at);
  let text = '';
  for await (const piece of pieces!) text += piece;
  return JSON.parse(text) as never;
}

beforeEach(async () => {
  const author = await makeUser({ role: 'author' });
  await makePost({ authorId: author.id, slug: 'patience', title: 'Patience', publishedAt: new Date('2026-11-20T08:00:00Z') });
});

test('whoever reads the mail of an address sees what the blog has of it, and takes it along', async () => {
  await comment(GUEST, 'patience', { text: 'What I said.', wishes: ALL });
  await follow(EMAIL);
  expect(await ask('Ines@Example.com')).toEqual({ ok: true, value: EMAIL });
  const token = await tokenFor();
  expect(await findOwnData(token, now)).toMatchObject({ address: EMAIL, comments: 1, isSubscribed: true, hasAccount: false });
  const file = await written(token);
  expect(file).toMatchObject({ address: EMAIL, comments: [{ text: 'What I said.', state: 'waiting' }] });
  expect(file.subscriptions).toMatchObject({ threads: [{ post: { title: 'Patience' } }] });
  expect(JSON.stringify(file)).not.toMatch(/ipHash|writerHash|[0-9a-f]{64}/);
});

test('nothing tells whoever asks whether the blog knows an address', async () => {
  await comment(GUEST, 'patience');
  const [known, unknown] = [await ask(EMAIL), await ask('nobody@example.com')];
  expect([known.ok, unknown.ok]).toEqual([true, true]);
  const shape = async (email: string) => (await mailsTo(email)).at(-1)?.text.replace(/data\/\S+/, 'data/…');
  expect(await shape(EMAIL)).toBe(await shape('nobody@example.com'));
});

test('what others wrote under another address, signed in, or under a name on one post, is not theirs to take or delete', async () => {
  const user = await person('reader', { email: EMAIL });
  const { id: postId } = await db().post.findFirstOrThrow();
  await makeComment({ postId, userId: user.userId, email: EMAIL, source: 'Signed in.' });
  await makeComment({ postId, email: 'iness@example.com', source: 'Somebody else.' });
  await makeComment({ postId, email: 'i_es@example.com', source: 'A pattern.' });
  await makeComment({ postId, email: 'INES@example.com', source: 'Shouted.' });
  await ask(EMAIL);
  const token = await tokenFor();
  expect(await findOwnData(token, now)).toMatchObject({ comments: 1, hasAccount: true });
  expect((await written(token)).comments.map(({ text }) => text)).toEqual(['Shouted.']);
  expect(await eraseOwnData(token, 'remove', now)).toMatchObject({ ok: true });
  expect((await db().comment.findMany({ orderBy: { source: 'asc' } })).map(({ source }) => source)).toEqual(['', 'A pattern.', 'Signed in.', 'Somebody else.']);
  expect(await db().user.count({ where: { id: user.userId } })).toBe(1);
});

test('anonymised, the words stay where they were published; removed, a reply keeps its place', async () => {
  const { id: postId } = await db().post.findFirstOrThrow();
  const first = await makeComment({ postId, email: EMAIL, name: 'Ines', source: 'First.' });
  await makeComment({ postId, email: 'other@example.com', source: 'Answer.', parent: first });
  await ask(EMAIL);
  expect(await eraseOwnData(await tokenFor(), 'anonymise', now)).toMatchObject({ ok: true });
  expect(await db().comment.findUniqueOrThrow({ where: { id: first.id } })).toMatchObject({ name: 'Anonymous', email: null, source: 'First.', status: 'approved' });
  const second = await makeComment({ postId, email: EMAIL, name: 'Ines', source: 'Second.' });
  await makeComment({ postId, email: 'other@example.com', source: 'Answer again.', parent: second });
  await ask(EMAIL, later(60));
  expect(await eraseOwnData(await tokenFor(), 'remove', later(60))).toMatchObject({ ok: true });
  expect(await db().comment.findUniqueOrThrow({ where: { id: second.id } })).toMatchObject({ name: '', source: '', status: 'deleted', replyCount: 1 });
  expect((await db().post.findFirstOrThrow()).approvedCount).toBe(await db().comment.count({ where: { status: 'approved' } }));
});

test('a link is over after a day, after it was used, and is none when it is changed', async () => {
  await ask(EMAIL);
  const token = await tokenFor();
  const changed = token.slice(0, -1) + (token.endsWith('0') ? '1' : '0');
  for (const [one, at] of [[changed, now], ['', now], ['x'.repeat(54), now], [token, later(24 * 60 * 60 + 1)]] as const) {
    expect(await findOwnData(one, at)).toBeNull();
    expect(await writeOwnAddress(one, at)).toBeNull();
    expect(await eraseOwnData(one, 'remove', at)).toMatchObject({ ok: false, code: 'not-found' });
  }
  expect(await findOwnData(token, now)).not.toBeNull();
  expect(await eraseOwnData(token, 'remove', now)).toMatchObject({ ok: true });
  expect(await eraseOwnData(token, 'remove', now)).toMatchObject({ ok: false, code: 'not-found' });
});

test('so many mails go to one address a day, and so many are asked for from one place', async () => {
  for (let times = 0; times < DATA_LINKS_PER_EMAIL + 3; times += 1) expect(await ask(EMAIL, later(times))).toMatchObject({ ok: true });
  expect(await mailsTo(EMAIL)).toHaveLength(DATA_LINKS_PER_EMAIL);
  const answers = [];
  for (let times = 0; times < 11; times += 1) answers.push(await ask(`other${times}@example.com`, now, '10.99.0.1'));
  expect(answers.map(({ ok }) => ok)).toEqual([...Array<boolean>(10).fill(true), false]);
  expect(answers.at(-1)).toMatchObject({ code: 'too-many', retryAfterSeconds: expect.any(Number) as number });
});

test.each(['', ' ', 'none', 'a@b\r\nBcc: all@example.com', `${'x'.repeat(95)}@example.com`, 'a@example.com, b@example.com'])('“%s” is no address, and no mail is written', async (typed) => {
  expect(await ask(typed)).toMatchObject({ ok: false, code: 'invalid', fields: { email: expect.any(String) as string } });
  expect(await db().mail.count()).toBe(0);
});

test('asked at once sixteen times, no more than so many mails go out', async () => {
  await Promise.all(Array.from({ length: 16 }, () => ask(EMAIL)));
  expect(await mailsTo(EMAIL)).toHaveLength(DATA_LINKS_PER_EMAIL);
});

test('a comment that is sent while all is deleted goes with it, or stays whole', async () => {
  await comment(GUEST, 'patience', { text: 'Before.' });
  await ask(EMAIL);
  const token = await tokenFor();
  await Promise.all([eraseOwnData(token, 'remove', later(30)), comment(GUEST, 'patience', { text: 'At that moment.', at: later(30) })]);
  for (const { source, email, name } of await db().comment.findMany()) expect([['', null, ''], ['At that moment.', EMAIL, 'Ines']]).toContainEqual([source, email, name]);
});
