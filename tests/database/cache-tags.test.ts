import { beforeEach, describe, expect, test } from 'vitest';
import { type Answer, newAnswer, withAnswer } from '@/lib/answer';
import { postTag, type Tag } from '@/lib/cache-tags';
import { submitComment } from '@/lib/comments/commands';
import { findDiscussion } from '@/lib/comments/discussion';
import { findNews } from '@/lib/comments/news-count';
import { BEGINNING } from '@/lib/comments/rules';
import { onOwnChange } from '@/lib/db/change';
import { db } from '@/lib/db/client';
import type { PostStatus } from '@/lib/db/generated/enums';
import { ensureOwner, grantRole } from '@/lib/identity/commands';
import { issueSignInLink, redeemSignInLink } from '@/lib/identity/sign-in-links';
import type { Person, Role } from '@/lib/identity/schema';
import { tokenHash } from '@/lib/identity/tokens';
import { newId } from '@/lib/ids';
import { decideComment, undoDecision } from '@/lib/moderation/commands';
import { decideByLink } from '@/lib/moderation/decision-links';
import { declineComment } from '@/lib/moderation/declining';
import { reportComment } from '@/lib/moderation/reporting';
import type { Act, CommentStatus, ReportReason } from '@/lib/moderation/schema';
import { setDiscussion } from '@/lib/posts/commands';
import { saveWorking } from '@/lib/posts/editing';
import { handOver } from '@/lib/posts/handing-over';
import { findAuthor, findCategory, findTag, listFrontPage, listPosts } from '@/lib/posts/lists';
import { findLocked } from '@/lib/posts/locked';
import type { PostAct, PostFields } from '@/lib/posts/post-form';
import { publishDue } from '@/lib/posts/publish-job';
import { actOnPost } from '@/lib/posts/publishing';
import { findNeighbours, findPage, findPost, keepUntilNextPublication, listMenuPages } from '@/lib/posts/queries';
import { findRelated } from '@/lib/posts/related';
import { discussionMark } from '@/lib/posts/rules';
import { deletePost, restorePost, trashPost } from '@/lib/posts/trash';
import { listMenu } from '@/lib/posts/menu';
import { findAbout, findConduct, findSiteLook } from '@/lib/site/identity';
import { findSite } from '@/lib/site/queries';
import { removeSample } from '@/lib/site/sample';
import { findSettings, saveSettings } from '@/lib/site/settings';
import type { Section } from '@/lib/site/settings-form';
import { importFile } from '@/lib/transfer/commands';
import { makeComment, makePost, makeUser } from '@/prisma/makers';
import { writeSampleBlog } from '@/prisma/sample-blog';
import { useDatabase } from '@/tests/support/database';
import { fixture } from '@/tests/support/wxr/write-export';

const database = useDatabase();
const now = new Date('2026-11-24T20:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

let changed: Tag[] = [];
beforeEach(() => {
  changed = [];
  onOwnChange((tags) => changed.push(...tags));
});

async function answerOf(read: () => Promise<unknown>): Promise<Answer> {
  const answer = newAnswer({ requestId: '-', clientIp: '127.0.0.1', origin: 'http://localhost' });
  await withAnswer(answer, read);
  return answer;
}

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

describe('what is read names itself', () => {
  const reads: [string, (post: { id: string; authorId: string; publishedAt: Date }) => Promise<unknown>, (id: string) => Tag[]][] = [
    ['a post', () => findPost('one', now), (id) => ['posts', postTag(id), 'site']],
    ['a post that is not there', () => findPost('none', now), () => ['posts']],
    ['a page that is not there', () => findPage('none', now), () => ['posts']],
    ['neighbours', (post) => findNeighbours(post, now), () => ['posts']],
    ['related posts', (post) => findRelated(post.id, 3, now), () => ['posts']],
    ['a list, whose cards count comments', () => listPosts({ by: 'all' }, 1, 10, now), (id) => ['posts', postTag(id)]],
    ['the front page, whose cards count comments', () => listFrontPage(1, 10, now), (id) => ['posts', postTag(id)]],
    ['the menu', () => listMenuPages(4, now), () => ['posts']],
    ['a category', () => findCategory('none', now), () => []],
    ['a tag', () => findTag('none', now), () => []],
    ['an author', () => findAuthor('none', now), () => ['posts']],
    ['a discussion', (post) => findDiscussion({ id: post.id, authorId: post.authorId, authorIsClaimed: true }, BEGINNING), (id) => [postTag(id)]],
    ['what an open page asks for', () => findNews('one', now), (id) => ['posts', postTag(id)]],
    ['the same of a post that is not there', () => findNews('none', now), () => ['posts']],
    ['the settings', () => findSite(), () => ['site']],
    ['how the blog looks', () => findSiteLook(), () => ['site']],
    ['who writes here', () => findAbout(), () => ['site']],
    ['the code of conduct', () => findConduct(), () => ['site']],
    ['the links that the owner has set', () => listMenu([], 4, now), () => ['posts']],
  ];
  test.each(reads)('%s', async (_what, read, tags) => {
    const post = await makePost({ authorId: (await makeUser()).id, slug: 'one', publishedAt: at(-60) });
    expect([...(await answerOf(() => read({ ...post, publishedAt: post.publishedAt! }))).tags]).toEqual(tags(post.id));
  });
});

test('the form of a post with a password names it, and asks not to be listed', async () => {
  const post = await makePost({ authorId: (await makeUser()).id, slug: 'one', status: 'password', publishedAt: at(-60) });
  const answer = await answerOf(() => findLocked('post', 'one', now));
  expect([[...answer.tags], answer.headers]).toEqual([['posts', postTag(post.id)], { 'X-Robots-Tag': 'noindex' }]);
  expect((await answerOf(() => findPost('one', now))).headers).toEqual({});
});

describe('time alone makes wrong', () => {
  const closing = async (given: object) => {
    await makePost({ authorId: (await makeUser()).id, slug: 'one', publishedAt: at(-60), ...given });
    let open: boolean | undefined;
    const answer = await answerOf(async () => { open = (await findPost('one', now))?.commentsOpen; });
    return { open, until: answer.keepUntil };
  };

  test.each([
    ['comments that close later', { commentsCloseAt: at(5) }, true, at(5)],
    ['comments that closed', { commentsCloseAt: at(0) }, false, undefined],
    ['comments that are closed already', { commentsOpen: false, commentsCloseAt: at(5) }, false, undefined],
    ['comments that stay open', {}, true, undefined],
  ])('a post with %s', async (_what, given, open, until) => expect(await closing(given)).toEqual({ open, until }));

  test('every answer from the moment at which the next post or page comes out', async () => {
    const author = await makeUser();
    const until = async () => (await answerOf(() => keepUntilNextPublication(now))).keepUntil;
    await makePost({ authorId: author.id, slug: 'past', publishedAt: at(-1) });
    await makePost({ authorId: author.id, slug: 'draft', status: 'draft', publishedAt: at(1) });
    expect(await until()).toBeUndefined();
    await makePost({ authorId: author.id, slug: 'later', publishedAt: at(9) });
    await makePost({ authorId: author.id, slug: 'next', publishedAt: at(7) });
    expect(await until()).toEqual(at(7));
    await makePost({ authorId: author.id, kind: 'page', slug: 'page', publishedAt: at(3) });
    expect(await until()).toEqual(at(3));
    await makePost({ authorId: author.id, status: 'unlisted', slug: 'quiet', publishedAt: at(2) });
    expect(await until()).toEqual(at(2));
    await makePost({ authorId: author.id, kind: 'page', status: 'password', slug: 'locked', publishedAt: at(1) });
    expect(await until()).toEqual(at(1));
  });

  test('whoever comments at the moment at which comments close is refused, and a moment before is not', async () => {
    await makePost({ authorId: (await makeUser()).id, slug: 'one', publishedAt: at(-60), commentsCloseAt: at(5) });
    const send = (when: Date, email: string) => submitComment({ kind: 'guest', writerHash: null }, { post: 'one', parent: '', comment: `From ${email}`, guest: { name: 'Ines', email, website: '' } }, '192.0.2.1', when);
    expect(await send(at(5), 'late@example.com')).toMatchObject({ ok: false, code: 'forbidden' });
    expect(await send(new Date(at(5).getTime() - 1), 'early@example.com')).toMatchObject({ ok: true });
  });
});

describe('what is changed is told', () => {
  async function scene(status: CommentStatus, kind: 'comment' | 'mention' = 'comment') {
    const owner = await person('owner');
    const post = await makePost({ authorId: owner.userId, slug: 'one', publishedAt: at(-60) });
    return { owner, post, comment: await makeComment({ postId: post.id, status, kind }) };
  }

  test.each<[CommentStatus, Act, boolean]>([
    ['pending', 'approve', true], ['pending', 'spam', false], ['pending', 'trash', false], ['approved', 'unapprove', true], ['approved', 'spam', true], ['approved', 'trash', true], ['trash', 'delete', false],
  ])('a comment that is %s: %s', async (status, decision, isSeen) => {
    const { owner, post, comment } = await scene(status);
    expect(await decideComment(owner, { comment: comment.publicId, revision: 1, seenStatus: status, decision }, now)).toMatchObject({ ok: true });
    expect(changed).toEqual(isSeen ? [postTag(post.id)] : []);
  });

  test.each<[CommentStatus, boolean]>([['approved', true], ['pending', false], ['spam', false]])('a comment that is %s and is declined', async (seenStatus, isSeen) => {
    const { owner, post, comment } = await scene(seenStatus);
    expect(await declineComment(owner, { comment: comment.publicId, revision: 1, seenStatus, reason: 'other', words: 'Please.' }, now)).toMatchObject({ ok: true });
    expect(changed).toEqual(isSeen ? [postTag(post.id)] : []);
  });

  test('a mention, and what is undone', async () => {
    const { owner, post, comment } = await scene('pending', 'mention');
    const decided = await decideComment(owner, { comment: comment.publicId, revision: 1, seenStatus: 'pending', decision: 'approve' }, now);
    if (!decided.ok) throw new Error(decided.message);
    expect(await undoDecision(owner, decided.value.event, at(1))).toMatchObject({ ok: true });
    expect(changed).toEqual([postTag(post.id), postTag(post.id)]);
  });

  test('a comment that is published at once, but not one that waits', async () => {
    const { owner, post } = await scene('pending');
    const say = (actor: Parameters<typeof submitComment>[0], comment: string) => submitComment(actor, { post: 'one', parent: '', comment, guest: { name: 'Ines', email: 'ines@example.com', website: '' } }, '192.0.2.1', now);
    expect(await say({ kind: 'guest', writerHash: null }, 'It waits.')).toMatchObject({ ok: true, value: { status: 'pending' } });
    expect(changed).toEqual([]);
    expect(await say(owner, 'It is there.')).toMatchObject({ ok: true, value: { status: 'approved' } });
    expect(changed).toEqual([postTag(post.id)]);
  });

  test.each<[string, ReportReason, boolean]>([['that hides it', 'private', true], ['after which it stays', 'spam', false]])('a report of a comment %s', async (_what, reason, isSeen) => {
    const { post, comment } = await scene('approved');
    const reported = await reportComment({ kind: 'guest', writerHash: 'a'.repeat(64) }, { comment: comment.publicId, reason, words: '', tellOutcome: false }, '192.0.2.1', now);
    expect(reported).toMatchObject({ ok: true });
    expect(changed).toEqual(isSeen ? [postTag(post.id)] : []);
  });

  test.each([['approve', '', true], ['reply', 'Thank you.', true], ['refuse', '', false]] as const)('a decision by the link of a mail: %s', async (decision, text, isSeen) => {
    const { owner, post, comment } = await scene('pending');
    await db().decisionLink.create({ data: { id: newId(), tokenHash: tokenHash('t'), commentId: comment.id, userId: owner.userId, createdAt: now, expires: at(5) } });
    expect(await decideByLink('t', { decision, text, revision: 1 }, '192.0.2.1', at(1))).toMatchObject({ ok: true });
    expect(new Set(changed)).toEqual(new Set(isSeen ? [postTag(post.id)] : []));
  });

  test('how a post is discussed', async () => {
    const { owner, post } = await scene('approved');
    const typed = { care: 'careful', closing: 'closed', date: '', helpline: '', seen: 'another' };
    expect(await setDiscussion(owner, post.id, typed, now)).toMatchObject({ code: 'conflict' });
    expect(changed).toEqual([]);
    expect(await setDiscussion(owner, post.id, { ...typed, seen: discussionMark(post) }, now)).toMatchObject({ ok: true });
    expect(changed).toEqual([postTag(post.id)]);
  });

  const EMPTY = { title: 'One', html: '', excerpt: '', slug: 'one', cover: null, categories: [], tags: [], sticky: false };
  /** A post that stands so, with these fields saved of it. */
  async function saved(status: PostStatus, fields: Partial<PostFields> = {}) {
    const owner = await person('owner');
    const post = await makePost({ authorId: owner.userId, slug: 'one', title: 'One', source: '', status, publishedAt: status === 'draft' ? null : status === 'scheduled' ? at(9) : at(-60) });
    const result = await saveWorking(owner, { id: post.id, kind: 'post', seen: '1.0', tab: newId(), fields: { ...EMPTY, ...fields } }, now);
    if (!result.ok) throw new Error(result.message);
    return { owner, post, seen: result.value.seen };
  }

  test.each<[PostStatus, PostAct['to'], Partial<PostFields>, 'nothing' | 'itself' | 'lists']>([
    ['published', 'update', { html: '<p>New</p>' }, 'itself'], ['published', 'update', { excerpt: 'New' }, 'itself'],
    ['published', 'update', { title: 'New' }, 'lists'], ['published', 'update', { slug: 'new' }, 'lists'], ['published', 'update', { tags: ['New'] }, 'lists'],
    ['published', 'update', { categories: ['New'] }, 'lists'], ['published', 'update', { sticky: true }, 'lists'],
    ['published', 'draft', {}, 'lists'], ['published', 'private', {}, 'lists'], ['published', 'unlisted', {}, 'lists'], ['published', 'password', {}, 'lists'],
    ['draft', 'update', { title: 'New' }, 'nothing'], ['draft', 'scheduled', {}, 'nothing'], ['draft', 'private', {}, 'nothing'],
    ['draft', 'published', {}, 'lists'], ['draft', 'unlisted', {}, 'lists'], ['scheduled', 'published', {}, 'lists'], ['scheduled', 'draft', {}, 'nothing'], ['unlisted', 'published', {}, 'lists'],
  ])('a post that is %s: %s, with %o', async (status, to, fields, what) => {
    const { owner, post, seen } = await saved(status, fields);
    expect(changed).toEqual([]);
    const act: PostAct = to === 'scheduled' ? { to, at: '2026-12-24T10:00' } : to === 'password' ? { to, password: 'x' } : { to };
    expect(await actOnPost(owner, { id: post.id, seen, act }, now)).toMatchObject({ ok: true });
    expect(new Set(changed)).toEqual(new Set(what === 'nothing' ? [] : what === 'itself' ? [postTag(post.id)] : [postTag(post.id), 'posts']));
  });

  test('a post that comes out at its time, that goes to the trash and comes back, and that is given to somebody else', async () => {
    const { owner, post } = await saved('scheduled');
    await publishDue(at(8));
    expect(changed).toEqual([]);
    await publishDue(at(9));
    await trashPost(owner, post.id, at(10));
    await restorePost(owner, post.id, at(10));
    await handOver(owner, { post: post.id, to: (await person('author')).userId });
    expect(changed.map((tag) => (tag === 'posts' ? tag : 'itself')).sort()).toEqual(['itself', 'itself', 'itself', 'itself', 'posts', 'posts', 'posts', 'posts']);
  });

  test('a draft in the trash, and what is deleted for good, touches no page', async () => {
    const { owner, post } = await saved('draft');
    await trashPost(owner, post.id, now);
    await deletePost(owner, post.id);
    expect(changed).toEqual([]);
  });

  test('who owns the blog, and who has claimed a name: both decide who carries `Author`', async () => {
    await ensureOwner('owner@example.com');
    await ensureOwner('owner@example.com');
    expect(changed).toEqual(['posts']);
    await grantRole('new@example.com', 'moderator');
    expect(changed).toEqual(['posts', 'posts']);
    for (const times of [3, 3]) {
      const link = await issueSignInLink('owner@example.com', now);
      if (!link.ok) throw new Error(link.message);
      await redeemSignInLink(link.value.path.split('=')[1]!, now);
      expect(changed).toHaveLength(times);
    }
  });

  test.each<[Section, unknown]>([
    ['name', { title: 'Lamps', tagline: '' }], ['about', { about: 'I write.', pictureId: '' }], ['look', { palette: 'moss', iconId: '' }], ['menu', { menu: [] }],
    ['reading', { postsPerPage: '5', timeZone: 'UTC', language: 'en' }], ['elsewhere', { social: '' }], ['conduct', { conduct: 'Be kind.' }],
  ])('a section of the settings: %s', async (section, typed) => {
    const owner = await person('owner');
    const seen = (await findSettings(owner))?.seen[section];
    expect(await saveSettings(owner, { section, typed, seen }, now)).toMatchObject({ ok: true });
    expect(changed).toEqual(['site']);
    expect(await saveSettings(owner, { section, typed, seen: 'another' }, now)).toMatchObject({ code: 'conflict' });
    expect(changed).toEqual(['site']);
  });

  test('the sample posts that are removed', async () => {
    const { owner, post } = await scene('approved');
    expect(await removeSample(owner)).toMatchObject({ ok: true, value: { removed: 0 } });
    expect(changed).toEqual([]);
    await db().post.update({ where: { id: post.id }, data: { sample: true } });
    expect(await removeSample(owner)).toMatchObject({ ok: true, value: { removed: 1 } });
    expect(changed).toEqual([postTag(post.id), 'posts']);
  });

  test('the sample blog, once', async () => {
    await ensureOwner('owner@example.com');
    changed = [];
    await writeSampleBlog(now);
    await writeSampleBlog(now);
    expect(changed).toEqual(['site', 'posts']);
  });

  test.each([[false, 'posts'], [true, null]])('an import (dry run: %s), to every instance, when it commits', async (dryRun, told) => {
    const listener = await database.sql.connect();
    const heard: Tag[] = [];
    listener.on('notification', ({ payload }) => heard.push(...(JSON.parse(payload!) as { tags: Tag[] }).tags));
    await listener.query('LISTEN soapbox');
    expect(await importFile(fixture('blog-1.2.xml'), { url: database.url, dryRun }, now)).toMatchObject({ ok: true });
    await listener.query('SELECT 1');
    listener.release(true);
    expect(heard).toEqual(told === null ? [] : ['site', told]);
  });
});
