import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { expect, test } from 'vitest';
import { ZipFile } from 'yazl';
import { db } from '@/lib/db/client';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { importFile, type ImportOptions } from '@/lib/transfer/commands';
import { t } from '@/lib/words/t';
import type { ImportReport } from '@/lib/transfer/schema';
import { useDatabase } from '@/tests/support/database';
import { exported, madeFolder, written } from '@/tests/support/exports/read-all';
import { exportOf, writeExport } from '@/tests/support/wxr/write-export';

const database = useDatabase();
process.env.DATA_DIR = madeFolder();
const now = new Date('2026-01-01T00:00:00Z');

async function imported(file: string, options: Partial<ImportOptions> = {}): Promise<ImportReport> {
  const result = await importFile(file, { url: database.url, media: { skip: true }, ...options }, now);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const rowOf = (report: ImportReport, kind: string) => {
  const row = report.rows.find((one) => one.kind === kind)!;
  return [row.cameIn, row.alreadyHere, row.skipped];
};

async function dump(): Promise<string> {
  const tables = ['User', 'Category', 'Tag', 'Post', 'PostCategory', 'PostTag', 'Redirect', 'Comment', 'ImportKey', 'SpamLesson', 'Site'];
  const texts = await Promise.all(tables.map((table) => database.sql.query(`SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM "${table}" t`)));
  return texts.map(({ rows }) => rows[0].all as string).join('\n--\n');
}

// The posts that the Disqus export speaks of, the second under another address than there.
const posts = () => imported(writeExport(exportOf([{ id: 1, link: 'https://made.example/2020/01/01/post-1/' }, { id: 2, link: 'https://made.example/2020/02/01/post-2/' }])));
const commentsOf = async (slug: string) => db().comment.findMany({ where: { post: { slug } }, orderBy: { legacyNumber: 'asc' } });

test('a Ghost export comes in once: a second run changes nothing', async () => {
  const report = await imported(exported('ghost.json'));
  expect([rowOf(report, 'authors'), rowOf(report, 'tags'), rowOf(report, 'posts'), rowOf(report, 'pages'), rowOf(report, 'oldAddresses')]).toEqual([[2, 0, 0], [1, 0, 0], [5, 0, 0], [1, 0, 0], [4, 0, 0]]);
  const before = await dump();
  const again = await imported(exported('ghost.json'));
  expect(await dump()).toBe(before);
  expect(again.rows.filter((row) => row.cameIn > 0)).toEqual([]);
  expect(rowOf(again, 'posts')).toEqual([0, 5, 0]);
});

test('old addresses of Ghost lead to what is public, and to nothing else', async () => {
  await imported(exported('ghost.json'));
  expect(await findLegacyTarget('/letters-to-a-lamp/', {}, now)).toBe('/posts/letters-to-a-lamp');
  for (const unseen of ['/for-those-who-pay/', '/a-letter-by-mail/', '/untitled/', '/in-a-while/']) expect([unseen, await findLegacyTarget(unseen, {}, now)]).toEqual([unseen, null]);
});

const meta = (key: string, value: string) => `<wp:postmeta><wp:meta_key>${key}</wp:meta_key><wp:meta_value>${value}</wp:meta_value></wp:postmeta>`;

test('what was for subscribers of WordPress.com is private, its old address leads nowhere, and the report says so', async () => {
  const link = (slug: string) => `https://made.example/2020/01/01/${slug}/`;
  const report = await imported(writeExport(exportOf([
    { id: 1, slug: 'paid', link: link('paid'), more: meta('_jetpack_newsletter_access', 'paid_subscribers') },
    { id: 2, slug: 'in-part', link: link('in-part'), text: '<p>Free</p><!-- wp:jetpack/paywall /--><p>Paid</p>' },
    { id: 3, slug: 'free', link: link('free'), more: meta('_jetpack_newsletter_access', 'everybody') },
  ])));
  expect(await db().post.findMany({ orderBy: { slug: 'asc' }, select: { slug: true, status: true } })).toEqual([{ slug: 'free', status: 'published' }, { slug: 'in-part', status: 'private' }, { slug: 'paid', status: 'private' }]);
  for (const [slug, target] of [['free', '/posts/free'], ['paid', null], ['in-part', null]] as const) expect([slug, await findLegacyTarget(new URL(link(slug)).pathname, {}, now)]).toEqual([slug, target]);
  expect(JSON.stringify(report)).toContain(t('transfer.closed.inPart'));
  expect(JSON.stringify(report)).toContain(t('transfer.closed.subscribersOnly'));
});

test('a draft and what was for members of Ghost are unseen, scheduled and private posts keep their moment', async () => {
  await imported(exported('ghost.json'));
  const rows = await db().post.findMany({ orderBy: { createdAt: 'asc' }, select: { slug: true, status: true, publishedAt: true } });
  expect(Object.fromEntries(rows.map(({ slug, status }) => [slug, status]))).toEqual({
    'letters-to-a-lamp': 'published', 'for-those-who-pay': 'private', untitled: 'draft', 'about-us': 'published', 'a-letter-by-mail': 'private', 'in-a-while': 'scheduled',
  });
  expect(rows.find((row) => row.slug === 'for-those-who-pay')?.publishedAt).toEqual(new Date('2021-03-24T05:34:13Z'));
});

test('a Ghost post is shown as it stood: its newline is no break, and it links to the page that came with it', async () => {
  await imported(exported('ghost.json'));
  const { html } = await db().post.findFirstOrThrow({ where: { slug: 'letters-to-a-lamp' } });
  expect(html).toContain('<a href="/about-us/"');
  expect(html).not.toContain('<br>');
  expect(html).not.toContain('track()');
});

test('pictures that Ghost kept come in from its folder, though nobody says at which address they were', async () => {
  const ghost = madeFolder();
  mkdirSync(path.join(ghost, 'content/images/2021/03'), { recursive: true });
  const picture = (background: string) => sharp({ create: { width: 30, height: 20, channels: 3, background } });
  writeFileSync(path.join(ghost, 'content/images/2021/03/lamp.png'), await picture('red').png().toBuffer());
  writeFileSync(path.join(ghost, 'content/images/2021/03/cover.jpg'), await picture('blue').jpeg().toBuffer());
  const report = await imported(exported('ghost.json'), { media: { path: ghost } });
  expect(rowOf(report, 'files')).toEqual([2, 0, 0]);
  const post = await db().post.findFirstOrThrow({ where: { slug: 'letters-to-a-lamp' }, include: { cover: true } });
  expect(post.html).toMatch(/<img src="\/media\/[0-9a-f]{64}\.png" alt="A lamp"/);
  expect(post.cover).toMatchObject({ mimeType: 'image/jpeg' });
});

test('several exports in one zip are one import, and what is packed with them does no harm', async () => {
  const zip = new ZipFile();
  const link = (id: number) => ({ id, link: `https://made.example/2020/0${id}/01/post-${id}/` });
  zip.addBuffer(Buffer.from(exportOf([{ ...link(1), comments: [{ id: 1 }] }])), 'blog.001.xml');
  zip.addBuffer(Buffer.from(exportOf([{ ...link(2), comments: [{ id: 2 }, { id: 3, parent: 2 }] }])), 'blog.002.xml');
  zip.addBuffer(Buffer.from('hello'), 'readme.txt');
  zip.end();
  const chunks: Buffer[] = [];
  for await (const chunk of zip.outputStream) if (Buffer.isBuffer(chunk)) chunks.push(chunk);
  const packed = written(Buffer.concat(chunks), 'export.zip');
  const report = await imported(packed);
  expect([rowOf(report, 'posts'), rowOf(report, 'comments'), rowOf(report, 'authors')]).toEqual([[2, 0, 0], [3, 0, 0], [1, 0, 0]]);
  expect((await commentsOf('post-2')).map((one) => [Number(one.legacyNumber), one.depth])).toEqual([[2, 1], [3, 2]]);
  const before = await dump();
  await imported(packed);
  expect(await dump()).toBe(before);
});

test('a Blogger export comes in once, its replies under what they answer, its author’s answers the author’s', async () => {
  const report = await imported(exported('blogger.xml'));
  expect([rowOf(report, 'authors'), rowOf(report, 'tags'), rowOf(report, 'posts'), rowOf(report, 'pages'), rowOf(report, 'comments')]).toEqual([[1, 0, 0], [2, 0, 0], [2, 0, 0], [1, 0, 0], [3, 0, 0]]);
  const [first, second, third] = await commentsOf('soup-at-two');
  const author = await db().user.findFirstOrThrow({ where: { name: 'Ada' } });
  expect(second).toMatchObject({ parentId: first!.id, depth: 2, userId: author.id });
  expect(third).toMatchObject({ status: 'trash', userId: null });
  expect(await db().post.findFirst({ where: { slug: 'soup-at-two' }, select: { approvedCount: true, html: true } })).toMatchObject({ approvedCount: 2, html: expect.stringContaining('&#91;gallery] stays words.') });
  const before = await dump();
  await imported(exported('blogger.xml'));
  expect(await dump()).toBe(before);
});

test('Takeout of the same blog adds only what is new, for it is the same blog', async () => {
  await imported(exported('blogger.xml'));
  const report = await imported(exported('blogger-takeout.atom'));
  expect([rowOf(report, 'posts'), rowOf(report, 'comments')]).toEqual([[1, 1, 0], [1, 2, 0]]);
});

test.each(['blogger.xml', 'blogger-takeout.atom'])('old addresses of Blogger lead to the post (%s)', async (name) => {
  await imported(exported(name));
  expect(await findLegacyTarget('/2010/01/soup-at-two.html', {}, now)).toBe('/posts/soup-at-two');
});

test('Disqus comments find their post by its old address and by its number, and keep thread, state and moment', async () => {
  await posts();
  const report = await imported(exported('disqus.xml'));
  expect(rowOf(report, 'comments')).toEqual([5, 0, 1]);
  const comments = await commentsOf('post-1');
  expect(comments.map((one) => [Number(one.legacyNumber), one.status, one.depth, one.replyCount, one.name])).toEqual([
    [70001, 'approved', 1, 1, 'Sandra'], [70002, 'approved', 2, 0, 'h_kittycity'], [70003, 'spam', 1, 0, 'Watches'], [70004, 'trash', 1, 0, 'Invo'],
  ]);
  expect(comments[1]).toMatchObject({ parentId: comments[0]!.id, rootId: comments[0]!.id, createdAt: new Date('2020-01-02T04:04:05Z') });
  expect(comments[0]).toMatchObject({ email: 'sandra@reader.example', html: expect.stringContaining('https://lamps.example/a?b=1&amp;c=2') });
  expect((await commentsOf('post-2')).map((one) => Number(one.legacyNumber))).toEqual([70006]);
  expect((await db().post.findMany({ orderBy: { slug: 'asc' } })).map((post) => post.approvedCount)).toEqual([2, 1]);
});

test('pages of Disqus that are not here are listed with their address, and with how many comments', async () => {
  await posts();
  const report = await imported(exported('disqus.xml'));
  const note = report.notes.find((one) => one.reason.startsWith('Pages that are not on this blog'));
  expect(note).toMatchObject({ count: 1, examples: [{ what: 'https://made.example/never-came-along/ (1 comment)' }] });
});

test('a second run of Disqus changes nothing, and revives no deletion', async () => {
  await posts();
  await imported(exported('disqus.xml'));
  const spam = (await commentsOf('post-1'))[2]!;
  await db().comment.delete({ where: { id: spam.id } });
  const before = await dump();
  const again = await imported(exported('disqus.xml'));
  expect(await dump()).toBe(before);
  expect(rowOf(again, 'comments')).toEqual([0, 4, 2]);
});

test('the posts first missing, a later run brings the comments', async () => {
  const first = await imported(exported('disqus.xml'));
  expect(rowOf(first, 'comments')).toEqual([0, 0, 6]);
  await posts();
  expect(rowOf(await imported(exported('disqus.xml')), 'comments')).toEqual([5, 0, 1]);
});

test('a dry run of Disqus counts the same and changes nothing', async () => {
  await posts();
  const before = await dump();
  expect(rowOf(await imported(exported('disqus.xml'), { dryRun: true }), 'comments')).toEqual([5, 0, 1]);
  expect(await dump()).toBe(before);
});

test('a post that was renamed here is found by its present address, its old one and its number', async () => {
  await posts();
  await db().post.updateMany({ where: { slug: 'post-1' }, data: { slug: 'renamed' } });
  await imported(exported('disqus.xml'));
  expect(await commentsOf('renamed')).toHaveLength(4);
  const present = readFileSync(exported('disqus.xml'), 'utf8').replaceAll('/2020/01/01/post-1/', '/posts/renamed/').replaceAll(/dsq:id="700/g, 'dsq:id="800').replace('?p=1', '');
  await imported(written(present.replaceAll('2020-01-0', '2020-03-0')));
  expect(await commentsOf('renamed')).toHaveLength(8);
});

test('a number says nothing where two blogs had it, unless the address says whose it is', async () => {
  const page = (link: string) => `<disqus xmlns:dsq="http://disqus.com/disqus-internals"><thread dsq:id="1"><forum>f</forum><link>${link}</link></thread><post dsq:id="9"><message>x</message><createdAt>2020-01-01T00:00:00Z</createdAt><author><name>N</name></author><thread dsq:id="1"/></post></disqus>`;
  await imported(writeExport(exportOf([{ id: 1, slug: 'first' }])));
  await imported(writeExport(exportOf([{ id: 1, slug: 'second' }]).replaceAll('made.example', 'other.example')));
  expect(rowOf(await imported(written(page('https://third.example/?p=1'))), 'comments')).toEqual([0, 0, 1]);
  expect(rowOf(await imported(written(page('http://www.other.example/?p=1'))), 'comments')).toEqual([1, 0, 0]);
  expect(await commentsOf('second')).toHaveLength(1);
});

test('a comment that came with WordPress’s own export does not stand there twice, and once deleted stays away', async () => {
  const comment = { id: 528, author: 'Sandra', text: '<p>The lamp stays on here, too.</p>' };
  await imported(writeExport(exportOf([{ id: 1, link: 'https://made.example/2020/01/01/post-1/', comments: [comment] }])));
  const report = await imported(exported('disqus.xml'));
  expect(rowOf(report, 'comments')[1]).toBe(1);
  const [sandra, reply] = await commentsOf('post-1');
  expect(Number(sandra!.legacyNumber)).toBe(528);
  expect(reply).toMatchObject({ legacyNumber: BigInt(70002), parentId: sandra!.id });
  const before = await dump();
  await imported(exported('disqus.xml'));
  expect(await dump()).toBe(before);
  await db().comment.delete({ where: { id: reply!.id } });
  await db().comment.delete({ where: { id: sandra!.id } });
  await imported(exported('disqus.xml'));
  expect((await commentsOf('post-1')).map((one) => Number(one.legacyNumber))).toEqual([70003, 70004]);
});
