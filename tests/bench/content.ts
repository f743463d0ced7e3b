import type pg from 'pg';
import { depthOf } from '../../lib/comments/rules';
import { newCommentId, newId } from '../../lib/ids';
import { textHash } from '../../lib/identity/tokens';
import { commentHtml } from '../../lib/text/comment-text';
import { postHtml } from '../../lib/text/post-html';
import { slugOf } from '../../lib/text/slug';
import { chance, personName, pick, prose } from './words';

/** How many comments the measured post pages show. They are one thread each, for a page of many threads holds about fifty. */
export const SIZES = [10, 100, 200] as const;
export type Size = (typeof SIZES)[number];

const slugOfSize = (size: Size): string => `a-post-with-${size}-comments`;
/** The address of the post with so many comments. */
export const pageOf = (size: Size): string => `/posts/${slugOfSize(size)}`;
/** A post whose threads fill several pages. */
export const LONG_DISCUSSION = '/posts/a-long-discussion';
/** The posts that nothing else is measured on. */
export const ARCHIVE_POSTS = 5_000;
export const archiveSlug = (number: number): string => `archive-${number}`;

const COMMENTS_IN_ALL = 1_000;
const LONG_THREADS = 40;
const POST_WORDS = 1_100;
const COMMENT_WORDS = 45;
const AUTHORS = 10;
const CATEGORIES = 20;
const TAGS = 200;
const TAGS_OF_POST = 3;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const NEWEST = Date.UTC(2024, 0, 1);

type Fields = Record<string, string | number | boolean | Date | null>;
type Comment = Fields & { id: string; rootId: string; depth: number };

/** Inserts rows of one shape by one statement. */
async function insert(sql: pg.Pool, table: string, rows: readonly Fields[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {}).map((name) => `"${name}"`).join(', ');
  if (columns) await sql.query(`INSERT INTO "${table}" (${columns}) SELECT ${columns} FROM json_populate_recordset(NULL::"${table}", $1::json)`, [JSON.stringify(rows)]);
}

/** Ten writers, terms, pages, five thousand posts; posts with 10, 100 and 200 comments; a thousand comments in all. */
export async function fillBench(sql: pg.Pool): Promise<void> {
  const random = chance(1);
  const authors = await fillPeople(sql, random);
  const terms = await fillTerms(sql);
  await insert(sql, 'Post', ['About', 'Reading', 'Contact'].map((title) => post({ kind: 'page', title, slug: slugOf(title), authorId: authors[0]! }, random)));
  const texts = Array.from({ length: 20 }, () => prose(POST_WORDS, random));
  const archive = Array.from({ length: ARCHIVE_POSTS }, (_, index) => archivePost(index, authors, texts, random));
  for (let at = 0; at < archive.length; at += 500) await insert(sql, 'Post', archive.slice(at, at + 500));
  await insert(sql, 'PostCategory', archive.map(({ id }) => ({ postId: id, categoryId: pick(terms.categories, random) })));
  await insert(sql, 'PostTag', archive.flatMap(({ id }) => someOf(terms.tags, TAGS_OF_POST, random).map((tagId) => ({ postId: id, tagId }))));

  const measured = SIZES.map((size, index) => post({ title: `A post with ${size} comments`, slug: slugOfSize(size), authorId: authors[0]!, at: NEWEST + index * HOUR_MS }, random));
  const long = post({ title: 'A long discussion', slug: LONG_DISCUSSION.split('/')[2]!, authorId: authors[1]!, at: NEWEST - HOUR_MS }, random);
  await insert(sql, 'Post', [...measured, long]);
  await insert(sql, 'PostCategory', [...measured, long].map(({ id }) => ({ postId: id, categoryId: terms.categories[0]! })));
  await insert(sql, 'PostTag', [...measured, long].flatMap(({ id }) => terms.tags.slice(0, TAGS_OF_POST).map((tagId) => ({ postId: id, tagId }))));
  const comments = [
    ...measured.flatMap(({ id }, index) => thread(id, SIZES[index]!, authors[0]!, random)),
    ...Array.from({ length: LONG_THREADS }, () => thread(long.id, 3, authors[1]!, random)).flat(),
  ];
  for (let number = 0; comments.length < COMMENTS_IN_ALL; number++) comments.push(...thread(archive[number]!.id, 1, authors[0]!, random));
  await insert(sql, 'Comment', comments);
  await sql.query(COUNTS);
}

/** Makes the numbers kept on posts and comments right. */
export const COUNTS = `
  UPDATE "Post" p SET "approvedCount" = c.n FROM (SELECT "postId", count(*) AS n FROM "Comment" WHERE status = 'approved' GROUP BY 1) c WHERE c."postId" = p.id;
  UPDATE "Comment" p SET "replyCount" = c.n FROM (SELECT "parentId", count(*) AS n FROM "Comment" WHERE status = 'approved' GROUP BY 1) c WHERE c."parentId" = p.id`;

async function fillPeople(sql: pg.Pool, random: () => number): Promise<string[]> {
  const names = Array.from({ length: AUTHORS }, (_, index) => (index === 0 ? 'Marlene' : `${personName(random)} ${index}`));
  const people = names.map((name, index) => ({
    id: newId(), name, slug: slugOf(name), email: index === 0 ? 'owner@example.com' : `author-${index}@example.com`, role: index === 0 ? 'owner' : 'author',
    standing: 'normal', about: '', emailVerified: new Date(NEWEST), createdAt: new Date(NEWEST), updatedAt: new Date(NEWEST),
  }));
  await insert(sql, 'User', people);
  await sql.query(`INSERT INTO "Site" (id, title, tagline) VALUES (1, 'Small Hours', 'Notes on raising children, mostly written after bedtime')`);
  return people.map(({ id }) => id);
}

async function fillTerms(sql: pg.Pool): Promise<{ categories: string[]; tags: string[] }> {
  const terms = (kind: string, count: number) => Array.from({ length: count }, (_, index) => ({ id: newId(), slug: `${kind}-${index}`, name: `${kind} ${index}`, description: '' }));
  const [categories, tags] = [terms('category', CATEGORIES), terms('tag', TAGS)];
  await insert(sql, 'Category', categories);
  await insert(sql, 'Tag', tags);
  return { categories: categories.map(({ id }) => id), tags: tags.map(({ id }) => id) };
}

function someOf<T>(from: readonly T[], count: number, random: () => number): T[] {
  const some = new Set<T>();
  while (some.size < count) some.add(pick(from, random));
  return [...some];
}

function archivePost(index: number, authors: readonly string[], texts: readonly string[], random: () => number) {
  const slug = archiveSlug(index);
  return post({ title: `${prose(5, random)} ${index}`, slug, authorId: pick(authors, random), at: NEWEST - (index + 1) * DAY_MS * 0.7, text: texts[index % texts.length]! }, random);
}

type Given = { title: string; slug: string; authorId: string; kind?: 'post' | 'page'; at?: number; text?: string };

/** A published post of `text`, in paragraphs. */
export function post({ title, slug, authorId, kind = 'post', at = NEWEST, text }: Given, random: () => number) {
  const words = (text ?? prose(POST_WORDS, random)).split(' ');
  const paragraphs = Array.from({ length: Math.ceil(words.length / 80) }, (_, index) => `<p>${words.slice(index * 80, (index + 1) * 80).join(' ')}</p>`);
  const source = paragraphs.join('\n');
  const when = new Date(at);
  const { html, excerpt } = postHtml(source);
  const flags = { menuOrder: 0, sticky: false, commentsOpen: true, approvedCount: 0, sample: false };
  return { id: newId(), kind, slug, title, source, html, htmlVersion: 1, excerpt, status: 'published', publishedAt: when, createdAt: when, updatedAt: when, authorId, ...flags };
}

/** A thread of `count` comments as threads grow, each answered up to three times; every tenth is by the post's author. */
export function thread(postId: string, count: number, authorId: string, random: () => number): Comment[] {
  const made: Comment[] = [];
  for (let index = 0; index < count; index++) made.push(comment(postId, made[Math.ceil(index / 3) - 1], index % 10 === 9 ? authorId : null, made.length, random));
  return made;
}

function comment(postId: string, parent: Comment | undefined, userId: string | null, hours: number, random: () => number): Comment {
  const id = newId();
  const source = prose(Math.ceil(COMMENT_WORDS * (0.3 + random() * 1.4)), random);
  const name = userId ? 'Marlene' : personName(random);
  return {
    id, publicId: newCommentId(), postId, parentId: parent?.id ?? null, rootId: parent?.rootId ?? id, depth: depthOf(parent?.depth ?? null),
    kind: 'comment', userId, name, email: userId ? null : `${slugOf(name)}-${id.slice(-6)}@example.com`,
    website: !userId && random() < 0.25 ? `https://${slugOf(name)}.example/` : null,
    source, format: 'markdown', html: commentHtml(source, 'markdown'), htmlVersion: 1, status: 'approved', revision: 1,
    createdAt: new Date(NEWEST + hours * HOUR_MS), ipHash: null, writerHash: null, sourceHash: textHash(source), replyCount: 0,
  };
}
