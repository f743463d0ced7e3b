import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { listAuthors } from '@/lib/posts/authors';
import { saveWorking } from '@/lib/posts/editing';
import { findForEditor } from '@/lib/posts/editor';
import { handOver } from '@/lib/posts/handing-over';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { findPost } from '@/lib/posts/queries';
import { actOnPost } from '@/lib/posts/publishing';
import { deletePost, restorePost, trashPost } from '@/lib/posts/trash';
import { publishDue } from '@/lib/posts/publish-job';
import { importFile } from '@/lib/transfer/commands';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { GUEST, whoEdits } from '@/tests/support/who-edits';
import { fixture } from '@/tests/support/wxr/write-export';

const database = useDatabase();

const now = new Date('2099-11-26T10:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

async function person(role: Role, name?: string): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now, ...(name && { name }) });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

let author: Person;
let post: { id: string };
beforeEach(async () => {
  author = await person('author', 'Anna');
  post = await makePost({ authorId: author.userId, slug: 'one', title: 'One', publishedAt: at(-60) });
});

const row = (id: string) => db().post.findUnique({ where: { id } });

describe('the trash', () => {
  test('hides a post from the very next request, and gives it back as it was', async () => {
    expect(await trashPost(author, post.id, now)).toEqual({ ok: true, value: { id: post.id, kind: 'post', title: 'One' } });
    expect(await findPost('one', now)).toBeNull();
    expect(await row(post.id)).toMatchObject({ status: 'trash', trashedFrom: 'published', trashedAt: now });
    expect(await restorePost(author, post.id, at(1))).toMatchObject({ ok: true, value: { state: 'published' } });
    expect(await findPost('one', at(1))).toMatchObject({ publishedAt: at(-60) });
    expect(await row(post.id)).toMatchObject({ trashedFrom: null, trashedAt: null });
    expect(await db().redirect.count()).toBe(0);
  });

  test.each<['draft' | 'unlisted' | 'private' | 'password', Date | null]>([['draft', null], ['unlisted', at(-5)], ['private', at(-5)], ['password', at(-5)]])('a post that is %s comes back as that', async (status, publishedAt) => {
    const { id } = await makePost({ authorId: author.userId, slug: 'two', status, publishedAt, ...(status === 'password' && { password: 'x' }) });
    await trashPost(author, id, now);
    await restorePost(author, id, now);
    expect(await row(id)).toMatchObject({ status, publishedAt, password: status === 'password' ? 'x' : null });
  });

  test('a scheduled post does not come out in it; it comes back scheduled, or as a draft when its time is over', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'two', status: 'scheduled', publishedAt: at(30) });
    await trashPost(author, id, now);
    await publishDue(at(40));
    expect((await row(id))?.status).toBe('trash');
    expect(await restorePost(author, id, at(10))).toMatchObject({ value: { state: 'scheduled' } });
    await trashPost(author, id, at(11));
    expect(await restorePost(author, id, at(40))).toMatchObject({ value: { state: 'draft' } });
    expect(await row(id)).toMatchObject({ status: 'draft', publishedAt: null });
  });

  test('what was being changed in a scheduled post that comes back as a draft is gone on with, and no later save is hidden by it', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'two', title: 'Two', status: 'scheduled', publishedAt: at(30) });
    const open = async () => (await findForEditor(author, id, { timeZone: 'UTC' }, at(41)))!;
    const save = async (title: string, minute: number) => {
      const { fields, saved } = await open();
      return saveWorking(author, { id, kind: 'post', fields: { ...fields, title }, seen: saved.seen, tab: newId() }, at(minute));
    };
    await save('Two, ahead', 1);
    await trashPost(author, id, at(2));
    await restorePost(author, id, at(40));
    expect((await open()).fields.title).toBe('Two, ahead');
    expect(await save('Two, at last', 41)).toMatchObject({ ok: true, value: { state: 'draft', isAhead: false } });
    const { fields, saved } = await open();
    expect(fields.title).toBe('Two, at last');
    expect(await actOnPost(author, { id, seen: saved.seen, act: { to: 'published' } }, at(42))).toMatchObject({ ok: true });
    expect(await findPost(saved.slug, at(43))).toMatchObject({ title: 'Two, at last' });
    expect((await db().postRevision.findMany({ where: { postId: id }, orderBy: { revision: 'asc' } })).map(({ title }) => title)).toContain('Two, ahead');
  });

  test('what an import brought into it comes back as a draft', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'two', status: 'trash' });
    expect(await restorePost(author, id, now)).toMatchObject({ value: { state: 'draft' } });
  });

  test('a post whose address was taken meanwhile comes back at another, to which the old links of its own lead', async () => {
    await trashPost(author, post.id, now);
    await db().post.update({ where: { id: post.id }, data: { slug: 'one-trashed' } });
    await restorePost(author, post.id, now);
    expect(await findLegacyTarget('/posts/one', {}, now)).toBe('/posts/one-trashed');
  });

  test('two at once: one puts it there, the other finds nothing to put', async () => {
    const both = await Promise.all([trashPost(author, post.id, now), trashPost(author, post.id, now)]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

describe('deleting for good', () => {
  test('only from the trash; comments, revisions and old addresses go, pictures stay', async () => {
    const asset = await db().mediaAsset.create({ data: { id: newId(), sha256: 'a'.repeat(64), mimeType: 'image/png', bytes: 1 } });
    const { id } = await makePost({ authorId: author.userId, slug: 'two', coverId: asset.id, source: '<p>Two</p>' });
    const root = await makeComment({ postId: id });
    await makeComment({ postId: id, parent: root });
    await db().redirect.create({ data: { path: '/old', postId: id } });
    await db().postRevision.create({ data: { id: newId(), postId: id, revision: 1, title: '', source: '', html: '' } });
    expect(await deletePost(author, id)).toMatchObject({ ok: false, code: 'not-found' });
    await trashPost(author, id, now);
    expect(await deletePost(author, id)).toMatchObject({ ok: true });
    expect([await row(id), await db().comment.count(), await db().redirect.count(), await db().postRevision.count(), await db().mediaAsset.count()]).toEqual([null, 0, 0, 0, 1]);
    expect(await deletePost(author, id)).toMatchObject({ ok: false, code: 'not-found' });
  });

  test('no later import brings it back, nor a comment of it', async () => {
    const owner = await person('owner');
    const bring = () => importFile(fixture('blog-1.2.xml'), { url: database.url, media: { skip: true } }, now);
    await bring();
    const keys = await db().importKey.findMany({ where: { kind: 'post', targetId: { not: null } } });
    const before = [await db().post.count(), await db().comment.count()];
    const { targetId } = keys[0]!;
    const commented = await db().comment.findFirst({ where: { post: { id: { in: keys.map((key) => key.targetId!) } } }, select: { postId: true } });
    const id = commented?.postId ?? targetId!;
    const below = await db().comment.count({ where: { postId: id } });
    await trashPost(owner, id, now);
    expect(await deletePost(owner, id)).toMatchObject({ ok: true });
    await bring();
    expect([await db().post.count(), await db().comment.count()]).toEqual([before[0]! - 1, before[1]! - below]);
    expect(await db().importKey.count({ where: { source: 'soapbox', kind: 'post', externalId: id, targetId: null } })).toBe(1);
  });
});

test('a later import leaves alone what was edited here, published or not; its first text is kept', async () => {
  const owner = await person('owner');
  const bring = () => importFile(fixture('blog-1.2.xml'), { url: database.url, media: { skip: true } }, now);
  await bring();
  const imported = await db().post.findFirstOrThrow({ where: { kind: 'post', status: 'published', source: { not: '' }, id: { not: post.id } } });
  const fields = { title: 'Edited', html: '<p>Edited here.</p>', excerpt: '', slug: imported.slug, cover: null, categories: [], tags: [], sticky: false };
  const saved = await saveWorking(owner, { id: imported.id, kind: 'post', seen: '1.0', tab: newId(), fields }, now);
  await bring();
  expect(await db().postDraft.findUnique({ where: { postId: imported.id } })).toMatchObject({ fields: { html: '<p>Edited here.</p>' } });
  expect(await row(imported.id)).toMatchObject({ title: imported.title, source: imported.source });
  expect(saved.ok && (await actOnPost(owner, { id: imported.id, seen: saved.value.seen, act: { to: 'update' } }, now))).toMatchObject({ ok: true });
  await bring();
  expect(await row(imported.id)).toMatchObject({ title: 'Edited', html: '<p>Edited here.</p>' });
  expect(await db().postRevision.findFirst({ where: { postId: imported.id }, orderBy: { revision: 'asc' } })).toMatchObject({ title: imported.title, source: imported.source, byId: null });
});

describe('who may', () => {
  test.each(whoEdits(() => author, person))('%s', async (_who, actor, may) => {
    const who = await actor();
    const said = may ? { ok: true } : { ok: false, code: 'not-found' };
    expect(await trashPost(who, post.id, now)).toMatchObject(said);
    if (!may) await trashPost(author, post.id, now);
    expect(await restorePost(who, post.id, now)).toMatchObject(said);
    if (may) await trashPost(author, post.id, now);
    expect(await deletePost(who, post.id)).toMatchObject(said);
    expect((await row(post.id)) === null).toBe(may);
  });

  test('what is no id is not found', async () => {
    for (const id of ['', 'nonsense', newId()]) for (const act of [trashPost, restorePost, deletePost]) expect(await act(author, id, now)).toMatchObject({ code: 'not-found' });
  });
});

describe('giving posts to another author', () => {
  test('one, or all of somebody’s: whoever has them may change them from then on', async () => {
    const [owner, other] = [await person('owner'), await person('author', 'Ben')];
    await makePost({ authorId: author.userId, slug: 'two' });
    await makePost({ authorId: author.userId, slug: 'gone', status: 'trash' });
    expect(await handOver(owner, { post: post.id, to: other.userId })).toEqual({ ok: true, value: { count: 1, to: 'Ben' } });
    expect(await trashPost(author, post.id, now)).toMatchObject({ code: 'not-found' });
    expect((await findPost('one', now))?.author.name).toBe('Ben');
    expect(await handOver(owner, { from: author.userId, to: other.userId })).toMatchObject({ value: { count: 2 } });
    expect(await db().post.count({ where: { authorId: author.userId } })).toBe(0);
    expect((await listAuthors(owner)).find(({ id }) => id === other.userId)).toMatchObject({ name: 'Ben', posts: 3, isClaimed: true });
  });

  test('to nobody who is none, of nobody, and by owners alone', async () => {
    const [owner, reader] = [await person('owner'), await person('reader')];
    for (const to of [reader.userId, newId(), 'nonsense']) expect(await handOver(owner, { post: post.id, to })).toMatchObject({ code: 'invalid', fields: { to: 'Please choose an author.' } });
    expect(await handOver(owner, { post: newId(), to: author.userId })).toMatchObject({ code: 'not-found' });
    expect(await handOver(owner, { to: author.userId })).toMatchObject({ code: 'invalid' });
    for (const actor of [author, await person('moderator'), reader, GUEST]) {
      expect(await handOver(actor, { post: post.id, to: author.userId })).toMatchObject({ code: 'not-found' });
      expect(await listAuthors(actor)).toEqual([]);
    }
    expect((await row(post.id))?.authorId).toBe(author.userId);
  });
});
