import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect as expectValue, test } from 'vitest';
import type { Browser } from 'playwright-core';
import { freePort, postmasterOf, useProcesses } from '../support/blog-process';
import { expect } from '../support/blog';
import { launchBrowser } from '../support/browser';

// It compiles into .next/dev, beside the build under test, and holds a lock there: beside another `npm run dev` of this checkout it fails.
const { run, dataDir } = useProcesses();
/** A page is compiled when it is first asked for. */
const WITHIN = { timeout: 30_000 };
/** Several are, and on a busy machine each takes long. */
const LIMIT_MS = 240_000;

let browser: Browser;
beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(async () => {
  await browser.close();
  rmSync('public/enhance/enhance-dev.js', { force: true });
});

test('`npm run dev` begins in an empty folder: readers and the owner get their pages, which are alive and hear of changes', { timeout: LIMIT_MS }, async () => {
  const folder = dataDir();
  const url = `http://localhost:${await freePort()}`;
  const server = run(['server/start.ts', '--dev'], { DATA_DIR: folder, PORT: new URL(url).port });
  await server.untilSaid(`The blog is at ${url}`);
  const answer = await fetch(url);
  expectValue(answer.status).toBe(200);
  expectValue(await answer.text()).toContain('<article');

  const { code, said } = await run(['scripts/people.ts', 'sign-in-link', 'owner@example.com'], { DATA_DIR: folder }).ended;
  expectValue([code, said]).toEqual([0, expect.stringContaining(`${url}/sign-in/link?token=`)]);
  const page = await browser.newPage();
  page.setDefaultTimeout(WITHIN.timeout);
  const [errors, sockets]: [string[], string[]] = [[], []];
  page.on('pageerror', ({ message }) => errors.push(message));
  page.on('websocket', (socket) => socket.on('framereceived', () => sockets.push(socket.url())));
  await page.goto(/http\S+/.exec(said)?.[0] ?? '');
  await page.getByRole('main').getByRole('button').click();
  await page.waitForURL(`${url}/admin`);
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible();

  await page.goto(`${url}/admin/posts/new`);
  // It is there only once React has taken the page over: a title typed before would never be heard of.
  await expect(page.getByRole('textbox', { name: 'Post body', exact: true })).toBeVisible(WITHIN);
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill('Written while developing');
  await expect(page.getByRole('status')).toHaveText('Saved', WITHIN);
  expectValue(sockets.filter((socket) => socket.startsWith(`${url.replace('http', 'ws')}/_next/`))).not.toEqual([]);
  expectValue(errors).toEqual([]);
  await page.context().close();
  server.signal('SIGTERM');
  expectValue((await server.ended).code, server.said).toBe(0);
  expectValue(postmasterOf(folder)).toBeNull();
});
