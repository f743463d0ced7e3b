import { once } from 'node:events';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { deleteDueAccounts } from '@/lib/account/commands';
import { changeProfile } from '@/lib/account/profile';
import { pictureTag, postTag, type Tag } from '@/lib/cache-tags';
import { findDiscussion } from '@/lib/comments/discussion';
import { BEGINNING } from '@/lib/comments/rules';
import { listOwnWaiting } from '@/lib/comments/own';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import type { Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { keepPicture } from '@/lib/media/commands';
import { askForPicture, changePortrait } from '@/lib/media/portraits';
import { findPicture } from '@/lib/media/queries';
import { picturePath } from '@/lib/media/rules';
import { findQueue } from '@/lib/moderation/queries';
import { wholeQueue } from '@/lib/moderation/rules';
import { findPost } from '@/lib/posts/queries';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { WORK } from '@/server/job-handlers';
import { useDatabase } from '@/tests/support/database';

const database = useDatabase();

let origin = '';
let asked: string[] = [];
let whileAsked: () => Promise<void> = async () => {};
const server = http.createServer((request, response) => {
  asked.push(request.url ?? '');
  const background = request.url?.startsWith('/blue') ? '#0000ff' : '#ff0000';
  void (async () => {
    await whileAsked();
    const body = await sharp({ create: { width: 40, height: 40, channels: 3, background } }).png().toBuffer();
    response.writeHead(request.url === '/none' ? 404 : request.url === '/later' ? 503 : 200, { 'content-type': 'image/png' }).end(body);
  })();
});

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => void server.close());

let changed: Tag[] = [];
beforeEach(() => {
  [asked, changed, whileAsked] = [[], [], async () => {}];
  onOwnChange((tags) => changed.push(...tags));
});

const keep = (userId: string, path: string) => keepPicture({ userId, source: origin + path, trustedOrigin: origin });
const kept = (userId: string) => db().picture.findUniqueOrThrow({ where: { userId } });
const publishedAt = new Date('2026-01-01');

test('a picture is fetched once and kept small', async () => {
  const { id } = await makeUser();
  expect(await keep(id, '/red')).toEqual({ ok: true, value: 'kept' });
  expect(await keep(id, '/red')).toEqual({ ok: true, value: 'as-before' });
  expect(asked).toEqual(['/red']);
  const { sha256, source } = await kept(id);
  expect(source).toBe(`${origin}/red`);
  const found = await findPicture(sha256);
  expect(found?.mimeType).toBe('image/webp');
  expect((await sharp(found!.bytes).metadata()).width).toBe(160);
});

test('another picture takes its place, and the first is no longer to be had', async () => {
  const { id } = await makeUser();
  await keep(id, '/red');
  const first = (await kept(id)).sha256;
  changed = [];
  await keep(id, '/blue');
  const second = (await kept(id)).sha256;
  expect(second).not.toBe(first);
  expect(await findPicture(first)).toBeNull();
  expect([...changed].sort()).toEqual([pictureTag(first), pictureTag(second)].sort());
});

test('the same picture at another address changes no page', async () => {
  const { id } = await makeUser();
  await keep(id, '/red?size=96');
  changed = [];
  await keep(id, '/red?size=400');
  expect((await kept(id)).source).toBe(`${origin}/red?size=400`);
  expect(changed).toEqual([]);
});

test('what cannot be fetched leaves what was kept', async () => {
  const { id } = await makeUser();
  await keep(id, '/red');
  const before = await kept(id);
  expect(await keep(id, '/none')).toEqual({ ok: true, value: 'refused' });
  expect(await keep(id, '/later')).toMatchObject({ ok: false, code: 'unavailable' });
  expect(await keepPicture({ userId: id, source: 'https://10.0.0.1/', trustedOrigin: null })).toEqual({ ok: true, value: 'refused' });
  expect(await kept(id)).toEqual(before);
});

const ask = (userId: string, path: string) => db().$transaction((tx) => askForPicture(tx, userId, origin + path, origin));
const listJobs = async () => (await database.sql.query<{ data: unknown }>(`SELECT data FROM pgboss.job WHERE name = 'picture' AND state = 'created' ORDER BY created_on`)).rows.map(({ data }) => data);

test('a sign-in asks for the picture once, with its own transaction, and the job fetches it', async () => {
  const { id } = await makeUser();
  await expect(db().$transaction(async (tx) => {
    await askForPicture(tx, id, `${origin}/red`, origin);
    throw new Error('no sign-in');
  })).rejects.toThrow('no sign-in');
  expect(await listJobs()).toEqual([]);
  await ask(id, '/red');
  await ask(id, '/red');
  expect(await listJobs()).toEqual([{ userId: id, source: `${origin}/red`, trustedOrigin: origin }]);
  expect(asked).toEqual([]);
  await WORK.picture?.handle((await listJobs())[0]);
  expect((await kept(id)).source).toBe(`${origin}/red`);
});

test('a sign-in asks for nothing that is kept already, nor for what is no address', async () => {
  const { id } = await makeUser();
  await keep(id, '/red');
  await ask(id, '/red');
  await db().$transaction((tx) => askForPicture(tx, id, '', null));
  await db().$transaction((tx) => askForPicture(tx, id, `https://pictures.example/${'x'.repeat(2_000)}`, null));
  expect(await listJobs()).toEqual([]);
  await ask(id, '/blue');
  expect(await listJobs()).toMatchObject([{ source: `${origin}/blue` }]);
});

test('what may be there later is tried again, and nothing else', async () => {
  const { id } = await makeUser();
  const carryOut = async (path: string) => WORK.picture?.handle({ userId: id, source: origin + path, trustedOrigin: origin });
  await expect(carryOut('/later')).rejects.toThrow();
  await carryOut('/none');
  expect(await db().picture.count()).toBe(0);
});

test('nobody is asked for the picture of a person who is not there', async () => {
  expect(await keep(newId(), '/red')).toEqual({ ok: true, value: 'nobody-there' });
  expect(asked).toEqual([]);
});

test('a person deleted during the fetch is no error and leaves nothing', async () => {
  const { id } = await makeUser();
  whileAsked = async () => void (await db().user.delete({ where: { id } }));
  expect(await keep(id, '/red')).toEqual({ ok: true, value: 'nobody-there' });
  expect(await db().picture.count()).toBe(0);
});

test('a new picture changes the pages that show it, and no others', async () => {
  const author = await makeUser({ role: 'author' });
  const reader = await makeUser();
  const post = (slug: string) => makePost({ authorId: author.id, slug, publishedAt });
  const [open, masked, waiting, other] = [await post('open'), await post('masked'), await post('waiting'), await post('other')];
  const mask = await db().pseudonym.create({ data: { id: newId(), postId: masked.id, userId: reader.id, name: 'Nobody' } });
  await makeComment({ postId: open.id, userId: reader.id });
  await makeComment({ postId: open.id, userId: reader.id });
  await makeComment({ postId: masked.id, userId: reader.id, pseudonymId: mask.id, email: null });
  await makeComment({ postId: waiting.id, userId: reader.id, status: 'pending' });
  await makeComment({ postId: other.id });
  await keep(reader.id, '/red');
  expect([...changed].sort()).toEqual([pictureTag((await kept(reader.id)).sha256), postTag(open.id)].sort());
  changed = [];
  await keep(author.id, '/blue');
  expect([...changed].sort()).toEqual([pictureTag((await kept(author.id)).sha256), 'posts'].sort());
});

test('one who shows no picture any more is shown nowhere, and its address is empty unless another has the same', async () => {
  const [first, second] = [await makeUser(), await makeUser()];
  await keep(first.id, '/red');
  await keep(second.id, '/red?again');
  const { sha256 } = await kept(first.id);
  expect((await kept(second.id)).sha256).toBe(sha256);
  await db().user.update({ where: { id: first.id }, data: { showPicture: false } });
  expect(await findPicture(sha256)).not.toBeNull();
  await db().user.update({ where: { id: second.id }, data: { showPicture: false } });
  expect(await findPicture(sha256)).toBeNull();
});

test('whoever changes a portrait names its address too', async () => {
  const { id } = await makeUser();
  await keep(id, '/red');
  const tags: Tag[] = [];
  await changePortrait(db(), id, (tag) => tags.push(tag));
  expect(tags).toEqual([pictureTag((await kept(id)).sha256)]);
});

test('who switches the picture off, or is deleted, changes the pages that show it and its address', async () => {
  const { id, name } = await makeUser();
  const post = await makePost({ authorId: (await makeUser()).id, slug: 'one', publishedAt });
  await makeComment({ postId: post.id, userId: id });
  await keep(id, '/red');
  const { sha256 } = await kept(id);
  const person: Person = { kind: 'person', userId: id, name: name!, isNamed: true, email: null, role: 'reader', standing: 'normal', standingUntil: null, writerHash: null };
  for (const showPicture of [false, true]) {
    changed = [];
    expect(await changeProfile(person, { name: name!, website: '', showPicture }, new Date())).toMatchObject({ ok: true });
    expect([...changed].sort()).toEqual([pictureTag(sha256), postTag(post.id)].sort());
    expect(await findPicture(sha256)).toEqual(showPicture ? expect.anything() : null);
  }
  changed = [];
  await db().user.update({ where: { id }, data: { deleteAt: publishedAt, deleteComments: 'anonymise' } });
  await deleteDueAccounts(new Date());
  expect([...new Set(changed)].sort()).toEqual([pictureTag(sha256), postTag(post.id)].sort());
  expect(await findPicture(sha256)).toBeNull();
});

test('the picture stands with what a person writes under their own name: to readers, to themself, to moderators', async () => {
  const author = await makeUser({ role: 'author', emailVerified: publishedAt });
  const reader = await makeUser();
  const post = await makePost({ authorId: author.id, slug: 'one', publishedAt });
  const mask = await db().pseudonym.create({ data: { id: newId(), postId: post.id, userId: reader.id, name: 'Nobody' } });
  await keep(reader.id, '/red');
  await keep(author.id, '/blue');
  const [red, blue] = [picturePath((await kept(reader.id)).sha256), picturePath((await kept(author.id)).sha256)];
  for (const status of ['approved', 'pending'] as const) {
    await makeComment({ postId: post.id, userId: reader.id, name: 'Own name', status });
    await makeComment({ postId: post.id, userId: reader.id, pseudonymId: mask.id, email: null, name: 'Nobody', status });
    await makeComment({ postId: post.id, name: 'A guest', status });
  }
  const asModerator: Person = { kind: 'person', userId: newId(), name: 'M', isNamed: true, email: null, role: 'moderator', standing: 'normal', standingUntil: null, writerHash: null };
  const asReader: Person = { ...asModerator, userId: reader.id, role: 'reader' };
  const pictures = async () => ({
    byline: (await findPost('one', new Date()))?.author.picture,
    discussion: (await findDiscussion({ id: post.id, authorId: author.id, authorIsClaimed: true }, BEGINNING))?.threads.map((node) => node.kind === 'comment' && [node.name, node.picture]),
    waiting: (await listOwnWaiting(post.id, asReader)).map(({ name, picture }) => [name, picture]),
    queue: (await findQueue(asModerator, wholeQueue('pending'), 'newest', null, null)).cards.map(({ name, picture }) => [name, picture]).reverse(),
  });
  const guest = ['A guest', null];
  const masked = ['Nobody', null];
  expect(await pictures()).toEqual({ byline: blue, discussion: [['Own name', red], masked, guest], waiting: [['Own name', red], masked], queue: [['Own name', red], masked, guest] });
  await db().user.updateMany({ data: { showPicture: false } });
  const own = ['Own name', null];
  expect(await pictures()).toEqual({ byline: null, discussion: [own, masked, guest], waiting: [own, masked], queue: [own, masked, guest] });
});
