import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Balancer } from '../support/balancer';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { AUTH_SECRET, useOwnDatabase } from '../support/instances';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { findOpenPost } from '../support/stories';

const BUILD_LIMIT_MS = 10 * 60_000;
const READERS = 6;
const LEFT_OUT = new Set(['.git', '.next', '.build', '.data', 'node_modules', 'tests', 'docs']);
const run = promisify(execFile);
const database = useOwnDatabase();
const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-next-version-'));
let balancer: Balancer;
const running: BlogProcess[] = [];

/** Another version in a folder of its own: it says one thing otherwise, and the action of the comment box has another name. */
async function buildNextVersion(): Promise<void> {
  cpSync('.', folder, { recursive: true, filter: (source) => !LEFT_OUT.has(path.relative('.', source).split(path.sep)[0] ?? '') });
  // The packages are the same: links to the same files, where that can be.
  await run('cp', ['-al', 'node_modules', path.join(folder, 'node_modules')]).catch(() => run('cp', ['-r', 'node_modules', path.join(folder, 'node_modules')]));
  for (const file of ['app/(blog)/posts/[slug]/actions.ts', 'app/(blog)/posts/[slug]/post-screen.tsx', 'app/(reply)/posts/[slug]/reply/[[...id]]/page.tsx']) replaceIn(file, /submitCommentAction/g, 'sendCommentAction');
  replaceIn('lib/words/en.ts', "heading: 'Leave a Reply'", "heading: 'Leave a reply, please'");
  const { PATH = '', HOME = '' } = process.env;
  await run(process.execPath, ['--import', 'tsx', 'scripts/build.ts'], { cwd: folder, env: { PATH, HOME, AUTH_SECRET, DATA_DIR: path.join(folder, '.data'), NEXT_TELEMETRY_DISABLED: '1' } as unknown as NodeJS.ProcessEnv, maxBuffer: 64 * 1024 * 1024 });
}

function replaceIn(file: string, what: RegExp | string, by: string): void {
  const before = readFileSync(path.join(folder, file), 'utf8');
  const after = before.replace(what, by);
  if (after === before) throw new Error(`Nothing of “${String(what)}” in ${file}.`);
  writeFileSync(path.join(folder, file), after);
}

async function start(cwd: string): Promise<{ process: BlogProcess; port: number }> {
  const port = await freePort();
  const process = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database.url, AUTH_SECRET, SITE_URL: balancer.url, TRUST_PROXY: '1', LOG_LEVEL: 'error' }, { cwd });
  running.push(process);
  await process.untilSaid('The blog is at');
  balancer.add(port);
  await until(() => balancer.isUp(port), () => 'It was never ready.');
  return { process, port };
}

beforeAll(async () => {
  balancer = await Balancer.open();
  await buildNextVersion();
}, BUILD_LIMIT_MS);
afterAll(async () => {
  for (const process of running) process.signal('SIGKILL');
  await Promise.all(running.map(({ ended }) => ended));
  await balancer.close();
  rmSync(folder, { recursive: true, force: true });
});

let places = 0;
async function send(fields: Record<string, string>, where: string, comment: string): Promise<{ status: number; text: string }> {
  places += 1;
  const { body, headers } = multipart({ ...fields, comment, name: `Ida ${places}`, email: `ida${places}@example.net`, website: '' });
  const answer = await fetch(balancer.url + where, { method: 'POST', redirect: 'manual', body: new Uint8Array(body), headers: { ...headers, origin: balancer.url, 'x-forwarded-for': `10.4.${places % 250}.${Math.floor(places / 250) + 1}` } });
  return { status: answer.status, text: await answer.text() };
}

test('two processes are put in place of two of the version before, one after another, while people read and write: no request fails, and no form is lost', { timeout: 300_000 }, async () => {
  const before = [await start(process.cwd()), await start(process.cwd())];
  const post = await findOpenPost({ sql: database.sql });
  const read = async (where: string) => {
    const answer = await fetch(balancer.url + where, { redirect: 'manual' });
    return { status: answer.status, text: await answer.text() };
  };
  const opened = fieldsOfForm((await read(post.path)).text, 'Post Comment');
  const failures: string[] = [];
  const seen = { read: 0, written: 0, old: 0, next: 0 };
  let isOver = false;
  const reading = Array.from({ length: READERS }, async (_, reader) => {
    for (let n = 0; !isOver; n += 1) {
      const where = ['/', post.path, `/search?q=word${reader}${n % 7}`, '/about', '/feed.xml'][n % 5]!;
      const { status, text } = await read(where).catch((error: Error) => ({ status: 0, text: String(error.cause ?? error) }));
      if (status !== 200) failures.push(`${where}: ${status} ${text.slice(0, 100)}`);
      if (where === post.path) seen[text.includes('Leave a reply, please') ? 'next' : 'old'] += 1;
      seen.read += 1;
    }
  });
  const writing = (async () => {
    for (let n = 0; !isOver; n += 1, await pause(700)) {
      const page = await read(post.path);
      const words = `While it rolls over, number ${n}.`;
      await pause(300);
      const { status, text } = await send(fieldsOfForm(page.text, 'Post Comment'), post.path, words).catch((error: Error) => ({ status: 0, text: String(error.cause ?? error) }));
      // By the other version, perhaps: then it is told so, and the text comes back.
      const isWhole = status === 303 || (status === 409 && text.includes(words)) || (status === 429 && text.includes(words));
      if (!isWhole) failures.push(`a comment: ${status} ${text.slice(0, 200)}`);
      seen.written += 1;
    }
  })();
  await pause(1_000);
  for (const old of before) {
    await start(folder);
    await pause(1_000);
    old.process.signal('SIGTERM');
    const { code, said } = await old.process.ended;
    expect(code, said).toBe(0);
    await pause(1_000);
  }
  isOver = true;
  await Promise.all([...reading, writing]);
  console.log(`While two were put in place of two: ${seen.read} pages read, ${seen.written} comments written, ${failures.length} failed; ${seen.old} pages of the version before, ${seen.next} of the next`);
  expect(failures).toEqual([]);
  expect(Math.min(seen.old, seen.next)).toBeGreaterThan(0);
  const late = await send(opened, post.path, 'Written for an hour, sent after it.');
  expect([late.status, late.text.includes('Written for an hour, sent after it.')]).toEqual([409, true]);
});
