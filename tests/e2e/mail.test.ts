import type { Browser } from 'playwright-core';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, expect, inject, test } from 'vitest';
import { BlogProcess, freePort, until } from '../support/blog-process';
import { launchBrowser } from '../support/browser';
import { createDatabase } from '../support/instances';
import { MailServer } from '../support/mail-server';

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

beforeEach(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  blog = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database.url, AUTH_SECRET, SMTP_URL: smtp.url, MAIL_FROM: 'Our blog <blog@example.com>' });
  await blog.untilSaid('The blog is at');
});

afterEach(async () => {
  smtp.received.splice(0);
  smtp.beforeTaking = async () => undefined;
  blog.signal('SIGKILL');
  await blog.ended;
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
