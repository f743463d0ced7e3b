import { expect, test } from 'vitest';
import { searchPosts } from '@/lib/posts/search';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

const database = useDatabase();
const now = new Date('2026-01-01T12:00:00Z');
const at = (days: number) => new Date(Date.UTC(2016, 4, days));

async function found(words: string, page = 1, perPage = 10) {
  const list = await searchPosts(words, page, perPage, now);
  return list === null || list === 'too-many' ? list : list.posts.map(({ slug }) => slug);
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
  ['attachment or was', ['third', 'first']],
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
  expect(await found('a', 1, 1)).toEqual(['third']);
  expect((await searchPosts('a', 1, 1, now))).toMatchObject({ page: 1, hasMore: true });
  expect((await searchPosts('a', 2, 1, now))).toMatchObject({ page: 2, hasMore: false, posts: [{ slug: 'first' }] });
  expect(await found('a', 3, 1)).toBeNull();
});

test('the longest text of the costliest words can be written and is found by its first', async () => {
  const { id: authorId } = await makeUser();
  const syllable = (n: number) => String.fromCharCode(0xac00 + n);
  const source = Array.from({ length: 60_000 }, (_, n) => syllable(n % 11_000) + syllable((n * 7) % 11_000)).join(' ');
  await makePost({ authorId, slug: 'long', source, html: `<p>${source}</p>`, publishedAt: at(1) } as Parameters<typeof makePost>[0]);
  expect(await found(source.split(' ')[5]!)).toEqual(['long']);
});

test('it is found by its index', async () => {
  const { id: authorId } = await makeUser();
  await database.sql.query(`INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId")
    SELECT gen_random_uuid(), 'p' || n, 'Post', '', '<p>common word' || n || '</p>', 'published', now() - n * interval '1 day', $1 FROM generate_series(1, 3000) n`, [authorId]);
  await database.sql.query('ANALYZE "Post"');
  const { rows } = await database.sql.query<{ 'QUERY PLAN': string }>(`EXPLAIN SELECT id FROM "Post" WHERE to_tsvector('simple', fold_letters("left"("title" || ' ' || "html", 80000))) @@ websearch_to_tsquery('simple', fold_letters('word7'))`);
  expect(rows.map((row) => row['QUERY PLAN']).join('\n')).toContain('Post_search_idx');
});

test('what would take too long is given up, and said', async () => {
  await posts();
  const holder = await database.sql.connect();
  try {
    await holder.query('BEGIN; LOCK TABLE "Post" IN ACCESS EXCLUSIVE MODE');
    expect(await searchPosts('child', 1, 10, now)).toBe('too-many');
  } finally {
    await holder.query('ROLLBACK');
    holder.release();
  }
  expect(await found('child')).toEqual(['second', 'first']);
});
