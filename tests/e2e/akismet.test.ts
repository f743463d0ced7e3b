import { expect } from '@playwright/test';
import type { Browser } from 'playwright-core';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, inject, test } from 'vitest';
import { AKISMET_KEY, AkismetServer } from '../support/akismet-server';
import { BlogProcess, freePort } from '../support/blog-process';
import { launchBrowser } from '../support/browser';
import { createDatabase } from '../support/instances';
import { postComment } from '../support/stories';

const AUTH_SECRET = 'the secret of a blog that asks Akismet, known to everybody';
const WAITING = 'Your comment is awaiting moderation.';

let browser: Browser;
let akismet: AkismetServer;
let database: Awaited<ReturnType<typeof createDatabase>>;
let sql: pg.Pool;
let blog: BlogProcess;
let url: string;

beforeAll(async () => {
  [browser, akismet, database] = await Promise.all([launchBrowser(), AkismetServer.start(), createDatabase(inject('blogDatabase'))]);
  sql = new pg.Pool({ connectionString: database.url, max: 1 });
});

afterAll(async () => {
  await Promise.all([browser.close(), akismet.stop(), sql.end()]);
  await database.drop();
});

beforeEach(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  akismet.reset();
  blog = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database.url, AUTH_SECRET, AKISMET_KEY, AKISMET_URL: akismet.url });
  await blog.untilSaid('The blog is at');
});

afterEach(async () => {
  blog.signal('SIGKILL');
  await blog.ended;
});

/** Writes in a browser without script; the writer is told the same in any case. Value: where it is, and why. */
async function write(comment: string, name: string): Promise<{ status: string; rules: string[] } | undefined> {
  const { rows: [post] } = await sql.query<{ slug: string }>(`SELECT slug FROM "Post" WHERE kind = 'post' AND status = 'published' AND "publishedAt" <= now() AND "commentsOpen" AND "approvedCount" > 0 ORDER BY "publishedAt" DESC LIMIT 1`);
  const page = await browser.newPage({ javaScriptEnabled: false, userAgent: 'Netscape 4' });
  await page.goto(`${url}/posts/${post?.slug}`);
  await postComment(page, { comment, name, email: `${name}@example.com` });
  await expect(page.getByRole('status').filter({ hasText: WAITING })).toBeVisible();
  await page.close();
  const { rows } = await sql.query<{ status: string; rules: string[] }>(
    `SELECT c.status, ARRAY(SELECT r->>'rule' FROM jsonb_array_elements(to_jsonb(e.reasons)) r) AS rules FROM "Comment" c JOIN "ModerationEvent" e ON e."commentId" = c.id WHERE c.source = $1`, [comment]);
  return rows[0];
}

test('what Akismet calls spam goes to Spam, what it is silent about is held, and their writers are told the same', async () => {
  const spam = await write('The best watches, very cheap.', 'viagra-test-123');
  expect([spam?.status, spam?.rules[0]]).toEqual(['spam', 'akismet']);
  const [told] = akismet.told('comment-check');
  expect(told).toMatchObject({ blog: url, user_agent: 'Netscape 4', comment_content: 'The best watches, very cheap.' });
  expect(told?.referrer).toContain(`${url}/posts/`);
  expect(told?.user_ip).toMatch(/^(127\.0\.0\.1|::1)$/);

  await akismet.stop();
  const held = await write('Thank you, this helped me.', 'ida');
  expect([held?.status, held?.rules[0]]).toEqual(['pending', 'akismet-silent']);
  await akismet.listen();
  for (const name of ['best watches', AKISMET_KEY, 'ida@example.com']) expect(blog.said).not.toContain(name);
});

test('the privacy page says that Akismet is asked, what it is told, and for how long that is kept', async () => {
  const page = await browser.newPage({ javaScriptEnabled: false });
  await page.goto(`${url}/privacy`);
  await expect(page.getByRole('heading', { name: 'Akismet' })).toBeVisible();
  await expect(page.getByText('encrypted, as long as nobody has decided about your comment, for 15 days at most')).toBeVisible();
  await expect(page.getByRole('link', { name: 'its own privacy notice' })).toHaveAttribute('href', 'https://automattic.com/privacy-notice/');
  await page.close();
});
