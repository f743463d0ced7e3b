import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readBlogger } from '@/lib/transfer/readers/blogger-reader';
import { t } from '@/lib/words/t';
import { exported, notesOf, recordsOf, valuesOf, written } from '@/tests/support/exports/read-all';

const fixture = readFileSync(exported('blogger.xml'), 'utf8');
const read = (content = fixture) => recordsOf(readBlogger, written(content));
const takeout = () => recordsOf(readBlogger, exported('blogger-takeout.atom'));

test('the blog comes first, named by its number in both forms of the export', async () => {
  const records = await read();
  expect(records[0]).toMatchObject({ kind: 'site', value: { source: 'blogger:4200', address: 'https://nightkitchen.blogspot.com/', title: 'The Night Kitchen', tagline: 'Eating after dark' } });
  expect((await takeout())[0]).toMatchObject({ kind: 'site', value: { source: 'blogger:4200', title: 'The Night Kitchen' } });
});

test('settings and the template stay away, with the addresses of administrators', async () => {
  expect(JSON.stringify(await read())).not.toMatch(/ada@kitchen|<html>|BLOG_ADMIN/);
});

test('a post comes with labels, dates, slug and its old address', async () => {
  const [post] = valuesOf(await read(), 'post');
  expect(post).toMatchObject({
    number: '1001', kind: 'post', slug: 'soup-at-two', title: 'Soup at two', status: 'published', author: '77001', address: 'https://nightkitchen.blogspot.com/2010/01/soup-at-two.html',
    publishedAt: new Date('2010-01-03T02:00:00Z'), updatedAt: new Date('2010-02-03T02:00:00.001Z'),
    terms: [{ kind: 'tag', slug: '', name: 'Soup & bread' }, { kind: 'tag', slug: '', name: 'night' }],
  });
});

test('the break of a post is kept, and what only looks like WordPress stays words', async () => {
  const [post] = valuesOf(await read(), 'post');
  expect(post?.content).toContain('<br /><!--more--><b>Then</b>');
  expect(post?.content).toContain('&#91;gallery] stays words.');
  expect(post?.content).toMatch(/^<!-- wp:html -->/);
});

test('a draft is a draft and a page is a page, and neither takes the address of the other', async () => {
  expect(valuesOf(await read(), 'post').map(({ kind, status, slug, publishedAt }) => [kind, status, slug, publishedAt !== null])).toEqual([
    ['post', 'published', 'soup-at-two', true], ['post', 'draft', '', false], ['page', 'published', 'about', true],
  ]);
});

test('the author is known once, by the profile; Blogger’s stand-in is nobody’s address', async () => {
  expect(valuesOf(await read(), 'author')).toEqual([{ login: '77001', number: '77001', email: '', name: 'Ada', slug: '', own: null }]);
});

test('an author who answers is the author, and who only calls themselves so is not', async () => {
  const comments = valuesOf(await read(), 'comment');
  expect(comments.map(({ number, author, status }) => [number, author, status])).toEqual([['9002', '77001', 'approved'], ['9001', '', 'approved'], ['9003', '', 'trash']]);
});

test.each([['the older form', read], ['Takeout', takeout]])('replies are found in %s, and comments stand under their post in whichever order', async (_, records) => {
  const all = await records();
  const items = new Map(all.flatMap((record) => (record.kind === 'post' ? [[record.value.number, record.item] as const] : [])));
  const comments = all.flatMap((record) => (record.kind === 'comment' ? [record] : []));
  expect(comments.every((comment) => comment.item === items.get('1001'))).toBe(true);
  expect(comments.find((comment) => comment.value.number === '9002')?.value.parent).toBe('9001');
});

test('Takeout’s own states, paths and descriptions are understood', async () => {
  const records = await takeout();
  expect(valuesOf(records, 'post').map(({ number, status, address, excerpt }) => [number, status, address, excerpt])).toEqual([
    ['1001', 'published', '/2010/01/soup-at-two.html', 'Onions at night'], ['1004', 'trash', '/2012/01/thrown-away.html', ''],
  ]);
  expect(valuesOf(records, 'comment').map(({ number, status, author }) => [number, status, author])).toEqual([['9001', 'approved', ''], ['9002', 'approved', '77001'], ['9004', 'spam', '']]);
});

test('a state nobody knows is held, and listed', async () => {
  const records = await read(readFileSync(exported('blogger-takeout.atom'), 'utf8').replaceAll('>LIVE<', '>HAUNTED<'));
  expect(valuesOf(records, 'post')[0]?.status).toBe('draft');
  expect(valuesOf(records, 'comment')[0]?.status).toBe('pending');
  expect(notesOf(records)).toEqual(expect.arrayContaining(['Posts and pages in a state that is unknown here, kept as drafts: post 1001 “Soup at two”: HAUNTED', 'Comments in a state that is unknown here, held for moderation: comment 9001: HAUNTED']));
});

test('a post of the future is scheduled', async () => {
  expect(valuesOf(await read(fixture.replace('<published>2010-01-02', '<published>2036-01-02')), 'post')[0]?.status).toBe('scheduled');
});

test.each([
  ['another feed', '<rss></rss>', /^This is no Blogger export/],
  ['a feed without entries', '<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title></feed>', /nothing in it to import/],
  ['a cut file', fixture.slice(0, 5000), /^Line \d+: The file ends before it is complete/],
  ['a post without end', `<feed xmlns="http://www.w3.org/2005/Atom"><entry><content>${'x'.repeat(20_000_000)}`, /longer than/],
  ['an entry of too many parts', `<feed xmlns="http://www.w3.org/2005/Atom"><entry>${'<category term="a"/>'.repeat(30_000)}</entry></feed>`, /More than 20000 elements/],
])('%s is refused with a reason', async (_, content, sentence) => {
  await expect(read(content)).rejects.toThrow(sentence);
});

const setting = (name: string, value: string) =>
  `<entry><id>tag:blogger.com,1999:blog-4200.settings.${name}</id><category scheme='http://schemas.google.com/g/2005#kind' term='http://schemas.google.com/blogger/2008/kind#settings'/><title type='text'>x</title><content type='text'>${value}</content></entry>`;

test.each([['PUBLIC', 'published'], ['public', 'published'], ['', 'published'], ['PRIVATE', 'private'], ['AUTHORS', 'private'], ['CUSTOM', 'private'], ['something new', 'private']])('of a blog whose readers are “%s”, a public post comes in as %s', async (mode, status) => {
  const records = await read(fixture.replace('<entry>', `${setting('BLOG_READ_ACCESS_MODE', mode)}<entry>`));
  expect(valuesOf(records, 'post').map((post) => post.status)).toEqual([status, 'draft', status]);
  expect(notesOf(records).filter((note) => note.startsWith(t('transfer.closed.invitedOnly')))).toHaveLength(status === 'private' ? 2 : 0);
});

test('a blog that says only after its posts that it was for invited readers is refused', async () => {
  await expect(read(fixture.replace('</feed>', `${setting('BLOG_READ_ACCESS_MODE', 'PRIVATE')}</feed>`))).rejects.toThrow(/only after its posts/);
});
