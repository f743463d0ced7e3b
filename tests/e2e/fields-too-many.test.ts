import { beforeEach, expect, test } from 'vitest';
import { useBlog } from '../support/blog';
import { DeskScript, newSave } from '../support/desk-script';
import { fieldsOfForm, multipart, sendRaw } from '../support/raw-request';
import { findOpenPost } from '../support/stories';

// What somebody sends who knows the columns of the database, and hopes that one is written because it was sent.
const blog = useBlog();

type Row = Record<string, unknown>;
let owner: string;

beforeEach(async () => {
  ({ userId: owner } = await blog.openSession('owner'));
});

/** Every column of a table, with a value that somebody might wish for, but for those that the form is for. */
async function wishes(table: string, own: string[]): Promise<Record<string, string>> {
  const { rows } = await blog.sql.query<{ name: string }>('SELECT column_name AS name FROM information_schema.columns WHERE table_schema = $1 AND table_name = $2', ['public', table]);
  const wished: Record<string, string> = {
    status: table === 'Comment' ? 'approved' : 'published', role: 'owner', standing: 'trusted', authorId: owner, userId: owner, approvedCount: '99', publishedAt: '2001-01-01T00:00:00Z', createdAt: '2001-01-01T00:00:00Z',
    emailVerified: '2001-01-01T00:00:00Z', password: 'mine', kind: 'page', decision: 'approve', isAdmin: 'true', user: owner, author: owner,
  };
  const names = [...rows.map(({ name }) => name), ...Object.keys(wished)].filter((name) => !own.includes(name));
  expect(names.length).toBeGreaterThan(15);
  return Object.fromEntries(names.map((name) => [name, wished[name] ?? '1']));
}

/** A row without what is of its own in each: ids, moments, what is made of its words. */
const alike = ({ rows: [row] }: { rows: Row[] }, ...own: string[]): Row => {
  expect(row).toBeDefined();
  return Object.fromEntries(Object.entries(row ?? {}).filter(([name]) => !['id', 'createdAt', 'updatedAt', 'ipHash', ...own].includes(name)));
};

test('a comment with every field of its row is the same comment as without', async () => {
  const { path } = await findOpenPost(blog);
  const box = fieldsOfForm(await (await blog.request(path)).text(), 'Post Comment');
  const send = async (comment: string, more: Record<string, string>) => {
    const { body, headers } = multipart({ ...more, ...box, comment, name: 'Ida Plain', email: `${comment.length}@example.net`, website: '' });
    expect((await sendRaw(blog, { method: 'POST', path, body, headers: { origin: blog.url, ...headers } })).status).toBe(303);
    return alike(await blog.sql.query<Row>('SELECT * FROM "Comment" WHERE source = $1', [comment]), 'publicId', 'rootId', 'source', 'sourceHash', 'html', 'email', 'writerHash');
  };
  const honest = await send('A kind word for you.', {});
  expect(honest).toMatchObject({ status: 'pending', userId: null });
  expect(await send('Another kind word for you.', await wishes('Comment', [...Object.keys(box), 'name', 'email', 'website']))).toEqual(honest);
});

test('a save with every field of its row is the same draft as without', async () => {
  const { sessionToken } = await blog.openSession('author');
  const desk = new DeskScript(blog.url, sessionToken);
  const send = async (more: Row) => {
    const { fields, ...save } = newSave({ title: 'Rain', html: '<p>Words.</p>' });
    const { status, said } = await desk.save({ ...more, ...save, fields: { ...more, ...fields } });
    expect([status, said?.ok]).toEqual([200, true]);
    return alike(await blog.sql.query<Row>('SELECT * FROM "Post" WHERE id = $1', [said?.value?.id]), 'slug', 'editedAt', 'savedAt', 'touchedAt', 'savedBy', 'tab', 'wordsRevision');
  };
  const honest = await send({});
  expect(honest).toMatchObject({ status: 'draft', approvedCount: 0, publishedAt: null, password: null });
  expect(honest.authorId).not.toBe(owner);
  expect(await send(await wishes('Post', ['id', 'kind', 'title', 'html', 'excerpt', 'slug', 'sticky']))).toEqual(honest);
});

test('a profile with every field of its row is the same person as without, but for its name and website', async () => {
  const { userId, sessionToken } = await blog.openSession('reader');
  const row = async () => alike(await blog.sql.query<Row>('SELECT * FROM "User" WHERE id = $1', [userId]), 'slug', 'name', 'website');
  const cookie = `authjs.session-token=${sessionToken}`;
  const before = await row();
  const form = fieldsOfForm(await (await blog.request('/account', { headers: { cookie } })).text(), 'Save');
  const { body, headers } = multipart({ ...(await wishes('User', [...Object.keys(form)])), ...form, name: 'Ida Otherwise' });
  expect((await sendRaw(blog, { method: 'POST', path: '/account', body, headers: { origin: blog.url, cookie, ...headers } })).status).toBe(200);
  expect((await blog.sql.query('SELECT name FROM "User" WHERE id = $1', [userId])).rows).toEqual([{ name: 'Ida Otherwise' }]);
  expect(await row()).toEqual(before);
});
