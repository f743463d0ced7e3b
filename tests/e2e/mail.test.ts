import type { Browser } from 'playwright-core';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { launchBrowser } from '../support/browser';
import { actionId, DeskScript } from '../support/desk-script';
import { createDatabase, openSessionOf } from '../support/instances';
import { MailServer } from '../support/mail-server';
import { TEST_TLS } from '../support/test-certificate';

const tokens = { owner: 'o'.repeat(43), moderator: 'm'.repeat(43) };
const AUTH_SECRET = 'the secret of a blog with a mail server, known to everybody';

let browser: Browser;
let smtp: MailServer;
let database: Awaited<ReturnType<typeof createDatabase>>;
let sql: pg.Pool;
let blog: BlogProcess;
let url: string;

beforeAll(async () => {
  [browser, smtp, database] = await Promise.all([launchBrowser(), MailServer.start(), createDatabase(inject('blogDatabase'))]);
  sql = new pg.Pool({ connectionString: database.url, max: 1 });
});

afterAll(async () => {
  await Promise.all([browser.close(), smtp.stop(), sql.end()]);
  await database.drop();
});

/** Starts the blog; what ran before is ended. */
async function start(more: Record<string, string> = {}): Promise<void> {
  const port = await freePort();
  url = `http://localhost:${port}`;
  blog = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database.url, AUTH_SECRET, SMTP_URL: smtp.url, MAIL_FROM: 'Our blog <blog@example.com>', ...more });
  await blog.untilSaid('The blog is at');
}

async function end(): Promise<void> {
  blog.signal('SIGKILL');
  await blog.ended;
}

beforeEach(() => start());

afterEach(async () => {
  smtp.received.splice(0);
  smtp.beforeTaking = async () => undefined;
  smtp.refuses = {};
  await end();
});

/** Asks for a sign-in link in a browser without script. */
async function askForLink(email: string): Promise<void> {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('Email').fill(email);
  await page.getByRole('button', { name: 'Email me a sign-in link' }).click();
  await page.getByText(email).waitFor();
  await page.close();
}

const lastMail = async () => (await sql.query<{ to: string; text: string; sentAt: Date | null }>('SELECT "to", text, "sentAt" FROM "Mail" ORDER BY "createdAt" DESC LIMIT 1')).rows[0];

test('a sign-in link asked for in a browser arrives by the mail server at once, and the blog keeps the receipt alone', async () => {
  await askForLink('ida@example.com');
  const askedAt = performance.now();
  await until(() => smtp.received.length > 0, () => `No mail came:\n${blog.said}`);
  // By the notice of the job, and not when the queue is next looked at.
  expect(performance.now() - askedAt).toBeLessThan(4_000);
  const [mail] = smtp.received;
  expect([mail?.from, mail?.to]).toEqual(['blog@example.com', ['ida@example.com']]);
  expect(mail?.parsed.text).toContain(`${url}/sign-in/link?token=`);
  await until(async () => (await lastMail())?.sentAt !== null, () => 'It was not noted as sent.');
  expect(await lastMail()).toMatchObject({ to: 'ida@example.com', text: '' });
  expect(smtp.received).toHaveLength(1);
});

test('a blog that is told to stop while it sends a mail sends it first', async () => {
  let isTaken!: () => void;
  let release!: () => void;
  const taken = new Promise<void>((resolve) => { isTaken = resolve; });
  const released = new Promise<void>((resolve) => { release = resolve; });
  smtp.beforeTaking = () => { isTaken(); return released; };
  await askForLink('bo@example.com');
  await taken;
  blog.signal('SIGTERM');
  await until(async () => (await fetch(`${url}/readyz`).catch(() => null))?.status !== 200, () => 'It did not begin to stop.');
  release();
  const { code, said } = await blog.ended;
  expect([code, said]).toEqual([0, expect.not.stringMatching(/Error|cut off/)]);
  expect(smtp.received.map(({ to }) => to)).toEqual([['bo@example.com']]);
  expect(await lastMail()).toMatchObject({ to: 'bo@example.com', text: '', sentAt: expect.any(Date) as Date });
});

test('a mail that was refused for good is sent again by the button of the Outbox, and by nobody but the owner', async () => {
  smtp.refuses = { recipient: [550, 'No such user'] };
  await askForLink('ada@example.com');
  await until(async () => (await sql.query('SELECT 1 FROM "Mail" WHERE "to" = $1 AND failure IS NOT NULL', ['ada@example.com'])).rowCount === 1, () => `It was not refused:\n${blog.said}`);
  smtp.refuses = {};
  const { rows: [mail] } = await sql.query<{ id: string }>('SELECT id FROM "Mail" WHERE "to" = $1', ['ada@example.com']);
  const action = actionId('againAction', 'outbox');
  const again = async (role: 'owner' | 'moderator') => {
    await openSessionOf(sql, role, tokens[role]);
    return (await new DeskScript(url, tokens[role]).submit('/admin/outbox', action, { done: null, message: null }, [['mail', mail!.id]])).status;
  };
  expect(await again('moderator')).toBe(404);
  expect(smtp.received).toEqual([]);
  await openSessionOf(sql, 'owner', tokens.owner);
  const context = await browser.newContext();
  await context.addCookies([{ name: 'authjs.session-token', value: tokens.owner, url }]);
  const page = await context.newPage();
  await page.goto(`${url}/admin/outbox`);
  await page.getByText('ada@example.com').click();
  await page.getByRole('button', { name: 'Send again', exact: true }).click();
  await page.getByText('It is being sent again.').waitFor();
  await until(() => smtp.received.length > 0, () => `No mail came:\n${blog.said}`);
  expect(smtp.received.map(({ to }) => to)).toEqual([['ada@example.com']]);
  expect(await again('owner')).toBe(200);
  await page.reload();
  await page.getByText('Sent', { exact: true }).first().waitFor();
  await context.close();
  expect(smtp.received).toHaveLength(1);
});

test('while the mail server is silent nobody waits for it: who asks for a link is answered as fast as before', async () => {
  let isTaken!: () => void;
  const taken = new Promise<void>((resolve) => { isTaken = resolve; });
  smtp.beforeTaking = () => { isTaken(); return new Promise(() => undefined); };
  await askForLink('cy@example.com');
  await taken;
  const from = performance.now();
  await askForLink('di@example.com');
  expect((await fetch(`${url}/readyz`)).status).toBe(200);
  // Browser and all; the mail server is waited for for twenty seconds.
  expect(performance.now() - from).toBeLessThan(8_000);
  expect(await lastMail()).toMatchObject({ to: 'di@example.com', sentAt: null });
  expect(smtp.received).toEqual([]);
});

test('to a server that offers STARTTLS a mail goes over TLS when its certificate is good, with its password', async () => {
  await end();
  const safe = await MailServer.start({ tls: TEST_TLS });
  const folder = mkdtempSync(path.join(tmpdir(), 'soapbox-tls-'));
  const trusted = path.join(folder, 'trusted.pem');
  writeFileSync(trusted, TEST_TLS.cert);
  await start({ SMTP_URL: safe.url.replace('//', '//name:password@'), NODE_EXTRA_CA_CERTS: trusted });
  await askForLink('eve@example.com');
  await until(() => safe.received.some(({ to }) => to[0] === 'eve@example.com'), () => `No mail came:\n${blog.said}`);
  expect([safe.received.every(({ isSafe }) => isSafe), safe.heard.slice(0, 2)]).toEqual([true, ['name', 'blog@example.com']]);
  await safe.stop();
  rmSync(folder, { recursive: true });
});
