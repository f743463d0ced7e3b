import { AxeBuilder } from '@axe-core/playwright';
import { execFile } from 'node:child_process';
import { randomBytes, randomInt } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { promisify } from 'node:util';
import pg from 'pg';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { v7 } from 'uuid';
import { afterAll, afterEach, assert, beforeAll, beforeEach, inject } from 'vitest';
import { sessionHash } from '../../lib/identity/tokens';
import { launchBrowser } from './browser';
import { watch } from './page-watch';
import { returnToSnapshot, tellAll } from './snapshot';

export { expect } from '@playwright/test';

export type PageOptions = {
  javaScript?: boolean;
  /** CSS pixels. */
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** Complaints of page-watch.ts that this test expects. */
  allow?: RegExp[];
};

export type Role = 'reader' | 'author' | 'moderator' | 'owner';

const HEIGHT_PX = 900;
const DAY_MS = 24 * 60 * 60 * 1000;
const SESSION_COOKIE = 'authjs.session-token';
const TRACES = 'test-results';

const newAddress = () => `10.${randomInt(256)}.${randomInt(256)}.${randomInt(1, 255)}`;

/** The blog under test, as installed: the production server, its database, and a real browser. */
export class BlogUnderTest {
  readonly url = inject('blogUrl');
  readonly sql = new pg.Pool({ connectionString: inject('blogDatabase'), max: 4 });
  private browser?: Browser;
  private open: { context: BrowserContext; complaints: string[] }[] = [];

  /** A page in a browser of its own: own cookies, own network address. Relative addresses are the blog's. */
  async newPage({ javaScript = true, width = 1280, height = HEIGHT_PX, colorScheme = 'light', allow = [] }: PageOptions = {}): Promise<Page> {
    this.browser ??= await launchBrowser();
    const context = await this.browser.newContext({
      baseURL: this.url, javaScriptEnabled: javaScript, colorScheme, viewport: { width, height },
      extraHTTPHeaders: { 'X-Forwarded-For': newAddress() },
    });
    await context.tracing.start({ snapshots: true });
    this.open.push({ context, complaints: watch(context, this.url, Object.values(inject('providers')), allow) });
    return context.newPage();
  }

  /** A request without a browser; redirects are not followed. From an address of its own unless a header names one. */
  request(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (!headers.has('x-forwarded-for')) headers.set('x-forwarded-for', newAddress());
    // Put together by hand: read against the blog’s address, a path that begins with two slashes would be another host.
    return fetch(path.startsWith('/') ? this.url + path : path, { redirect: 'manual', ...init, headers });
  }

  /** A session of somebody with this role, made in the database; gives the cookie's value. */
  async openSession(role: Role): Promise<{ userId: string; sessionToken: string }> {
    const { rows } = await this.sql.query<{ id: string }>(
      `INSERT INTO "User" (id, name, email, role, "emailVerified", "updatedAt") VALUES ($1, $2, $3, $4::"Role", now(), now())
       ON CONFLICT (email) DO UPDATE SET role = EXCLUDED.role RETURNING id`,
      [v7(), `The ${role}`, `${role}@example.com`, role],
    );
    const userId = rows[0]!.id;
    const sessionToken = randomBytes(32).toString('base64url');
    await this.sql.query('INSERT INTO "Session" (id, "sessionToken", "userId", expires) VALUES ($4, $1, $2, $3)', [sessionHash(sessionToken), userId, new Date(Date.now() + DAY_MS), v7()]);
    return { userId, sessionToken };
  }

  /** Signs the page's browser in as somebody with this role; gives the user's id. */
  async signIn(page: Page, role: Role): Promise<string> {
    const { userId, sessionToken } = await this.openSession(role);
    await page.context().addCookies([
      { name: SESSION_COOKIE, value: sessionToken, url: this.url, httpOnly: true, sameSite: 'Lax' },
      { name: 'here', value: '1', url: this.url, sameSite: 'Lax' },
    ]);
    return userId;
  }

  /** Runs `npm run NAME -- …` on the blog under test; gives what it printed. */
  async command(name: string, ...words: string[]): Promise<string> {
    const { stdout } = await promisify(execFile)(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', `scripts/${name}.ts`, ...words], { env: inject('blogEnvironment') as NodeJS.ProcessEnv });
    return stdout;
  }

  /** What this test's pages did so far that no page may do; it is then forgiven. */
  takeComplaints(): string[] {
    return this.open.flatMap(({ complaints }) => complaints.splice(0));
  }

  /** Fails unless axe finds nothing wrong with the page as it is now. */
  async expectAccessible(page: Page): Promise<void> {
    // Legacy mode spares a second page per call; it matters only for frames of other origins, and no page has one.
    const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
    const said = violations.map(({ id, help, nodes }) => `${id}: ${help}\n${nodes.map((node) => `  ${node.target.join(' ')}\n  ${node.failureSummary}`).join('\n')}`);
    assert.deepEqual(said, [], `axe on ${page.url()}`);
  }

  /** Changes what readers see, behind the blog's back, and tells it. */
  async change(sql: string, values: unknown[] = []): Promise<void> {
    await this.sql.query(sql, values);
    await tellAll(this.sql);
  }

  /** The sample blog as just installed. */
  reset(): Promise<void> {
    return returnToSnapshot(this.sql);
  }

  /** Closes this test's pages; a failed test leaves their traces. Gives what they did that no page may do. */
  async closePages(failedTest?: string): Promise<string[]> {
    const open = this.open.splice(0);
    for (const [index, { context }] of open.entries()) {
      if (failedTest) mkdirSync(TRACES, { recursive: true });
      await context.tracing.stop(failedTest ? { path: `${TRACES}/${failedTest.replace(/[^\w]+/g, '-').slice(0, 100)}-${index + 1}.zip` } : {});
      await context.close();
    }
    return open.flatMap(({ complaints }) => complaints);
  }

  async end(): Promise<void> {
    await this.browser?.close();
    await this.sql.end();
  }
}

/**
 * Gives a test file the blog under test. Before each test it is the sample blog as just installed; after each test no
 * page of it may have asked another origin for anything, or complained. Call it once, at the top level of the file.
 */
export function useBlog(): BlogUnderTest {
  const blog = new BlogUnderTest();
  beforeAll(() => blog.reset());
  beforeEach(() => blog.reset());
  afterEach(async ({ task }) => {
    const complaints = await blog.closePages(task.result?.state === 'fail' ? task.name : undefined);
    assert.deepEqual(complaints, [], 'what its pages did');
  });
  afterAll(() => blog.end());
  return blog;
}
