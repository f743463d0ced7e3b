import { expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import { makePost, makeUser } from '../../../prisma/makers';
import { importFile } from '@/lib/transfer/commands';
import type { ImportReport } from '@/lib/transfer/schema';
import { useDatabase } from '@/tests/support/database';
import { exportOf, fixture, writeExport } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-01-01T00:00:00Z');

async function imported(file: string, options: { dryRun?: boolean } = {}): Promise<ImportReport> {
  const result = await importFile(file, { url: database.url, media: { skip: true }, ...options }, now);
  if (!result.ok) throw new Error(result.message);
  return result.value;
}

const rowOf = (report: ImportReport, kind: string) => {
  const row = report.rows.find((one) => one.kind === kind)!;
  return [row.cameIn, row.alreadyHere, row.skipped];
};
const noteOf = (report: ImportReport, words: string) => report.notes.find((note) => note.reason.includes(words));
const postOf = async (number: string) => {
  const key = await db().importKey.findFirstOrThrow({ where: { kind: 'post', externalId: number } });
  return db().post.findUniqueOrThrow({ where: { id: key.targetId! }, include: { author: true, categories: { include: { category: true } }, tags: { include: { tag: true } }, parent: true } });
};
const commentOf = (number: number) => db().comment.findFirstOrThrow({ where: { legacyNumber: BigInt(number) }, include: { parent: true } });

/** Everything in every table that an import fills, as one text. */
async function dump(): Promise<string> {
  const tables = ['User', 'Category', 'Tag', 'Post', 'PostCategory', 'PostTag', 'Redirect', 'Comment', 'ImportKey', 'ModerationEvent'];
  const texts = await Promise.all(tables.map((table) => database.sql.query(`SELECT coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '') AS all FROM "${table}" t`)));
  return texts.map(({ rows }) => rows[0].all as string).join('\n--\n');
}
const stagingLeft = async () => (await database.sql.query(`SELECT nspname FROM pg_namespace WHERE nspname LIKE 'soapbox%'`)).rowCount;

test('posts and pages arrive with title, text, dates, author, terms, parent, order and stickiness', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  const post = await postOf('10');
  expect(post).toMatchObject({ kind: 'post', slug: 'café-light', title: 'When the light stays on – a night', status: 'published', sticky: true, commentsOpen: true });
  expect(post.publishedAt?.toISOString()).toBe('2016-05-13T07:30:00.000Z');
  expect(post.updatedAt.toISOString()).toBe('2017-01-02T03:04:05.000Z');
  expect(post.source).toContain('<script>');
  expect(post.html).not.toContain('<script');
  expect(post.html).not.toMatch(/<img[^>]*src="https:\/\/www\.lantern/);
  expect(post.author).toMatchObject({ slug: 'ines', name: 'Inés & the Lantern', email: 'ines@lantern.example', emailVerified: null, role: 'author' });
  expect(post.categories.map((one) => one.category.slug).sort()).toEqual(['first-year', 'unlisted']);
  expect(post.tags.map((one) => one.tag.slug)).toEqual(['night']);
  expect(await postOf('31')).toMatchObject({ kind: 'page', slug: 'our-house', parent: { slug: 'about' } });
  expect(await postOf('30')).toMatchObject({ kind: 'page', menuOrder: 3, commentsOpen: false });
  expect(rowOf(report, 'posts')).toEqual([9, 0, 0]);
  expect(rowOf(report, 'pages')).toEqual([3, 0, 0]);
  expect(rowOf(report, 'authors')).toEqual([3, 0, 0]);
  expect(await stagingLeft()).toBe(0);
});

test('a picture gets its alt text from an attachment that comes later in the file', async () => {
  await imported(fixture('blog-1.2.xml'));
  expect((await postOf('10')).html).toContain('A small lamp beside a bed');
});

test('a gallery that names no pictures shows those uploaded to its post', async () => {
  const attachment = (url: string) => `<wp:attachment_url>${url}</wp:attachment_url>`;
  await imported(writeExport(exportOf([
    { id: 1, text: '[gallery columns="2"]' },
    { id: 2, type: 'attachment', parent: 1, more: attachment('https://made.example/one.jpg') },
    { id: 3, type: 'attachment', parent: 1, more: attachment('https://made.example/form.pdf') },
    { id: 4, type: 'attachment', parent: 9, more: attachment('https://made.example/two.jpg') },
  ])));
  const { html } = await postOf('1');
  expect(html).toContain('https://made.example/one.jpg');
  expect(html).not.toMatch(/form\.pdf|two\.jpg/);
});

test.each([
  ['10', 'published'], ['11', 'draft'], ['12', 'private'], ['13', 'password'], ['14', 'scheduled'], ['15', 'draft'], ['16', 'trash'], ['17', 'draft'],
])('post %s of the export is %s here, so only what was public is public', async (number, status) => {
  await imported(fixture('blog-1.2.xml'));
  expect((await postOf(number)).status).toBe(status);
});

test('a post opens by the password that it had, and no other has one', async () => {
  await imported(fixture('blog-1.2.xml'));
  expect((await postOf('13')).password).toBe('open sesame');
  expect(await db().post.count({ where: { password: { not: null } } })).toBe(1);
  const item = (id: number, word: string) => ({ id, title: `Post ${id}`, more: `<wp:post_password>${word}</wp:post_password>` });
  const report = await imported(writeExport(exportOf([item(900, 'x'.repeat(201)), item(901, 'x'.repeat(200)), { ...item(902, 'later'), status: 'draft' }])));
  expect(await postOf('902')).toMatchObject({ status: 'draft', password: 'later' });
  expect([(await postOf('900')).status, (await postOf('900')).password, (await postOf('901')).password]).toEqual(['password', null, 'x'.repeat(200)]);
  expect(JSON.stringify(report)).toContain('Passwords longer than 200 characters, left out: nobody can open these posts until you give them another');
});

test('a draft without a title has one of its number as address, and closed comments stay closed', async () => {
  await imported(fixture('blog-1.2.xml'));
  expect(await postOf('11')).toMatchObject({ title: '', slug: 'post-11', publishedAt: null, commentsOpen: false });
});

test('comments arrive with thread, state, date, name, e-mail, site, and without the address they came from', async () => {
  await imported(fixture('blog-1.2.xml'));
  const first = await commentOf(101);
  expect(first).toMatchObject({ status: 'approved', kind: 'comment', name: 'Ines', depth: 1, parentId: null, format: 'html', replyCount: 1, ipHash: null });
  expect(first.rootId).toBe(first.id);
  expect(first.html).toContain('<b>Every</b>');
  expect(first.html).not.toContain('onerror');
  expect(first.userId).toBe((await postOf('10')).authorId);
  const reply = await commentOf(102);
  expect(reply).toMatchObject({ name: 'Early & Bird', email: 'early@bird.example', website: 'https://bird.example/?a=1&b=2', parentId: first.id, rootId: first.id, depth: 2, userId: null });
  expect(reply.createdAt.toISOString()).toBe('2016-05-14T09:00:00.000Z');
  expect((await database.sql.query(`SELECT count(*)::int AS n FROM "Comment" c WHERE c::text LIKE '%203.0.113%'`)).rows[0].n).toBe(0);
});

test('what cannot be an e-mail or a link is left out and listed, and a nameless writer is Anonymous', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  expect(await commentOf(103)).toMatchObject({ name: 'Anonymous', email: null, website: null, userId: null, status: 'pending' });
  expect(noteOf(report, 'E-mail addresses')?.examples.map((one) => one.what)).toEqual(['Tom Reed: not an address', 'comment 103: nowhere']);
  expect(noteOf(report, 'Websites of writers')?.count).toBe(1);
});

test('an approved reply to a held comment stays approved below it', async () => {
  await imported(fixture('blog-1.2.xml'));
  const reply = await commentOf(104);
  expect(reply).toMatchObject({ status: 'approved', depth: 2 });
  expect(reply.parent?.status).toBe('pending');
});

test('pending, spam and trash stay so, internal notes never come in, and all but what is approved is not counted', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  expect((await commentOf(105)).status).toBe('spam');
  expect((await commentOf(106)).status).toBe('trash');
  expect((await database.sql.query(`SELECT count(*)::int AS n FROM "Comment" WHERE source LIKE '%Internal words%'`)).rows[0].n).toBe(0);
  expect(noteOf(report, 'not reader comments')?.examples).toEqual([{ line: 89, what: 'comment 108 of type “note”' }]);
  expect((await postOf('10')).approvedCount).toBe(6);
});

test('a pingback is a mention named by its title', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  expect(await commentOf(107)).toMatchObject({ kind: 'mention', name: 'A day – another blog » lamps', website: 'https://other.example/lamps/', status: 'approved' });
  expect(rowOf(report, 'mentions')).toEqual([1, 0, 0]);
});

test('a reply to another post’s comment and a circle of replies begin threads of their own, and are listed', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  expect(await commentOf(109)).toMatchObject({ parentId: null, depth: 1 });
  const head = await commentOf(110);
  expect(head).toMatchObject({ parentId: null, depth: 1 });
  expect(await commentOf(111)).toMatchObject({ parentId: head.id, rootId: head.id, depth: 2 });
  expect(noteOf(report, 'stands on another post')?.count).toBe(1);
  expect(noteOf(report, 'in a circle: the first begins')?.count).toBe(1);
});

test('comments under pictures are listed, with other kinds of items, terms and files', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  expect(noteOf(report, 'Comments on what was not imported')?.examples).toEqual([{ line: 110, what: 'comment 301' }]);
  expect(noteOf(report, 'Entries of menus')?.count).toBe(1);
  expect(noteOf(report, 'Earlier versions')?.count).toBe(1);
  expect(noteOf(report, 'Menus, which')?.count).toBe(1);
  expect(noteOf(report, 'Formats of posts')?.count).toBe(1);
});

test('old lists are known by their numbers, and authors by their names there', async () => {
  await imported(fixture('blog-1.2.xml'));
  const keys = await db().importKey.findMany({ where: { kind: { in: ['author-slug', 'author-number', 'category-number', 'tag-number'] } }, orderBy: [{ kind: 'asc' }, { externalId: 'asc' }] });
  const ines = await db().user.findUniqueOrThrow({ where: { email: 'ines@lantern.example' } });
  const night = await db().tag.findUniqueOrThrow({ where: { slug: 'night' } });
  const year = await db().category.findUniqueOrThrow({ where: { slug: 'first-year' } });
  expect(keys.map(({ kind, externalId }) => `${kind} ${externalId}`)).toEqual([
    'author-number 1', 'author-number 2', 'author-slug guest-writer', 'author-slug ines', 'author-slug tom-reed',
    'category-number 2', 'category-number 3', 'category-number 4', 'category-number 5', 'tag-number 6',
  ]);
  const target = (kind: string, externalId: string) => keys.find((key) => key.kind === kind && key.externalId === externalId)?.targetId;
  expect([target('author-number', '1'), target('author-slug', 'ines'), target('tag-number', '6'), target('category-number', '3')]).toEqual([ines.id, ines.id, night.id, year.id]);
});

test('old permalinks lead to the post, in their one canonical form; an address that did not change needs none', async () => {
  await imported(fixture('blog-1.2.xml'));
  const redirects = await db().redirect.findMany({ orderBy: { path: 'asc' }, select: { path: true, post: { select: { slug: true } } } });
  expect(redirects.map(({ path, post }) => `${path} → ${post?.slug}`)).toEqual([
    '/2016/05/13/café-light → café-light',
    '/2016/06/01/only-for-us → only-for-us',
    '/2016/06/02/behind-a-word → behind-a-word',
    '/2017/01/01/café-light → café-light-2',
    '/?attachment_id=21 → café-light',
    '/about/our-house → our-house',
    '/lamp → café-light',
    '/search → search-2',
    '/unheard-of → unheard-of',
  ]);
});

test('taken and reserved addresses give way, and are listed', async () => {
  const report = await imported(fixture('blog-1.2.xml'));
  expect((await postOf('18')).slug).toBe('café-light-2');
  expect((await postOf('32')).slug).toBe('search-2');
  expect(noteOf(report, 'another was given')?.count).toBe(2);
  expect(noteOf(report, 'without a date in UTC')?.examples[0]?.what).toContain('The same name');
});

test('categories keep their parents, and a circle of them is cut', async () => {
  await imported(fixture('blog-1.2.xml'));
  const categories = await db().category.findMany({ include: { parent: true }, orderBy: { slug: 'asc' } });
  expect(categories.map((one) => [one.slug, one.name, one.parent?.slug ?? null])).toEqual([
    ['babies', 'Babies & toddlers', null],
    ['first-year', 'The first year', 'babies'],
    ['round-a', 'Round A', null],
    ['round-b', 'Round B', 'round-a'],
    ['unlisted', 'Unlisted', null],
  ]);
});

test('WXR 1.0 and 1.1 arrive as well, authors made from the names under the posts', async () => {
  await imported(fixture('blog-1.0.xml'));
  await imported(fixture('blog-1.1.xml'));
  expect(await postOf('3')).toMatchObject({ slug: 'awake-at-five', author: { slug: 'admin', name: 'admin' }, categories: [{ category: { slug: 'sleep' } }], tags: [{ tag: { slug: 'dawn' } }] });
  const post = await postOf('7');
  expect(post).toMatchObject({ slug: 'the-first-day', excerpt: 'A hand to hold', author: { email: 'mo@middle.example' }, approvedCount: 1 });
  expect(post.publishedAt?.toISOString()).toBe('2011-09-05T08:00:00.000Z');
  expect((await db().importKey.findMany({ where: { kind: 'post' } })).map((key) => key.source).sort()).toEqual(['wxr:early.example', 'wxr:middle.example/notes']);
});

test('a thread deeper than five stands at depth five, whatever the order in the file', async () => {
  const comments = [7, 6, 5, 4, 3, 2, 1].map((id) => ({ id, parent: id - 1 }));
  await imported(writeExport(exportOf([{ id: 1, comments }])));
  const rows = await db().comment.findMany({ orderBy: { legacyNumber: 'asc' } });
  expect(rows.map((row) => row.depth)).toEqual([1, 2, 3, 4, 5, 5, 5]);
  expect(new Set(rows.map((row) => row.rootId)).size).toBe(1);
});

test('many circles and their followers are each cut once', async () => {
  const circle = (first: number, length: number) => Array.from({ length }, (_, index) => ({ id: first + index, parent: first + ((index + 1) % length) }));
  const comments = [...circle(100, 1), ...circle(200, 2), ...circle(300, 7), { id: 400, parent: 303 }, { id: 401, parent: 400 }];
  const report = await imported(writeExport(exportOf([{ id: 1, comments }])));
  expect(rowOf(report, 'comments')).toEqual([12, 0, 0]);
  expect(noteOf(report, 'in a circle: the first begins')?.count).toBe(3);
  expect(await db().comment.count({ where: { parentId: null } })).toBe(3);
});

test('an author with the address of an account here is that account, which keeps its name and role', async () => {
  const owner = await db().user.create({ data: { id: '01900000-0000-7000-8000-000000000001', name: 'The owner', email: 'ines@lantern.example', role: 'owner' } });
  const report = await imported(fixture('blog-1.2.xml'));
  expect((await postOf('10')).authorId).toBe(owner.id);
  expect(await db().user.findUniqueOrThrow({ where: { id: owner.id } })).toMatchObject({ name: 'The owner', role: 'owner' });
  expect(noteOf(report, 'that of an account here')?.count).toBe(1);
});

test.each([
  ['was made from the address', 'ines', false],
  ['is that of the sample blog', 'Marlene', true],
])('the owner whose name %s is named as the export names them, once', async (_, name, sample) => {
  const owner = await makeUser({ name, slug: 'as-it-was', email: 'ines@lantern.example', role: 'owner' });
  if (sample) await makePost({ authorId: owner.id, sample });
  await imported(fixture('blog-1.2.xml'));
  const named = { name: 'Inés & the Lantern', slug: 'ines', role: 'owner' };
  expect(await db().user.findUniqueOrThrow({ where: { id: owner.id } })).toMatchObject(named);
  await db().user.update({ where: { id: owner.id }, data: { name: 'ines' } });
  await imported(fixture('blog-1.2.xml'));
  expect(await db().user.findUniqueOrThrow({ where: { id: owner.id } })).toMatchObject({ ...named, name: 'ines' });
});

test.each([
  ['no name yet', null, 'The Lantern'],
  ['the name of the sample blog', { title: 'Small Hours', sample: true }, 'The Lantern'],
  ['a name of its own', { title: 'Mine', sample: false }, 'Mine'],
])('a blog with %s is called as it should be', async (_, before, title) => {
  if (before) await db().site.create({ data: { id: 1, ...before } });
  await imported(writeExport(exportOf([{ id: 1 }]).replace(/<title>[^<]*<\/title>/, '<title>The Lantern</title>')));
  expect(await db().site.findMany()).toMatchObject([{ id: 1, title, sample: false }]);
});

test('NUL, lone surrogates and control characters come through clean', async () => {
  await imported(writeExport(exportOf([{ id: 1, title: 'a\u0000b', text: 'tab\there \\N back\\slash\r\nline', comments: [{ id: 1, text: 'x\u0000y\\.' }] }])));
  expect(await postOf('1')).toMatchObject({ title: 'ab', source: 'tab\there \\N back\\slash\nline' });
  expect((await commentOf(1)).source).toBe('xy\\.');
});

test('numbers that stand twice are imported once, and rows without one not at all; both are listed', async () => {
  const doubled = exportOf([{ id: 1, comments: [{ id: 5 }, { id: 5 }] }, { id: 1, title: 'Again' }, { id: 0, title: 'Numberless' }]);
  const report = await imported(writeExport(doubled));
  expect(rowOf(report, 'posts')).toEqual([1, 0, 2]);
  expect(rowOf(report, 'comments')).toEqual([1, 0, 1]);
  expect(noteOf(report, 'number stands twice in the file: the second was not imported')?.examples[0]?.what).toContain('Again');
  expect(noteOf(report, 'Posts and pages without a number')?.count).toBe(1);
});

test('a dry run gives the same table and changes nothing', async () => {
  const before = await dump();
  const dry = await imported(fixture('blog-1.2.xml'), { dryRun: true });
  expect(await dump()).toBe(before);
  const real = await imported(fixture('blog-1.2.xml'));
  expect({ ...dry, dryRun: false }).toEqual(real);
});

test('a broken file is refused with line and reason and leaves nothing', async () => {
  const before = await dump();
  const whole = exportOf([{ id: 1, comments: [{ id: 1 }] }, { id: 2 }]);
  const result = await importFile(writeExport(whole.slice(0, -30)), { url: database.url }, now);
  expect(result).toMatchObject({ ok: false, code: 'invalid', message: expect.stringMatching(/^Line 7: The file ends before it is complete/) });
  expect(await dump()).toBe(before);
  expect(await stagingLeft()).toBe(0);
});

test('a file that is not there is refused with a sentence', async () => {
  expect(await importFile('/nowhere/export.xml', { url: database.url }, now)).toMatchObject({ ok: false, code: 'not-found', message: 'There is no file /nowhere/export.xml.' });
});
