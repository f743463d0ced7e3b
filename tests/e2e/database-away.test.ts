import { randomBytes } from 'node:crypto';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { DeskScript, newSave } from '../support/desk-script';
import { AUTH_SECRET, openSessionOf, useOwnDatabase } from '../support/instances';
import { PostgresProxy } from '../support/postgres-proxy';

const token = randomBytes(32).toString('base64url');
const database = useOwnDatabase();
let way: PostgresProxy;
let server: BlogProcess;
let url: string;
let desk: DeskScript;

beforeAll(async () => {
  way = await PostgresProxy.open(database.url);
  const port = String(await freePort());
  url = `http://localhost:${port}`;
  server = new BlogProcess(['server/start.ts'], { PORT: port, DATABASE_URL: way.url, DATABASE_DIRECT_URL: database.url, AUTH_SECRET, LOG_LEVEL: 'fatal' });
  await server.untilSaid('The blog is at');
  await openSessionOf(database.sql, 'owner', token);
  desk = new DeskScript(url, token);
});
afterEach(() => way.admit());
afterAll(async () => {
  server.signal('SIGTERM');
  await server.ended;
  await way.close();
});

/** Ends all connections of the blog's; when this resolves, it knows. */
async function kill(): Promise<void> {
  const { ports } = way;
  await database.sql.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)', [ports]);
  await until(() => !ports.some((port) => way.ports.includes(port)), () => 'A connection goes on.');
}
/** The database is gone for the blog: what is open ends, and nothing new comes through. */
async function goAway(): Promise<void> {
  way.refuse();
  await kill();
}
const statusOf = async (id: string) => (await database.sql.query<{ status: string; html: string; copy: string | null }>('SELECT p.status, p.html, d.fields::text AS copy FROM "Post" p LEFT JOIN "PostDraft" d ON d."postId" = p.id WHERE p.id = $1', [id])).rows[0];

/** The same again until the blog takes it: the editor goes on so for as long as nothing but the database is in the way. */
async function untilTaken<T extends { status: number }>(ask: () => Promise<T>): Promise<T> {
  let told = await ask();
  await until(async () => told.status === 200 || ((told = await ask()).status === 200), () => `It was never taken: ${JSON.stringify(told)}`);
  return told;
}

test('while the database is away a save and an act are told so, change nothing, and are taken as they were when it is back', async () => {
  const save = newSave({ title: 'Kept', html: '<p>First.</p>' });
  const first = await desk.save(save);
  expect(first).toMatchObject({ status: 200, said: { ok: true } });
  const more = { ...save, seen: first.said?.value?.seen ?? '', fields: { ...save.fields, html: '<p>Second.</p>' } };
  await goAway();
  for (let times = 0; times < 3; times += 1) {
    for (const told of await Promise.all([desk.save(more), desk.act(save.id, more.seen, { to: 'published' }, save.tab), desk.upload('a.png', Buffer.from('89504e47', 'hex'))])) {
      expect([told.status, told.said]).toEqual([503, expect.not.objectContaining({ ok: true })]);
    }
  }
  expect(await statusOf(save.id)).toMatchObject({ status: 'draft', html: '<p>First.</p>' });
  way.admit();
  const again = await untilTaken(() => desk.save(more));
  expect(again.said).toMatchObject({ ok: true });
  const out = await untilTaken(() => desk.act(save.id, again.said?.value?.seen ?? '', { to: 'published' }, save.tab));
  expect(out.said).toMatchObject({ ok: true, value: { state: 'published' } });
  expect(await statusOf(save.id)).toEqual({ status: 'published', html: '<p>Second.</p>', copy: null });
});

/** Asks, and has the connection end where PostgreSQL says this and `isThere`: what follows is not heard. */
async function brokenAt<T extends { status: number }>(words: string, ask: () => Promise<T>, isThere: () => Promise<boolean>): Promise<T> {
  let held = way.holdNext(words);
  const asked = ask();
  for (await held.caught; !(await isThere()); await held.caught) {
    const { release } = held;
    held = way.holdNext(words);
    release();
  }
  await kill();
  held.release();
  return asked;
}

test.each(['BEGIN', 'INSERT', 'UPDATE', 'COMMIT'])('where the connection breaks at %s nobody is told that it is done, and it is done once when it comes again', async (words) => {
  const save = newSave({ title: 'Broken', html: '<p>First.</p>' });
  save.seen = (await desk.save(save)).said?.value?.seen ?? '';
  save.fields = { ...save.fields, html: `<p>Until ${words}.</p>` };
  const isSaved = async () => (await statusOf(save.id))?.html === save.fields.html;
  // Who asks is looked up in transactions, too: it breaks at the one that writes the text.
  expect((await brokenAt(words, () => desk.save(save), async () => words !== 'COMMIT' || isSaved())).status).toBeOneOf([500, 503]);
  expect(await isSaved()).toBe(words === 'COMMIT');
  const again = await untilTaken(() => desk.save(save));
  expect(again.said).toMatchObject({ ok: true, value: { state: 'draft' } });

  const publish = () => desk.act(save.id, again.said?.value?.seen ?? '', { to: 'published' }, save.tab);
  const isOut = async () => (await statusOf(save.id))?.status === 'published';
  expect((await brokenAt(words, publish, async () => words !== 'COMMIT' || isOut())).status).toBeOneOf([500, 503]);
  expect(await isOut()).toBe(words === 'COMMIT');
  expect((await untilTaken(publish)).said).toMatchObject({ ok: true, value: { state: 'published' } });
  const { rows } = await database.sql.query<{ count: number }>('SELECT count(*)::int AS count FROM "PostRevision" WHERE "postId" = $1 AND html = $2', [save.id, save.fields.html]);
  expect([(await statusOf(save.id))?.html, rows[0]?.count]).toEqual([save.fields.html, 1]);
});

test('while the database is away the health page says so to an owner who was at the desk before, shows what the process knows, and nothing to anybody else', async () => {
  const health = async (sessionToken?: string) => {
    const answer = await fetch(`${url}/admin/health`, { redirect: 'manual', ...(sessionToken !== undefined && { headers: { cookie: `authjs.session-token=${sessionToken}` } }) });
    return { status: answer.status, html: await answer.text() };
  };
  const stranger = randomBytes(32).toString('base64url');
  const known = await health(token);
  expect([known.status, known.html.includes('Pictures and files')]).toEqual([200, true]);
  await goAway();
  const away = await health(token);
  expect([away.status, away.html.includes('The database does not answer.'), away.html.includes('Running since'), away.html.includes('Pictures and files')]).toEqual([200, true, true, false]);
  const others = [await health(stranger), await health()];
  expect(others.map(({ html }) => html.includes('Running since'))).toEqual([false, false]);
  way.admit();
  await until(async () => (await health(token)).html.includes('Pictures and files'), () => 'It did not come back.');
});
