import { randomBytes } from 'node:crypto';
import net from 'node:net';
import pg from 'pg';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { launchBrowser } from '../support/browser';
import { createDatabase } from '../support/instances';
import { MailServer } from '../support/mail-server';
import { findOpenPost, postComment } from '../support/stories';

const AUTH_SECRET = 'the secret of a blog that is watched, known to everybody';
const METRICS_TOKEN = 'the-token-of-a-blog-that-is-watched';
/** What no line may have in it: each is written nowhere else. */
const SECRETS = {
  name: 'Wilhelmina Quast', address: 'wilhelmina.quast@letters.example', website: 'https://quast-diary.example/about', text: 'Zibeben are raisins, said my grandmother.', sought: 'zwetschgenknoedel',
  asker: 'ottokar.knoll@letters.example', refused: 'kunigunde.lob@letters.example', token: 'Tk3n'.repeat(12), browser: 'Quastzilla/7', referrer: 'https://quast-mail.example/inbox', ip: '198.51.100.77',
};
type Line = Record<string, unknown> & { requestId?: string; kind?: string; status?: number; msg: string; err?: { type?: string; code?: string } };

let browser: Browser;
let smtp: MailServer;
let database: Awaited<ReturnType<typeof createDatabase>>;
let sql: pg.Pool;
let blog: BlogProcess;
let port: number;
let url: string;

beforeAll(async () => {
  [browser, smtp, database, port] = await Promise.all([launchBrowser(), MailServer.start(), createDatabase(inject('blogDatabase')), freePort()]);
  sql = new pg.Pool({ connectionString: database.url, max: 1 });
  url = `http://localhost:${port}`;
  blog = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database.url, AUTH_SECRET, METRICS_TOKEN, LOG_LEVEL: 'info', TRUST_PROXY: '1', SMTP_URL: smtp.url, MAIL_FROM: 'Our blog <blog@example.com>' });
  await blog.untilSaid('To sign in as its owner');
});

afterAll(async () => {
  blog.signal('SIGKILL');
  await Promise.all([blog.ended, browser.close(), smtp.stop(), sql.end()]);
  await database.drop();
});

/** Everything that it has printed since it told where it is. */
function lines(): Line[] {
  const greeting = blog.said.indexOf('To sign in as its owner');
  return blog.said.slice(blog.said.indexOf('\n', greeting)).split('\n').filter((line) => line !== '').map((line) => {
    try {
      return JSON.parse(line) as Line;
    } catch {
      throw new Error(`This is no JSON object: ${line}`);
    }
  });
}

const ask = (path: string, init: RequestInit = {}) => fetch(url + path, { redirect: 'manual', ...init, headers: { 'x-forwarded-for': SECRETS.ip, 'user-agent': SECRETS.browser, referer: SECRETS.referrer, ...(init.headers as Record<string, string> | undefined) } });

/** Asks, and gives the line that tells of it. */
async function askAndRead(path: string, init: RequestInit = {}): Promise<Line> {
  const requestId = (await ask(path, init)).headers.get('x-request-id');
  if (requestId === null) throw new Error(`The answer to ${path} has no id.`);
  return lineOf((line) => line.requestId === requestId && line.msg === 'A request.');
}

async function lineOf(isIt: (line: Line) => boolean): Promise<Line> {
  await until(() => lines().some(isIt), () => `There is no such line in:\n${blog.said}`);
  return lines().find(isIt)!;
}

const newPage = (): Promise<Page> => browser.newPage({ javaScriptEnabled: false, userAgent: SECRETS.browser, extraHTTPHeaders: { 'X-Forwarded-For': SECRETS.ip } });
const mailTo = (address: string) => smtp.received.find(({ to }) => to.includes(address))?.parsed.text ?? '';

/** Asks for a sign-in link, and tries a code instead of the mail's. */
async function askForLink(email: string, code?: string): Promise<void> {
  const page = await newPage();
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await page.getByText(email).waitFor();
  if (code !== undefined) {
    await page.getByLabel('Code from the mail').fill(code);
    await page.getByRole('button', { name: 'Sign in with this code' }).click();
    await page.getByText('This code does not fit').first().waitFor();
  }
  await page.close();
}

/** A guest comments, asks to be told, and confirms by the mail. */
async function commentAndSubscribe(): Promise<void> {
  const { path } = await findOpenPost({ sql });
  const page = await newPage();
  await page.goto(url + path);
  await page.getByRole('checkbox', { name: 'Notify me of new comments via email' }).check();
  await postComment(page, { comment: SECRETS.text, name: SECRETS.name, email: SECRETS.address, website: SECRETS.website });
  await page.getByText('Your comment is awaiting moderation.').waitFor();
  await until(() => mailTo(SECRETS.address) !== '', () => `No mail came:\n${blog.said}`);
  await page.goto(/http:\S+\/confirm/.exec(mailTo(SECRETS.address))![0]);
  await page.getByRole('button', { name: 'Confirm' }).click();
  await page.getByRole('heading', { level: 1, name: 'Your subscriptions' }).waitFor();
  await page.close();
}

/** Somebody signs in by a link, which then opens no more, as a wrong code opens nothing; another's mail is refused by the mail server, in words with their address. */
async function signIn(): Promise<void> {
  await askForLink(SECRETS.asker);
  await until(() => mailTo(SECRETS.asker) !== '', () => `No mail came:\n${blog.said}`);
  const [page, late] = [await newPage(), await newPage()];
  for (const one of [page, late]) await one.goto(/http:\S+\/sign-in\/link\?token=\S+/.exec(mailTo(SECRETS.asker))![0]);
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await until(async () => (await sql.query('SELECT 1 FROM "Session"')).rowCount === 1, () => `Nobody was signed in:\n${blog.said}`);
  await late.getByRole('button', { name: 'Sign in', exact: true }).click();
  await late.getByRole('alert').waitFor();
  await Promise.all([page.close(), late.close()]);
  await askForLink(SECRETS.asker, '000 000');
  smtp.refuses = { recipient: [450, `4.2.1 <${SECRETS.refused}> is away, ${SECRETS.name}`] };
  await askForLink(SECRETS.refused);
  expect(await lineOf(({ job, outcome }) => job === 'mail' && outcome === 'failed')).toMatchObject({ tries: 1, err: { type: 'Error' } });
  smtp.refuses = {};
}

/** What no client library sends. */
function sendBytes(head: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = net.connect(port, 'localhost', () => socket.write(Buffer.from(head, 'latin1')));
    socket.on('data', (chunk) => { said += chunk.toString('latin1'); }).on('error', reject).on('close', () => resolve(said));
  });
}

/** Asks for what is not there, what cannot be read, and what fails because the database does. */
async function stumble(): Promise<void> {
  for (const path of [`/receipts/${SECRETS.token}`, `/nowhere/${SECRETS.token}`, `/subscriptions/${SECRETS.token}/confirm`]) expect(await askAndRead(path)).toMatchObject({ status: 404 });
  expect(await askAndRead(`/search?q=${SECRETS.sought}`)).toMatchObject({ method: 'GET', kind: '/search', status: 200, ms: expect.any(Number) as number });
  for (const path of [`/posts/${SECRETS.token}%0a%7B%22level%22:10%7D`, `/posts/%ED%A0%80${SECRETS.token}`]) await askAndRead(path);
  const answer = await sendBytes(`GET /search?q=\xed\xa0\x80${SECRETS.sought}\u0001 HTTP/1.1\r\nHost: localhost\r\nX-Forwarded-For: ${SECRETS.ip}\r\nConnection: close\r\n\r\n`);
  expect(answer).toMatch(/^HTTP\/1\.1 [24]/);
  await sql.query('ALTER TABLE "Post" RENAME COLUMN title TO titel');
  try {
    const failed = await askAndRead(`/search?q=${SECRETS.sought}`);
    expect(failed).toMatchObject({ kind: '/search', status: 500 });
    // What went wrong stands under the same id.
    expect(await lineOf(({ requestId, err }) => requestId === failed.requestId && err !== undefined)).toMatchObject({ err: { type: expect.stringContaining('Prisma') as string } });
  } finally {
    await sql.query('ALTER TABLE "Post" RENAME COLUMN titel TO title');
  }
}

test('in the life of a comment nothing is logged that is somebody’s, and each request is found by its id', async () => {
  await commentAndSubscribe();
  await signIn();
  await stumble();
  expect((await ask('/readyz')).status).toBe(200);
  expect(await askAndRead('/admin/health', { headers: { 'x-request-id': 'given-by-the-proxy-1' } })).toMatchObject({ requestId: 'given-by-the-proxy-1', kind: '/admin/health', status: 307 });
  const { path } = await findOpenPost({ sql });
  await ask(path);
  expect((await ask(path)).headers.get('x-request-id')).toBeNull();

  const tokens = [SECRETS.address, SECRETS.asker].flatMap((address) => mailTo(address).match(/[\w-]{40,}/g) ?? []);
  expect(tokens.length).toBeGreaterThan(1);
  const printed = blog.said.slice(blog.said.indexOf('To sign in as its owner')).split('\n').slice(1).join('\n');
  const parts = [...Object.values(SECRETS), ...tokens, 'Quast', 'quast', 'Wilhelmina', 'ottokar', 'kunigunde', 'letters.example', 'raisins', encodeURIComponent(SECRETS.address), METRICS_TOKEN, AUTH_SECRET];
  for (const secret of parts) expect(printed).not.toContain(secret);
  for (const line of printed.split('\n')) expect(line).not.toMatch(/\b\d{1,3}(\.\d{1,3}){3}\b|::1|::ffff:|127\.0/);
  const told = lines();
  expect(told.filter(({ msg }) => msg === 'A request.').filter(({ requestId, kind }) => !requestId || !kind)).toEqual([]);
  expect(told.some(({ job, outcome }) => job === 'mail' && outcome === 'done')).toBe(true);
  // Who is well has nothing to tell.
  expect(told.some(({ kind }) => kind === '/readyz')).toBe(false);
  const signIns = told.filter(({ way }) => way !== undefined);
  expect(signIns.map(({ way, refused, msg }) => [way, refused, msg])).toEqual([
    ['link', undefined, 'Somebody signed in.'], ['link', 'not-found', 'A sign-in was refused.'], ['code', 'invalid', 'A sign-in was refused.'],
  ]);
  for (const { requestId } of signIns) expect(told.filter((line) => line.requestId === requestId && line.msg === 'A request.')).toHaveLength(1);
  expect(told.some(({ kind, method, status }) => kind === '/posts/:slug' && method === 'POST' && status === 303)).toBe(true);
});

const authorization = `Bearer ${METRICS_TOKEN}`;

async function figures(): Promise<Map<string, number>> {
  const text = await (await ask('/metrics', { headers: { authorization } })).text();
  return new Map(text.split('\n').filter((line) => line !== '' && !line.startsWith('#')).map((line): [string, number] => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
}

test('the figures are for whoever has the token, and move with what is done', async () => {
  for (const given of ['', 'Bearer wrong', METRICS_TOKEN, 'Bearer ']) expect((await ask('/metrics', { headers: { authorization: given } })).status).toBe(404);
  expect((await ask('/metrics', { method: 'HEAD', headers: { authorization } })).status).toBe(200);
  const { path } = await findOpenPost({ sql });
  await ask(path);
  const before = await figures();
  for (let time = 0; time < 5; time += 1) await ask(path);
  await ask(`/search?q=${SECRETS.sought}`);
  await askForLink('hedwig@letters.example');
  await until(() => mailTo('hedwig@letters.example') !== '', () => `No mail came:\n${blog.said}`);
  await until(async () => ((await figures()).get('soapbox_mails_total{outcome="sent"}') ?? 0) > (before.get('soapbox_mails_total{outcome="sent"}') ?? 0), () => 'It was not counted.');
  const after = await figures();
  const risen = (series: string) => (after.get(series) ?? 0) - (before.get(series) ?? 0);
  expect(risen('soapbox_requests_total{group="kept",method="GET",class="2xx"}')).toBe(5);
  expect(risen('soapbox_kept_pages_hits_total')).toBeGreaterThanOrEqual(5);
  expect(risen('soapbox_requests_total{group="page",method="GET",class="2xx"}')).toBeGreaterThanOrEqual(1);
  expect(risen('soapbox_requests_total{group="desk",method="POST",class="3xx"}') + risen('soapbox_requests_total{group="desk",method="POST",class="2xx"}')).toBe(1);
  expect(risen('soapbox_jobs_total{kind="mail",outcome="done"}')).toBeGreaterThanOrEqual(1);
  expect(Object.fromEntries(after)).toMatchObject({ soapbox_ready: 1, soapbox_listening: 1, soapbox_pages_thread_up: 1 });
  expect(after.get('soapbox_comments_total{status="pending"}')).toBeGreaterThanOrEqual(1);
  expect(after.get('soapbox_mails_total{outcome="failed"}')).toBeGreaterThanOrEqual(1);
  expect(after.get('soapbox_database_connections{thread="pages",state="idle"}')).toBeGreaterThanOrEqual(0);
  expect(after.get('soapbox_notices_total{channel="jobs"}')).toBeGreaterThanOrEqual(1);
  expect(after.get('soapbox_jobs_queued{kind="mail",state="later"}')).toBeGreaterThanOrEqual(0);
  expect(after.get('soapbox_disk_free_bytes')).toBeGreaterThan(0);
});

test('two hundred addresses that nobody has asked for before make no more series', async () => {
  const askAll = async (times: number) => {
    for (let time = 0; time < times; time += 1) {
      const word = randomBytes(9).toString('base64url');
      await Promise.all([`/${word}`, `/posts/${word}`, `/receipts/${word}`, `/admin/${word}`, `/api/${word}`, `/media/${word}`, `/_next/${word}`, `/search?q=${word}`, `/comments/${word}`, `/pictures/${word}.webp`].map((path) => ask(path)));
    }
  };
  await askAll(2);
  const few = [...(await figures()).keys()].filter((series) => series.startsWith('soapbox_'));
  await askAll(20);
  const many = [...(await figures()).keys()].filter((series) => series.startsWith('soapbox_'));
  expect(many.filter((series) => !few.includes(series))).toEqual([]);
  expect(many.length).toBeLessThan(400);
});

test('it stops in order, and its last line is one as well', async () => {
  blog.signal('SIGTERM');
  expect((await blog.ended).code).toBe(0);
  expect(lines().length).toBeGreaterThan(100);
});
