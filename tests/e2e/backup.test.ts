import { expect } from '@playwright/test';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, test } from 'vitest';
import { joinEmbeddedPostgres } from '../../server/embedded-postgres';
import { freePort, until, useProcesses } from '../support/blog-process';
import { launchBrowser } from '../support/browser';
import { postComment } from '../support/stories';

const { run, dataDir } = useProcesses();
const PATIENT = 240_000; // two starts and five commands, one after the other
const WORDS = 'I have read this twice, and will once more.';

let browser: Browser;
beforeAll(async () => { browser = await launchBrowser(); });
afterAll(() => browser.close());

async function startOn(folder: string, port: number) {
  const server = run(['server/start.ts'], { DATA_DIR: folder, PORT: String(port) });
  await server.untilSaid('The blog is at');
  return server;
}

async function command(folder: string, name: string, ...words: string[]): Promise<string> {
  const { code, said } = await run([`scripts/${name}.ts`, ...words], { DATA_DIR: folder }).ended;
  expect(code, said).toBe(0);
  return said;
}

test('a blog restored on another machine is the same to its readers, to who waits there, and to its owner', async () => {
  const [old, other] = [dataDir(), dataDir()];
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const server = await startOn(old, port);
  const context = await browser.newContext({ baseURL: url, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto('/');
  await page.getByRole('article').getByRole('link').first().click();
  const post = new URL(page.url()).pathname;
  await postComment(page, { comment: WORDS });
  await expect(page.getByText('Your comment is awaiting moderation.')).toBeVisible();
  const signIn = /http:\S+/.exec(await command(old, 'people', 'sign-in-link', 'owner@example.com'))?.[0] ?? '';
  const owner = await browser.newContext({ baseURL: url });
  const desk = await owner.newPage();
  await desk.goto(signIn.replace(/^https?:\/\/[^/]+/, url));
  await desk.getByRole('button', { name: 'Sign in', exact: true }).click();
  await desk.waitForURL((at) => !at.pathname.startsWith('/sign-in'));
  await desk.goto('/admin/comments');
  await expect(desk.getByRole('article').filter({ hasText: WORDS })).toBeVisible();
  const shown = await (await fetch(url + post)).text();

  const folder = path.join(path.dirname(old), 'backup');
  expect(await command(old, 'backup', folder)).toMatch(/Comment +\d+ /);
  const refused = await run(['scripts/restore.ts', folder], { DATA_DIR: old }).ended;
  expect(refused).toMatchObject({ code: 1, said: expect.stringContaining('is already running') });
  server.signal('SIGTERM');
  await server.ended;

  expect(await command(other, 'restore', folder)).toContain('Start it: npm start');
  const again = await startOn(other, port);
  expect(await (await fetch(url + post)).text()).toBe(shown);
  await page.goto(`${post}/reply`);
  await expect(page.getByText(WORDS)).toBeVisible();
  await desk.goto('/admin/comments');
  const waiting = desk.getByRole('article').filter({ hasText: WORDS });
  await waiting.getByRole('button', { name: 'Approve' }).click();
  await until(async () => (await (await fetch(url + post)).text()).includes(WORDS), () => 'The restored blog does not publish.');
  await Promise.all([context.close(), owner.close()]);
  again.signal('SIGTERM');
  expect(await again.ended).toMatchObject({ code: 0 });
}, PATIENT);

/** Gives a blog a zone in which it is long past three o'clock, whenever this test runs. */
async function inTheDaytime(folder: string): Promise<void> {
  const postgres = await joinEmbeddedPostgres(folder, { server: false, say: () => undefined });
  const client = new pg.Client({ connectionString: postgres.url });
  await client.connect();
  // Noon or later there, and for hours to come: Tokyo is nine hours ahead, Honolulu ten behind.
  const hour = new Date().getUTCHours();
  await client.query('INSERT INTO "Site" (title, "timeZone") VALUES ($1, $2)', ['A blog', hour < 12 ? 'Asia/Tokyo' : hour < 22 ? 'UTC' : 'Pacific/Honolulu']);
  await client.end();
  await postgres.leave();
}

test('a blog that runs makes the night’s backup by itself, and its owner sees it', async () => {
  const folder = dataDir();
  const port = await freePort();
  await command(folder, 'people', 'list');
  await inTheDaytime(folder);
  await startOn(folder, port);
  const backups = path.join(folder, 'backups');
  await until(() => existsSync(backups) && readdirSync(backups).some((name) => /^\d{4}-\d\d-\d\dT\d{4}$/.test(name)), () => 'No backup was made.');
  const signIn = /http:\S+/.exec(await command(folder, 'people', 'sign-in-link', 'owner@example.com'))?.[0] ?? '';
  const page = await browser.newPage();
  await page.goto(signIn.replace(/^https?:\/\/[^/]+/, `http://localhost:${port}`));
  await page.getByRole('button', { name: 'Sign in', exact: true }).click();
  await page.waitForURL((at) => !at.pathname.startsWith('/sign-in'));
  await page.goto(`http://localhost:${port}/admin/health`);
  const last = page.locator('dt', { hasText: 'Last backup' }).locator('xpath=following-sibling::dd');
  await expect(last).toHaveText(/\d{4} at \d\d:\d\d/);
  await page.close();
});
