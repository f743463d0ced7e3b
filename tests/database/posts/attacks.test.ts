import { beforeEach, describe, expect, test } from 'vitest';
import { db } from '@/lib/db/client';
import type { Person, Role } from '@/lib/identity/schema';
import { newId } from '@/lib/ids';
import { saveWorking } from '@/lib/posts/editing';
import { actOnPost } from '@/lib/posts/publishing';
import { BODY_MAX_CHARACTERS, BODY_MAX_PARTS, TERMS_MAX, TITLE_MAX_CHARACTERS, type PostAct, type PostFields, type Saved } from '@/lib/posts/post-form';
import type { Result } from '@/lib/result';
import { postSchema } from '@/lib/text/allowed';
import { makePost, makeUser } from '@/prisma/makers';
import { useDatabase } from '@/tests/support/database';
import { dangersIn, pieces } from '@/tests/unit/text/hostile';

// What a hostile or broken browser may send to the editor's commands: never a failure of ours, and nothing overwritten.

useDatabase();

const now = new Date('2026-11-26T12:00:00Z');
const BLANK: PostFields = { title: 'Rain', html: '<p>Words.</p>', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };

async function person(role: Role): Promise<Person> {
  const user = await makeUser({ role });
  return { kind: 'person', userId: user.id, name: user.name ?? '', isNamed: true, email: user.email, role, standing: 'normal', standingUntil: null, writerHash: null };
}

let author: Person;
beforeEach(async () => {
  author = await person('author');
  await db().site.create({ data: { id: 1, title: 'A blog', timeZone: 'Europe/Berlin' } });
});

const save = (actor: Person, given: Record<string, unknown>, fields: Record<string, unknown> = {}) => saveWorking(actor, { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, ...fields }, ...given }, now);

function done<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.code}: ${result.message}`);
  return result.value;
}

const draft = async (fields: Partial<PostFields> = {}): Promise<Saved> => done(await save(author, {}, fields));
const act = (given: Pick<Saved, 'id' | 'seen'>, to: PostAct, actor = author, at = now) => actOnPost(actor, { id: given.id, seen: given.seen, act: to }, at);
const publish = async (fields: Partial<PostFields> = {}): Promise<Saved> => done(await act(await draft(fields), { to: 'published' }));
const row = (id: string) => db().post.findUniqueOrThrow({ where: { id } });

const NASTY = ['\0', 'a\0b', '\ud800', 'x\udfffy', '\u202e', '\u2028', '<script>alert(1)</script>', '"><img src=x onerror=alert(1)>', 'javascript:alert(1)', "' OR 1=1 --", '__proto__', 'constructor', '%00', '../../etc/passwd', '..', '.', '/', '\\', '🙂🙂🙂', '漢字', 'e\u0301'.repeat(50), 'ﷺ'.repeat(60), ' ', '\n\n', '-', '--', '-2'];

describe('what is no save is refused, and makes nothing', () => {
  test.each<[string, unknown]>([
    ['nothing', undefined], ['null', null], ['a text', 'x'], ['a list', []], ['an empty object', {}], ['a number', 1],
    ['no fields', { id: newId(), kind: 'post', seen: '', tab: newId() }],
    ['an id that is none', { id: 'x', kind: 'post', seen: '', tab: newId(), fields: BLANK }],
    ['an unknown kind', { id: newId(), kind: 'comment', seen: '', tab: newId(), fields: BLANK }],
    ['a title that is none', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, title: { toString: 'x' } } }],
    ['a title beyond the limit', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, title: 'x'.repeat(TITLE_MAX_CHARACTERS + 1) } }],
    ['a text beyond the limit', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, html: 'x'.repeat(BODY_MAX_CHARACTERS + 1) } }],
    ['a text of more parts than the limit', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, html: '<br>'.repeat(BODY_MAX_PARTS + 1) } }],
    ['an address beyond the limit', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, slug: 'x'.repeat(201) } }],
    ['a cover out of the picture', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, cover: { assetId: newId(), alt: '', focusX: 101, focusY: -1 } } }],
    ['too many tags', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, tags: Array.from({ length: TERMS_MAX + 1 }, (_, n) => `t${n}`) } }],
    ['tags that are none', { id: newId(), kind: 'post', seen: '', tab: newId(), fields: { ...BLANK, tags: [1, null] } }],
    ['a JSON bomb of nesting', JSON.parse('['.repeat(5_000) + ']'.repeat(5_000))],
  ])('%s', async (_, sent) => {
    const result = await saveWorking(author, sent, now);
    expect(result).toMatchObject({ ok: false, code: expect.toBeOneOf(['malformed', 'invalid', 'not-found']) });
    expect(await db().post.count()).toBe(0);
  });
});

describe('words that no keyboard types', () => {
  test.each(NASTY.map((word) => [JSON.stringify(word), word]))('%s in every field is kept well-formed, or refused', async (_, word) => {
    for (const fields of [{ title: word, html: word, excerpt: word }, { slug: word }, { categories: [word], tags: [word, `${word} `] }]) {
      const saved = await save(author, {}, fields);
      const out = saved.ok ? await act(saved.value, { to: 'published' }) : saved;
      if (!out.ok) {
        expect([fields, out.code]).toEqual([fields, expect.toBeOneOf(['invalid', 'malformed'])]);
        continue;
      }
      const { title, html, excerpt, slug, source } = await row(out.value.id);
      for (const kept of [title, html, excerpt, slug, source]) expect([kept, kept.isWellFormed() && !kept.includes('\0')]).toEqual([kept, true]);
      expect(slug).toMatch(/^[^/\\?#%\s.\0][^/\\?#%\s\0]*$/u);
    }
    for (const term of [...(await db().tag.findMany()), ...(await db().category.findMany())]) expect([term.name.isWellFormed(), term.slug !== '', term.slug.includes('/')]).toEqual([true, true, false]);
  });
});

test('whatever a text holds, what readers get of it runs nothing and loads nothing', async () => {
  const allowed = {
    elements: new Set(postSchema.tagNames), protocols: /^(?:https?|mailto|tel):$/,
    attributes: new Set(['id', 'className', 'lang', 'dir', 'href', 'rel', 'title', 'dataLoad', 'dataPlayer', 'ariaLabel', 'controls', 'preload', 'src', 'poster', 'width', 'height', 'alt', 'loading', 'start', 'reversed', 'type', 'value', 'colSpan', 'rowSpan', 'scope', 'dateTime', 'open']),
  };
  for (let from = 0; from < pieces.length; from += 40) {
    const saved = await publish({ html: pieces.slice(from, from + 40).join(' '), excerpt: pieces.slice(from, from + 5).join('').slice(0, 900) });
    const { html, excerpt } = await row(saved.id);
    expect(dangersIn(html, allowed)).toEqual([]);
    expect(excerpt.isWellFormed()).toBe(true);
  }
});

test('a cover that nobody has any more is none', async () => {
  const saved = done(await save(author, {}, { cover: { assetId: newId(), alt: 'Gone', focusX: 1, focusY: 1 } }));
  expect(await row(saved.id)).toMatchObject({ coverId: null, coverAlt: '' });
});

describe('who comes late', () => {
  test('of two saves that have seen the same, one is kept and the other told; of eight at once likewise', async () => {
    for (const first of [await draft(), await publish()]) {
      const results = await Promise.all(Array.from({ length: 8 }, (_, n) => save(author, { id: first.id, seen: first.seen }, { html: `<p>Window ${n}.</p>` })));
      expect(results.filter(({ ok }) => ok)).toHaveLength(1);
      for (const result of results) if (!result.ok) expect(result.code).toBe('conflict');
      const winner = results.findIndex(({ ok }) => ok);
      const copy = await db().postDraft.findUnique({ where: { postId: first.id } });
      expect(copy ? JSON.stringify(copy.fields) : (await row(first.id)).html).toContain(`Window ${winner}.`);
    }
  });

  test('the same first save, sent twice or eight times at once, makes one post', async () => {
    const id = newId();
    const results = await Promise.all(Array.from({ length: 8 }, () => save(author, { id })));
    for (const result of results) expect(result).toMatchObject({ ok: true });
    expect(await db().post.count()).toBe(1);
    expect(await save(author, { id }, { title: 'Another' })).toMatchObject({ ok: false, code: 'conflict' });
    expect((await row(id)).title).toBe('Rain');
  });

  test.each(['', '0.0', '1', '1.0.0', '-1.0', '99.0', 'NaN.NaN', '1.0 ', '1e0.0', '01.0', '\0', '1.1', '9'.repeat(40)])('a `seen` of “%s” overwrites nothing', async (seen) => {
    const first = await publish();
    if (seen === first.seen) throw new Error('It is the present one.');
    const before = await row(first.id);
    expect(await save(author, { id: first.id, seen }, { title: 'Mine' })).toMatchObject({ ok: false, code: expect.toBeOneOf(['conflict', 'malformed', 'invalid']) });
    expect(await act({ id: first.id, seen }, { to: 'draft' })).toMatchObject({ ok: false, code: expect.toBeOneOf(['conflict', 'malformed', 'invalid']) });
    expect(await row(first.id)).toEqual(before);
    expect(await db().postDraft.count()).toBe(0);
  });

  test('of eight acts at once one is done; each writes one revision', async () => {
    const first = await draft();
    const results = await Promise.all((['published', 'unlisted', 'private', 'draft', 'published', 'unlisted', 'private', 'update'] as const).map((to) => act(first, { to })));
    expect(results.filter(({ ok }) => ok).length).toBeGreaterThanOrEqual(1);
    for (const result of results) if (!result.ok) expect(result.code).toBe('conflict');
    const { revision } = await row(first.id);
    const numbers = (await db().postRevision.findMany({ where: { postId: first.id } })).map((one) => one.revision);
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(Math.max(...numbers)).toBeLessThanOrEqual(revision);
  });

  test('what was saved at the moment of an act is in it, or the act is told', async () => {
    const first = await publish();
    const [saved, acted] = await Promise.all([save(author, { id: first.id, seen: first.seen }, { html: '<p>Late words.</p>' }), act(first, { to: 'update' })]);
    const copy = await db().postDraft.findUnique({ where: { postId: first.id } });
    const everywhere = (await row(first.id)).html + JSON.stringify(copy?.fields ?? '');
    if (saved.ok) expect(everywhere).toContain('Late words.');
    expect(saved.ok || acted.ok).toBe(true);
  });
});

describe('an act whose answer was lost', () => {
  const again = (given: Pick<Saved, 'id' | 'seen'>, to: PostAct, tab: string) => actOnPost(author, { id: given.id, seen: given.seen, act: to, tab }, now);

  test.each<PostAct>([{ to: 'published' }, { to: 'unlisted' }, { to: 'password', password: 'rabbit' }, { to: 'scheduled', at: '2026-12-05T10:30' }, { to: 'draft' }, { to: 'update' }])('$to: done again by the same window it stands as it was done', async (to) => {
    const [tab, first] = [newId(), await publish()];
    const changed = done(await save(author, { id: first.id, seen: first.seen, tab }, { html: '<p>Other words.</p>' }));
    const once = done(await again(changed, to, tab));
    const [before, revisions] = [await row(first.id), await db().postRevision.count()];
    const twice = done(await again(changed, to, tab));
    expect(twice).toMatchObject({ state: once.state, at: once.at, isAhead: false });
    const { revision: _, updatedAt: __, ...stands } = before;
    expect(await row(first.id)).toMatchObject(stands);
    expect(await db().postRevision.count()).toBe(revisions);
  });

  test('by another window, or after somebody has saved meanwhile, it is a conflict', async () => {
    const [tab, first] = [newId(), await draft()];
    const once = done(await again(first, { to: 'published' }, tab));
    expect(await again(first, { to: 'published' }, newId())).toMatchObject({ ok: false, code: 'conflict' });
    done(await save(author, { id: once.id, seen: once.seen }, { html: '<p>Another window.</p>' }));
    expect(await again(first, { to: 'published' }, tab)).toMatchObject({ ok: false, code: 'conflict' });
  });
});

describe('somebody else’s post', () => {
  test('is not there, whatever is sent', async () => {
    const other = await person('author');
    const theirs = await makePost({ authorId: other.userId, title: 'Theirs', source: '<p>Secret.</p>', status: 'draft' });
    for (const seen of ['', '1.0']) {
      const saved = await save(author, { id: theirs.id, seen });
      expect(saved).toMatchObject({ ok: false, code: 'not-found' });
      expect(JSON.stringify(saved)).not.toMatch(/Theirs|Secret/);
    }
    for (const to of ['published', 'draft', 'update', 'private', 'unlisted'] as const) expect(await act({ id: theirs.id, seen: '1.0' }, { to })).toMatchObject({ ok: false, code: 'not-found' });
    expect((await row(theirs.id)).title).toBe('Theirs');
  });

  test('an unknown id is answered alike', async () => {
    const missing = { id: newId(), seen: '1.0' };
    expect(await act(missing, { to: 'published' })).toMatchObject({ ok: false, code: 'not-found' });
    expect(await save(author, missing)).toMatchObject({ ok: false, code: 'not-found' });
  });
});

describe('addresses', () => {
  test('of twelve posts of one name that come out at once each has its own', async () => {
    const drafts = await Promise.all(Array.from({ length: 12 }, () => draft({ title: 'The same' })));
    const results = await Promise.all(drafts.map((one) => act(one, { to: 'published' })));
    for (const result of results) expect(result).toMatchObject({ ok: true });
    const slugs = (await db().post.findMany({ select: { slug: true } })).map(({ slug }) => slug);
    expect(new Set(slugs).size).toBe(12);
  });

  test.each(['admin', 'posts', 'media', 'preview', 'feed', 'wp-admin', 'search', '_next', 'sign-in', '404', 'robots.txt'])('a page does not take the place of /%s', async (slug) => {
    const saved = await save(author, { kind: 'page' }, { title: slug, slug });
    if (!saved.ok) return expect(saved.code).toBe('invalid');
    const out = await act(saved.value, { to: 'published' });
    if (out.ok) expect((await row(out.value.id)).slug).not.toBe(slug);
    else expect(out.code).toBe('invalid');
  });

  test('a post that leaves its address and comes back to it leads in no circle', async () => {
    const first = await publish({ title: 'One', slug: 'one' });
    const move = async (from: Saved, slug: string) => done(await act(done(await save(author, { id: from.id, seen: from.seen }, { title: 'One', slug })), { to: 'update' }));
    const back = await move(await move(first, 'two'), 'one');
    expect(back.slug).toBe('one');
    expect((await db().redirect.findMany({ orderBy: { path: 'asc' } })).map(({ path, postId }) => [path, postId])).toEqual([['/posts/two', first.id]]);
  });

  test('another post may take an address that was left, and has it then', async () => {
    const first = await publish({ title: 'One', slug: 'one' });
    done(await act(done(await save(author, { id: first.id, seen: first.seen }, { title: 'One', slug: 'two' })), { to: 'update' }));
    const second = await publish({ title: 'Other', slug: 'one' });
    expect((await row(second.id)).slug).toBe('one');
    expect(await db().redirect.count({ where: { path: '/posts/one' } })).toBe(0);
  });
});

describe('moments', () => {
  test.each(['', 'soon', '2026-11-26T11:59', '2020-01-01T00:00', '0000-01-01T00:00', '9999-12-31T23:59', '99999-01-01T00:00', '+275760-09-13T00:00', '2026-02-30T10:00', '2026-13-01T10:00', '2026-12-05T25:00', '2026-12-05', '2026-12-05T10:30Z', '2026-12-05T10:30:00.000+05:00', '2027-03-28T02:30', '2027-10-31T02:30', '\0', '<b>'])('scheduled for “%s” it is refused with a sentence, or stands at a moment to come', async (at) => {
    const first = await draft();
    const result = await act(first, { to: 'scheduled', at });
    if (result.ok) {
      const { publishedAt, status } = await row(first.id);
      expect(status).toBe('scheduled');
      expect(publishedAt!.getTime()).toBeGreaterThan(now.getTime());
      expect(publishedAt!.getFullYear()).toBeLessThan(10_000);
    } else expect(result).toMatchObject({ code: 'invalid', message: expect.stringMatching(/[A-Z].{8,}/) });
  });
});

describe('passwords', () => {
  test.each(['', ' ', '\0', '\t\n'])('%j is none', async (password) => {
    const first = await draft();
    expect(await act(first, { to: 'password', password })).toMatchObject({ ok: false, code: 'invalid' });
    expect((await row(first.id)).status).toBe('draft');
  });

  test('one that is taken away opens nothing, and is kept nowhere', async () => {
    const locked = done(await act(await draft(), { to: 'password', password: 'rabbit' }));
    expect((await row(locked.id)).password).toBe('rabbit');
    const open = done(await act(locked, { to: 'published' }));
    expect(await row(locked.id)).toMatchObject({ password: null, status: 'published' });
    const kept = await Promise.all([db().postDraft.findMany(), db().postRevision.findMany(), db().postEditing.findMany()]);
    expect(JSON.stringify([open, kept])).not.toContain('rabbit');
  });
});

test.each<[string, unknown]>([['nothing', undefined], ['null', null], ['an unknown act', { to: 'explode' }], ['of no kind', {}], ['a list', []], ['a trash', { to: 'trash' }], ['no moment', { to: 'scheduled' }], ['no password', { to: 'password' }], ['a prototype', JSON.parse('{"__proto__":{"to":"published"}}')]])('an act that is %s is refused, and changes nothing', async (_, what) => {
  const first = await draft();
  const before = await row(first.id);
  const result = await actOnPost(author, { id: first.id, seen: first.seen, act: what as PostAct }, now);
  expect(result).toMatchObject({ ok: false, code: expect.toBeOneOf(['malformed', 'invalid']) });
  expect(await row(first.id)).toEqual(before);
});

test('what came with an import is saved as it came: a long excerpt and title, many tags', async () => {
  const long = { title: 'A title that goes on and on. '.repeat(30).trim(), excerpt: 'Words of an old excerpt. '.repeat(400).trim(), tags: Array.from({ length: 150 }, (_, n) => `tag ${n}`) };
  const saved = done(await save(author, {}, long));
  expect(await row(saved.id)).toMatchObject({ title: long.title, excerpt: long.excerpt });
  expect(await db().postTag.count({ where: { postId: saved.id } })).toBe(150);
});
