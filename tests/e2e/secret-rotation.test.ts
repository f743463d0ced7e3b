import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlogProcess, freePort } from '../support/blog-process';
import { openSessionOf, useOwnDatabase } from '../support/instances';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { findOpenPost } from '../support/stories';

const OLD = 'the-secret-before-of-more-than-32-characters';
const NEW = 'the-present-secret-of-more-than-32-characters';
const OWNER = 'o'.repeat(43);
const THREE_STARTS_MS = 180_000;

const database = useOwnDatabase();
let port: number;
let blog: BlogProcess | undefined;
let path: string;
const at = (place: string) => `http://localhost:${port}${place}`;

beforeAll(async () => {
  port = await freePort();
});
afterAll(() => end());

async function end(): Promise<void> {
  blog?.signal('SIGKILL');
  await blog?.ended;
}

async function startWith(secrets: { AUTH_SECRET: string; AUTH_SECRET_PREVIOUS?: string }): Promise<void> {
  await end();
  blog = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database.url, ...secrets });
  await blog.untilSaid('The blog is at');
}

type Writer = { cookie: string };

/** Sends a box as it stood in a page, with other words in it. */
async function send(box: Record<string, string>, comment: string, { cookie }: Writer): Promise<Response> {
  const { body, headers } = multipart({ ...box, comment, name: 'Ida Plain', email: `ida.${comment.length}@example.net`, website: '' });
  return fetch(at(path), { method: 'POST', redirect: 'manual', body: new Uint8Array(body), headers: { ...headers, cookie, origin: at('') } });
}

const seen = async (comment: string) => (await database.sql.query<{ status: string; rule: string | null }>('SELECT status::text, rule FROM "Comment" WHERE source = $1', [comment])).rows[0];
const isOwner = async () => {
  const answer = await fetch(at('/admin'), { headers: { cookie: `authjs.session-token=${OWNER}` }, redirect: 'manual' });
  await answer.body?.cancel();
  return answer.status === 200;
};
const read = async (place: string, cookie: string) => (await fetch(at(place), { headers: { cookie }, redirect: 'manual' })).text();

test('over a change of the secret forms stay forms, guests find what waits of theirs, and who is signed in stays so; without the earlier one a form is held, and its words are kept', async () => {
  await startWith({ AUTH_SECRET: OLD });
  ({ path } = await findOpenPost(database));
  const box = fieldsOfForm(await read(path, ''), 'Post Comment');
  const sent = await send(box, 'Before the change.', { cookie: '' });
  expect(sent.status).toBe(303);
  const here = /here=[\w-]{43}/.exec(sent.headers.getSetCookie().join())?.[0] ?? '';
  expect(await read(`${path}/reply`, here)).toContain('Before the change.');
  await openSessionOf(database.sql, 'owner', OWNER);

  await startWith({ AUTH_SECRET: NEW, AUTH_SECRET_PREVIOUS: OLD });
  expect(await read(`${path}/reply`, here)).toContain('Before the change.');
  expect(await isOwner()).toBe(true);
  expect((await send(box, 'A form of before the change.', { cookie: here })).status).toBe(303);
  expect(await seen('A form of before the change.')).toMatchObject({ status: 'pending', rule: expect.not.stringMatching('foreign-form') });
  expect(await read(`${path}/reply`, here)).toContain('A form of before the change.');

  await startWith({ AUTH_SECRET: NEW });
  expect(await read(`${path}/reply`, here)).not.toContain('Before the change.');
  expect((await send(box, 'A form whose secret is known no more.', { cookie: here })).status).toBe(303);
  expect(await seen('A form whose secret is known no more.')).toEqual({ status: 'pending', rule: 'foreign-form' });
  expect(await isOwner()).toBe(true);
}, THREE_STARTS_MS);
