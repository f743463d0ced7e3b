import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { setDiscussion } from '@/lib/posts/commands';
import { saveWorking } from '@/lib/posts/editing';
import { findForEditor } from '@/lib/posts/editor';
import { keyOf, mayRead } from '@/lib/posts/keys';
import { listPosts } from '@/lib/posts/lists';
import { findLocked } from '@/lib/posts/locked';
import { findLegacyTarget } from '@/lib/posts/old-addresses';
import type { PostAct, PostFields, Saved } from '@/lib/posts/post-form';
import { setPreview } from '@/lib/posts/previewing';
import { publishDue } from '@/lib/posts/publish-job';
import { actOnPost } from '@/lib/posts/publishing';
import { trashPost } from '@/lib/posts/trash';
import { findPage, findPost } from '@/lib/posts/queries';
import { discussionMark } from '@/lib/posts/rules';
import { makePost, makeRules, makeUser } from '@/prisma/makers';
import { choiceOf, publishAct } from '@/components/editor-screen/editor-words';
import { useDatabase } from '@/tests/support/database';
import { whoEdits } from '@/tests/support/who-edits';

useDatabase();

const now = new Date('2099-11-26T10:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const DAY = 24 * 60;
const EMPTY: PostFields = { title: 'Rain', html: '<p>Wet</p>', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

let author: Person;
beforeEach(async () => {
  author = await person('author');
  await db().site.upsert({ where: { id: 1 }, create: { id: 1, title: 'Blog', timeZone: 'Europe/Berlin' }, update: { timeZone: 'Europe/Berlin' } });
});

const TAB = newId();
function done<T>(result: { ok: true; value: T } | { ok: false; code: string; message: string }): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
const save = async (id: string, given: Partial<PostFields> = {}, seen = '', kind: 'post' | 'page' = 'post', when = now) => done(await saveWorking(author, { id, kind, fields: { ...EMPTY, ...given }, seen, tab: TAB }, when));
const act = async ({ id, seen }: Pick<Saved, 'id' | 'seen'>, what: PostAct, when = now) => done(await actOnPost(author, { id, seen, act: what }, when));
const draft = (given: Partial<PostFields> = {}, kind: 'post' | 'page' = 'post') => save(newId(), given, '', kind);
const published = async (given: Partial<PostFields> = {}, kind: 'post' | 'page' = 'post') => act(await draft(given, kind), { to: 'published' });
/** Changes what is out, and updates it. */
async function change({ id, seen }: Pick<Saved, 'id' | 'seen'>, given: Partial<PostFields>, when = now): Promise<Saved> {
  const { fields } = (await findForEditor(author, id, { timeZone: 'UTC' }, when))!;
  return act(done(await saveWorking(author, { id, kind: 'post', fields: { ...fields, ...given }, seen, tab: TAB }, when)), { to: 'update' }, when);
}
const row = (id: string) => db().post.findUniqueOrThrow({ where: { id }, include: { workingCopy: true, revisions: { orderBy: { revision: 'asc' } } } });
const leadsTo = (path: string) => findLegacyTarget(path, {}, at(1));

describe('what is saved becomes the post', () => {
  test('and the very next request shows it: published, and after an update', async () => {
    const saved = await published({ tags: ['Water'], excerpt: 'In short' });
    expect(saved).toMatchObject({ state: 'published', path: '/posts/rain', isAhead: false, at: now.toISOString(), wallClock: '2099-11-26T11:00' });
    expect(await findPost('rain', now)).toMatchObject({ title: 'Rain', html: '<p>Wet</p>', excerpt: 'In short', tags: [{ name: 'Water' }], publishedAt: now });
    const ahead = await save(saved.id, { title: 'Snow', html: '<p>Cold</p>', slug: 'rain' }, saved.seen, 'post', at(1));
    expect(await findPost('rain', at(1))).toMatchObject({ title: 'Rain', html: '<p>Wet</p>' });
    expect(await act(ahead, { to: 'update' }, at(2))).toMatchObject({ isAhead: false, at: now.toISOString() });
    expect(await findPost('rain', at(2))).toMatchObject({ title: 'Snow', html: '<p>Cold</p>', excerpt: 'Cold', tags: [], publishedAt: now });
    expect((await row(saved.id)).revisions.map(({ title, byId }) => [title, byId])).toEqual([['Rain', author.userId], ['Snow', author.userId]]);
  });

  test.each<[PostAct, object]>([
    [{ to: 'draft' }, { status: 'draft', publishedAt: null, password: null }],
    [{ to: 'unlisted' }, { status: 'unlisted', publishedAt: now }],
    [{ to: 'private' }, { status: 'private', publishedAt: now }],
    [{ to: 'password', password: ' open sesame' }, { status: 'password', publishedAt: now, password: ' open sesame' }],
    [{ to: 'scheduled', at: '2099-11-27T08:30' }, { status: 'scheduled', publishedAt: new Date('2099-11-27T07:30:00Z') }],
    [{ to: 'update' }, { status: 'draft', publishedAt: null }],
  ])('as %o', async (what, expected) => {
    const saved = await act(await draft(), what);
    expect(await row(saved.id)).toMatchObject(expected);
    expect((await listPosts({ by: 'all' }, 1, 10, now))?.posts).toEqual([]);
    expect(saved.path).toBe(['unlisted', 'password'].includes(what.to) ? '/posts/rain' : null);
  });

  test('a post that goes in again keeps its first day, and comes out again with that day', async () => {
    const first = await act(await draft(), { to: 'unlisted' });
    const back = await act(first, { to: 'draft' }, at(5));
    expect(await row(first.id)).toMatchObject({ status: 'draft', publishedAt: now });
    expect(await act(back, { to: 'published' }, at(10))).toMatchObject({ at: now.toISOString() });
  });

  test('a post with a password keeps it as a draft and in private, and its editor begins with it: it comes out to everybody only where its author says so', async () => {
    const first = await act(await draft(), { to: 'password', password: 'primrose' });
    const back = await act(await act(first, { to: 'private' }, at(1)), { to: 'draft' }, at(2));
    expect([first.password, back.password, (await row(first.id)).password]).toEqual(['primrose', 'primrose', 'primrose']);
    const ahead = await save(first.id, { title: 'Snow' }, back.seen);
    const { saved } = (await findForEditor(author, first.id, { timeZone: 'UTC' }, at(3)))!;
    const choice = choiceOf(saved);
    expect([choice, publishAct(choice)]).toEqual([{ audience: 'password', password: 'primrose', at: '' }, { to: 'password', password: 'primrose' }]);
    const again = await act(ahead, publishAct(choice), at(4));
    expect(await row(first.id)).toMatchObject({ status: 'password', password: 'primrose', publishedAt: now });
    await act(again, { to: 'published' }, at(5));
    expect(await row(first.id)).toMatchObject({ status: 'published', password: null });
  });

  test('a draft with a password is shown to nobody by it', async () => {
    const { id, seen, slug } = await act(await draft(), { to: 'password', password: 'primrose' });
    await act({ id, seen }, { to: 'draft' });
    const { id: _, ...post } = await row(id);
    expect([await findLocked('post', slug, at(1)), mayRead({ ...author, userId: newId(), keys: { [id]: keyOf({ id, password: 'primrose' })! } }, { id, ...post }, at(1))]).toEqual([null, false]);
  });

  test.each<[string, PostAct, string]>([
    ['no password', { to: 'password', password: '  ' }, 'password'],
    ['no time', { to: 'scheduled', at: 'soon' }, 'at'],
    ['a time that is over', { to: 'scheduled', at: '2099-11-26T11:00' }, 'at'],
  ])('%s is refused with a sentence, and nothing is changed', async (_what, what, field) => {
    const saved = await draft();
    expect(await actOnPost(author, { ...saved, act: what }, now)).toMatchObject({ ok: false, code: 'invalid', fields: { [field]: expect.stringMatching(/\.$/) as unknown } });
    expect(await row(saved.id)).toMatchObject({ status: 'draft', revision: 1 });
  });

  test('nothing at all is not published', async () => {
    const saved = await draft({ title: '', html: '' });
    expect(await actOnPost(author, { ...saved, act: { to: 'published' } }, now)).toMatchObject({ code: 'invalid', fields: { title: expect.any(String) as unknown } });
  });

  test('what is imported keeps its source and HTML where only its state changes, and its own excerpt', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'old', source: '<!-- wp:paragraph --><p>Old</p><!-- /wp:paragraph -->', excerpt: 'Its own', isOwnExcerpt: true });
    await act({ id, seen: '1.0' }, { to: 'unlisted' });
    expect(await row(id)).toMatchObject({ source: '<!-- wp:paragraph --><p>Old</p><!-- /wp:paragraph -->', excerpt: 'Its own', isOwnExcerpt: true, revisions: [] });
  });

  test('two at once: one acts, the other is told', async () => {
    const saved = await draft();
    const both = await Promise.all((['published', 'private'] as const).map((to) => actOnPost(author, { ...saved, act: { to } }, now)));
    expect(both.map((one) => (one.ok ? 'ok' : one.code)).sort()).toEqual(['conflict', 'ok']);
  });

  test('a save and an act at once: either the save is in what came out, or it is told', async () => {
    const saved = await published();
    const ahead = await save(saved.id, { title: 'One', slug: 'rain' }, saved.seen);
    const [acted, kept] = await Promise.all([actOnPost(author, { ...ahead, act: { to: 'update' } }, now), saveWorking(author, { id: saved.id, kind: 'post', fields: { ...EMPTY, title: 'Two', slug: 'rain' }, seen: ahead.seen, tab: TAB }, now)]);
    expect([acted.ok, kept.ok].sort()).toEqual([false, true]);
    expect((await row(saved.id)).title).toBe(acted.ok ? 'One' : 'Rain');
  });
});

describe('who may', () => {
  test.each(whoEdits(() => author, person))('%s', async (_who, actor, may) => {
    const [who, saved] = [await actor(), await draft()];
    expect(await setPreview(who, { id: saved.id, isOn: true })).toMatchObject(may ? { ok: true } : { code: 'not-found' });
    expect(await actOnPost(who, { ...saved, act: { to: 'published' } }, now)).toMatchObject(may ? { ok: true } : { code: 'not-found' });
    expect((await row(saved.id)).status).toBe(may ? 'published' : 'draft');
  });

  test('what is unknown or in the trash is refused', async () => {
    const gone = await makePost({ authorId: author.userId, slug: 'gone', status: 'trash' });
    expect(await actOnPost(author, { id: newId(), seen: '1.0', act: { to: 'published' } }, now)).toMatchObject({ code: 'not-found' });
    expect(await actOnPost(author, { id: 'nonsense', seen: '1.0', act: { to: 'published' } }, now)).toMatchObject({ code: 'not-found' });
    expect(await actOnPost(author, { id: gone.id, seen: '1.0', act: { to: 'published' } }, now)).toMatchObject({ code: 'conflict' });
  });
});

describe('addresses', () => {
  test('a changed one leaves a way from the old; back again, the way is gone and nothing goes in a circle', async () => {
    const one = await published();
    const two = await change(one, { slug: 'Heavy Rain' });
    expect(two).toMatchObject({ slug: 'heavy-rain', path: '/posts/heavy-rain' });
    expect([await leadsTo('/posts/rain'), await findPost('rain', now)]).toEqual(['/posts/heavy-rain', null]);
    const three = await change(two, { slug: 'rain' });
    expect(three.slug).toBe('rain');
    expect([await leadsTo('/posts/heavy-rain'), await leadsTo('/posts/rain')]).toEqual(['/posts/rain', null]);
    expect(await db().redirect.findMany({ select: { path: true } })).toEqual([{ path: '/posts/heavy-rain' }]);
  });

  test('of a draft none; of a post that was out and is a draft again, when it comes out at another', async () => {
    const never = await draft();
    await act(await save(never.id, { title: 'Snow' }, never.seen), { to: 'published' });
    expect(await db().redirect.count()).toBe(0);
    const out = await published({ title: 'Wind' });
    const back = await act(out, { to: 'draft' });
    const { seen } = await save(out.id, { title: 'Storm', slug: 'storm' }, back.seen);
    expect(await leadsTo('/posts/wind')).toBeNull();
    await act({ id: out.id, seen }, { to: 'published' });
    expect(await leadsTo('/posts/wind')).toBe('/posts/storm');
  });

  test('a new post that takes an old address on purpose has it; one whose address is made does not', async () => {
    await change(await published(), { slug: 'monsoon' });
    expect((await published({ title: 'Rain' })).slug).toBe('rain-2');
    expect((await published({ title: 'Other', slug: 'rain' })).slug).toBe('rain');
    expect(await findPost('rain', now)).toMatchObject({ title: 'Other' });
    expect(await leadsTo('/posts/rain')).toBeNull();
  });

  test('are each of one post: the second of a title gets another, at once too, and pages have their own', async () => {
    const both = await Promise.all([draft(), draft(), draft()]);
    expect(both.map(({ slug }) => slug).sort()).toEqual(['rain', 'rain-2', 'rain-3']);
    expect((await draft({}, 'page')).slug).toBe('rain');
  });

  test('a page takes none of the blog’s own; child pages keep theirs', async () => {
    expect((await draft({ title: 'Search' }, 'page')).slug).toBe('search-2');
    expect((await draft({ title: 'x', slug: 'wp-admin' }, 'page')).slug).toBe('wp-admin-2');
    const parent = await makePost({ authorId: author.userId, kind: 'page', slug: 'about' });
    const child = await makePost({ authorId: author.userId, kind: 'page', slug: 'team', parentId: parent.id });
    await db().redirect.create({ data: { path: '/about/team', postId: child.id } });
    expect(await change({ id: child.id, seen: '1.0' }, { slug: 'people' })).toMatchObject({ path: '/people' });
    expect([await leadsTo('/about/team'), await leadsTo('/team')]).toEqual(['/people', '/people']);
    expect(await findPage('people', at(1))).not.toBeNull();
    expect((await row(child.id)).parentId).toBe(parent.id);
  });

  test('what is in the trash gives its own away', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'about', kind: 'page', status: 'trash' });
    expect((await draft({ title: 'About' }, 'page')).slug).toBe('about');
    expect((await row(id)).slug).toBe('about-trashed');
  });

  test('what was out and is in the trash gives its own away, with the way that leads to it', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'about', kind: 'page', publishedAt: at(-1) });
    expect((await trashPost(author, id, now)).ok).toBe(true);
    const mine = await draft({ title: 'About' }, 'page');
    expect(mine.slug).toBe('about');
    expect(await act(mine, { to: 'published' })).toMatchObject({ path: '/about' });
    expect(await findPage('about', at(1))).not.toBeNull();
  });

  test('of other scripts and of no letters at all are made, too', async () => {
    expect((await draft({ title: 'Über die Brücke' })).slug).toBe('uber-die-brucke');
    expect((await draft({ title: '!!!' })).slug).toBe('untitled');
    expect((await draft({ title: 'x'.repeat(500) })).slug).toHaveLength(200);
    expect((await draft({ title: 'x'.repeat(500) })).slug).toHaveLength(200);
  });
});

describe('scheduled posts', () => {
  const scheduled = async (when = '2099-11-26T11:30') => act(await draft(), { to: 'scheduled', at: when });

  test('come out at their time, once, however many processes look', async () => {
    const { id } = await scheduled();
    await publishDue(at(29));
    expect((await row(id)).status).toBe('scheduled');
    await Promise.all([publishDue(at(30)), publishDue(at(30)), publishDue(at(31))]);
    expect(await row(id)).toMatchObject({ status: 'published', publishedAt: at(30), revision: 2 });
    expect(await findPost('rain', at(30))).toMatchObject({ publishedAt: at(30) });
  });

  test('cause a job for their time; one that is moved earlier has its own', async () => {
    const saved = await scheduled();
    const moved = await act(saved, { to: 'scheduled', at: '2099-11-26T11:10' });
    const jobs = await db().$queryRaw<{ at: Date }[]>`SELECT start_after AS at FROM pgboss.job WHERE name = 'publish' AND data ->> 'id' = ${saved.id} ORDER BY 1`;
    expect(jobs.map((job) => job.at)).toEqual([at(10), at(30)]);
    await publishDue(at(10));
    expect((await row(moved.id)).status).toBe('published');
  });

  test('that are moved later or made a draft are left alone by the job of the earlier time', async () => {
    const [later, back] = [await scheduled(), await scheduled()];
    await act(later, { to: 'scheduled', at: '2099-11-26T12:00' });
    await act(back, { to: 'draft' });
    await publishDue(at(30));
    expect([(await row(later.id)).status, (await row(back.id)).status]).toEqual(['scheduled', 'draft']);
    expect((await row(back.id)).publishedAt).toBeNull();
  });

  test('that were imported come out, too, and take away an old address before theirs', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'old', status: 'scheduled', publishedAt: at(-5) });
    await db().redirect.create({ data: { path: '/posts/old', to: '/elsewhere' } });
    await publishDue(now);
    expect([(await row(id)).status, await db().redirect.count()]).toEqual(['published', 0]);
  });

  test('what is changed in one meanwhile waits for its update, and its editor is not in conflict with the blog', async () => {
    const saved = await scheduled();
    const ahead = await save(saved.id, { title: 'Ahead', slug: 'rain' }, saved.seen, 'post', at(10));
    await publishDue(at(30));
    expect(await findPost('rain', at(30))).toMatchObject({ title: 'Rain' });
    expect(await act(ahead, { to: 'update' }, at(31))).toMatchObject({ state: 'published', at: at(30).toISOString() });
    expect(await findPost('rain', at(31))).toMatchObject({ title: 'Ahead' });
  });

  test('a job and an act at once: it is out, or a draft, never both', async () => {
    const saved = await scheduled();
    const [, acted] = await Promise.all([publishDue(at(30)), actOnPost(author, { ...saved, act: { to: 'draft' } }, at(30))]);
    expect(acted.ok).toBe(true);
    expect((await row(saved.id)).status).toBe('draft');
  });
});

describe('a sensitive post', () => {
  const closesOf = async (id: string) => (await row(id)).commentsCloseAt;

  test('that came out closes after the days of its own, counted from then', async () => {
    await makeRules({ newPostCare: 'sensitive', sensitiveDays: 14 });
    const saved = await draft();
    expect(await closesOf(saved.id)).toBeNull();
    const out = await act(saved, { to: 'published' }, at(3 * DAY));
    expect(await closesOf(out.id)).toEqual(new Date('2099-12-13T23:00:00Z'));
    await act(out, { to: 'update' }, at(9 * DAY));
    expect(await closesOf(out.id)).toEqual(new Date('2099-12-13T23:00:00Z'));
  });

  test('that is scheduled closes after that, moves with it, and loses the date as a draft', async () => {
    await makeRules({ newPostCare: 'sensitive', sensitiveDays: 14 });
    const one = await act(await draft(), { to: 'scheduled', at: '2099-12-01T10:00' });
    expect(await closesOf(one.id)).toEqual(new Date('2099-12-15T23:00:00Z'));
    const two = await act(one, { to: 'scheduled', at: '2099-12-02T10:00' });
    expect(await closesOf(one.id)).toEqual(new Date('2099-12-16T23:00:00Z'));
    await act(two, { to: 'draft' });
    expect(await row(one.id)).toMatchObject({ commentsCloseAt: null, commentsByAge: true, commentsOpen: true });
  });

  test('made sensitive while it is a draft counts from its publication; a date that was chosen stays', async () => {
    await makeRules({ sensitiveDays: 14 });
    const [ruled, chosen] = [await draft(), await draft()];
    const discuss = async (id: string, given: object) => setDiscussion(author, id, { care: 'sensitive', closing: 'rule', date: '', helpline: '', seen: discussionMark(await row(id)), ...given }, now);
    expect(await discuss(ruled.id, {})).toMatchObject({ ok: true });
    expect(await discuss(chosen.id, { closing: 'date', date: '2100-01-31' })).toMatchObject({ ok: true });
    await act(ruled, { to: 'published' }, at(3 * DAY));
    await act(chosen, { to: 'published' }, at(3 * DAY));
    expect(await closesOf(ruled.id)).toEqual(new Date('2099-12-13T23:00:00Z'));
    expect(await closesOf(chosen.id)).toEqual(new Date('2100-01-31T23:00:00Z'));
  });
});

test('a preview link is made once, stays, and is taken away', async () => {
  const { id } = await draft();
  const one = done(await setPreview(author, { id, isOn: true }));
  expect(one.path).toMatch(/^\/preview\/[\w-]{43}$/);
  expect(done(await setPreview(author, { id, isOn: true }))).toEqual(one);
  expect(done(await setPreview(author, { id, isOn: false }))).toEqual({ path: null });
  expect(done(await setPreview(author, { id, isOn: true })).path).not.toBe(one.path);
});
