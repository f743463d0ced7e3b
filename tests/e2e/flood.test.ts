import { expect as expectValue, test } from 'vitest';
import { NETWORK_COMMENTS } from '../../lib/comments/limits';
import { expect, useBlog } from '../support/blog';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const COMMENTS = 2_000;
const AT_ONCE = 12;
/** It takes half a minute where nothing else runs. */
const PATIENCE_MS = 6 * 60_000;
/** Of the honest reader, while it is on. */
const READER_MS = 30_000;
const ADDRESSES = 50;
/** A fifth of the addresses send half of it. */
const BUSY_ADDRESSES = 10;
const addressOf = (number: number) => `198.18.0.${number % 2 === 0 ? (number / 2) % BUSY_ADDRESSES : BUSY_ADDRESSES + (((number - 1) / 2) % (ADDRESSES - BUSY_ADDRESSES))}`;

type Answer = { status: number; retryAfter: string | null; text: string };

/** A comment as a browser without script sends it. */
async function send(path: string, fields: Record<string, string>, from: string, more: Record<string, string> = {}): Promise<Answer> {
  const { body, headers } = multipart(fields);
  const answer = await blog.request(path, { method: 'POST', body: new Uint8Array(body), headers: { ...headers, ...more, 'x-forwarded-for': from, origin: blog.url, accept: 'text/html' } });
  return { status: answer.status, retryAfter: answer.headers.get('retry-after'), text: await answer.text() };
}

const statusOf = async (text: string): Promise<string | undefined> => (await blog.sql.query<{ status: string }>('SELECT status FROM "Comment" WHERE source = $1', [text])).rows[0]?.status;

test('in a flood of 2,000 comments from 50 addresses an honest reader’s comment arrives, limits refuse what is too much, and the desk names it', async () => {
  const { path } = await findOpenPost(blog);
  const form = fieldsOfForm(await (await blog.request(path)).text(), 'Post Comment');
  const { userId, sessionToken } = await blog.openSession('reader');
  const honest = await blog.newPage({ javaScript: false });
  await honest.goto(path);

  const answers: Answer[] = [];
  let next = 0;
  const flooding = Array.from({ length: AT_ONCE }, async () => {
    for (let number = next++; number < COMMENTS; number = next++) {
      answers.push(await send(path, { ...form, comment: `Greetings from the market square, number ${number}`, name: `Bot ${number}`, email: `bot${number}@example.net` }, addressOf(number)));
    }
  });
  // While it is on.
  await expect.poll(() => answers.length, { timeout: PATIENCE_MS / 2 }).toBeGreaterThan(COMMENTS / 4);
  await postComment(honest, { comment: 'I liked this post very much.', name: 'Grete Honest', email: 'grete.honest@example.net' });
  await expect(honest.getByText('Your comment is awaiting moderation.')).toBeVisible({ timeout: READER_MS });
  const signedIn = await send(path, { ...form, comment: 'So did I, from the same street as all these.' }, addressOf(0), { cookie: `authjs.session-token=${sessionToken}` });
  expectValue(signedIn.status).toBe(303);
  expectValue(answers.length).toBeLessThan(COMMENTS);
  await Promise.all(flooding);

  expectValue(new Set(answers.map(({ status }) => status))).toEqual(new Set([303, 429]));
  const refused = answers.filter(({ status }) => status === 429);
  expectValue(refused.length).toBe(BUSY_ADDRESSES * (COMMENTS / 2 / BUSY_ADDRESSES - NETWORK_COMMENTS));
  for (const { retryAfter, text } of refused) expectValue([Number(retryAfter) > 0, text.includes('role="alert"')]).toEqual([true, true]);
  expectValue(await statusOf('I liked this post very much.')).toBe('pending');
  expectValue(await statusOf('So did I, from the same street as all these.')).toBe('pending');
  expectValue((await blog.sql.query('SELECT 1 FROM "Comment" WHERE "userId" = $1 AND status = \'pending\'', [userId])).rowCount).toBe(1);
  const { rows: [kept] } = await blog.sql.query<{ count: string }>(`SELECT count(*) FROM "Comment" WHERE source LIKE 'Greetings from the market square%' AND status = 'pending'`);
  expectValue(Number(kept?.count)).toBe(COMMENTS - refused.length);

  const desk = await blog.newPage();
  await blog.signIn(desk, 'moderator');
  await desk.goto('/admin/comments');
  await expect(desk.getByRole('region', { name: 'A flood is on' })).toContainText(/1,[46]\d\d comments from strangers in the last 10 minutes, from about 5[0-2] places/);
  await blog.expectAccessible(desk);
  await desk.getByRole('link', { name: 'Show what came with it' }).click();
  await expect(desk.getByText(/Came while a flood was on/).first()).toBeVisible();
  expectValue(new URL(desk.url()).search).toBe('?queue=pending&rule=flood');
}, PATIENCE_MS);
