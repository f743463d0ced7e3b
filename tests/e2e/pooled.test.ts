import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { actionId, DeskScript, newSave } from '../support/desk-script';
import { AUTH_SECRET, openSessionOf, useOwnDatabase } from '../support/instances';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { findOpenPost } from '../support/stories';
import { TransactionPooler } from '../support/transaction-pooler';

const CONNECTIONS = 3;
const token = randomBytes(32).toString('base64url');
const database = useOwnDatabase();
let pooler: TransactionPooler;
const servers: BlogProcess[] = [];
const urls: string[] = [];

beforeAll(async () => {
  pooler = await TransactionPooler.open(database.url, CONNECTIONS);
  for (let count = 0; count < 2; count += 1) {
    const port = String(await freePort());
    const server = new BlogProcess(['server/start.ts'], { PORT: port, DATABASE_URL: pooler.url, DATABASE_DIRECT_URL: database.url, AUTH_SECRET, LOG_LEVEL: 'error' });
    servers.push(server);
    urls.push(`http://localhost:${port}`);
    await server.untilSaid('The blog is at');
  }
  await openSessionOf(database.sql, 'owner', token);
});
afterAll(async () => {
  for (const server of servers) server.signal('SIGTERM');
  const ended = await Promise.all(servers.map((server) => server.ended));
  await pooler.close();
  expect(ended.map(({ code, said }) => [code, /prepared statement|already exists|unnamed/.exec(said)?.[0]])).toEqual(ended.map(() => [0, undefined]));
});

const textOf = async (url: string, where: string) => {
  const answer = await fetch(url + where);
  expect([where, answer.status]).toEqual([where, 200]);
  return answer.text();
};

async function comment(url: string, path: string, words: string): Promise<void> {
  const fields = fieldsOfForm(await textOf(url, path), 'Post Comment');
  const { body, headers } = multipart({ ...fields, comment: words, name: `Ida ${words}`, email: `${randomBytes(4).toString('hex')}@example.net`, website: '' });
  const answer = await fetch(url + path, { method: 'POST', redirect: 'manual', body: new Uint8Array(body), headers: { ...headers, origin: url } });
  expect(answer.status).toBe(303);
}

test('two processes behind a pooler that shares three connections between transactions: comments at once, decisions, posts, jobs and freshness are as ever', async () => {
  const [first = '', second = ''] = urls;
  const post = await findOpenPost({ sql: database.sql });
  await Promise.all(Array.from({ length: 12 }, (_, n) => textOf(n % 2 ? first : second, `/search?q=word${n}`)));
  await Promise.all(Array.from({ length: 6 }, (_, n) => comment(n % 2 ? first : second, post.path, `Word ${n}.`)));
  const { rows } = await database.sql.query<{ id: string; revision: number }>(`SELECT "publicId" AS id, revision FROM "Comment" WHERE name LIKE 'Ida Word%' AND status = 'pending' ORDER BY id`);
  expect(rows).toHaveLength(6);

  const desk = new DeskScript(first, token);
  for (const { id, revision } of rows) {
    const told = await desk.submit('/admin/comments?queue=trash', actionId('deskAction', 'comments'), { done: null, message: null }, Object.entries({ comment: id, revision: String(revision), seenStatus: 'pending', decision: 'approve' }));
    expect(told.status).toBe(200);
    expect(await textOf(first, post.path)).toContain(`comment-${id}`);
    await until(async () => (await textOf(second, post.path)).includes(`comment-${id}`), () => 'The other process did not hear of it.');
  }
  const save = newSave({ title: 'Pooled', html: '<p>Pooled.</p>' });
  const saved = await desk.save(save);
  expect((await desk.act(save.id, saved.said?.value?.seen ?? '', { to: 'published' }, save.tab)).said).toMatchObject({ ok: true });
  await until(async () => (await textOf(second, '/')).includes('Pooled'), () => 'The post did not come out on the other process.');
  await until(async () => (await database.sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM pgboss.job WHERE state IN ('created', 'active') AND start_after <= now()`)).rows[0]?.count === 0, () => 'A job was not done.');
  const { rows: [kept] } = await database.sql.query<{ approved: number; counted: number }>(`SELECT (SELECT count(*)::int FROM "Comment" WHERE "postId" = p.id AND status = 'approved' AND kind = 'comment') AS approved, p."approvedCount" AS counted FROM "Post" p WHERE slug = $1`, [post.slug]);
  expect(kept?.counted).toBe(kept?.approved);
  // It was a pooler: fewer connections than asked for, and each carried many transactions.
  console.log(`${pooler.clientsMost} clients shared ${CONNECTIONS} connections; transactions carried by each: ${pooler.transactions.join(', ')}`);
  expect(pooler.clientsMost).toBeGreaterThan(CONNECTIONS);
  expect(Math.min(...pooler.transactions)).toBeGreaterThan(20);
});
