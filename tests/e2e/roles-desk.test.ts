import { v7 } from 'uuid';
import { beforeEach, describe, expect, test } from 'vitest';
import { useBlog } from '../support/blog';
import { addPost, addSignedIn } from '../support/desk-people';
import { sendRaw } from '../support/raw-request';

// Who has which page and route of the author's desk, asked over HTTP as each of them. Commands, one by one: tests/database/posts/roles.test.ts.

const blog = useBlog();

const PEOPLE = ['guest', 'reader', 'author', 'other author', 'moderator', 'owner', 'suspended author', 'banned author', 'banned owner'] as const;
type Who = (typeof PEOPLE)[number];

// A suspension is of comments: who writes here goes on writing.
const AUTHORS: Who[] = ['author', 'other author', 'owner', 'suspended author'];
const DESK: Who[] = [...AUTHORS, 'moderator'];
const THEIRS: Who[] = ['author', 'owner'];
const OWNER: Who[] = ['owner'];

let cookies: Record<Who, string>;
let draft: string;
let published: string;
const TOKEN = 'p'.repeat(43);

beforeEach(async () => {
  const add = (name: Who, ...more: [Parameters<typeof addSignedIn>[2], Parameters<typeof addSignedIn>[3]?]) => addSignedIn(blog, name, ...more);
  const author = await add('author', 'author');
  const made = {
    reader: await add('reader', 'reader'), author, 'other author': await add('other author', 'author'), moderator: await add('moderator', 'moderator'), owner: await add('owner', 'owner'),
    'suspended author': await add('suspended author', 'author', 'suspended'), 'banned author': await add('banned author', 'author', 'banned'), 'banned owner': await add('banned owner', 'owner', 'banned'),
  };
  cookies = { guest: '', ...Object.fromEntries(Object.entries(made).map(([name, { cookie }]) => [name, cookie])) } as Record<Who, string>;
  draft = await addPost(blog, author.userId, { title: 'A secret plan', slug: 'a-secret-plan', status: 'draft', html: '<p>The words of a secret plan.</p>', previewToken: TOKEN });
  published = await addPost(blog, author.userId, { title: 'It is out', slug: 'it-is-out' });
});

const ask = (path: string, who: Who) => blog.request(path, { headers: { cookie: cookies[who] } });

/** Everybody, with whether they are among these. */
const each = (allowed: Who[]) => PEOPLE.map((who) => [who, allowed.includes(who)] as const);

describe.each<[string, Who[], () => string]>([
  ['the dashboard', DESK, () => '/admin'],
  ['the list of posts', AUTHORS, () => '/admin/posts'],
  ['a new post', AUTHORS, () => '/admin/posts/new'],
  ['a new page', AUTHORS, () => '/admin/posts/new?kind=page'],
  ['somebody’s draft', THEIRS, () => `/admin/posts/${draft}`],
  ['somebody’s post that is out', THEIRS, () => `/admin/posts/${published}`],
  ['its earlier texts', THEIRS, () => `/admin/posts/${published}/revisions`],
  ['its discussion', THEIRS, () => `/admin/posts/${published}/discussion`],
  ['pictures and files', AUTHORS, () => '/admin/media'],
  ['the library as the editor asks for it', AUTHORS, () => '/admin/media/list'],
  ['posts for somebody else', OWNER, () => `/admin/posts/hand-over?post=${draft}`],
  ['the replies to give', AUTHORS, () => '/admin/replies'],
  ['the settings', OWNER, () => '/admin/settings'],
  ['the moving', OWNER, () => '/admin/moving'],
  ['the webhooks', OWNER, () => '/admin/webhooks'],
])('%s', (_, allowed, path) => {
  test('is shown to whom it belongs, and to others is not there', async () => {
    const answers = await Promise.all(PEOPLE.map(async (who) => [who, (await ask(path(), who)).status] as const));
    expect(answers).toEqual(each(allowed).map(([who, may]) => [who, may ? 200 : who === 'guest' ? (path() === '/admin/media/list' ? 401 : 307) : 404]));
  });
});

test('another author’s titles and words stand in no answer of the desk', async () => {
  for (const path of ['/admin', '/admin/posts', '/admin/posts?tab=drafts', '/admin/posts?q=secret', '/admin/replies', '/admin/media', `/admin/posts/${draft}`]) {
    for (const who of ['other author', 'moderator', 'suspended author'] as const) {
      for (const more of [{}, { rsc: '1' }] as Record<string, string>[]) {
        const text = await (await blog.request(path, { headers: { cookie: cookies[who], ...more } })).text();
        expect([path, who, /secret plan/i.test(text)]).toEqual([path, who, false]);
      }
    }
  }
  expect(await (await ask('/admin/posts', 'author')).text()).toContain('A secret plan');
});

test('an id that is none, or nobody’s, is a page that is not there', async () => {
  for (const id of [v7(), 'new/x', 'nothing', '%27', '00000000-0000-0000-0000-000000000000']) {
    for (const rest of ['', '/revisions', '/discussion']) {
      const { status } = await ask(`/admin/posts/${id}${rest}`, 'owner');
      expect([id, rest, status]).toEqual([id, rest, expect.toBeOneOf([400, 404])]);
    }
  }
});

describe('the save of the editor', () => {
  const fields = { title: 'Mine now', html: '<p>Mine.</p>', excerpt: '', slug: '', cover: null, categories: [], tags: [], sticky: false };
  const save = (who: Who, body: unknown, headers: Record<string, string> = {}) => sendRaw(blog, {
    method: 'POST', path: '/admin/posts/save', body: typeof body === 'string' ? body : JSON.stringify(body),
    headers: { origin: blog.url, 'content-type': 'application/json', cookie: cookies[who], ...headers },
  });
  const rows = async () => (await blog.sql.query('SELECT id, title, html, revision, "authorId" FROM "Post" ORDER BY id')).rows as { id: string; title: string }[];

  test('makes a post for those who have posts, and for nobody else', async () => {
    for (const [who, may] of each(AUTHORS)) {
      const before = await rows();
      const id = v7();
      const { status } = await save(who, { id, kind: 'post', fields, seen: '', tab: v7() });
      expect([who, status]).toEqual([who, may ? 200 : who === 'guest' ? 401 : 404]);
      expect([who, (await rows()).length - before.length]).toEqual([who, may ? 1 : 0]);
    }
  });

  test('changes somebody’s post for them and owners alone', async () => {
    for (const [who, may] of each(THEIRS)) {
      if (may) continue;
      const before = await rows();
      for (const seen of ['1.0', '']) {
        const { status } = await save(who, { id: draft, kind: 'post', fields, seen, tab: v7() });
        expect([who, seen, status]).toEqual([who, seen, who === 'guest' ? 401 : 404]);
      }
      expect([who, await rows()]).toEqual([who, before]);
      expect((await blog.sql.query('SELECT 1 FROM "PostDraft"')).rowCount).toBe(0);
    }
    expect((await save('author', { id: draft, kind: 'post', fields, seen: '1.0', tab: v7() })).status).toBe(200);
    expect((await rows()).find(({ id }) => id === draft)?.title).toBe('Mine now');
  });

  test('from another origin, or as anything but JSON, changes nothing', async () => {
    const before = await rows();
    const good = { id: draft, kind: 'post', fields, seen: '1.0', tab: v7() };
    expect((await save('author', good, { origin: 'https://evil.example' })).status).toBe(403);
    expect((await save('author', good, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x', '']) {
      const { status } = await save('author', good, { 'content-type': type });
      expect([type, status >= 400 && status < 500, status]).toEqual([type, true, status]);
    }
    expect(await rows()).toEqual(before);
  });
});

describe('an upload', () => {
  const gif = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
  test('is taken from those who have posts', async () => {
    for (const [who, may] of each(AUTHORS)) {
      const answer = await sendRaw(blog, { method: 'POST', path: '/admin/media/upload?name=dot.gif', body: gif, headers: { origin: blog.url, 'content-type': 'application/octet-stream', cookie: cookies[who] } });
      expect([who, answer.status]).toEqual([who, may ? 201 : who === 'guest' ? 401 : 404]);
    }
  });
});

test('a preview is seen by whoever has its link, and by no other; nothing of it is kept', async () => {
  for (const who of ['guest', 'moderator', 'banned author'] as const) {
    const answer = await ask(`/preview/${TOKEN}`, who);
    expect([who, answer.status, answer.headers.get('cache-control')]).toEqual([who, 200, 'private, no-store']);
    expect(await answer.text()).toContain('The words of a secret plan.');
  }
  for (const token of ['q'.repeat(43), TOKEN.slice(1), `${TOKEN}x`, '%00', '']) expect([token, (await ask(`/preview/${token}`, 'owner')).status]).toEqual([token, expect.toBeOneOf([400, 404])]);
  await blog.sql.query('UPDATE "Post" SET "previewToken" = NULL WHERE id = $1', [draft]);
  expect((await ask(`/preview/${TOKEN}`, 'author')).status).toBe(404);
});
