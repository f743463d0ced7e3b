import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { importFile } from '@/lib/transfer/commands';
import type { ImportReport } from '@/lib/transfer/schema';
import { useDatabase } from '@/tests/support/database';
import { exportOf, fixture, writeExport } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-01-01T00:00:00Z');

async function imported(file: string): Promise<ImportReport> {
  const result = await importFile(file, { url: database.url, media: { skip: true } }, now);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const rowOf = (report: ImportReport, kind: string) => {
  const row = report.rows.find((one) => one.kind === kind)!;
  return [row.cameIn, row.alreadyHere, row.skipped];
};

async function dump(): Promise<string> {
  const tables = ['User', 'Category', 'Tag', 'Post', 'PostCategory', 'PostTag', 'Redirect', 'Comment', 'ImportKey'];
  const texts = await Promise.all(tables.map((table) => database.sql.query(`SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM "${table}" t`)));
  return texts.map(({ rows }) => rows[0].all as string).join('\n--\n');
}

const idOf = async (kind: string, externalId: string) => (await db().importKey.findFirstOrThrow({ where: { kind, externalId } })).targetId!;

test('a second run of the same export changes nothing at all', async () => {
  await imported(fixture('blog-1.2.xml'));
  const before = await dump();
  const report = await imported(fixture('blog-1.2.xml'));
  expect(await dump()).toBe(before);
  expect(report.rows.map((row) => row.cameIn)).toEqual(report.rows.map(() => 0));
  expect(rowOf(report, 'posts')).toEqual([0, 9, 0]);
});

test('a second run overwrites no edit', async () => {
  await imported(fixture('blog-1.2.xml'));
  await db().post.update({ where: { id: await idOf('post', '10') }, data: { title: 'Renamed', slug: 'renamed', status: 'draft' } });
  await db().user.update({ where: { id: await idOf('author', 'ines') }, data: { name: 'Inês', email: 'other@lantern.example' } });
  await db().category.update({ where: { id: await idOf('category', 'babies') }, data: { slug: 'small-ones' } });
  await db().comment.update({ where: { id: await idOf('comment', '101') }, data: { status: 'spam', html: 'edited' } });
  await db().redirect.deleteMany({ where: { path: '/unheard-of' } });
  const before = await dump();
  await imported(fixture('blog-1.2.xml'));
  expect(await dump()).toBe(before);
});

test('a second run revives no deletion: of a post, a comment, a category, a tag, nor behind a tombstone', async () => {
  await imported(fixture('blog-1.2.xml'));
  await db().post.delete({ where: { id: await idOf('post', '13') } });
  await db().comment.delete({ where: { id: await idOf('comment', '107') } });
  await db().comment.delete({ where: { id: await idOf('comment', '105') } });
  await db().importKey.updateMany({ where: { kind: 'comment', externalId: '105' }, data: { targetId: null } });
  await db().category.delete({ where: { id: await idOf('category', 'unlisted') } });
  await db().tag.delete({ where: { id: await idOf('tag', 'night') } });
  const before = await dump();
  const report = await imported(fixture('blog-1.2.xml'));
  expect(await dump()).toBe(before);
  expect(rowOf(report, 'posts')).toEqual([0, 8, 1]);
  expect(rowOf(report, 'mentions')).toEqual([0, 0, 1]);
  expect(report.notes.find((note) => note.reason.includes('Posts and pages deleted here'))?.count).toBe(1);
});

test('the comments of a post deleted here stay away with it, those that are new too', async () => {
  await imported(writeExport(exportOf([{ id: 1, comments: [{ id: 1 }] }, { id: 2 }])));
  await db().post.delete({ where: { id: await idOf('post', '1') } });
  const report = await imported(writeExport(exportOf([{ id: 1, comments: [{ id: 1 }, { id: 2 }] }, { id: 2 }])));
  expect(rowOf(report, 'comments')).toEqual([0, 0, 2]);
  expect(await db().comment.count()).toBe(0);
});

test('a newer export of the same blog adds its posts, comments and replies, and counts them', async () => {
  await imported(writeExport(exportOf([{ id: 1, comments: [{ id: 1 }, { id: 2, parent: 1 }] }])));
  const newer = exportOf([
    { id: 1, comments: [{ id: 1 }, { id: 2, parent: 1 }, { id: 3, parent: 2 }, { id: 4 }, { id: 5, parent: 2, approved: '0' }] },
    { id: 2, comments: [{ id: 6 }] },
  ]);
  const report = await imported(writeExport(newer));
  expect([rowOf(report, 'posts'), rowOf(report, 'comments'), rowOf(report, 'authors')]).toEqual([[1, 1, 0], [4, 2, 0], [0, 1, 0]]);
  const comments = await db().comment.findMany({ orderBy: { legacyNumber: 'asc' } });
  expect(comments.map((one) => [Number(one.legacyNumber), one.depth, one.replyCount])).toEqual([[1, 1, 1], [2, 2, 1], [3, 3, 0], [4, 1, 0], [5, 3, 0], [6, 1, 0]]);
  expect(comments[2]).toMatchObject({ parentId: comments[1]!.id, rootId: comments[0]!.id });
  expect((await db().post.findMany({ orderBy: { slug: 'asc' } })).map((post) => [post.slug, post.approvedCount])).toEqual([['post-1', 4], ['post-2', 1]]);
});

test('a newer export that no longer has the old comments still hangs new replies below them', async () => {
  await imported(writeExport(exportOf([{ id: 1, comments: [{ id: 1 }] }])));
  await imported(writeExport(exportOf([{ id: 1, comments: [{ id: 2, parent: 1 }] }])));
  expect(await db().comment.findFirst({ where: { legacyNumber: BigInt(2) } })).toMatchObject({ parentId: await idOf('comment', '1'), depth: 2 });
});

test('an author deleted here is made again only when a new post needs one', async () => {
  await imported(writeExport(exportOf([{ id: 1, creator: 'ada' }, { id: 2, creator: 'bob' }])));
  await db().post.delete({ where: { id: await idOf('post', '1') } });
  await db().user.delete({ where: { id: await idOf('author', 'ada') } });
  const same = await imported(writeExport(exportOf([{ id: 1, creator: 'ada' }, { id: 2, creator: 'bob' }])));
  expect(rowOf(same, 'authors')).toEqual([0, 1, 1]);
  const newer = await imported(writeExport(exportOf([{ id: 3, creator: 'ada' }])));
  expect(rowOf(newer, 'authors')).toEqual([1, 0, 0]);
  expect(await db().post.findFirst({ where: { slug: 'post-3' }, select: { author: { select: { id: true } } } })).toEqual({ author: { id: await idOf('author', 'ada') } });
});

test('two blogs with the same numbers stand side by side, their equal addresses apart', async () => {
  await imported(writeExport(exportOf([{ id: 1, slug: 'hello', comments: [{ id: 1 }] }])));
  const other = exportOf([{ id: 1, slug: 'hello', comments: [{ id: 1 }] }]).replaceAll('made.example', 'other.example');
  const report = await imported(writeExport(other));
  expect([rowOf(report, 'posts'), rowOf(report, 'comments')]).toEqual([[1, 0, 0], [1, 0, 0]]);
  expect((await db().post.findMany({ orderBy: { slug: 'asc' } })).map((post) => post.slug)).toEqual(['hello', 'hello-2']);
});

test('one address asked for by many goes to the first, and the free numbers to the others in order', async () => {
  const wanted = ['same', 'same-2', 'same', 'same', 'same-3', 'same'];
  await imported(writeExport(exportOf(wanted.map((slug, index) => ({ id: index + 1, slug })))));
  const posts = await db().post.findMany({ orderBy: { id: 'asc' } });
  expect(posts.map((post) => post.slug)).toEqual(['same', 'same-2', 'same-4', 'same-5', 'same-3', 'same-6']);
});

test('a second file from one address whose numbers mean other posts and comments is told, and tears nothing', async () => {
  await imported(writeExport(exportOf([{ id: 1, slug: 'first', comments: [{ id: 1 }] }, { id: 2, slug: 'second', comments: [{ id: 2 }] }])));
  const other = exportOf([{ id: 1, slug: 'another', title: 'Another', text: 'Quite another' }, { id: 2, slug: 'second', comments: [{ id: 1 }, { id: 3, parent: 1 }] }]).replaceAll('2020-01-01', '2021-02-02');
  const report = await imported(writeExport(other));
  expect(report.notes.find(({ reason }) => reason.includes('whose number another one has'))?.examples.map(({ what }) => what)).toEqual(['post 1 “Another”']);
  // Comment 1 stands under the first post: what answers it under the second begins a thread.
  expect(await db().comment.findFirst({ where: { legacyNumber: BigInt(3) }, select: { parentId: true, depth: true } })).toEqual({ parentId: null, depth: 1 });
});
