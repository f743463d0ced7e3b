import { describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role, Standing } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { setDiscussion } from '@/lib/posts/commands';
import { deskFilterSchema } from '@/lib/posts/desk-filter';
import { listDeskPosts } from '@/lib/posts/desk-list';
import { beatEditing, discardWorking, restoreRevision, saveWorking } from '@/lib/posts/editing';
import { findForEditor } from '@/lib/posts/editor';
import type { PostAct, PostFields } from '@/lib/posts/post-form';
import { setPreview } from '@/lib/posts/previewing';
import { actOnPost } from '@/lib/posts/publishing';
import { findRevision, listRevisions } from '@/lib/posts/revisions';
import { discussionMark } from '@/lib/posts/rules';
import { deletePost, restorePost, trashPost } from '@/lib/posts/trash';
import { fail, ok, type Result } from '@/lib/result';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';

// Who may do what with a post: each command and query of the author's desk, tried as each role. A new one is a new row of TRIED.

useDatabase();

const now = new Date('2026-11-26T12:00:00Z');
const ROLES = ['guest', 'reader', 'author of the post', 'another author', 'moderator', 'owner', 'suspended author of the post', 'banned author of the post', 'former author of the post', 'banned owner'] as const;
type RoleName = (typeof ROLES)[number];

const THEIRS: readonly RoleName[] = ['author of the post', 'suspended author of the post', 'owner'];
const HAVE_POSTS: readonly RoleName[] = [...THEIRS, 'another author'];

async function makePerson(role: Role, standing: Standing = 'normal'): Promise<Person> {
  const user = await makeUser({ role, standing });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing, standingUntil: null, writerHash: null };
}

async function actorOf(name: RoleName, author: Person): Promise<Actor> {
  switch (name) {
    case 'guest': return { kind: 'guest', writerHash: null };
    case 'author of the post': return author;
    case 'suspended author of the post': return { ...author, standing: 'suspended', standingUntil: new Date('2099-01-01') };
    case 'banned author of the post': return { ...author, standing: 'banned' };
    case 'former author of the post': return { ...author, role: 'reader' };
    case 'another author': return makePerson('author');
    case 'banned owner': return makePerson('owner', 'banned');
    default: return makePerson(name);
  }
}

const FIELDS: PostFields = { title: 'Mine now', html: '<p>Mine.</p>', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };

/** A post that is out, with what its author is changing in it and the text it came out with, and whoever tries. */
async function scene(name: RoleName) {
  const author = await makePerson('author');
  await db().site.create({ data: { id: 1, title: 'A blog' } });
  const post = await makePost({ authorId: author.userId, title: 'Rain', revision: 2, publishedAt: new Date('2026-11-01T08:00:00Z') });
  await db().postDraft.create({ data: { postId: post.id, fields: { ...FIELDS, title: 'Rain, again' }, savedById: author.userId } });
  const revision = await db().postRevision.create({ data: { id: newId(), postId: post.id, revision: 1, title: 'Rain at first', source: '<p>Drops.</p>', html: '<p>Drops.</p>' } });
  return { author, actor: await actorOf(name, author), id: post.id, seen: '2.1', revision: revision.id };
}
type Scene = Awaited<ReturnType<typeof scene>>;

const found = (view: unknown): Result<unknown> => (view === null || view === undefined ? fail('not-found', 'none') : ok(view));
/** A query takes a person: whoever is none is turned away before. */
const asPerson = async (actor: Actor, ask: (viewer: Person) => Promise<unknown>): Promise<Result<unknown>> => (actor.kind === 'person' ? found(await ask(actor)) : fail('not-found', 'a guest'));

type Tried = { who?: readonly RoleName[]; before?: (given: Scene) => Promise<unknown>; act: (given: Scene) => Promise<Result<unknown>> };

const acts: PostAct[] = [{ to: 'draft' }, { to: 'published' }, { to: 'scheduled', at: '2030-01-01T10:00' }, { to: 'unlisted' }, { to: 'private' }, { to: 'password', password: 'rabbit' }, { to: 'update' }];
const trashed = async ({ author, id }: Scene): Promise<unknown> => expect((await trashPost(author, id, now)).ok).toBe(true);

const TRIED: Record<string, Tried> = {
  'a new post': { who: HAVE_POSTS, act: ({ actor }) => saveWorking(actor, { id: newId(), kind: 'post', seen: '', tab: newId(), fields: FIELDS }, now) },
  'a new page': { who: HAVE_POSTS, act: ({ actor }) => saveWorking(actor, { id: newId(), kind: 'page', seen: '', tab: newId(), fields: FIELDS }, now) },
  'a save': { act: ({ actor, id, seen }) => saveWorking(actor, { id, kind: 'post', seen, tab: newId(), fields: FIELDS }, now) },
  ...Object.fromEntries(acts.map((one): [string, Tried] => [`an act: ${one.to}`, { act: ({ actor, id, seen }) => actOnPost(actor, { id, seen, act: one }, now) }])),
  'throwing away what is being changed': { act: ({ actor, id, seen }) => discardWorking(actor, { id, seen }, now) },
  'taking up an earlier text': { act: ({ actor, id, seen, revision }) => restoreRevision(actor, { id, seen, revision }, now) },
  'a beat of an open window': { act: ({ actor, id }) => beatEditing(actor, { id, tab: newId() }, now) },
  'a preview link': { act: ({ actor, id }) => setPreview(actor, { id, isOn: true }) },
  'the end of a preview link': { before: ({ author, id }) => setPreview(author, { id, isOn: true }), act: ({ actor, id }) => setPreview(actor, { id, isOn: false }) },
  'the trash': { act: ({ actor, id }) => trashPost(actor, id, now) },
  'the way back from the trash': { before: trashed, act: ({ actor, id }) => restorePost(actor, id, now) },
  'deleting for good': { before: trashed, act: ({ actor, id }) => deletePost(actor, id) },
  'how it is discussed': {
    act: async ({ actor, id }) => setDiscussion(actor, id, { care: 'careful', closing: 'open', date: '', helpline: '', seen: discussionMark(await db().post.findUniqueOrThrow({ where: { id } })) }, now),
  },
  'what the editor opens with': { act: ({ actor, id }) => asPerson(actor, (viewer) => findForEditor(viewer, id, { timeZone: 'UTC' }, now)) },
  'its earlier texts': { act: ({ actor, id }) => asPerson(actor, (viewer) => listRevisions(viewer, id)) },
  'one earlier text': { act: ({ actor, id, revision }) => asPerson(actor, (viewer) => findRevision(viewer, id, revision)) },
};

/** All that a command of the desk could change. */
async function state() {
  const [posts, copies, revisions, redirects, windows] = await Promise.all([
    db().post.findMany({ orderBy: { id: 'asc' } }), db().postDraft.findMany(), db().postRevision.count(), db().redirect.count(), db().postEditing.count(),
  ]);
  return { posts, copies, revisions, redirects, windows };
}

describe.each(Object.entries(TRIED))('%s', (_, { who = THEIRS, before, act }) => {
  test.each(ROLES.map((role) => [role, who.includes(role) ? 'may' : 'may not'] as const))('a %s %s', async (role, may) => {
    const given = await scene(role);
    await before?.(given);
    const was = await state();
    const result = await act(given);
    expect(result.ok ? 'may' : 'may not').toBe(may);
    if (result.ok) return;
    expect(result.code).toBe('not-found');
    expect(JSON.stringify(result)).not.toMatch(/Rain/);
    expect(await state()).toEqual(was);
  });
});

test.each(ROLES)('the list of a %s has the posts that they may change, and no others', async (role) => {
  const { actor, id } = await scene(role);
  if (actor.kind === 'guest') return expect(actor).toEqual({ kind: 'guest', writerHash: null });
  const own = await makePost({ authorId: actor.userId, status: 'draft', title: 'Their own' });
  const list = await listDeskPosts(actor, deskFilterSchema.parse({}), { closeAfterDays: 0 }, now).catch(() => null);
  const ids = list?.posts.map((post) => post.id) ?? [];
  expect(ids.includes(id)).toBe(THEIRS.includes(role));
  expect(ids.includes(own.id)).toBe(HAVE_POSTS.includes(role));
});
