import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readGhost } from '@/lib/transfer/readers/ghost-reader';
import { t } from '@/lib/words/t';
import { exported, notesOf, recordsOf, valuesOf, written } from '@/tests/support/exports/read-all';

const fixture = readFileSync(exported('ghost.json'), 'utf8');
const read = (content = fixture) => recordsOf(readGhost, written(content));
const oneLine = JSON.stringify(JSON.parse(fixture));
const exportOf = (data: object, meta: object = { version: '5.0.0' }) => JSON.stringify({ meta, data });

test('the blog comes first, named by the number of its database', async () => {
  const records = await read();
  expect(records[0]).toMatchObject({ kind: 'site', value: { source: 'ghost:c2f1d0aa-1111-4222-8333-abcdefabcdef', title: 'Lamp letters', tagline: 'Written at night' } });
});

test('an export is the same on one line, in one object, or with its tables in another order', async () => {
  const expected = valuesOf(await read(), 'post');
  const [one] = (JSON.parse(fixture) as { db: { meta: object; data: object }[] }).db;
  expect(valuesOf(await read(oneLine), 'post')).toEqual(expected);
  expect(valuesOf(await read(JSON.stringify(one)), 'post')).toEqual(expected);
  expect(valuesOf(await read(JSON.stringify({ data: Object.fromEntries(Object.entries(one!.data).reverse()), meta: one!.meta })), 'post')).toEqual(expected);
});

test('posts and pages keep slug, dates, excerpt, tags and the first of their authors', async () => {
  const records = await read();
  const [post] = valuesOf(records, 'post');
  expect(post).toMatchObject({
    number: '605ac141a2d5a6aa9e101e01', kind: 'post', slug: 'letters-to-a-lamp', title: 'Letters to a lamp', status: 'published', excerpt: 'Short & kind', author: 'ines', address: '/letters-to-a-lamp/',
    publishedAt: new Date('2021-03-24T04:34:13Z'), terms: [{ kind: 'tag', slug: 'light', name: 'Light' }],
  });
  expect(notesOf(records)).toContain('Posts with several authors: the first one is named here: post “Letters to a lamp”: Ines, Tom');
});

test('what not everybody could read there, nobody reads here', async () => {
  const records = await read();
  expect(valuesOf(records, 'post').map(({ slug, kind, status }) => [slug, kind, status])).toEqual([
    ['letters-to-a-lamp', 'post', 'published'], ['for-those-who-pay', 'post', 'private'], ['untitled', 'post', 'draft'],
    ['about-us', 'page', 'published'], ['a-letter-by-mail', 'post', 'private'], ['in-a-while', 'post', 'scheduled'],
  ]);
  expect(notesOf(records).filter((note) => note.startsWith(t('transfer.closed.membersOnly')))).toHaveLength(2);
});

test('of a blog behind a password, nothing is public', async () => {
  const records = await read(fixture.replace('"is_private", "value": "false"', '"is_private", "value": "true"'));
  expect(valuesOf(records, 'post').filter(({ status }) => status === 'published' || status === 'scheduled')).toEqual([]);
  expect(notesOf(records)).toContainEqual(expect.stringMatching(/^The old blog stood behind a password/));
});

test.each([['members', 'private'], ['tiers', 'private'], ['filter', 'private'], ['public', 'published'], ['', 'published']])('visibility “%s” makes a post %s', async (visibility, status) => {
  const records = await read(exportOf({ posts: [{ id: 'a', slug: 'a', title: 'A', html: 'a', status: 'published', visibility, published_at: '2020-01-01 00:00:00' }] }));
  expect(valuesOf(records, 'post')[0]?.status).toBe(status);
});

test('Ghost’s mark for itself becomes a path for links and a whole address for pictures', async () => {
  const [post] = valuesOf(await read(), 'post');
  expect(post?.content).toContain('<a href="/about-us/">');
  expect(post?.content).toContain('src="https://old-address-unknown.invalid/content/images/2021/03/lamp.png"');
  expect(post?.cover).toBe('https://old-address-unknown.invalid/content/images/2021/03/cover.jpg');
});

test('an address that pictures were shown from is taken for the blog’s own', async () => {
  const records = await read(fixture.replaceAll('__GHOST_URL__/content', 'https://lamp.example/blog/content').replaceAll('__GHOST_URL__/about', '/about'));
  expect(valuesOf(records, 'site')[0]?.address).toBe('https://lamp.example/blog');
  expect(valuesOf(records, 'post')[0]?.address).toBe('https://lamp.example/blog/letters-to-a-lamp/');
});

test('the picture above a post comes with its words', async () => {
  expect(valuesOf(await read(), 'file')).toEqual([expect.objectContaining({ address: 'https://old-address-unknown.invalid/content/images/2021/03/cover.jpg', alt: 'A lamp at night', caption: 'By <i>Ines</i>' })]);
});

test('authors come with their address, Ghost’s made-up one aside, and never with a password', async () => {
  const records = await read();
  expect(valuesOf(records, 'author').map(({ login, email, slug }) => [login, email, slug])).toEqual([['ines', 'ines@lamp.example', 'ines'], ['tom', '', 'tom']]);
  expect(JSON.stringify(records)).not.toMatch(/not-taken|member@example/);
});

test('internal tags, code put into pages and members are listed and left out', async () => {
  const records = await read();
  expect(valuesOf(records, 'term').map(({ slug, description }) => [slug, description])).toEqual([['light', 'What shines']]);
  expect(notesOf(records)).toEqual(expect.arrayContaining([
    'Tags that only served Ghost itself (their names begin with #), left out: #no-newsletter',
    'Code that was put into single pages of the old blog, left out: post “Letters to a lamp”',
    expect.stringMatching(/^Members do not come along.*: 2 in all$/),
  ]));
  expect(JSON.stringify(records)).not.toContain('track()');
});

test('a post without HTML is made of its source, and what has no place is listed', async () => {
  const records = await read();
  const post = valuesOf(records, 'post').at(-1);
  expect(post?.content).toContain('<h3><strong>Soon</strong></h3>\n<p>a &lt; b <a href="https://a.example/?b=1&amp;c=2"><em>there</em></a></p>\n<ol><li>one</li></ol>');
  expect(notesOf(records)).toContain('Parts of posts that have no place here: post “In a while”: the card “signup”');
});

test('mobiledoc and Markdown are read where there is nothing else', async () => {
  const mobiledoc = JSON.stringify({
    version: '0.3.1', atoms: [['soft-return', '', {}]], cards: [['markdown', { markdown: '# Hi\n\nThere' }], ['image', { src: '/content/images/a.png', alt: 'A' }], ['product', {}]],
    markups: [['strong'], ['a', ['href', 'https://a.example/']], ['script']],
    sections: [[1, 'p', [[0, [0], 0, 'Bold '], [0, [1], 2, 'link'], [1, [], 0, 0], [0, [2], 1, '<b>']]], [3, 'ul', [[[0, [], 0, 'point']]]], [10, 0], [10, 1], [10, 2]],
  });
  const records = await read(exportOf({ posts: [{ id: 1, slug: 'a', title: 'A', mobiledoc, status: 'draft' }, { id: 2, slug: 'b', title: 'B', markdown: '*Old* days', status: 'draft', page: 1 }] }));
  const [first, second] = valuesOf(records, 'post');
  expect(first?.content).toContain('<p><strong>Bold <a href="https://a.example/">link</a></strong><br><span>&lt;b&gt;</span></p>\n<ul><li>point</li></ul>\n<h1>Hi</h1>\n<p>There</p>');
  expect(second).toMatchObject({ kind: 'page', number: '2' });
  expect(second?.content).toContain('<p><em>Old</em> days</p>');
  expect(notesOf(records)).toContain('Parts of posts that have no place here: post “A”: the card “product”');
});

test('the oldest exports, with numbers for everything, are read', async () => {
  const records = await read(exportOf({
    posts: [{ id: 5, title: 'Old', slug: 'old', html: '<p>x</p>', image: '/content/images/2014/a.jpg', page: 0, status: 'published', author_id: 1, created_at: 1388318310829, published_at: 1388318310830 }],
    users: [{ id: 1, name: 'Ada', slug: 'ada', email: 'ada@old.example' }], tags: [{ id: 3, name: 'News', slug: 'news' }], posts_tags: [{ post_id: 5, tag_id: 3 }],
    settings: [{ key: 'permalinks', value: '/:year/:month/:day/:slug/' }, { key: 'title', value: 'Old days' }],
  }, { version: '003' }));
  expect(valuesOf(records, 'site')[0]?.source).toBe('ghost:old-days');
  expect(valuesOf(records, 'post')[0]).toMatchObject({ number: '5', author: 'ada', address: '/2013/12/29/old/', publishedAt: new Date(1388318310830), terms: [{ slug: 'news' }] });
});

test('lines are told where lines mean something', async () => {
  expect((await read()).find((record) => record.kind === 'post')?.line).toBe(7);
  expect((await read(oneLine)).find((record) => record.kind === 'post')?.line).toBeNull();
});

test.each([
  ['other JSON', '{"data": {"posts": "none"}}', /^This is no Ghost export, or one without posts/],
  ['rows that are none', exportOf({ users: [1, null, [], 'x'], posts: [] }), /without posts/],
  ['a cut file', fixture.slice(0, 3000), /The file ends before it is complete/],
  ['damaged JSON', fixture.replace('"posts": [', '"posts": [,'), /^Line 6: The file is not well-formed JSON/],
  ['more behind its end', `${oneLine}{}`, /something stands behind its end/],
  ['arrays without end', `{"db":${'['.repeat(100_000)}`, /inside one another/],
  ['objects without end', `{"data":{"posts":[${'{"a":'.repeat(100_000)}`, /inside one another/],
  ['a text without end', `{"data":{"posts":[{"html":"${'x'.repeat(20_000_000)}"}]}}`, /longer than/],
  ['a row without end', `{"data":{"posts":[{"a":[${'"x",'.repeat(13_000_000)}1]}]}}`, /A single row is longer/],
])('%s is refused with a reason', async (_, content, sentence) => {
  await expect(read(content)).rejects.toThrow(sentence);
});

test('rows that are no rows are left out without a word too many', async () => {
  const records = await read(exportOf({ posts: [null, 5, { id: 'a', slug: 'a', title: { a: 1 }, html: ['x'], status: 'published', published_at: 'yesterday' }], tags: [{ id: {} }], settings: [{ key: 'title', value: {} }] }));
  expect(valuesOf(records, 'post')).toEqual([expect.objectContaining({ number: 'a', title: '', content: '' })]);
});

const postWith = async (said: object) => {
  const records = await read(exportOf({ posts: [{ id: 'a', slug: 'a', title: 'A', status: 'published', visibility: 'public', published_at: '2020-01-01 00:00:00', ...said }] }));
  return { status: valuesOf(records, 'post')[0]?.status, notes: notesOf(records).filter((note) => note.startsWith(t('transfer.closed.inPart'))) };
};
const lexical = (visibility: unknown) => JSON.stringify({ root: { children: [{ type: 'paragraph', children: [] }, { type: 'html', html: '<p>Paid</p>', visibility }] } });
const mobiledoc = (visibility: unknown) => JSON.stringify({ cards: [['html', { html: '<p>Paid</p>', visibility }]], sections: [[10, 0]] });
const gated = (parameters: string) => `<p>Free</p>\n<!--kg-gated-block:begin ${parameters} --><p>Paid</p><!--kg-gated-block:end-->`;

test.each([
  { html: gated('nonMember:false memberSegment:"status:free,status:-free"') }, { html: gated('memberSegment:"status:-free"') }, { html: gated('') },
  { html: gated('nonMember:true memberSegment:""') + gated('nonMember:false') }, { lexical: lexical({ web: { nonMember: false, memberSegment: 'status:free' }, email: {} }) },
  { lexical: lexical({ showOnEmail: true, showOnWeb: false }) }, { mobiledoc: mobiledoc({ web: { nonMember: false } }) },
])('a post with a part that only members see is private: %j', async (said) => {
  expect(await postWith(said)).toEqual({ status: 'private', notes: [`${t('transfer.closed.inPart')}: post “A”`] });
});

test.each([
  { html: gated('nonMember:true memberSegment:"status:free"') }, { html: '<p>Free</p>' }, { lexical: lexical({ web: { nonMember: true, memberSegment: '' }, email: {} }) },
  { lexical: lexical(undefined) }, { mobiledoc: mobiledoc({ showOnWeb: true }) },
])('a post with nothing but what everybody sees is public: %j', async (said) => {
  expect(await postWith(said)).toEqual({ status: 'published', notes: [] });
});
