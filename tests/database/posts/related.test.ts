import { expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { db } from '@/lib/db/client';
import { Prisma } from '@/lib/db/generated/client';
import { newId } from '@/lib/ids';
import { findMorePosts, findRelated, relatedBy } from '@/lib/posts/related';
import { searchLimits } from '@/lib/posts/searching';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

const database = useDatabase();
const now = new Date('2026-01-01T12:00:00Z');
const at = (days: number) => new Date(Date.UTC(2016, 4, days));
const relatedTo = async ({ id }: { id: string }, limit = 10) => (await findRelated(id, limit, now)).map(({ slug }) => slug);

async function blog() {
  const { id: authorId } = await makeUser();
  const write = (slug: string, title: string, source: string, day: number, more: Partial<Parameters<typeof makePost>[0]> = {}) =>
    makePost({ authorId, slug, title, source: `<p>${source}</p>`, publishedAt: at(day), ...more });
  const tag = (...posts: { id: string }[]) => db().tag.create({ data: { id: newId(), slug: newId(), name: 'A tag', posts: { create: posts.map(({ id }) => ({ postId: id })) } } });
  return { write, tag };
}

test('what says the words of the title is related, what has them in its own title first, whatever their endings', async () => {
  const { write } = await blog();
  const post = await write('own', 'Why a child needs attachments', 'Words.', 1);
  await write('text', 'Another day', 'It is attachment that counts.', 2);
  await write('title', 'Secure attachment', 'Words.', 3);
  await write('nothing', 'On the weather', 'Rain.', 4);
  expect(await relatedTo(post)).toEqual(['title', 'text']);
  expect(await relatedTo(post, 1)).toEqual(['title']);
});

test('a rare word of the title says more than one that stands everywhere', async () => {
  const { write } = await blog();
  const post = await write('own', 'A child and the lighthouse', 'Words.', 1);
  for (let day = 10; day < 90; day += 1) await write(`common-${day}`, 'The child', 'A child.', day);
  await write('rare', 'Elsewhere', 'There was a lighthouse.', 2);
  expect(await relatedTo(post, 3)).toEqual(['rare']);
});

test('where all words of the title stand everywhere the newest that say the rarest are related', async () => {
  const { write } = await blog();
  const post = await write('own', 'The child', 'Words.', 1);
  for (let day = 10; day < 90; day += 1) await write(`common-${day}`, 'Words', 'A child.', day);
  expect(await relatedTo(post, 2)).toEqual(['common-89', 'common-88']);
});

test('tags in common make posts related, and words besides more so', async () => {
  const { write, tag } = await blog();
  const post = await write('own', 'Lavender', 'Words.', 1);
  const [one, two, both] = [await write('one', 'Soap', 'Oil.', 2), await write('two', 'Ash', 'Lye.', 3), await write('both', 'Oils', 'Lavender, too.', 4)];
  await write('word', 'Fields', 'Lavender.', 5);
  await tag(post, one, two, both);
  await tag(post, one);
  expect(await relatedTo(post)).toEqual(['one', 'both', 'two', 'word']);
});

test('only what is public is related, by words or by a tag, and never a page or the post itself', async () => {
  const { write, tag } = await blog();
  const post = await write('own', 'Lavender', 'Lavender.', 1);
  const others = [];
  for (const status of ['draft', 'scheduled', 'unlisted', 'private', 'password', 'trash'] as const) others.push(await write(status, 'Lavender', 'Lavender.', 2, { status }));
  others.push(await write('later', 'Lavender', 'Lavender.', 2, { publishedAt: new Date('2026-01-02T00:00:00Z') }), await write('page', 'Lavender', 'Lavender.', 2, { kind: 'page' }));
  await tag(post, ...others);
  expect(await relatedTo(post)).toEqual([]);
});

test.each(['', '…', 'The and of', `It's a "quote" \\ & <b>`, 'a'.repeat(300), Array.from({ length: 60 }, (_, n) => `word${n}`).join(' ')])('a title like %j is no trouble', async (title) => {
  const { write } = await blog();
  const post = await write('own', title, 'Words.', 1);
  await write('other', 'Words', `The quote: ${title}`, 2);
  expect(await relatedTo(post)).toEqual(/quote|word/.test(title) || title.length === 300 ? ['other'] : []);
});

test('what of a tag is not public takes no place from what is', async () => {
  const { write, tag } = await blog();
  const [post, one] = [await write('own', 'Lavender', 'Words.', 1), await write('one', 'Soap', 'Oil.', 2)];
  const drafts = [];
  for (let n = 0; n < 12; n += 1) drafts.push(await write(`draft-${n}`, 'Draft', 'Draft.', 3, { status: 'draft', publishedAt: null }));
  await tag(post, one, ...drafts);
  expect(await relatedTo(post)).toEqual(['one']);
});

test('the posts before and after are not named a second time', async () => {
  const { write } = await blog();
  await write('before', 'Lavender', 'Words.', 1);
  const post = await write('own', 'Lavender', 'Words.', 2);
  for (const [index, slug] of ['after', 'far', 'farther', 'farthest', 'beyond'].entries()) await write(slug, 'Lavender', 'Words.', 3 + index);
  const more = await findMorePosts({ id: post.id, publishedAt: at(2) }, now);
  expect([more.previous?.slug, more.next?.slug, more.related.map(({ slug }) => slug)]).toEqual(['before', 'after', ['beyond', 'farthest', 'farther']]);
});

test('where it would take long there are none', async () => {
  const { write } = await blog();
  const post = await write('own', 'Lavender', 'Words.', 1);
  await write('other', 'Lavender', 'Words.', 2);
  const locking = await database.sql.connect();
  try {
    await locking.query('BEGIN; LOCK TABLE "PostTag" IN ACCESS EXCLUSIVE MODE');
    const answer = newAnswer({ requestId: '-', clientIp: '192.0.2.1', origin: 'https://blog.example' });
    expect(await withAnswer(answer, () => relatedTo(post))).toEqual([]);
    // And the page is drawn again soon.
    expect(answer.keepUntil).toEqual(new Date(now.getTime() + 60_000));
  } finally {
    await locking.query('ROLLBACK');
    locking.release();
  }
  expect(await relatedTo(post)).toEqual(['other']);
});

test('it is found by the index, whatever PostgreSQL knows of the posts', async () => {
  const { id: authorId } = await makeUser();
  await database.sql.query(`INSERT INTO "Post" (id, slug, title, source, html, status, "publishedAt", "authorId")
    SELECT gen_random_uuid(), 'p' || n, 'Common word' || n, '', '<p>common ' || n || '</p>', 'published', timestamptz '2025-12-31' - n * interval '1 hour', $1 FROM generate_series(1, 3000) n`, [authorId]);
  const { id } = await db().post.findFirstOrThrow({ where: { slug: 'p2000' } });
  for (const known of ['', 'ANALYZE "Post"']) {
    await database.sql.query(known);
    const [, lines] = await db().$transaction([db().$queryRaw(searchLimits()), db().$queryRaw<{ 'QUERY PLAN': string }[]>(Prisma.sql`EXPLAIN ${relatedBy(id, now, 5)}`)]);
    const plan = lines.map((line) => line['QUERY PLAN']).join('\n');
    expect(plan).toContain('Post_search_idx');
    expect(plan).not.toContain('Seq Scan on "Post"');
  }
});
