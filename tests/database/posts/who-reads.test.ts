import { beforeEach, describe, expect, test } from 'vitest';
import { newAnswer, withAnswer } from '@/lib/answer';
import { listOwnComments } from '@/lib/account/queries';
import { submitComment } from '@/lib/comments/commands';
import { findDraft, keepDraft } from '@/lib/comments/drafts';
import { NOTHING_ENTERED } from '@/lib/comments/box';
import { findCommentAddress } from '@/lib/comments/queries';
import { db } from '@/lib/db/client';
import type { PostStatus, Role } from '@/lib/db/generated/enums';
import type { Actor, Person } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { listCards } from '@/lib/moderation/cards';
import { reportComment } from '@/lib/moderation/reporting';
import { findReportPage } from '@/lib/moderation/reports';
import { commentsFeed, type ListOfTerm, listFeed, postCommentsFeed, postsFeed } from '@/lib/posts/feed-documents';
import { keyOf } from '@/lib/posts/keys';
import { findAuthor, findCategory, findTag, listFrontPage, listPosts } from '@/lib/posts/lists';
import { findLocked, findPostFor } from '@/lib/posts/locked';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import { findPreview } from '@/lib/posts/preview';
import { findNeighbours, findPage, findPost, listMenuPages } from '@/lib/posts/queries';
import { findRelated } from '@/lib/posts/related';
import { searchComments } from '@/lib/comments/search';
import { searchPosts } from '@/lib/posts/search';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '../../support/database';

useDatabase();

const now = new Date('2026-01-01T12:00:00Z');
const written = new Date('2016-05-13T12:00:00Z');
const ORIGIN = 'https://blog.example';
const PASSWORD = 'Rosengarten';
const STATES: PostStatus[] = ['draft', 'scheduled', 'published', 'unlisted', 'private', 'password', 'trash'];
const stranger: Actor = { kind: 'guest', writerHash: null };

beforeEach(async () => {
  await db().site.create({ data: { id: 1, title: 'A blog', tagline: '' } });
});

/** A post in a state, with all that could tell of it, between two that everybody reads. */
async function scene(status: PostStatus, more: { publishedAt?: Date } = {}) {
  const other = await makeUser({ slug: 'other' });
  const author = await makeUser({ slug: 'hedy', name: 'Hedy', role: 'author', emailVerified: written });
  const beside = await makePost({ authorId: other.id, slug: 'beside', title: 'Beside a text', publishedAt: new Date(written.getTime() - 1) });
  await makePost({ authorId: other.id, slug: 'newest', title: 'Newest', publishedAt: now });
  const post = await makePost({
    authorId: author.id, status, sticky: true, slug: 'quince', title: 'Quince title', source: '<p>Quince text</p>', publishedAt: written, ...more,
    ...(status === 'password' && { password: PASSWORD }),
  });
  const page = await makePost({ authorId: author.id, kind: 'page', status, slug: 'orchard', title: 'Quince page', source: '<p>Quince text</p>', publishedAt: written });
  await db().category.create({ data: { id: newId(), slug: 'fruit', name: 'Fruit', posts: { create: { postId: post.id } } } });
  await db().tag.create({ data: { id: newId(), slug: 'jam', name: 'Jam', posts: { create: { postId: post.id } } } });
  await db().importKey.create({ data: { source: 'wxr:old.example', kind: 'post', externalId: '21', targetId: post.id } });
  await db().redirect.createMany({ data: [{ path: '/2016/05/13/old-quince', postId: post.id }, { path: '/?attachment_id=22', postId: post.id }] });
  const comment = await makeComment({ postId: post.id, source: 'Quince comment', legacyNumber: 77n });
  return { author, beside, post, page, comment };
}

type Scene = Awaited<ReturnType<typeof scene>>;
type Surface = (scene: Scene, viewer: Actor) => Promise<unknown>;

const told = (place: string | null) => place && `Quince at ${place}`;
const month = { from: new Date('2016-05-01'), to: new Date('2016-06-01') };
const box = { post: 'quince', parent: '', comment: 'A kind word', guest: { name: 'Ines', email: 'ines@example.com', website: '' } };

/** Everything by which somebody could come to know of a post. What is given out is searched for its words. */
const SURFACES: Record<string, Surface> = {
  'its page': () => findPost('quince', now),
  'the page of a page': () => findPage('orchard', now),
  'the form for a password': () => findLocked('post', 'quince', now),
  'the form of a page': () => findLocked('page', 'orchard', now),
  'where it is read': (_, viewer) => findPostFor(viewer, 'post', 'quince', now).then((found) => (found === 'locked' ? null : found)),
  'the front page, though it is kept at the top': () => listFrontPage(1, 10, now),
  'the list': () => listPosts({ by: 'all' }, 1, 10, now),
  'page 2 of the list': () => listPosts({ by: 'all' }, 2, 1, now),
  'its month': () => listPosts({ by: 'month', ...month }, 1, 10, now),
  'its category': async () => (await findCategory('fruit', now)) && 'Quince',
  'its tag': async () => (await findTag('jam', now)) && 'Quince',
  'its author': async () => (await findAuthor('hedy', now)) && 'Quince',
  'the search': () => searchPosts('quince', 1, 10, now),
  'the search of comments': () => searchComments('quince', 1, 10, now),
  'the feed': () => postsFeed({ form: 'xml', origin: ORIGIN }, now),
  'the feed of all comments': () => commentsFeed({ form: 'xml', origin: ORIGIN }, now),
  'the feed of its comments': () => postCommentsFeed('quince', { form: 'xml', origin: ORIGIN }, now),
  ...Object.fromEntries([['category', 'fruit'], ['tag', 'jam'], ['author', 'hedy']].map(([of, slug]) =>
    [`the feed of its ${of}`, () => listFeed({ of, slug } as ListOfTerm, { form: 'json', origin: ORIGIN }, now)])),
  'the post beside it': ({ beside }) => findNeighbours({ id: beside.id, publishedAt: beside.publishedAt! }, now),
  'the posts about the same as one that has a word in common': ({ beside }) => findRelated(beside.id, 3, now),
  'the menu': () => listMenuPages(10, now),
  'an old address that was kept': () => findLegacyTarget('/2016/05/13/old-quince', {}, now).then(told),
  'an old address with its name': () => findLegacyTarget('/2016/05/quince', {}, now).then(told),
  'its old number': () => findLegacyTarget('/', { p: '21' }, now).then(told),
  'the number of a picture in it': () => findLegacyTarget('/', { attachment_id: '22' }, now).then(told),
  'the old feed of its comments': () => findLegacyTarget('/2016/05/13/old-quince/feed', {}, now).then(told),
  'the permalink of a comment': ({ comment }, viewer) => findCommentAddress(comment.publicId, viewer, now).then(told),
  'the old number of a comment': (_, viewer) => findCommentAddress('77', viewer, now).then(told),
  'the page that reports a comment': ({ comment }, viewer) => findReportPage(comment.publicId, viewer, now),
  'reporting a comment': async ({ comment }, viewer) => (await reportComment(viewer, { comment: comment.publicId, reason: 'other', words: '', tellOutcome: false }, '192.0.2.1', now)).ok && 'Quince',
  'commenting': async (_, viewer) => (await submitComment(viewer, box, '192.0.2.1', now)).ok && 'Quince',
  'a text kept while signing in': async ({ post }, viewer) => {
    await keepDraft('a'.repeat(64), box, { ...NOTHING_ENTERED, comment: 'Quince' }, now, viewer);
    return findDraft(['a'.repeat(64)], post.id, now);
  },
};

const ALL = Object.keys(SURFACES);
const FORMS = ['the form for a password', 'the form of a page'];
const LEADING_THERE = ['an old address that was kept', 'an old address with its name'];
const BELOW_IT = ['the permalink of a comment', 'the old number of a comment', 'the page that reports a comment', 'reporting a comment', 'commenting', 'a text kept while signing in'];
const SEEN: Record<PostStatus, string[]> = {
  published: ALL.filter((name) => !FORMS.includes(name)),
  unlisted: ['its page', 'the page of a page', 'where it is read', ...LEADING_THERE, ...BELOW_IT],
  password: [...FORMS, ...LEADING_THERE],
  draft: [], scheduled: [], private: [], trash: [],
};

async function seenBy(viewer: Actor, status: PostStatus, names = ALL, more: { publishedAt?: Date } = {}): Promise<string[]> {
  const seen: string[] = [];
  const given = await scene(status, more);
  for (const name of names) {
    const shown = await withAnswer(newAnswer({ requestId: '-', clientIp: '192.0.2.1', origin: ORIGIN }), () => SURFACES[name]!(given, viewer));
    const text = typeof shown === 'string' ? shown : JSON.stringify(shown ?? null);
    if (/quince/i.test(text)) seen.push(name);
    if (status === 'password') expect(text, name).not.toMatch(/quince (text|comment)/i);
  }
  return seen;
}

describe('what a stranger sees of a post', () => {
  test.each(STATES)('that is %s', async (status) => {
    expect(await seenBy(stranger, status)).toEqual(ALL.filter((name) => SEEN[status].includes(name)));
  });

  test.each(['published', 'unlisted', 'password'] as const)('that is %s from tomorrow on: nothing', async (status) => {
    const ofPost = ALL.filter((name) => !name.includes('page of a page') && name !== 'the form of a page' && name !== 'the menu');
    expect(await seenBy(stranger, status, ofPost, { publishedAt: new Date('2026-01-02T00:00:00Z') })).toEqual([]);
  });
});

const OWNER = newId();
const person = (user: { id: string; name: string | null }, role: Role): Person => ({
  kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: null, role, standing: 'normal', standingUntil: null, writerHash: null,
});

describe('a post with a password', () => {
  const inside = ['where it is read', ...BELOW_IT].filter((name) => name !== 'reporting a comment');

  async function inOf(viewerOf: (scene: Scene) => Actor): Promise<string[]> {
    await makeUser({ id: OWNER, role: 'owner' });
    const given = await scene('password');
    const viewer = viewerOf(given);
    const shown = await Promise.all(inside.map(async (name) => [name, await SURFACES[name]!(given, viewer)] as const));
    return shown.filter(([, found]) => /quince/i.test(typeof found === 'string' ? found : JSON.stringify(found ?? null))).map(([name]) => name);
  }

  const withKey = (key: string | null, id: string): Actor => ({ ...stranger, keys: { [id]: key ?? '' } });

  test.each<[string, (scene: Scene) => Actor]>([
    ['whoever has said it', ({ post }) => withKey(keyOf(post), post.id)],
    ['whoever has said it, with other spaces and letters written otherwise', ({ post }) => withKey(keyOf({ ...post, password: ` ${PASSWORD.normalize('NFD')} ` }), post.id)],
    ['its author', ({ author }) => person(author, 'author')],
    ['an owner', () => person({ id: OWNER, name: 'Owner' }, 'owner')],
  ])('opens for %s', async (_who, viewer) => expect(await inOf(viewer)).toEqual(inside));

  test.each<[string, (scene: Scene) => Actor]>([
    ['whoever has said another', ({ post }) => withKey(keyOf({ ...post, password: 'rosengarten' }), post.id)],
    ['whoever has said that of another post', ({ post }) => withKey(keyOf({ ...post, id: newId() }), post.id)],
    ['a key for another post', ({ post }) => withKey(keyOf(post), newId())],
    ['no key', ({ post }) => withKey('', post.id)],
    ['another author', () => person({ id: newId(), name: 'Other' }, 'author')],
    ['a reader with an account', () => person({ id: newId(), name: 'Reader' }, 'reader')],
    ['an author who is banned', ({ author }) => ({ ...person(author, 'author'), standing: 'banned' })],
  ])('stays closed to %s', async (_who, viewer) => expect(await inOf(viewer)).toEqual([]));

  test('without a password nobody comes in but its author', async () => {
    const { post, author } = await scene('password');
    await db().post.update({ where: { id: post.id }, data: { password: null } });
    expect(keyOf({ ...post, password: null })).toBeNull();
    expect(keyOf({ ...post, password: '  ' })).toBeNull();
    for (const key of [keyOf(post), '', 'null']) expect(await findPostFor(withKey(key, post.id), 'post', 'quince', now)).toBe('locked');
    expect(await findPostFor(person(author, 'author'), 'post', 'quince', now)).toMatchObject({ isLocked: true });
  });

  test('a new password shuts out everybody who has said the old one', async () => {
    const { post } = await scene('password');
    const viewer = withKey(keyOf(post), post.id);
    expect(await findPostFor(viewer, 'post', 'quince', now)).toMatchObject({ title: 'Quince title', isListed: false });
    await db().post.update({ where: { id: post.id }, data: { password: 'Another' } });
    expect(await findPostFor(viewer, 'post', 'quince', now)).toBe('locked');
    expect(await submitComment(viewer, box, '192.0.2.1', now)).toMatchObject({ ok: false, code: 'forbidden' });
  });

  test('a moderator finds its comments at the desk, answers there only what they may read, and whoever wrote one is asked for the password', async () => {
    const { comment, author } = await scene('password');
    const moderator = person(await makeUser({ role: 'moderator' }), 'moderator');
    const address = (viewer: Actor) => findCommentAddress(comment.publicId, viewer, now);
    expect(await address(moderator)).toBe(`/admin/comments?queue=all&comment=${comment.publicId}`);
    expect(await address(person(author, 'author'))).toBe(`/posts/quince/read#comment-${comment.publicId}`);
    const mayAnswer = async (viewer: Person) => (await listCards(viewer, [comment.id], now)).map(({ mayBeAnswered }) => mayBeAnswered);
    expect(await mayAnswer(moderator)).toEqual([false]);
    expect(await mayAnswer(person(author, 'author'))).toEqual([true]);
    const writer = person(await makeUser(), 'reader');
    await db().comment.update({ where: { id: comment.id }, data: { userId: writer.userId } });
    expect(await address(writer)).toBe('/posts/quince');
    expect((await listOwnComments(writer, null, now)).comments[0]?.post.path).toBe('/posts/quince');
  });

  test('its comments are spread over pages below where it is read', async () => {
    const { post } = await scene('password');
    const viewer = withKey(keyOf(post), post.id);
    const made = [];
    for (let n = 0; n < 60; n++) made.push(await makeComment({ postId: post.id, createdAt: new Date(written.getTime() + n * 1000) }));
    expect(await findCommentAddress(made.at(-1)!.publicId, viewer, now)).toMatch(/^\/posts\/quince\/read\/comments\/\d#comment-/);
  });
});

describe('a preview', () => {
  const token = 'x'.repeat(43);

  test('shows what is saved and not out yet, in every state but the trash, and asks not to be listed', async () => {
    const { author, post } = await scene('draft');
    await db().post.update({ where: { id: post.id }, data: { previewToken: token, publishedAt: null } });
    const answer = newAnswer({ requestId: '-', clientIp: '192.0.2.1', origin: ORIGIN });
    const shown = await withAnswer(answer, () => findPreview(token, now));
    expect(shown).toMatchObject({ isOut: false, post: { title: 'Quince title', html: '<p>Quince text</p>', author: { name: 'Hedy' } } });
    expect(answer.headers).toMatchObject({ 'X-Robots-Tag': 'noindex' });
    const asset = await db().mediaAsset.create({ data: { id: newId(), sha256: 'a'.repeat(64), mimeType: 'image/png', bytes: 1, width: 4, height: 3, alt: 'A lamp' } });
    const fields = {
      title: 'A newer title', html: '<p onclick="x()">Newer <script>x()</script>text</p>', excerpt: '', slug: '', sticky: false, categories: ['Good food'], tags: [],
      cover: { assetId: asset.id, alt: '', focusX: 10, focusY: 90 },
    };
    await db().postDraft.create({ data: { postId: post.id, fields, savedById: author.id } });
    for (const status of STATES.filter((one) => one !== 'trash')) {
      await db().post.update({ where: { id: post.id }, data: { status, publishedAt: written } });
      expect((await findPreview(token, now))?.post).toMatchObject({
        title: 'A newer title', html: '<p>Newer text</p>', categories: [{ name: 'Good food', slug: 'good-food' }],
        cover: { path: `/media/${'a'.repeat(64)}.png`, alt: 'A lamp', focusX: 10, focusY: 90 },
      });
    }
    await db().post.update({ where: { id: post.id }, data: { status: 'trash' } });
    expect(await findPreview(token, now)).toBeNull();
  });

  test('is nowhere without its link', async () => {
    const { post } = await scene('draft');
    for (const wrong of ['', token, 'null', post.id, '%00', '\0'.repeat(43), 'x'.repeat(44)]) expect(await findPreview(wrong, now)).toBeNull();
    await db().post.update({ where: { id: post.id }, data: { previewToken: token } });
    expect(await findPreview(token, now)).not.toBeNull();
    await db().post.update({ where: { id: post.id }, data: { previewToken: null } });
    expect(await findPreview(token, now)).toBeNull();
  });
});
