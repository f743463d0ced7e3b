import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort, postmasterOf, readKept, until, useProcesses } from '../support/blog-process';

const { run, dataDir } = useProcesses();
const SERVER = ['server/start.ts'];
const LIST_PEOPLE = ['scripts/people.ts', 'list'];
const READY = 'The blog is at';

async function startOn(folder: string) {
  const port = await freePort();
  const server = run(SERVER, { DATA_DIR: folder, PORT: String(port) });
  await server.untilSaid(READY);
  return { server, url: `http://localhost:${port}` };
}

test('a first start prints address and owner, serves the sample blog, and SIGTERM leaves nothing running', async () => {
  const folder = dataDir();
  const { server, url } = await startOn(folder);
  expect(server.said).toContain(url);
  expect(server.said).toContain('npm run people -- sign-in-link owner@example.com');
  expect(server.said).not.toContain('docs/logins.md');
  const answer = await fetch(url);
  expect(answer.status).toBe(200);
  expect(await answer.text()).toContain('<article');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  server.signal('SIGTERM');
  expect((await server.ended).code).toBe(0);
  expect(postmasterOf(folder)).toBeNull();
});

test('a start with a login provider, but without an https address, says once where it is told what to do', async () => {
  const port = String(await freePort());
  const server = run(SERVER, { DATA_DIR: dataDir(), PORT: port, AUTH_GOOGLE_ID: 'the-id', AUTH_GOOGLE_SECRET: 'the-secret' });
  await server.untilSaid('docs/logins.md');
  server.signal('SIGTERM');
  const { code, said } = await server.ended;
  expect([code, said.match(/^Google is set as a way to sign in, but SITE_URL is not set: /gm)?.length, said.includes('the-secret')]).toEqual([0, 1, false]);
});

test.each([
  ['https', 'https://blog.example.org', [/^OWNER_EMAIL is not set: the owner of this blog is owner@example\.com, whose mails nobody reads\. /gm]],
  ['http', 'http://blog.example.org', [/^SITE_URL begins with http: /gm, /^OWNER_EMAIL is not set: /gm]],
])('a start at a public %s address without what that needs says so once, in a sentence', async (_protocol, SITE_URL, sentences) => {
  const server = run(SERVER, { DATA_DIR: dataDir(), PORT: String(await freePort()), SITE_URL });
  await server.untilSaid('OWNER_EMAIL is not set');
  server.signal('SIGTERM');
  const { said } = await server.ended;
  expect([...sentences.map((sentence) => said.match(sentence)?.length), said.includes('SITE_URL begins with http:')]).toEqual([...sentences.map(() => 1), SITE_URL.startsWith('http:')]);
});

test('two first starts make two passwords and two secrets, which nobody but their owner reads', async () => {
  const folders = [dataDir(), dataDir()];
  for (const folder of folders) {
    const { server } = await startOn(folder);
    server.signal('SIGTERM');
    expect((await server.ended).code).toBe(0);
  }
  const kept = folders.map((folder) => ({ password: (JSON.parse(readFileSync(path.join(folder, 'postgres.json'), 'utf8')) as { password: string }).password, secret: readFileSync(path.join(folder, 'auth-secret'), 'utf8').trim() }));
  expect(new Set(kept.flatMap(({ password, secret }) => [password, secret])).size).toBe(4);
  for (const { password, secret } of kept) expect([password, secret]).toEqual([expect.stringMatching(/^[\w-]{32}$/), expect.stringMatching(/^[\w-]{44}$/)]);
  for (const folder of folders) for (const name of ['postgres.json', 'auth-secret']) expect([name, (statSync(path.join(folder, name)).mode & 0o777).toString(8)]).toEqual([name, '600']);
});

test('what was written is there after a restart, at the same port of the database', async () => {
  const folder = dataDir();
  const first = await startOn(folder);
  const page = await (await fetch(first.url)).text();
  const { port } = readKept(folder);
  const granted = run(['scripts/people.ts', 'grant', 'ida@example.com', 'moderator'], { DATA_DIR: folder });
  expect(await granted.ended).toMatchObject({ code: 0 });
  for (let times = 0; times < 3; times++) first.server.signal('SIGINT');
  const stopped = await first.server.ended;
  expect(stopped.code, stopped.said).toBe(0);
  const second = await startOn(folder);
  expect(titlesOf(await (await fetch(second.url)).text())).toEqual(titlesOf(page));
  expect(readKept(folder).port).toBe(port);
  expect((await run(LIST_PEOPLE, { DATA_DIR: folder }).ended).said).toContain('ida@example.com');
});

const titlesOf = (html: string) => [...html.matchAll(/<h2>.*?<\/h2>/g)].map(([title]) => title);

test('a second server on one data directory says so and ends; the first goes on', async () => {
  const folder = dataDir();
  const { url } = await startOn(folder);
  const second = await run(SERVER, { DATA_DIR: folder, PORT: String(await freePort()) }).ended;
  expect(second).toMatchObject({ code: 1, said: expect.stringContaining('is already running.') });
  expect((await fetch(url)).status).toBe(200);
});

test('after a killed process PostgreSQL still runs, and the next start joins it', async () => {
  const folder = dataDir();
  const { server } = await startOn(folder);
  server.signal('SIGKILL');
  await server.ended;
  const postmaster = postmasterOf(folder);
  expect(postmaster).not.toBeNull();
  const next = await startOn(folder);
  expect(postmasterOf(folder)).toBe(postmaster);
  next.server.signal('SIGTERM');
  await next.server.ended;
  expect(postmasterOf(folder)).toBeNull();
});

test('a build ends with the process that was killed, and does not keep the next one out', async () => {
  const folder = dataDir();
  mkdirSync(folder);
  const file = (name: string) => JSON.stringify(path.join(folder, name));
  const build = `const { writeFileSync } = require('node:fs');
    process.on('exit', () => writeFileSync(${file('ended')}, ''));
    setInterval(() => writeFileSync(${file('parent')}, String(process.ppid)), 50);`;
  run(['--input-type=module', '--eval', `const { runNode } = await import('./server/build-steps.ts'); await runNode(['--eval', ${JSON.stringify(build)}], {});`], {});
  const parent = () => (existsSync(path.join(folder, 'parent')) ? Number(readFileSync(path.join(folder, 'parent'), 'utf8')) : 0);
  await until(() => parent() > 0, () => 'The build never began.');
  process.kill(parent(), 'SIGKILL');
  await until(() => existsSync(path.join(folder, 'ended')), () => 'The build goes on.');
});

test.each([
  ['a process that is no more', () => 2 ** 22 - 3],
  ['a process that is not PostgreSQL', () => process.pid],
])('a pid file left behind by %s is no obstacle', async (_what, pid) => {
  const folder = dataDir();
  expect((await run(LIST_PEOPLE, { DATA_DIR: folder }).ended).code).toBe(0);
  const { cluster, port } = readKept(folder);
  writeFileSync(path.join(cluster, 'postmaster.pid'), [pid(), cluster, 1, port, '', '127.0.0.1', '', 'ready', ''].join('\n'));
  expect(await run(LIST_PEOPLE, { DATA_DIR: folder }).ended).toMatchObject({ code: 0, said: expect.stringContaining('owner@example.com') });
});

test('commands at once on an empty data directory share one database, and the last out stops it', async () => {
  const folder = dataDir();
  const ended = await Promise.all([1, 2, 3].map(() => run(LIST_PEOPLE, { DATA_DIR: folder }).ended));
  expect(ended.map(({ code }) => code), ended.map(({ said }) => said).join('\n')).toEqual([0, 0, 0]);
  expect(postmasterOf(folder)).toBeNull();
});

test('a database that dies under the blog comes back by itself; meanwhile the blog says so', async () => {
  const folder = dataDir();
  const { url } = await startOn(folder);
  process.kill(postmasterOf(folder)!, 'SIGKILL');
  const seen = new Set<number>();
  await until(async () => {
    // Seen once in a day's runs, and never again by looking for it: one connection cut at this moment. That the process lives is what its answers say.
    const status = await fetch(url).then((answer) => answer.status, (error: Error) => void console.log('A connection was cut:', error.cause));
    if (status === undefined) return false;
    seen.add(status);
    return status === 200 && (await fetch(`${url}/readyz`)).status === 200;
  }, () => 'The database did not come back.');
  expect([...seen].filter((status) => status !== 200 && status !== 503)).toEqual([]);
});

test('from a folder that only its owner may enter it works as from any other', async () => {
  const folder = dataDir(0o700);
  expect(await run(LIST_PEOPLE, { DATA_DIR: folder }).ended).toMatchObject({ code: 0 });
  const again = await run(LIST_PEOPLE, { DATA_DIR: folder }).ended;
  expect(again.said).toContain('owner@example.com');
  expect(again.said.includes('/var/lib/soapbox')).toBe(process.getuid?.() === 0);
});

test.each<[string, Record<string, string>]>([
  ['PORT', { PORT: 'web' }],
  ['SITE_URL', { SITE_URL: 'blog.example' }],
  ['TRUST_PROXY', { TRUST_PROXY: '-1' }],
  ['OWNER_EMAIL', { OWNER_EMAIL: 'me' }],
  ['DATA_DIR', { DATA_DIR: '/dev/null' }],
  ['DATABASE_URL', { DATABASE_URL: 'mysql://x' }],
  ['AUTH_SECRET', { DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x' }],
  ['DATABASE_URL', { DATABASE_URL: 'postgresql://u:p@127.0.0.1:1/x', AUTH_SECRET: 'x'.repeat(40) }],
])('a wrong %s stops the start with a sentence that names it', async (name, env) => {
  const port = String(await freePort());
  const { code, said } = await run(SERVER, { DATA_DIR: dataDir(), PORT: port, ...env }).ended;
  expect(code).toBe(1);
  expect(said).toMatch(new RegExp(`\\b${name}\\b.*\\.\\s*$`, 'm'));
  expect(said).not.toContain('    at ');
});

test('a port in use is told at once', async () => {
  const other = http.createServer();
  const port = await freePort();
  await new Promise<void>((resolve) => other.listen(port, resolve));
  const folder = dataDir();
  const { code, said } = await run(SERVER, { DATA_DIR: folder, PORT: String(port) }).ended;
  other.close();
  expect(code).toBe(1);
  expect(said).toContain(`Port ${port} is in use`);
  expect(postmasterOf(folder)).toBeNull();
});
