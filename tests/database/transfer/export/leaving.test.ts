import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { expect, onTestFinished, test, vi } from 'vitest';
import { db } from '@/lib/db/client';
import type { CommentStatus, PostStatus } from '@/lib/db/generated/enums';
import { newId } from '@/lib/ids';
import { writeWordPress } from '@/lib/transfer/export/exports';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { readByPatterns, readByXml } from '@/tests/support/wordpress-parser';

const database = useDatabase();
const now = new Date('2026-06-01T12:00:00Z');
const DAY_MS = 24 * 60 * 60 * 1000;
const ROOT = path.resolve(import.meta.dirname, '../../../..');

async function exported(): Promise<string> {
  const parts: string[] = [];
  for await (const part of writeWordPress(database.url, now, { address: 'https://blog.example' })) parts.push(part);
  return parts.join('');
}
const postsOf = (xml: string) => readByXml(xml).posts;

test('WordPress reads the blog alike by either of its parsers: authors, terms, posts, pages, threads', async () => {
  const author = await makeUser({ name: 'Inés & Co', slug: 'ines', email: 'ines@blog.example', role: 'author' });
  const child = { id: newId(), slug: 'nights', name: 'Nights <3' };
  const parent = await db().category.create({ data: { id: newId(), slug: 'sleep', name: 'Sleep', description: 'All of it' } });
  await db().category.create({ data: { ...child, parentId: parent.id } });
  const tag = await db().tag.create({ data: { id: newId(), slug: 'lamp', name: 'Lamp' } });
  await db().site.create({ data: { title: 'The “Lantern”', timeZone: 'Europe/Berlin' } });
  const post = await makePost({ authorId: author.id, title: 'Fish & <chips>', slug: 'fish', source: 'One line\n<!--more-->and ]]> two', publishedAt: new Date('2026-05-01T22:30:00.123Z') });
  await db().postCategory.create({ data: { postId: post.id, categoryId: child.id } });
  await db().postTag.create({ data: { postId: post.id, tagId: tag.id } });
  const about = await makePost({ authorId: author.id, kind: 'page', title: 'About', slug: 'about' });
  await makePost({ authorId: author.id, kind: 'page', title: 'Us', slug: 'us', parentId: about.id, menuOrder: 3 });
  const first = await makeComment({ postId: post.id, name: 'A & B', source: 'Hello', createdAt: new Date('2026-05-02T10:00:00Z') });
  await makeComment({ postId: post.id, parent: first, name: 'Ines', userId: author.id, email: null, source: 'Thank *you*' });

  const xml = await exported();
  const read = readByXml(xml);
  expect(readByPatterns(xml)).toEqual(read);
  expect(read.version).toBe('1.2');
  expect(read.authors).toEqual([{ author_id: '1', author_login: 'ines', author_email: 'ines@blog.example', author_display_name: 'Inés &amp; Co', author_first_name: '', author_last_name: '' }]);
  expect(read.categories).toMatchObject([{ term_id: '1', category_nicename: 'sleep', category_parent: '', category_description: 'All of it' }, { term_id: '2', category_nicename: 'nights', category_parent: 'sleep', cat_name: 'Nights &lt;3' }]);
  expect(read.tags).toMatchObject([{ term_id: '3', tag_slug: 'lamp' }]);
  const [fish, aboutPage, us] = read.posts;
  expect(fish).toMatchObject({
    post_title: 'Fish &amp; &lt;chips&gt;', post_author: 'ines', post_content: 'One line\n<!--more-->and ]]> two', post_date: '2026-05-02 00:30:00', post_date_gmt: '2026-05-01 22:30:00',
    status: 'publish', post_type: 'post', post_name: 'fish', comment_status: 'open',
    terms: [{ domain: 'category', slug: 'nights' }, { domain: 'post_tag', slug: 'lamp' }],
  });
  expect(us).toMatchObject({ post_type: 'page', menu_order: '3', post_parent: aboutPage!.post_id });
  expect(fish!.comments).toMatchObject([
    { comment_id: '1', comment_author: 'A &amp; B', comment_author_email: first.email, comment_content: '<p>Hello</p>', comment_approved: '1', comment_parent: '0', comment_user_id: '0', comment_date: '2026-05-02 12:00:00' },
    { comment_id: '2', comment_author_email: '', comment_content: '<p>Thank <em>you</em></p>', comment_parent: '1', comment_user_id: '1' },
  ]);
});

test('nothing becomes public in WordPress that is not public here', async () => {
  const { id: authorId } = await makeUser();
  const states: [PostStatus, Date | null, string][] = [
    ['published', new Date(now.getTime() - DAY_MS), 'publish'], ['scheduled', new Date(now.getTime() + DAY_MS), 'future'], ['scheduled', new Date(now.getTime() - DAY_MS), 'draft'],
    ['draft', null, 'draft'], ['unlisted', now, 'private'], ['private', now, 'private'], ['password', now, 'private'], ['trash', now, 'trash'],
  ];
  for (const [index, [status, publishedAt]] of states.entries()) await makePost({ authorId, status, publishedAt, slug: `post-${index}` });
  expect(Object.fromEntries(postsOf(await exported()).map((post) => [post.post_name, post.status]))).toEqual(Object.fromEntries(states.map(([, , word], index) => [`post-${index}`, word])));
});

test('a password travels in WordPress’s words, beside a post that is published there; one that is not known or cannot be said leaves it private', async () => {
  const { id: authorId } = await makeUser();
  const tomorrow = new Date(now.getTime() + DAY_MS);
  const cases: [PostStatus, string | null, Date, [string, string]][] = [
    ['password', 'Für ]]> & <dich>', now, ['publish', 'Für ]]> & <dich>']], ['password', 'x', tomorrow, ['future', 'x']],
    ['password', null, now, ['private', '']], ['password', ' ', now, ['private', '']], ['password', 'a\u0001b', now, ['private', '']],
    ['published', 'of before', now, ['publish', '']], ['private', 'of before', now, ['private', '']],
    ['draft', 'for later', now, ['draft', 'for later']],
  ];
  for (const [index, [status, password, publishedAt]] of cases.entries()) await makePost({ authorId, status, password, publishedAt, slug: `post-${index}` });
  expect(Object.fromEntries(postsOf(await exported()).map((post) => [post.post_name, [post.status, post.post_password]]))).toEqual(Object.fromEntries(cases.map(([, , , said], index) => [`post-${index}`, said])));
});

test('a comment that readers do not see is held, spam or in the trash there; an empty anchor is in the trash', async () => {
  const { id: authorId } = await makeUser();
  const { id: postId } = await makePost({ authorId });
  const words: Record<CommentStatus, string> = { approved: '1', pending: '0', spam: 'spam', trash: 'trash', deleted: 'trash' };
  for (const status of Object.keys(words) as CommentStatus[]) await makeComment({ postId, status, name: status });
  const [post] = postsOf(await exported());
  expect(Object.fromEntries(post!.comments.map((comment) => [comment.comment_author, comment.comment_approved]))).toEqual(words);
});

test('what a reader typed is never markup in WordPress, which would not make it safe', async () => {
  const { id: postId } = await makePost({ authorId: (await makeUser()).id });
  for (const format of ['markdown', 'html'] as const) await makeComment({ postId, format, name: '<img src=x onerror=alert(1)>', source: '<script>alert(1)</script> and <img src=x onerror=alert(1)>' });
  for (const comment of postsOf(await exported())[0]!.comments) {
    expect(comment.comment_content).not.toMatch(/<(script|img)/);
    expect(comment.comment_author).not.toContain('<');
  }
});

test('no address, hash or note of anybody goes out but guests’ own addresses and those of authors', async () => {
  const author = await makeUser({ email: 'author@blog.example' });
  const reader = await makeUser({ email: 'secret@reader.example', name: 'A Reader', about: 'secret life' });
  const { id: postId } = await makePost({ authorId: author.id });
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId, userId: reader.id, name: 'Moth' } });
  await makeComment({ postId, name: 'A guest', email: 'guest@own.example', ipHash: 'secret-ip', writerHash: 'secret-writer' });
  await makeComment({ postId, name: 'A Reader', userId: reader.id, email: 'secret@reader.example' });
  const hidden = await makeComment({ postId, name: 'Moth', userId: reader.id, pseudonymId: pseudonym.id, email: null, ipHash: 'secret-ip' });
  const authorsOwn = await db().pseudonym.create({ data: { id: newId(), postId, userId: author.id, name: 'Owl' } });
  await makeComment({ postId, name: 'Owl', userId: author.id, pseudonymId: authorsOwn.id, email: null });
  await db().personNote.create({ data: { id: newId(), commentId: hidden.id, text: 'secret note' } });
  const xml = await exported();
  expect(xml).toContain('guest@own.example');
  expect(xml).toContain('author@blog.example');
  expect(xml).not.toContain('secret');
  expect(xml).not.toContain(reader.id);
  expect(postsOf(xml)[0]!.comments.map(({ comment_author: name, comment_user_id: user }) => [name, user])).toEqual([['A guest', '0'], ['A Reader', '0'], ['Moth', '0'], ['Owl', '0']]);
});

test('a kept file is an attachment whose guid is its old address, for WordPress leads that to its own copy', async () => {
  const sha256 = 'ab'.repeat(32);
  const asset = await db().mediaAsset.create({ data: { id: newId(), sha256, mimeType: 'image/jpeg', bytes: 10, alt: 'A lamp', name: 'lamp.jpg' } });
  await db().mediaSource.create({ data: { address: 'old.example/wp-content/uploads/lamp.jpg', assetId: asset.id } });
  await makePost({ authorId: (await makeUser()).id, coverId: asset.id });
  const [post, file] = postsOf(await exported());
  expect(file).toMatchObject({ post_type: 'attachment', status: 'inherit', attachment_url: `https://blog.example/media/${sha256}.jpg`, guid: 'https://old.example/wp-content/uploads/lamp.jpg', postmeta: [{ key: '_wp_attachment_image_alt', value: 'A lamp' }] });
  expect(post!.postmeta).toEqual([{ key: '_thumbnail_id', value: file!.post_id }]);
});

test('a reply has a higher number than what it answers, though its row is older: WordPress would lose its place', async () => {
  const { id: postId } = await makePost({ authorId: (await makeUser()).id });
  const replyId = newId();
  const parent = await makeComment({ postId, name: 'Parent', createdAt: new Date('2020-01-01T00:00:00Z') });
  await makeComment({ id: replyId, postId, parent, name: 'Reply', createdAt: new Date('2019-01-01T00:00:00Z') });
  expect(postsOf(await exported())[0]!.comments.map(({ comment_author: name, comment_parent: answers }) => [name, answers])).toEqual([['Parent', '0'], ['Reply', '1']]);
});

test('an export is of one moment: what changes while it is written is not in it', async () => {
  const { id: authorId } = await makeUser();
  const { id: postId } = await makePost({ authorId, title: 'Before' });
  const pieces = writeWordPress(database.url, now);
  // More than a piece, so that the rest is still to be read.
  for (let n = 0; n < 60; n++) await makeComment({ postId, source: 'x'.repeat(3_000) });
  let xml = (await pieces.next()).value as string;
  await db().post.update({ where: { id: postId }, data: { title: 'After' } });
  await db().comment.deleteMany({ where: { postId } });
  await makePost({ authorId, title: 'New' });
  for await (const piece of pieces) xml += piece;
  expect(postsOf(xml).map((post) => [post.post_title, post.comments.length])).toEqual([['Before', 60]]);
});

const connections = async () => (await database.sql.query(`SELECT FROM pg_stat_activity WHERE application_name = 'soapbox export' AND datname = current_database()`)).rowCount;

test('who stops reading an export ends it', async () => {
  await makePost({ authorId: (await makeUser()).id, source: 'x'.repeat(300_000) });
  const pieces = writeWordPress(database.url, now);
  await pieces.next();
  expect(await connections()).toBe(1);
  await pieces.return(undefined);
  await vi.waitFor(async () => expect(await connections()).toBe(0));
});

function newFolder(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-leaving-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function startExport(...words: string[]) {
  const child = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'scripts/export.ts', ...words], { cwd: ROOT, env: { ...process.env, DATABASE_URL: database.url, DATABASE_DIRECT_URL: database.url }, stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, said] = ['', ''];
  child.stdout.on('data', (data: Buffer) => void (out += data.toString()));
  child.stderr.on('data', (data: Buffer) => void (said += data.toString()));
  return { child, ended: once(child, 'exit').then(([code]) => ({ code: code as number | null, out, said })) };
}

test('an export that is killed leaves nothing that looks whole; one that is interrupted leaves nothing at all', async () => {
  await makePost({ authorId: (await makeUser()).id });
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    const folder = newFolder();
    // Whoever holds this lock stops it in the middle.
    const lock = new pg.Client(database.url);
    await lock.connect();
    await lock.query('BEGIN; LOCK TABLE "Post" IN ACCESS EXCLUSIVE MODE');
    const { child, ended } = startExport(path.join(folder, 'blog.xml'));
    await vi.waitFor(() => expect(readdirSync(folder)).toHaveLength(1), { timeout: 30_000, interval: 50 });
    child.kill(signal);
    await ended;
    await lock.end();
    // PostgreSQL finds out last; what it still reads would meet the emptying of the tables.
    await vi.waitFor(async () => expect(await connections()).toBe(0), { timeout: 30_000, interval: 50 });
    expect(existsSync(path.join(folder, 'blog.xml'))).toBe(false);
    if (signal === 'SIGINT') expect(readdirSync(folder)).toEqual([]);
  }
}, 90_000);

test('the command says what went out, writes over nothing unless it is told to, and may write to a pipe', async () => {
  const post = await makePost({ authorId: (await makeUser()).id, title: 'Hello' });
  await makeComment({ postId: post.id });
  const file = path.join(newFolder(), 'blog.xml');
  const { code, said } = await startExport(file).ended;
  expect(said).toMatch(/went out\nAuthors +1\n(.*\n){2}Posts +1\nPages +0\nComments +1\n/);
  expect(code).toBe(0);
  expect(postsOf(readFileSync(file, 'utf8'))).toHaveLength(1);
  writeFileSync(file, 'mine');
  const refused = await startExport(file).ended;
  expect([refused.code, readFileSync(file, 'utf8')]).toEqual([1, 'mine']);
  expect(refused.said).toContain('is there already');
  expect((await startExport(file, '--force').ended).code).toBe(0);
  expect(postsOf(readFileSync(file, 'utf8'))).toHaveLength(1);
  const piped = await startExport('-').ended;
  expect(postsOf(piped.out)).toHaveLength(1);
}, 120_000);
