import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import pg from 'pg';
import sharp from 'sharp';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { DeskScript, newSave } from '../support/desk-script';
import { AUTH_SECRET, openSessionOf, useOwnDatabase } from '../support/instances';
import { PostgresProxy } from '../support/postgres-proxy';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { findOpenPost, type OpenPost } from '../support/stories';

const AWAY_MS = 30_000;
const LOCKED_MS = 14_000;
const DAY_MS = 24 * 60 * 60 * 1000;
/** A kept page is given in a few milliseconds; this is for a busy machine. */
const AT_ONCE_MS = 1_000;
const token = randomBytes(32).toString('base64url');
const METRICS_TOKEN = 'the-token-of-a-blog-that-breaks';
const database = useOwnDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-clock-'));
const clock = path.join(folder, 'clock');

let queries: PostgresProxy;
let notices: PostgresProxy;
let server: BlogProcess;
let url: string;
let post: OpenPost;

const shift = (ms: number) => writeFileSync(clock, String(ms));

beforeAll(async () => {
  shift(0);
  [queries, notices] = await Promise.all([PostgresProxy.open(database.url), PostgresProxy.open(database.url)]);
  const port = String(await freePort());
  url = `http://localhost:${port}`;
  server = new BlogProcess(['server/start.ts'], { NODE_OPTIONS: `--import ${pathToFileURL('tests/support/shifted-clock.js').href}`, CLOCK_FILE: clock, PORT: port, DATABASE_URL: queries.url, DATABASE_DIRECT_URL: notices.url, AUTH_SECRET, METRICS_TOKEN, LOG_LEVEL: 'fatal' });
  await server.untilSaid('The blog is at');
  await openSessionOf(database.sql, 'owner', token);
  post = await findOpenPost({ sql: database.sql });
});
afterAll(async () => {
  server.signal('SIGTERM');
  await server.ended;
  await Promise.all([queries.close(), notices.close()]);
  rmSync(folder, { recursive: true, force: true });
});

type Read = { status: number; text: string; ms: number; retryAfter: string | null };

async function read(where: string): Promise<Read> {
  const begun = performance.now();
  const answer = await fetch(url + where, { redirect: 'manual' });
  const text = await answer.text();
  return { status: answer.status, text, ms: performance.now() - begun, retryAfter: answer.headers.get('retry-after') };
}

/** How many pages were given from memory since its start. */
async function keptReads(): Promise<number> {
  const figures = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  return Number(/^soapbox_kept_pages_hits_total (\d+)$/m.exec(await figures.text())?.[1]);
}

/** Reads a page until it is given from memory: what was changed just now is heard, and changes are heard at all. */
async function readKept(where: string): Promise<Read> {
  let page: Read | undefined;
  await until(async () => {
    const before = await keptReads();
    page = await read(where);
    return (await keptReads()) > before;
  }, () => `${where} is not kept.`);
  return page!;
}

let places = 0;
async function boxOf(): Promise<(comment: string) => Promise<Read & { location: string | null }>> {
  const fields = fieldsOfForm((await read(post.path)).text, 'Post Comment');
  return async (comment) => {
    places += 1;
    const { body, headers } = multipart({ ...fields, comment, name: 'Ida Plain', email: `ida${places}@example.net`, website: '' });
    const begun = performance.now();
    const answer = await fetch(url + post.path, { method: 'POST', redirect: 'manual', body: new Uint8Array(body), headers: { ...headers, origin: url } });
    return { status: answer.status, text: await answer.text(), ms: performance.now() - begun, retryAfter: answer.headers.get('retry-after'), location: answer.headers.get('location') };
  };
}

/** The database is gone for the blog: what is open ends, and nothing new comes through. */
async function goAway(): Promise<void> {
  for (const way of [queries, notices]) way.refuse();
  const ports = [...queries.ports, ...notices.ports];
  await database.sql.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)', [ports]);
  await until(() => queries.ports.length + notices.ports.length === 0, () => 'A connection goes on.');
}

test(`the database gone for ${AWAY_MS / 1_000} seconds: kept pages are given, acts are refused with a sentence and the text, and all is well again by itself`, { timeout: 180_000 }, async () => {
  const kept = ['/', post.path, '/about'];
  const before = new Map<string, string>();
  const send = await boxOf();
  for (const where of kept) before.set(where, (await readKept(where)).text);
  await goAway();
  const seen = { kept: 0, refused: 0, slowest: 0 };
  for (const until = Date.now() + AWAY_MS; Date.now() < until; await pause(500)) {
    for (const where of kept) {
      const page = await read(where);
      expect([where, page.status, page.text === before.get(where)]).toEqual([where, 200, true]);
      seen.kept += 1;
      // The first look at the database may take its two seconds.
      if (seen.kept > kept.length) seen.slowest = Math.max(seen.slowest, page.ms);
    }
    const [unkept, sent] = [await read('/archive/2001'), await send('An hour of <b>work</b>.')];
    for (const refused of [unkept, sent]) expect([refused.status, Number(refused.retryAfter) > 0]).toEqual([503, true]);
    expect(sent.text).toContain('An hour of &lt;b&gt;work&lt;/b&gt;.');
    expect(sent.text).toContain('Nothing is lost');
    expect([(await read('/healthz')).status, (await read('/readyz')).status]).toEqual([200, 503]);
    seen.refused += 2;
  }
  console.log(`While the database was away: ${seen.kept} kept pages given, the slowest in ${seen.slowest.toFixed(0)} ms; ${seen.refused} requests refused`);
  expect(seen.slowest).toBeLessThan(AT_ONCE_MS);
  for (const way of [queries, notices]) way.admit();
  await until(async () => (await read('/readyz')).status === 200, () => 'It was not ready again.');
  await until(async () => (await send('After it was back.')).status === 303, () => 'No comment was taken.');
  expect((await read('/archive/2001')).status).not.toBe(503);
  const { rows } = await database.sql.query<{ source: string }>('SELECT source FROM "Comment" WHERE name = $1', ['Ida Plain']);
  expect(rows.map(({ source }) => source)).toEqual(['After it was back.']);
});

test('every connection in use by queries that do not come back: kept pages and health are as ever, whoever must wait too long is told to come again, and nothing is lost', { timeout: 180_000 }, async () => {
  const send = await boxOf();
  const kept = await readKept(post.path);
  const holder = new pg.Client({ connectionString: database.url });
  await holder.connect();
  await holder.query('BEGIN; LOCK TABLE "Post", "Comment" IN ACCESS EXCLUSIVE MODE');
  const many = Array.from({ length: 40 }, (_, n) => read(`/search?q=word${n}`));
  const comments = Array.from({ length: 4 }, (_, n) => send(`Sent into a lock ${n}.`));
  try {
    for (const until = Date.now() + LOCKED_MS; Date.now() < until; await pause(250)) {
      const page = await read(post.path);
      expect([page.status, page.text === kept.text, page.ms < AT_ONCE_MS]).toEqual([200, true, true]);
      expect((await read('/healthz')).status).toBe(200);
    }
  } finally {
    await holder.end();
  }
  const [reads, sent] = [await Promise.all(many), await Promise.all(comments)];
  const statuses = [...reads, ...sent].map(({ status }) => status);
  const counted = [200, 303, 503].map((status) => `${statuses.filter((one) => one === status).length} × ${status}`);
  console.log(`While every connection was in use: ${counted.join(', ')}`);
  expect(statuses.filter((status) => ![200, 303, 503].includes(status))).toEqual([]);
  for (const { status, retryAfter } of [...reads, ...sent]) if (status === 503) expect(Number(retryAfter)).toBeGreaterThan(0);
  for (const [n, { status, text }] of sent.entries()) if (status === 503) expect(text).toContain(`Sent into a lock ${n}.`);
  const { rows } = await database.sql.query<{ count: number }>(`SELECT count(*)::int AS count FROM "Comment" WHERE source LIKE 'Sent into a lock%'`);
  expect(rows[0]?.count).toBe(sent.filter(({ status }) => status === 303).length);
  expect((await read('/search?q=after')).status).toBe(200);
});

test('a database that has no room left: what is written is refused with a sentence and the text, pages are read, and with room it is taken', { timeout: 60_000 }, async () => {
  const send = await boxOf();
  await database.sql.query(`
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'could not extend file "base/1/1": No space left on device' USING ERRCODE = 'disk_full'; END $$;
    CREATE TRIGGER no_room BEFORE INSERT ON "Comment" FOR EACH ROW EXECUTE FUNCTION no_room()`);
  const refused = await send('Written while there is no room.');
  expect([refused.status, refused.retryAfter, refused.text.includes('Written while there is no room.'), refused.text.includes('has no room left')]).toEqual([503, '60', true, true]);
  expect([(await read(post.path)).status, (await read('/search?q=sea')).status, (await read('/readyz')).status]).toEqual([200, 200, 200]);
  await database.sql.query('DROP TRIGGER no_room ON "Comment"; DROP FUNCTION no_room()');
  expect((await send('Written when there is.')).status).toBe(303);
});

test('a clock that jumps two days on, and back: pages are given, a session of before holds, a draft is saved and put out, and jobs go on', { timeout: 180_000 }, async () => {
  const desk = new DeskScript(url, token);
  const write = async (title: string) => {
    const save = newSave({ title, html: `<p>${title}.</p>` });
    const saved = await desk.save(save);
    expect(saved).toMatchObject({ status: 200, said: { ok: true } });
    const out = await desk.act(save.id, saved.said?.value?.seen ?? '', { to: 'published' }, save.tab);
    expect(out.said).toMatchObject({ ok: true, value: { state: 'published' } });
    const { rows } = await database.sql.query<{ slug: string }>('SELECT slug FROM "Post" WHERE id = $1', [save.id]);
    return `/posts/${rows[0]?.slug}`;
  };
  const standing = await write('Before the jump');
  expect((await read(standing)).status).toBe(200);
  shift(2 * DAY_MS);
  await pause(100);
  const ahead = await write('In two days');
  for (const where of ['/', post.path, standing, ahead]) expect([where, (await read(where)).status]).toEqual([where, 200]);
  shift(0);
  await pause(100);
  const after = await write('Back again');
  for (const where of ['/', post.path, standing, after]) expect([where, (await read(where)).status]).toEqual([where, 200]);
  // It comes out in two days: until then no list has it that is made anew.
  const front = (await read('/')).text;
  expect([front.includes('Back again'), front.includes('In two days')]).toEqual([true, false]);
  expect((await read('/readyz')).status).toBe(200);
  const due = `INSERT INTO pgboss.job (name, data) VALUES ('fold-counts', '{}') RETURNING id`;
  const { rows: [job] } = await database.sql.query<{ id: string }>(due);
  await until(async () => (await database.sql.query<{ state: string }>('SELECT state FROM pgboss.job WHERE id = $1', [job?.id])).rows[0]?.state === 'completed', () => 'A job was not done.');
});

test('a disk that takes no more of a file: the upload is refused with a sentence, nothing half is left, and a smaller one is taken', { timeout: 180_000 }, async () => {
  const dataDir = path.join(folder, 'small');
  const port = String(await freePort());
  // No file may become longer than two megabytes: to whoever writes it that is a disk that is full.
  const small = new BlogProcess(['server/start.ts'], { PORT: port, DATABASE_URL: database.url, DATA_DIR: dataDir, AUTH_SECRET, LOG_LEVEL: 'fatal' }, { first: `trap '' XFSZ; ulimit -f 2048` });
  await small.untilSaid('The blog is at');
  const desk = new DeskScript(`http://localhost:${port}`, token);
  const picture = (side: number) => sharp(randomBytes(side * side * 3), { raw: { width: side, height: side, channels: 3 } }).png().toBuffer();
  const large = await desk.upload('large.png', await picture(1_000));
  expect([large.status, JSON.stringify(large.said)]).toEqual([503, expect.stringContaining('The disk on which the blog keeps its files')]);
  const left = readdirSync(path.join(dataDir, 'media'), { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  expect(left).toEqual([]);
  expect((await desk.upload('small.png', await picture(100))).status).toBe(201);
  expect((await fetch(`http://localhost:${port}${post.path}`)).status).toBe(200);
  small.signal('SIGTERM');
  expect((await small.ended).code).toBe(0);
});
