import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { v7 } from 'uuid';
import { afterAll, beforeAll, inject } from 'vitest';
import type { Role } from '../../lib/identity/schema';
import { sessionHash } from '../../lib/identity/tokens';
import { BlogProcess, freePort } from './blog-process';
import { actionId, DeskScript } from './desk-script';

/** Of processes of a test that share a database of their own. */
export const AUTH_SECRET = 'the secret of several instances, known to everybody';
const DAY_MS = 24 * 60 * 60 * 1_000;
/** A queue that stays empty: an act there is answered without much to show. */
const DESK = '/admin/comments?queue=trash';

export type Toggled = { id: string; revision: number; isShown: boolean };

type Settings = { freshness: 'fast' | 'exact'; /** For its queries. */ database: string; /** For LISTEN. */ direct: string; /** Told what changes. */ cdn: string; sessionToken: string };

/** One process of the blog, asked as a reader and as a moderator's script ask. */
export class Instance {
  private constructor(private readonly process: BlogProcess, readonly url: string, private readonly script: DeskScript, private readonly action: string) {}

  static async start({ freshness, database, direct, cdn, sessionToken }: Settings): Promise<Instance> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const process = new BlogProcess(['server/start.ts'], { PORT: String(port), DATABASE_URL: database, DATABASE_DIRECT_URL: direct, AUTH_SECRET, FRESHNESS: freshness, CDN: cdn });
    await process.untilSaid('The blog is at');
    return new Instance(process, url, new DeskScript(url, sessionToken), actionId('deskAction', 'comments'));
  }

  async read(path: string): Promise<string> {
    const answer = await fetch(this.url + path);
    if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}.`);
    return answer.text();
  }

  /** Approves a comment, or takes its approval back, by the desk. When this resolves, the blog has answered. */
  async toggle({ id, revision, isShown }: Toggled): Promise<void> {
    const fields = { comment: id, revision: String(revision), seenStatus: isShown ? 'approved' : 'pending', decision: isShown ? 'unapprove' : 'approve' };
    const { status, text } = await this.script.submit(DESK, this.action, { done: null, message: null }, Object.entries(fields));
    if (status !== 200) throw new Error(`The desk answered ${status}: ${/"message":"[^"]*/.exec(text)?.[0] ?? text.slice(0, 500)}`);
  }

  async stop(): Promise<void> {
    this.process.signal('SIGTERM');
    const { code, said } = await this.process.ended;
    if (code !== 0) throw new Error(`It did not stop in order (${code}):\n${said}`);
  }
}

/** A database of this file's own, and a pool to ask it by: there before what is registered after it, and until that has ended. */
export function useOwnDatabase(): { readonly url: string; readonly sql: pg.Pool } {
  let database: Awaited<ReturnType<typeof createDatabase>>;
  let sql: pg.Pool;
  beforeAll(async () => {
    database = await createDatabase(inject('blogDatabase'));
    sql = new pg.Pool({ connectionString: database.url, max: 2 });
  });
  afterAll(async () => {
    await sql.end();
    await database.drop();
  });
  return { get url() { return database.url; }, get sql() { return sql; } };
}

/** A database of its own beside another one, which is dropped with `drop`. */
export async function createDatabase(besides: string): Promise<{ url: string; drop: () => Promise<void> }> {
  const name = `instances_${randomBytes(6).toString('hex')}`;
  const url = new URL(besides);
  url.pathname = `/${name}`;
  await once(besides, `CREATE DATABASE ${name}`);
  return { url: url.href, drop: () => once(besides, `DROP DATABASE ${name} WITH (FORCE)`) };
}

async function once(database: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: database });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Opens a session of somebody with this role under this token, where there is none. */
export async function openSessionOf(sql: pg.Pool, role: Role, sessionToken: string): Promise<void> {
  const { rows: [user] } = await sql.query<{ id: string }>(
    `INSERT INTO "User" (id, name, email, role, "emailVerified", "updatedAt") VALUES ($1, $2, $3, $4::"Role", now(), now())
     ON CONFLICT (email) DO UPDATE SET role = EXCLUDED.role RETURNING id`,
    [v7(), `The ${role}`, `${role}@example.com`, role],
  );
  await sql.query('INSERT INTO "Session" (id, "sessionToken", "userId", expires) VALUES ($4, $1, $2, $3) ON CONFLICT DO NOTHING', [sessionHash(sessionToken), user?.id, new Date(Date.now() + DAY_MS), v7()]);
}
