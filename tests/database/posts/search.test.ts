import { expect, test } from 'vitest';
import { searchComments } from '@/lib/comments/search';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { COMPARED_MAX, foundBy, searchPosts, type SearchView } from '@/lib/posts/search';
import { tendSearch } from '@/lib/posts/search-words';
import { searchLimits } from '@/lib/posts/searching';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

const database = useDatabase();
const now = new Date('2026-01-01T12:00:00Z');
const at = (days: number) => new Date(Date.UTC(2016, 4, days));

async function found(words: string, page = 1, perPage = 10) {
  const list = await searchPosts(words, page, perPage, now);
  return list === null || typeof list === 'string' ? list : list.hits.map(({ slug }) => slug);
}

async function posts() {
  const { id: authorId } = await makeUser();
  await makePost({ authorId, slug: 'first', title: 'Secure attachment', source: '<p>A child sleeps in the café.</p>', publishedAt: at(1) });
  await makePost({ authorId, slug: 'second', title: 'On sleep', source: '<p>Where the <strong>child</strong> sleeps, “good night”.</p>', publishedAt: at(2) });
  await makePost({ authorId, slug: 'third', title: 'Night', source: '<p>A night that was good.</p>', publishedAt: at(3) });
  return authorId;
}

test.each([
  ['child', ['second', 'first']],
  ['CAFE', ['first']],
  ['attachment', ['first']],
  ['"good night"', ['second']],
  ['good night', ['third', 'second']],
  ['night -sleeps', ['third']],
  ['attachment or was', ['first']], ['attachment or goodness', ['first', 'third', 'second']],
  ['sleeping', ['second', 'first']], ['children', []], ['cafÉs', ['first']],
  ['strong', []], ['href', []], ['nothing', []], ['&&& | !!', []], ['', []], ["it's ' \" ( <->", []], ['a\0b \uD800', []],
])('%j finds %j', async (words, slugs) => {
  await posts();
  expect(await found(words)).toEqual(slugs);
});

test('only what is public is found, whatever its words, and no page', async () => {
  const authorId = await posts();
  for (const status of ['draft', 'scheduled', 'unlisted', 'private', 'password', 'trash'] as const) await makePost({ authorId, slug: status, status, source: 'a child', publishedAt: at(1) });
  await makePost({ authorId, slug: 'later', source: 'a child', publishedAt: new Date('2026-01-02T00:00:00Z') });
  await makePost({ authorId, kind: 'page', slug: 'about', source: 'a child', publishedAt: at(1) });
  expect(await found('child')).toEqual(['second', 'first']);
});

test('what is found has pages', async () => {
  await posts();
  expect(await found('sleep', 1, 1)).toEqual(['second']);
  expect((await searchPosts('sleep', 1, 1, now))).toMatchObject({ page: 1, hasMore: true });
  expect((await searchPosts('sleep', 2, 1, now))).toMatchObject({ page: 2, hasMore: false, hits: [{ slug: 'first' }] });
  expect(await found('sleep', 3, 1)).toBeNull();
});

test('the longest text of the costliest words can be written and is found by its first', async () => {
  const { id: authorId } = await makeUser();
  const syllable = (n: number) => String.fromCharCode(0xac00 + n);
  const source = Array.from({ length: 60_000 }, (_, n) => syllable(n % 11_000) + syllable((n * 7) % 11_000)).join(' ');
  await makePost({ authorId, slug: 'long', source, html: `<p>${source}</p>`, publishedAt: at(1) } as Parameters<typeof makePost>[0]);
  expect(await found(source.split(' ')[5]!)).toEqual(['long']);
});

test('the best comes first: what says it in its title, then what says it more, then what is newer', async () => {
  const { id: authorId } = await makeUser();
  const filler = '<p>Other words of the day.</p>'.repeat(20);
  await makePost({ authorId, slug: 'title', title: 'Lavender', source: filler, publishedAt: at(1) });
  await makePost({ authorId, slug: 'often', title: 'Oils', source: `<p>lavender and lavender, more lavender</p>${filler}`, publishedAt: at(2) });
  await makePost({ authorId, slug: 'once-old', title: 'Soap', source: `<p>lavender</p>${filler}`, publishedAt: at(3) });
  await makePost({ authorId, slug: 'once-new', title: 'Soup', source: `<p>lavender</p>${filler}`, publishedAt: at(4) });
  expect(await found('lavender')).toEqual(['title', 'often', 'once-new', 'once-old']);
});

test('what is found is shown where it says the words, which are marked whatever their endings', async () => {
  await posts();
  const list = await searchPosts('sleeping children cafes', 1, 10, now);
  expect(list).toMatchObject({ hits: [] });
  const { hits } = (await searchPosts('sleeping café', 1, 10, now)) as SearchView;
  expect(hits.map(({ snippet, titleParts }) => [snippet.filter(({ isHit }) => isHit).map(({ text }) => text), titleParts])).toEqual([[['sleeps', 'café'], [{ text: 'Secure attachment', isHit: false }]]]);
  const { hits: [titled] } = (await searchPosts('sleep', 1, 10, now)) as SearchView;
  expect(titled!.titleParts).toEqual([{ text: 'On ', isHit: false }, { text: 'sleep', isHit: true }]);
});

test('a misspelt word is taken for the nearest that posts say, and that is told', async () => {
  await posts();
  await tendSearch();
  expect(await searchPosts('attachmant', 1, 10, now)).toMatchObject({ corrected: 'attachment', hits: [{ slug: 'first' }] });
  expect(await searchPosts('“secuer” atachment', 1, 10, now)).toMatchObject({ corrected: '“secure” attachment', hits: [{ slug: 'first' }] });
  expect(await searchPosts('attachment', 1, 10, now)).toMatchObject({ corrected: null });
  expect(await searchPosts('zzzzzz', 1, 10, now)).toMatchObject({ corrected: null, hits: [] });
});

test('no word of what is not public is told as a correction', async () => {
  const authorId = await posts();
  await makePost({ authorId, slug: 'draft', status: 'draft', source: 'marzipan', publishedAt: null });
  const out = await makePost({ authorId, slug: 'out', source: 'nougat', publishedAt: at(1) });
  await tendSearch();
  await db().post.update({ where: { id: out.id }, data: { status: 'private' } });
  expect(await database.sql.query(`SELECT word FROM "SearchWord" WHERE word IN ('marzipan', 'nougat')`)).toMatchObject({ rows: [{ word: 'nougat' }] });
  for (const words of ['marzipn', 'nougt', 'nougat']) expect(await searchPosts(words, 1, 10, now)).toMatchObject({ corrected: null, hits: [] });
  // Not beside a word that is corrected either, be it asked for, against, or instead.
  for (const words of ['atachment or nougt', 'atachment or nougat', 'atachment -nougt']) expect(((await searchPosts(words, 1, 10, now)) as SearchView).corrected).toBe(words.replace('atachment', 'attachment'));
});

test('a wrong letter that was mended in the post is corrected like any other', async () => {
  const { id: authorId } = await makeUser();
  const post = await makePost({ authorId, slug: 'one', source: 'lavander', publishedAt: at(1) });
  await tendSearch();
  await db().post.update({ where: { id: post.id }, data: { html: '<p>lavender</p>', revision: { increment: 1 } } });
  await tendSearch();
  expect(await searchPosts('lavander', 1, 10, now)).toMatchObject({ corrected: 'lavender', hits: [{ slug: 'one' }] });
});

test('comments are searched with the same forgiveness', async () => {
  const authorId = await posts();
  const post = await makePost({ authorId, slug: 'talk', source: 'lavender', publishedAt: at(4) });
  await makeComment({ postId: post.id, source: 'Lavender, always.' });
  await tendSearch();
  expect(await searchComments('lavander', 1, 10, now)).toMatchObject({ corrected: 'lavender', comments: [{ snippet: [{ text: 'Lavender', isHit: true }, { text: ', always.', isHit: false }] }] });
  expect(await searchComments('always', 1, 10, now)).toMatchObject({ corrected: null, comments: [expect.anything()] });
  expect(await searchComments('alwayss', 1, 10, now)).toMatchObject({ corrected: null, comments: [] });
});

test('that no post says a phrase is only said when all were compared', { timeout: 60_000 }, async () => {
  const { id: authorId } = await makeUser();
  await database.sql.query(`INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId")
    SELECT gen_random_uuid(), 'p' || n, 'Post', '', CASE n WHEN ${COMPARED_MAX + 9} THEN '<p>lamp oil</p>' ELSE '<p>oil lamp</p>' END, 'published', timestamptz '2025-12-31' - n * interval '1 hour', $1 FROM generate_series(1, ${COMPARED_MAX + 9}) n`, [authorId]);
  expect(await found('"lamp oil"')).toEqual([`p${COMPARED_MAX + 9}`]);
  expect(await found('"oil lamp"', 1, 2)).toEqual(['p1', 'p2']);
});

test('a post that comes out later is taken into the words then', async () => {
  const authorId = await posts();
  const draft = await makePost({ authorId, slug: 'draft', status: 'draft', source: 'marzipan', publishedAt: null });
  await tendSearch();
  await db().post.update({ where: { id: draft.id }, data: { status: 'published', publishedAt: at(1) } });
  await tendSearch();
  expect(await searchPosts('marzipn', 1, 10, now)).toMatchObject({ corrected: 'marzipan', hits: [{ slug: 'draft' }] });
});

test('the blog is searched in its language, and in another once that is chosen', async () => {
  await db().site.create({ data: { id: 1, title: 'Blog', language: 'es' } });
  const { id: authorId } = await makeUser();
  await makePost({ authorId, slug: 'ninas', title: 'Las niñas', source: '<p>Canciones para dormir.</p>', publishedAt: at(1) });
  expect([await found('niña'), await found('canción'), await found('dormirse las')]).toEqual([['ninas'], ['ninas'], ['ninas']]);
  await db().site.update({ where: { id: 1 }, data: { language: 'xx' } });
  await tendSearch();
  expect([await searchPosts('niña', 1, 10, now), await searchPosts('las', 1, 10, now)]).toMatchObject([{ corrected: 'ninas' }, { corrected: null, hits: [{ slug: 'ninas' }] }]);
});

/** So many posts as long as a usual one, each of its own words and of common ones. */
async function manyPosts(count: number) {
  const { id: authorId } = await makeUser();
  await database.sql.query(`INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId")
    SELECT gen_random_uuid(), 'p' || n, 'Post', '', '<p>common word' || n || ' ' || (SELECT string_agg('Some' || m % 300, ' ') FROM generate_series(1, 1250) m) || '</p>', 'published', timestamptz '2025-12-31' - n * interval '1 day', $1 FROM generate_series(1, $2::int) n`, [authorId, count]);
}

const planOf = async (words: string): Promise<string> => {
  const [, lines] = await db().$transaction([db().$queryRaw(searchLimits()), db().$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN ${foundBy((await db().$queryRaw<{ q: string }[]>`SELECT websearch_to_tsquery('english', ${words})::text AS q`)[0]!.q, now, { offset: 0, limit: 10 })}`)]);
  return lines.map((line) => line['QUERY PLAN']).join('\n');
};

test('two thousand long posts, just written, are searched by their index, whatever PostgreSQL knows of them', { timeout: 120_000 }, async () => {
  await manyPosts(2_000);
  for (const known of ['', 'ANALYZE "Post"']) {
    await database.sql.query(known);
    expect(await found('common', 1, 2)).toEqual(['p1', 'p2']);
    expect(await found('some7 word40', 1, 2)).toEqual(['p40']);
    for (const words of ['common', 'word7', 'some7 -some8', 'word7 or word8', '"common word7"', 'nowhere']) {
      const plan = await planOf(words);
      expect(plan).toContain('Post_search_idx');
      expect(plan).not.toContain('Seq Scan on "Post"');
    }
  }
});

test('of what stands in many posts the newest are found, of what stands in few all, however old', { timeout: 60_000 }, async () => {
  const { id: authorId } = await makeUser();
  await database.sql.query(`INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId")
    SELECT gen_random_uuid(), 'p' || n, CASE WHEN n % 100 = 0 THEN 'Hundredth' ELSE 'Post' END, '',
      '<p>common' || CASE WHEN n % 12 = 0 THEN ' seldom' ELSE '' END || CASE n WHEN 9000 THEN ' lamp' ELSE '' END || '</p>',
      CASE n WHEN 5 THEN 'unlisted' WHEN 8988 THEN 'draft' ELSE 'published' END::"PostStatus", timestamptz '2026-01-02' - n * interval '1 day', $1 FROM generate_series(0, 9000) n`, [authorId]);
  const numbers = async (query: string) => {
    const rows = await db().$queryRaw<{ id: string }[]>(foundBy(query, now, { offset: 0, limit: 1_000 }));
    const { rows: slugs } = await database.sql.query<{ n: number }>(`SELECT substr(slug, 2)::int AS n FROM "Post" WHERE id = ANY($1)`, [rows.map(({ id }) => id)]);
    return slugs.map(({ n }) => n).sort((one, other) => one - other);
  };
  const every = (step: number, from: number, count: number) => Array.from({ length: count }, (_, index) => from + index * step);
  // 0 is still to come.
  expect(await numbers(`'common'`)).toEqual(every(1, 1, 201).filter((n) => n !== 5));
  expect(await numbers(`'seldom'`)).toEqual(every(12, 12, 200));
  expect(await numbers(`'seldom' & 'common' & !'nothing'`)).toEqual(every(12, 12, 200));
  expect(await numbers(`'lamp'`)).toEqual([9_000]);
  // The newest two hundred that say it, and the newest fifty that say it in their title.
  expect(await numbers(`'hundredth'`)).toEqual(every(100, 100, 90));
  expect(await numbers(`'nowhere'`)).toEqual([]);
});

test('no post waits to be put into the index', async () => {
  const { rows } = await database.sql.query<{ reloptions: string[] }>(`SELECT reloptions FROM pg_class WHERE relname = 'Post_search_idx'`);
  expect(rows).toEqual([{ reloptions: ['fastupdate=off'] }]);
});

async function whileLocked(act: () => Promise<void>) {
  const holder = await database.sql.connect();
  try {
    await holder.query('BEGIN; LOCK TABLE "Post" IN ACCESS EXCLUSIVE MODE');
    await act();
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
}

test.each(['-child', '-child -"good night"', 'child or -sleeps'])('%j names nothing to look for, and no post is read for it', async (words) => {
  await whileLocked(async () => expect(await found(words)).toBe('no-words'));
});

test('two are searched for at once, whoever waits too long is asked to come again', async () => {
  await posts();
  let first: Promise<unknown>[] = [];
  await whileLocked(async () => {
    first = [found('child'), found('child')];
    expect(await Promise.all(Array.from({ length: 12 }, () => found('child')))).toEqual(Array.from({ length: 12 }, () => 'too-many'));
    const { rows } = await database.sql.query<{ waiting: number }>(`SELECT count(*)::int AS waiting FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`);
    expect(rows).toEqual([{ waiting: 2 }]);
  });
  expect(await Promise.all(first)).toEqual([['second', 'first'], ['second', 'first']]);
  expect(await found('child')).toEqual(['second', 'first']);
});

test('what would take too long is given up, and said', async () => {
  await posts();
  await whileLocked(async () => expect(await found('child')).toBe('too-many'));
  expect(await found('child')).toEqual(['second', 'first']);
});
