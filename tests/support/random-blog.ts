import fc from 'fast-check';
import { db } from '../../lib/db/client';
import type { Care, CommentStatus, MentionWay, PostStatus } from '../../lib/db/generated/enums';
import { textHash } from '../../lib/identity/tokens';
import { newId } from '../../lib/ids';
import { cleanText } from '../../lib/text/clean';
import { makeComment, makePost, makeUser } from '../../prisma/makers';

const DAY_MS = 24 * 60 * 60 * 1000;

// Texts as this blog keeps them, with all that XML, CDATA, COPY and HTML stumble over.
const oddities = ['<', '>', '&', '"', "'", ']]>', ']]', '<![CDATA[', '&amp;', '&#38;', '\\', '\\n', '\\.', '\n', '\n\n', '\t', '  ', ' ', '\r', '\u0001', '\u000b', '\u007f', '\u0085', '\u2028', '\ufffe', '\uffff', '\ufeff', '\u00a0', '💚', '𝒳', 'é', 'é', 'ק', '*', '_', '# ', '> ', '[x](https://a.example)', '<b>b</b>', '<script>x</script>', '</item>', '</wp:comment>', '<wp:comment>', '0', 'a', 'Ω', '--', '-->', '<!--', '%25', '\u202e'];
const odd = fc.array(fc.oneof({ weight: 3, arbitrary: fc.constantFrom(...oddities) }, { weight: 2, arbitrary: fc.string({ unit: 'binary', maxLength: 6 }) }), { maxLength: 8 }).map((parts) => cleanText(parts.join('')));
const shortText = (max: number) => odd.map((text) => [...text].slice(0, max).join(''));
const slug = fc.array(fc.constantFrom('a', 'b', 'é', '9', 'ק', '-', 'zz', '漢', '_', '.'), { minLength: 1, maxLength: 6 }).map((parts) => parts.join('').replace(/^[-.]+|[-.]+$/g, '') || 'x');
const moment = fc.date({ min: new Date('1999-01-01'), max: new Date('2037-01-01'), noInvalidDate: true });
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: null });

const commentOf = fc.record({
  source: fc.oneof(odd, fc.constantFrom('Plain words.', 'A *kind* word\n\n> quoted\n\nand `code`', '<p>From WordPress</p>', 'x'.repeat(3_000))),
  format: fc.constantFrom('markdown' as const, 'html' as const),
  status: fc.constantFrom<CommentStatus>('approved', 'approved', 'approved', 'pending', 'spam', 'trash', 'deleted'),
  isMention: fc.boolean().map((value) => value),
  name: shortText(40).map((name) => name || 'N'),
  email: maybe(fc.nat(50).map((n) => `reader-${n}@example.com`)),
  website: maybe(fc.constantFrom('https://a.example/', 'https://a.example/?a=1&b=2', 'http://b.example/&amp;x')),
  answers: maybe(fc.nat(1_000)),
  writer: fc.constantFrom('guest', 'guest', 'author', 'reader', 'pseudonym'),
  createdAt: moment,
  editedAt: maybe(moment),
  legacy: maybe(fc.nat(1_000_000)),
  told: maybe(fc.record({ way: fc.constantFrom<MentionWay>('mention', 'reply', 'like', 'repost'), target: fc.constantFrom('https://blog.example/posts/a', 'https://blog.example/posts/%C3%A9?a=1&b=2', '') })),
});

const postOf = fc.record({
  kind: fc.constantFrom('post' as const, 'post' as const, 'page' as const),
  slug,
  title: shortText(80),
  source: fc.oneof(odd, fc.constantFrom('<p>Words.</p>', 'Line\n\nLine <em>two</em><!--more-->rest', '<!-- wp:paragraph -->\n<p>Block</p>\n<!-- /wp:paragraph -->', '[caption id="x" width="3"]<img src="https://old.example/a.jpg" alt="A" /> Words[/caption]')),
  status: fc.constantFrom<PostStatus>('draft', 'scheduled', 'published', 'published', 'unlisted', 'private', 'password', 'trash'),
  password: maybe(shortText(40).filter((text) => text !== '')),
  excerpt: shortText(60),
  at: moment,
  hasDate: fc.boolean(),
  updatedAt: moment,
  author: fc.nat(5),
  parent: maybe(fc.nat(100)),
  menuOrder: fc.integer({ min: -2_147_483_648, max: 2_147_483_647 }),
  sticky: fc.boolean(),
  commentsOpen: fc.boolean(),
  commentsByAge: fc.boolean(),
  commentsCloseAt: maybe(moment),
  care: fc.constantFrom<Care>('open', 'careful', 'sensitive'),
  helpline: shortText(60),
  categories: fc.uniqueArray(fc.nat(5), { maxLength: 3 }),
  tags: fc.uniqueArray(fc.nat(3), { maxLength: 3 }),
  oldPaths: fc.array(slug, { maxLength: 2 }),
  imported: fc.boolean(),
  comments: fc.array(commentOf, { maxLength: 9 }),
});

const categoryOf = fc.record({ slug, name: shortText(40), description: odd, parent: maybe(fc.nat(100)) });

/** A blog of any kind, small enough to be made in a moment. */
export const randomBlog = fc.record({
  title: shortText(40),
  tagline: odd,
  language: fc.constantFrom('en', 'de', 'pt-BR'),
  timeZone: fc.constantFrom('UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia'),
  authors: fc.array(fc.record({ name: maybe(shortText(40)), about: odd, email: fc.boolean() }), { minLength: 1, maxLength: 3 }),
  categories: fc.array(categoryOf, { maxLength: 4 }),
  tags: fc.array(fc.record({ slug, name: shortText(30), description: odd }), { maxLength: 3 }),
  posts: fc.array(postOf, { maxLength: 6 }),
  gone: fc.array(fc.nat(100), { maxLength: 2 }),
  fixed: fc.array(slug, { maxLength: 2 }),
});
export type RandomBlog = typeof randomBlog extends fc.Arbitrary<infer Blog> ? Blog : never;
type RandomPost = RandomBlog['posts'][number];

const OLD_BLOG = 'wxr:old.example';
const pick = <T>(from: T[], at: number): T | undefined => (from.length > 0 ? from[at % from.length] : undefined);

async function writeTerms(blog: RandomBlog): Promise<{ categories: string[]; tags: string[] }> {
  const made: { id: string }[] = [];
  for (const [index, { parent, ...category }] of blog.categories.entries()) {
    const above = parent === null ? undefined : pick(made, parent);
    made.push(await db().category.create({ data: { id: newId(), ...category, slug: `${category.slug}-${index}`, parentId: above?.id ?? null } }));
    if (parent !== null && parent % 2 === 0) await db().importKey.create({ data: { source: OLD_BLOG, kind: 'category', externalId: `c${index}`, targetId: made.at(-1)!.id } });
  }
  const tags = await Promise.all(blog.tags.map((tag, index) => db().tag.create({ data: { id: newId(), ...tag, slug: `${tag.slug}-${index}` } })));
  return { categories: made.map(({ id }) => id), tags: tags.map(({ id }) => id) };
}

async function writeComments(post: RandomPost, postId: string, authorId: string, readerId: string): Promise<void> {
  const made: { id: string; rootId: string; depth: number }[] = [];
  const pseudonym = await db().pseudonym.create({ data: { id: newId(), postId, userId: readerId, name: 'Somebody' } });
  for (const [index, { answers, writer, isMention, legacy, told, ...comment }] of post.comments.entries()) {
    const mention = isMention && index % 4 === 3;
    const deleted = comment.status === 'deleted' ? { name: '', source: '', email: null, website: null } : {};
    const who = { guest: {}, author: { userId: authorId, email: null }, reader: { userId: readerId, email: null, website: null }, pseudonym: { userId: readerId, pseudonymId: pseudonym.id, email: null, website: null, name: 'Somebody' } };
    // A page has a longer address than a guest may type.
    const page = mention && told ? { website: `https://a.example/${'x'.repeat(500)}` } : {};
    const given = { ...comment, ...page, ...(mention ? {} : who[writer as keyof typeof who]), ...deleted, legacyNumber: legacy === null ? null : BigInt(legacy), kind: mention ? ('mention' as const) : ('comment' as const), postId };
    // Deeper than threads are shown: most answer the one before them.
    const parent = mention || answers === null ? undefined : answers % 3 === 0 ? pick(made, answers) : made.at(-1);
    const one = await makeComment({ ...given, ...(parent ? { parent } : {}) });
    if (!mention) made.push(one);
    else if (told) await db().mention.create({ data: { commentId: one.id, postId, sourceMark: textHash(one.id), ...told } });
    if (legacy !== null && legacy % 2 === 0) await db().importKey.create({ data: { source: OLD_BLOG, kind: 'comment', externalId: `${postId}-${index}`, targetId: one.id } });
  }
}

/** Writes it into the database that `db()` is connected to. */
export async function writeBlog(blog: RandomBlog): Promise<void> {
  const { title, tagline, language, timeZone } = blog;
  await db().site.create({ data: { id: 1, title, tagline, language, timeZone } });
  const authors: string[] = [];
  for (const { name, about, email } of blog.authors) authors.push((await makeUser({ role: 'owner', name, about, ...(name === null ? { slug: null } : {}), ...(email ? {} : { email: null }) })).id);
  const reader = await makeUser({ name: 'A reader with an account', email: 'secret-reader@example.org' });
  const { categories, tags } = await writeTerms(blog);
  const pages: string[] = [];
  for (const [index, post] of blog.posts.entries()) {
    const { at, hasDate, parent, author, categories: inCategories, tags: withTags, oldPaths, imported, comments: _, ...columns } = post;
    const authorId = pick(authors, author)!;
    const publishedAt = hasDate || ['published', 'scheduled'].includes(post.status) ? at : null;
    const parentId = post.kind === 'page' && parent !== null ? (pick(pages, parent) ?? null) : null;
    const made = await makePost({ ...columns, slug: `${post.slug}-${index}`, publishedAt, createdAt: new Date(at.getTime() - DAY_MS), authorId, parentId });
    if (post.kind === 'page') pages.push(made.id);
    await db().postCategory.createMany({ data: [...new Set(inCategories.flatMap((n) => pick(categories, n) ?? []))].map((categoryId) => ({ postId: made.id, categoryId })) });
    await db().postTag.createMany({ data: [...new Set(withTags.flatMap((n) => pick(tags, n) ?? []))].map((tagId) => ({ postId: made.id, tagId })) });
    await db().redirect.createMany({ data: oldPaths.map((path, n) => ({ path: `/2016/05/${path}-${index}-${n}`, postId: made.id })) });
    if (imported) await db().importKey.create({ data: { source: OLD_BLOG, kind: 'post', externalId: String(index), targetId: made.id } });
    await writeComments(post, made.id, authorId, reader.id);
  }
  await db().importKey.createMany({ data: blog.gone.map((n, index) => ({ source: OLD_BLOG, kind: ['post', 'comment'][n % 2]!, externalId: `gone-${index}-${n}`, targetId: n % 3 === 0 ? null : newId() })) });
  await db().redirect.createMany({ data: blog.fixed.map((path, index) => ({ path: `/fixed/${path}-${index}`, to: `/categories/${path}` })) });
}

