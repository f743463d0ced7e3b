import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Actor, Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { beatEditing, discardWorking, restoreRevision, saveWorking } from '@/lib/posts/editing';
import { findForEditor } from '@/lib/posts/editor';
import { BODY_MAX_CHARACTERS, type PostFields, type Save } from '@/lib/posts/post-form';
import { actOnPost } from '@/lib/posts/publishing';
import { makePost, makeRules, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { whoEdits } from '@/tests/support/who-edits';

useDatabase();

const now = new Date('2099-11-26T10:00:00Z');
const at = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const EMPTY: PostFields = { title: '', html: '', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };

async function person(role: Role, name?: string): Promise<Person> {
  const user = await makeUser({ role, emailVerified: now, ...(name && { name }) });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

let author: Person;
beforeEach(async () => {
  author = await person('author', 'Anna');
});

const TAB = newId();
const saveOf = (id: string, given: Partial<PostFields> = {}, more: Partial<Save> = {}): Save => ({ id, kind: 'post', fields: { ...EMPTY, ...given }, seen: '', tab: TAB, ...more });
async function save(actor: Actor, sent: Save, when = now) {
  const result = await saveWorking(actor, sent, when);
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}
const row = (id: string) => db().post.findUniqueOrThrow({ where: { id }, include: { workingCopy: true, revisions: { orderBy: { revision: 'asc' } }, categories: { include: { category: true } }, tags: { include: { tag: true } } } });
const open = async (id: string, by: Person = author) => (await findForEditor(by, id, { timeZone: 'UTC' }, now))!;

describe('a first save', () => {
  test('makes a draft of the actor’s with the care of new posts, its text safe, and a first revision', async () => {
    await makeRules({ newPostCare: 'careful' });
    const id = newId();
    const saved = await save(author, saveOf(id, { title: ' Rain \n again ', html: '<p onclick="x()">Wet</p><script>x()</script>', tags: ['Rain', 'rain ', '', ' '], categories: ['Weather'] }));
    expect(saved).toMatchObject({ id, seen: '1.0', state: 'draft', slug: 'rain-again', path: null, isAhead: false, others: [] });
    const post = await row(id);
    expect(post).toMatchObject({ title: 'Rain again', html: '<p>Wet</p>', excerpt: 'Wet', isOwnExcerpt: false, care: 'careful', authorId: author.userId, publishedAt: null });
    expect(post.tags.map(({ tag }) => tag.name)).toEqual(['Rain']);
    expect(post.categories.map(({ category }) => category.slug)).toEqual(['weather']);
    expect(post.revisions).toMatchObject([{ revision: 1, title: 'Rain again', byId: author.userId }]);
    expect((await open(id)).fields).toMatchObject({ title: 'Rain again', slug: '', categories: ['Weather'] });
  });

  test('files it under what was typed: names that make one address word are two, and large and small letters one', async () => {
    const [one, two] = [newId(), newId()];
    await save(author, saveOf(one, { title: 'One', tags: ['C', 'C++'], categories: ['100%', '100'] }));
    await Promise.all([save(author, saveOf(two, { title: 'Two', tags: ['c++', 'C#'] })), save(author, saveOf(newId(), { title: 'Three', tags: ['C?', 'c#'] }))]);
    const named = async (id: string) => (await row(id)).tags.map(({ tag }) => tag.name.toLowerCase()).sort();
    expect([await named(one), await named(two)]).toEqual([['c', 'c++'], ['c#', 'c++']]);
    expect((await row(one)).categories.map(({ category }) => category.name).sort()).toEqual(['100', '100%']);
    expect((await db().tag.findMany({ select: { slug: true } })).map(({ slug }) => slug).sort()).toEqual(['c', 'c-2', 'c-3', 'c-4']);
  });

  test('that is sent twice makes one post, one after the other and at once', async () => {
    const [one, two] = [newId(), newId()];
    await save(author, saveOf(one, { title: 'Rain' }));
    expect(await save(author, saveOf(one, { title: 'Rain' }))).toMatchObject({ seen: '1.0' });
    const both = await Promise.all([saveWorking(author, saveOf(two, { title: 'Snow' }), now), saveWorking(author, saveOf(two, { title: 'Snow' }), now)]);
    expect(both).toMatchObject([{ ok: true, value: { seen: '1.0' } }, { ok: true, value: { seen: '1.0' } }]);
    expect(await db().postRevision.count({ where: { postId: two } })).toBe(1);
  });

  test('of a window that somebody else has opened is nobody’s: it makes no post of whoever is signed in now', async () => {
    const [id, other] = [newId(), await person('author')];
    expect(await saveWorking(other, saveOf(id, { title: 'Anna’s' }, { as: author.userId }), now)).toMatchObject({ ok: false, code: 'not-signed-in' });
    expect(await db().post.count()).toBe(0);
    for (const role of ['reader', 'moderator'] as const) expect(await saveWorking(await person(role), { id, as: author.userId }, now)).toMatchObject({ code: 'not-signed-in' });
    expect(await save(author, saveOf(id, { title: 'Anna’s' }, { as: author.userId }))).toMatchObject({ id, seen: '1.0' });
  });

  test('whose answer was lost is gone on with by the same window, and by no other', async () => {
    const id = newId();
    await save(author, saveOf(id, { title: 'Rain' }));
    expect(await save(author, saveOf(id, { title: 'Rain and more' }))).toMatchObject({ seen: '2.0' });
    expect(await saveWorking(author, saveOf(id, { title: 'Other' }, { tab: newId() }), now)).toMatchObject({ ok: false, code: 'conflict', message: expect.stringContaining('You have saved this in another window') as unknown });
  });
});

describe('a later save', () => {
  test('of a draft is in its row; of a post that is out, beside it', async () => {
    const id = newId();
    await save(author, saveOf(id, { title: 'Rain', html: '<p>One</p>' }));
    expect(await save(author, saveOf(id, { title: 'Snow', html: '<p>Two</p>' }, { seen: '1.0' }))).toMatchObject({ seen: '2.0', slug: 'snow', isAhead: false });
    const out = await makePost({ authorId: author.userId, slug: 'out', source: '<p>Out</p>' });
    expect(await save(author, saveOf(out.id, { title: 'New', html: '<p>New</p>', slug: 'out' }, { seen: '1.0' }))).toMatchObject({ state: 'published', isAhead: true, path: '/posts/out', slug: 'out' });
    expect(await row(out.id)).toMatchObject({ html: '<p>Out</p>', workingCopy: { fields: { title: 'New' } } });
  });

  test('that grows when it is made safe, beyond what is taken, is what `Update` shows and what is opened', async () => {
    const links = `<p>${'<a href="https://rain.example/a">Rain</a> words between '.repeat(17_000)}</p>`;
    const out = await makePost({ authorId: author.userId, slug: 'out', source: '<p>Out</p>' });
    const saved = await save(author, saveOf(out.id, { title: 'Long', html: links, slug: 'out' }, { seen: '1.0' }));
    const { fields } = await open(out.id);
    expect([fields.title, fields.html.length > BODY_MAX_CHARACTERS]).toEqual(['Long', true]);
    expect(await actOnPost(author, { id: out.id, seen: saved.seen, tab: TAB, act: { to: 'update' } }, now)).toMatchObject({ ok: true });
    expect(await row(out.id)).toMatchObject({ title: 'Long', html: fields.html, workingCopy: null });
  }, 60_000);

  test('that says what is saved already writes nothing', async () => {
    const out = await makePost({ authorId: author.userId, slug: 'out', source: '<p>Out</p>' });
    const { fields, saved } = await open(out.id);
    expect(await save(author, saveOf(out.id, fields, { seen: saved.seen }))).toMatchObject({ seen: '1.0', isAhead: false });
    expect(await db().postRevision.count()).toBe(0);
  });

  test('that has not seen another’s is refused with who and when, and overwrites nothing; two at once, one is', async () => {
    const [id, owner] = [newId(), await person('owner', 'Olga')];
    await save(author, saveOf(id, { title: 'Rain' }));
    await save(owner, saveOf(id, { title: 'Olga’s' }, { seen: '1.0', tab: newId() }), at(1));
    const refused = await saveWorking(author, saveOf(id, { title: 'Anna’s' }, { seen: '1.0' }), at(2));
    expect(refused).toMatchObject({ ok: false, code: 'conflict', fields: { seen: '2.0' }, message: expect.stringMatching(/^Olga has saved this, on /) as unknown });
    expect((await row(id)).title).toBe('Olga’s');
    const both = await Promise.all([saveWorking(author, saveOf(id, { title: 'A' }, { seen: '2.0' }), at(3)), saveWorking(owner, saveOf(id, { title: 'B' }, { seen: '2.0', tab: newId() }), at(3))]);
    expect(both.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });

  test('put over another’s leaves that among the revisions, of a draft and of a post that is out', async () => {
    const owner = await person('owner', 'Olga');
    for (const status of ['draft', 'published'] as const) {
      const { id } = await makePost({ authorId: author.userId, slug: status, status, title: 'First' });
      const theirs = newId();
      const first = await save(owner, saveOf(id, { title: 'Theirs', slug: status }, { seen: '1.0', tab: theirs }), at(1));
      const second = await save(owner, saveOf(id, { title: 'Theirs, later', slug: status }, { seen: first.seen, tab: theirs }), at(2));
      await save(author, saveOf(id, { title: 'Mine', slug: status }, { seen: second.seen }), at(3));
      expect((await row(id)).revisions.map(({ title, byId }) => [title, byId])).toEqual([['First', null], ['Theirs', owner.userId], ['Theirs, later', owner.userId], ['Mine', author.userId]]);
    }
  });

  test('of another window of the same person does, too', async () => {
    const id = newId();
    await save(author, saveOf(id, { title: 'One' }));
    const two = await save(author, saveOf(id, { title: 'Two' }, { seen: '1.0' }));
    await save(author, saveOf(id, { title: 'Three' }, { seen: two.seen, tab: newId() }), at(1));
    expect((await row(id)).revisions.map(({ title }) => title)).toEqual(['One', 'Two']);
  });

  test('that was sent earlier by the same window and comes later leaves the other among the revisions', async () => {
    const id = newId();
    const { seen } = await save(author, saveOf(id, { title: 'One' }));
    await save(author, saveOf(id, { title: 'One and two' }, { seen }));
    await save(author, saveOf(id, { title: 'One and' }, { seen }));
    expect((await row(id)).revisions.map(({ title }) => title)).toEqual(['One', 'One and two']);
  });

  test('is written down once every ten minutes', async () => {
    const id = newId();
    let { seen } = await save(author, saveOf(id, { title: '0' }));
    for (let minute = 1; minute <= 21; minute++) seen = (await save(author, saveOf(id, { title: String(minute) }, { seen }), at(minute))).seen;
    expect((await row(id)).revisions.map(({ title }) => title)).toEqual(['0', '11']);
  });

  test('whose text is in the trash, or whose post is unknown, is refused', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'gone', status: 'trash' });
    expect(await saveWorking(author, saveOf(id, { title: 'x' }, { seen: '1.0' }), now)).toMatchObject({ code: 'conflict' });
    expect(await saveWorking(author, saveOf(newId(), { title: 'x' }, { seen: '1.0' }), now)).toMatchObject({ code: 'not-found' });
    expect(await saveWorking(author, { nonsense: true }, now)).toMatchObject({ code: 'invalid' });
  });
});

describe('who may', () => {
  test.each(whoEdits(() => author, person))('%s', async (_who, actor, may) => {
    const { id } = await makePost({ authorId: author.userId, slug: 'one' });
    const who = await actor();
    const said = { ok: may, ...(may ? {} : { code: 'not-found' }) };
    expect(await beatEditing(who, { id, tab: newId() }, now)).toMatchObject(said);
    expect(await saveWorking(who, saveOf(id, { title: 'x', slug: 'one' }, { seen: '1.0' }), now)).toMatchObject(said);
    const { seen } = (await open(id)).saved;
    expect(await discardWorking(who, { id, seen }, now)).toMatchObject(said);
    const revision = await db().postRevision.findFirst({ where: { postId: id } });
    expect(await restoreRevision(who, { id, revision: revision?.id ?? newId(), seen: (await open(id)).saved.seen }, now)).toMatchObject(said);
    if (who.kind === 'person') expect((await findForEditor(who, id, { timeZone: 'UTC' }, now)) !== null).toBe(may && who.standing === 'normal' && who.role !== 'moderator');
  });
});

describe('what is being changed', () => {
  test('is thrown away, stays among the revisions, and an older window is told', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'out', title: 'Out' });
    const { seen } = await save(author, saveOf(id, { title: 'Ahead', slug: 'out' }, { seen: '1.0' }));
    const gone = await discardWorking(author, { id, seen }, at(1));
    expect(gone).toMatchObject({ ok: true, value: { isAhead: false } });
    expect((await row(id)).revisions.map(({ title }) => title)).toEqual(['Out', 'Ahead', 'Out']);
    expect(await saveWorking(author, saveOf(id, { title: 'Late', slug: 'out' }, { seen, tab: newId() }), at(2))).toMatchObject({ code: 'conflict' });
  });

  test('an earlier text comes back as what is being worked on; readers see it after the next act', async () => {
    const { id } = await makePost({ authorId: author.userId, slug: 'out', title: 'Old', source: '<p>Old</p>' });
    const { seen } = await save(author, saveOf(id, { title: 'New', html: '<p>New</p>', slug: 'out' }, { seen: '1.0' }));
    const [first] = (await row(id)).revisions;
    expect(await restoreRevision(author, { id, revision: first!.id, seen: '1.0' }, now)).toMatchObject({ code: 'conflict' });
    expect(await restoreRevision(author, { id, revision: first!.id, seen }, now)).toMatchObject({ ok: true, value: { isAhead: true } });
    expect((await open(id)).fields).toMatchObject({ title: 'Old', html: '<p>Old</p>' });
    const other = await makePost({ authorId: author.userId, slug: 'other' });
    expect(await restoreRevision(author, { id: other.id, revision: first!.id, seen: '1.0' }, now)).toMatchObject({ code: 'not-found' });
  });
});

test('a window that is open is told to the others, and no longer when it has been silent', async () => {
  const { id } = await makePost({ authorId: author.userId, slug: 'out' });
  const [owner, mine] = [await person('owner', 'Olga'), newId()];
  await beatEditing(owner, { id, tab: newId() }, now);
  expect(await beatEditing(author, { id, tab: mine }, now)).toMatchObject({ value: { seen: '1.0', others: [{ name: 'Olga', isYou: false }] } });
  expect(await beatEditing(author, { id, tab: newId() }, at(0.5))).toMatchObject({ value: { others: [{ name: 'Anna', isYou: true }, { name: 'Olga', isYou: false }] } });
  expect(await beatEditing(author, { id, tab: mine }, at(2))).toMatchObject({ value: { others: [] } });
});

test('a window hears whether what is there now is its own, though the answer to its save was lost', async () => {
  const id = newId();
  await save(author, saveOf(id, { title: 'Rain' }));
  expect(await beatEditing(author, { id, tab: TAB }, now)).toMatchObject({ value: { seen: '1.0', isOwn: true } });
  expect(await beatEditing(author, { id, tab: newId() }, now)).toMatchObject({ value: { isOwn: false } });
  await save(author, saveOf(id, { title: 'Snow' }, { seen: '1.0', tab: newId() }));
  expect(await beatEditing(author, { id, tab: TAB }, now)).toMatchObject({ value: { seen: '2.0', isOwn: false } });
});
