import { createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { db } from '@/lib/db/client';
import { newCommentId, newId } from '@/lib/ids';
import { keepFile } from '@/lib/media/store';
import { importFile, type ImportOptions } from '@/lib/transfer/commands';
import { postHtml } from '@/lib/text/post-html';
import { writeMedia, writeWordPress } from '@/lib/transfer/export/exports';
import type { ImportReport } from '@/lib/transfer/schema';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { exportOf, writeExport } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-06-01T12:00:00Z');
const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-own-'));
process.env.DATA_DIR = folder;
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const emptyStore = () => rmSync(path.join(folder, 'media'), { recursive: true, force: true });
beforeEach(emptyStore);

async function exported(url = database.url): Promise<string> {
  const parts: string[] = [];
  for await (const part of writeWordPress(url, now, { address: 'https://blog.example' })) parts.push(part);
  return parts.join('');
}

async function imported(xml: string, { url = database.url, media = { skip: true } }: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const result = await importFile(writeExport(xml), { url, media }, now);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

/** An empty blog of its own. */
async function anotherBlog(): Promise<{ url: string; rows: <Row extends object>(sql: string) => Promise<Row[]> }> {
  const url = await database.fresh();
  const client = new pg.Client(url);
  client.on('error', () => undefined);
  await client.connect();
  onTestFinished(() => client.end());
  return { url, rows: async <Row extends object>(sql: string) => (await client.query<Row>(sql)).rows };
}

async function blogWithPicture() {
  const png = await sharp({ create: { width: 8, height: 6, channels: 3, background: 'teal' } }).png().toBuffer();
  const kept = await keepFile(Readable.from([png]));
  if (!kept.ok) throw new Error(kept.message);
  const { sha256, mimeType, bytes, width, height, path: shown } = kept.value;
  const asset = await db().mediaAsset.create({ data: { id: newId(), sha256, mimeType, bytes, width, height, alt: 'A lamp', name: 'lamp.png', createdAt: new Date('2020-01-01T00:00:00Z') } });
  await db().mediaSource.create({ data: { address: 'old.example/lamp.png', assetId: asset.id } });
  const source = '<p>Look:</p><img src="https://old.example/lamp.png" alt="A lamp" />';
  const { html } = postHtml(source, { media: () => ({ path: shown, kind: 'image', width, height }) });
  const post = await makePost({ authorId: (await makeUser()).id, title: 'Lamps', source, coverId: asset.id });
  await db().post.update({ where: { id: post.id }, data: { html } });
  const archive = path.join(folder, 'media.zip');
  await pipeline(writeMedia(), createWriteStream(archive));
  return { sha256, html, archive };
}

test('pictures come along in the archive: same file, same words for it, same text, same cover, and nobody is asked', async () => {
  const { sha256, archive } = await blogWithPicture();
  const xml = await exported();
  const other = await anotherBlog();
  emptyStore();
  const report = await imported(xml, { url: other.url, media: { path: archive } });
  expect(report.rows.find(({ kind }) => kind === 'files')).toMatchObject({ cameIn: 1, skipped: 0 });
  expect(await exported(other.url)).toBe(xml);
  expect(await other.rows('SELECT sha256, name, alt, width FROM "MediaAsset"')).toEqual([{ sha256, name: 'lamp.png', alt: 'A lamp', width: 8 }]);
  await imported(xml, { url: other.url, media: { path: archive } });
  await imported(xml, { media: { path: archive } });
  expect([await exported(other.url), await exported()]).toEqual([xml, xml]);
});

test('without the archive a picture is a link, until an import brings it', async () => {
  const { html, archive, sha256 } = await blogWithPicture();
  const xml = await exported();
  const other = await anotherBlog();
  await imported(xml, { url: other.url });
  const [before] = await other.rows<{ html: string }>('SELECT html FROM "Post"');
  expect(before!.html).not.toContain('<img');
  expect(before!.html).toContain('https://old.example/lamp.png');
  await imported(xml, { url: other.url, media: { path: archive } });
  expect(await other.rows('SELECT p.html, m.sha256 FROM "Post" p JOIN "MediaAsset" m ON m.id = p."coverId"')).toEqual([{ html, sha256 }]);
});

test('an old export brings back no edit and no deletion', async () => {
  const { id: authorId } = await makeUser();
  const [edited, removed] = [await makePost({ authorId, title: 'Edited' }), await makePost({ authorId, title: 'Removed' })];
  const comment = await makeComment({ postId: edited.id });
  const xml = await exported();
  const other = await anotherBlog();
  await imported(xml, { url: other.url });
  await other.rows(`UPDATE "Post" SET title = 'Better', slug = 'better' WHERE id = '${edited.id}'`);
  await other.rows(`UPDATE "Comment" SET status = 'spam' WHERE id = '${comment.id}'`);
  await other.rows(`DELETE FROM "Post" WHERE id = '${removed.id}'`);
  await imported(xml, { url: other.url });
  expect(await other.rows('SELECT p.title, c.status FROM "Post" p LEFT JOIN "Comment" c ON c."postId" = p.id')).toEqual([{ title: 'Better', status: 'spam' }]);
  // Nor does a later export of that blog, in a third.
  const third = await anotherBlog();
  await imported(await exported(other.url), { url: third.url });
  await imported(xml, { url: third.url });
  expect(await third.rows('SELECT title FROM "Post"')).toEqual([{ title: 'Better' }]);
});

test('what both blogs once had from the same WordPress is one thing', async () => {
  const old = exportOf([{ id: 1, title: 'Shared', comments: [{ id: 7 }] }]);
  const other = await anotherBlog();
  await imported(old);
  await imported(old, { url: other.url });
  await makeComment({ postId: (await db().post.findFirstOrThrow()).id, name: 'Only here' });
  await imported(await exported(), { url: other.url });
  expect(await other.rows('SELECT count(*)::int AS n FROM "Post"')).toEqual([{ n: 1 }]);
  expect(await other.rows('SELECT name, "legacyNumber" FROM "Comment" ORDER BY name')).toEqual([{ name: 'Only here', legacyNumber: null }, { name: 'Reader 7', legacyNumber: '7' }]);
  expect(await other.rows('SELECT count(*)::int AS n FROM "User"')).toEqual([{ n: 1 }]);
});

test('a newer WordPress export goes on where an export of ours left off', async () => {
  await imported(exportOf([{ id: 1, comments: [{ id: 7 }] }]));
  const other = await anotherBlog();
  await imported(await exported(), { url: other.url });
  await imported(exportOf([{ id: 1, comments: [{ id: 7 }, { id: 8, parent: 7 }] }, { id: 2 }]), { url: other.url });
  expect(await other.rows('SELECT count(*)::int AS posts FROM "Post"')).toEqual([{ posts: 2 }]);
  expect(await other.rows('SELECT "legacyNumber", depth FROM "Comment" ORDER BY depth')).toEqual([{ legacyNumber: '7', depth: 1 }, { legacyNumber: '8', depth: 2 }]);
});

test('an id that belongs to something else here leaves that alone: the newcomer gets another', async () => {
  const { id: authorId } = await makeUser();
  const [post, page] = [await makePost({ authorId, title: 'Theirs', slug: 'theirs' }), await makePost({ authorId, title: 'A page', kind: 'page', slug: 'page' })];
  const comment = await makeComment({ postId: post.id, name: 'Theirs' });
  const xml = await exported();
  const other = await anotherBlog();
  const mine = newId();
  const publicId = newCommentId();
  await other.rows(`INSERT INTO "User" (id, name, role) VALUES ('${mine}', 'Me', 'owner')`);
  // The page's id is that of a post here, and the comment's ids are those of comments under it.
  await other.rows(`INSERT INTO "Post" (id, kind, slug, title, source, html, status, "authorId") VALUES ('${page.id}', 'post', 'mine', 'Mine', '', '', 'draft', '${mine}')`);
  await other.rows(`INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, source, html, status, "sourceHash") VALUES
    ('${comment.id}', '${publicId}', '${page.id}', '${comment.id}', 1, 'Mine', 'mine', '<p>mine</p>', 'pending', 'h'),
    ('${mine}', '${comment.publicId}', '${page.id}', '${mine}', 1, 'Mine too', 'mine', '<p>mine</p>', 'pending', 'h')`);
  const before = await other.rows(`SELECT * FROM "Comment" ORDER BY id`);
  await imported(xml, { url: other.url });
  expect(await other.rows(`SELECT * FROM "Comment" WHERE name <> 'Theirs' ORDER BY id`)).toEqual(before);
  expect(await other.rows(`SELECT title, kind, id = '${page.id}' AS same FROM "Post" ORDER BY title`)).toEqual([{ title: 'A page', kind: 'page', same: false }, { title: 'Mine', kind: 'post', same: true }, { title: 'Theirs', kind: 'post', same: false }]);
  expect(await other.rows(`SELECT p.title, c.id = '${comment.id}' AS same, c."rootId" = c.id AS root FROM "Comment" c JOIN "Post" p ON p.id = c."postId" WHERE c.name = 'Theirs'`)).toEqual([{ title: 'Theirs', same: false, root: true }]);
  const report = await imported(xml, { url: other.url });
  expect(report.rows.map(({ cameIn }) => cameIn)).toEqual(report.rows.map(() => 0));
});

test('what our namespace says in a file that is no export of ours, or says wrongly, counts for nothing', async () => {
  const { id: authorId } = await makeUser({ name: 'Me' });
  const post = await makePost({ authorId, title: 'Here', status: 'draft' });
  const own = (value: string) => `<soapbox:own xmlns:soapbox="urn:soapbox:export:1"><![CDATA[${value}]]></soapbox:own>`;
  const claim = JSON.stringify({ id: post.id, authorId, title: 'Taken over', status: 'published' });
  await imported(exportOf([{ id: 1, title: 'Foreign', status: 'draft', more: own(claim) }]));
  const head = own(JSON.stringify({ title: 'Ours', tagline: '', language: 'en', timeZone: 'Mars/Olympus' }));
  await imported(exportOf([{ id: 2, title: 'Foreign too', status: 'draft', more: own(claim) }], head));
  const good = own(JSON.stringify({ title: 'Ours', tagline: '', language: 'en', timeZone: 'UTC' }));
  const away = ['//evil.example', '/\t/evil.example', '/\n/evil.example', '/..//evil.example', '/a\\evil', '/?attachment_id=5', '/a\0'];
  const redirects = [...away.map((to, index) => ({ path: `/x${index}`, to })), { path: '/x\0', to: '/posts' }, { path: '/good', to: '/media/a.png' }];
  const redirect = redirects.map((one) => `<soapbox:redirect xmlns:soapbox="urn:soapbox:export:1">${own(JSON.stringify(one))}</soapbox:redirect>`).join('');
  await imported(exportOf([{ id: 3, title: 'Broken', status: 'draft', more: own('{"id":') }, { id: 4, title: 'Dateless', status: 'draft', more: own(JSON.stringify({ id: newId(), status: 'published', publishedAt: null })) }], good + redirect));
  const titles = await db().post.findMany({ select: { title: true, status: true }, orderBy: { title: 'asc' } });
  expect(titles).toEqual(['Broken', 'Dateless', 'Foreign', 'Foreign too', 'Here'].map((title) => ({ title, status: 'draft' })));
  expect(await db().redirect.findMany({ where: { to: { not: null } }, select: { path: true, to: true } })).toEqual([{ path: '/good', to: '/media/a.png' }]);
});

const OLD_POST = exportOf([{ id: 1, title: 'Shared', text: 'As it was' }]);

/** What a blog may send here that once had the same WordPress: whatever its owner has made of it. */
async function fromSameWordPress(change: (other: Awaited<ReturnType<typeof anotherBlog>>) => Promise<unknown>): Promise<string> {
  const other = await anotherBlog();
  await imported(OLD_POST, { url: other.url });
  await change(other);
  return exported(other.url);
}
const addComment = (id: string, postId: string, userId: string, name: string) =>
  `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, "userId", name, source, html, status, "sourceHash") VALUES ('${id}', '${newCommentId()}', ${postId}, '${id}', 1, ${userId}, '${name}', 'words', '<p>words</p>', 'approved', 'h')`;

test('a post that is only said to be the same, by the key of an earlier import, stays as it is, and so does what is said in a name', async () => {
  await imported(OLD_POST);
  const before = await db().post.findMany();
  const { id: authorId } = await db().user.findFirstOrThrow({ where: { name: 'maker' } });
  const xml = await fromSameWordPress(async ({ rows }) => {
    await rows(`UPDATE "Post" SET html = '<p>Buy this</p>'`);
    await rows(addComment(newId(), '(SELECT id FROM "Post")', '(SELECT "authorId" FROM "Post")', 'maker'));
  });
  // A second time, with one comment more, it is known no better.
  for (const file of [xml, xml.replaceAll(/(<soapbox:own><!\[CDATA\[\{"id":")[^"]{36}(","parentId":null,"userId")/g, `$1${newId()}$2`)]) await imported(file);
  expect((await db().post.findMany()).map(({ approvedCount: _, ...post }) => post)).toEqual(before.map(({ approvedCount: _, ...post }) => post));
  expect(await db().comment.findMany({ select: { name: true, userId: true } })).toEqual([{ name: 'maker', userId: null }, { name: 'maker', userId: null }]);
  expect(await db().importKey.count({ where: { source: 'soapbox', targetId: authorId } })).toBe(0);
});

test('who has the same address here keeps what they wrote under the posts that come along, but is given nothing under one that was here', async () => {
  await imported(OLD_POST);
  const { id: mine } = await makeUser({ email: 'me@blog.example', role: 'owner' });
  const xml = await fromSameWordPress(async ({ rows }) => {
    const [me, post] = [newId(), newId()];
    await rows(`INSERT INTO "User" (id, name, email, role) VALUES ('${me}', 'Me', 'me@blog.example', 'owner')`);
    await rows(`INSERT INTO "Post" (id, kind, slug, title, source, html, status, "publishedAt", "authorId") VALUES ('${post}', 'post', 'own', 'Own', 'x', '<p>x</p>', 'published', now(), '${me}')`);
    await rows(addComment(newId(), `'${post}'`, `'${me}'`, 'Under mine'));
    await rows(addComment(newId(), `(SELECT id FROM "Post" WHERE title = 'Shared')`, `'${me}'`, 'Under shared'));
  });
  await imported(xml);
  await imported(xml);
  expect(await db().comment.findMany({ select: { name: true, userId: true }, orderBy: { name: 'asc' } })).toEqual([{ name: 'Under mine', userId: mine }, { name: 'Under shared', userId: null }]);
});

test('a key of an earlier import counts on the kind of thing that it is of, and what stays away is counted before', async () => {
  const [me, post] = [newId(), newId()];
  const other = await anotherBlog();
  await other.rows(`INSERT INTO "User" (id, name, role) VALUES ('${me}', 'Me', 'owner')`);
  await other.rows(`INSERT INTO "Post" (id, kind, slug, title, source, html, status, "authorId") VALUES ('${post}', 'post', 'own', 'Own', 'x', '<p>x</p>', 'draft', '${me}')`);
  const key = (kind: string, external: string, target: string) => `('wxr:your.example', '${kind}', '${external}', ${target})`;
  await other.rows(`INSERT INTO "ImportKey" (source, kind, "externalId", "targetId") VALUES ${[
    key('post', '1', `'${post}'`), key('comment', '2', `'${post}'`), key('author-number', '3', `'${me}'`), key('author-number', '4', `'${post}'`), key('host', 'your.example', `'${post}'`), key('post', 'x'.repeat(300), `'${post}'`),
    key('post', '7', 'NULL'), key('comment', '8', 'NULL'), key('comment', '9', 'NULL'),
  ].join(', ')}`);
  const xml = await exported(other.url);
  const count = async (dryRun: boolean) => {
    const result = await importFile(writeExport(xml), { url: database.url, media: { skip: true }, dryRun }, now);
    return result.ok ? result.value.notes.filter(({ reason }) => reason.startsWith('Deleted on the blog')).map(({ count: n, examples }) => [n, examples[0]?.what]) : result;
  };
  expect(await count(true)).toEqual([[4, '4 of wxr:your.example']]);
  await count(false);
  expect(await db().importKey.findMany({ where: { source: 'wxr:your.example' }, select: { kind: true, externalId: true, targetId: true }, orderBy: { externalId: 'asc' } })).toEqual([
    { kind: 'post', externalId: '1', targetId: post }, { kind: 'comment', externalId: '2', targetId: null }, { kind: 'author-number', externalId: '3', targetId: me },
    { kind: 'post', externalId: '7', targetId: null }, { kind: 'comment', externalId: '8', targetId: null }, { kind: 'comment', externalId: '9', targetId: null },
  ]);
  // Once they are known to be away there is nothing to say of them.
  expect(await count(true)).toEqual([]);
});
