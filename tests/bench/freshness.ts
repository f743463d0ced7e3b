import { setTimeout as wait } from 'node:timers/promises';
import type pg from 'pg';
import { newCommentId, newId } from '../../lib/ids';
import { newToken, textHash, tokenHash } from '../../lib/identity/tokens';
import { fieldsOfForm, multipart } from '../support/raw-request';
import { ask } from './ask';
import { archiveSlug, fillBench } from './content';
import { type Measure, type Pace, type Row, times } from './measure';
import { percentile } from './statistics';
import type { Freshness, Server, World } from './world';

const APPROVALS = 120;
const POSTS = 10;
const BETWEEN_LOOKS_MS = 1;
const GIVEN_UP_AFTER_MS = 5_000;
const DAY_MS = 86_400_000;

export type Waiting = { id: string; path: string; text: string };

/** Comments that wait, on a few posts in turn, so that all of them stand on the first page. */
export async function fillPending(sql: pg.Pool, count: number): Promise<Waiting[]> {
  const waiting = Array.from({ length: count }, (_, index): Waiting => ({ id: newCommentId(), path: `/posts/${archiveSlug(1_000 + (index % POSTS))}`, text: `Waiting comment number ${index}.` }));
  for (const { id, path, text } of waiting) {
    await sql.query(
      `INSERT INTO "Comment" (id, "publicId", "postId", "rootId", depth, name, email, source, html, status, "sourceHash")
       SELECT $1, $2, p.id, $1, 1, 'Someone New', 'new@example.net', $3, '<p>' || $3 || '</p>', 'pending', $4 FROM "Post" p WHERE p.slug = $5`,
      [newId(), id, text, textHash(text), path.split('/')[2]]);
  }
  return waiting;
}

/** Gives the owner a link to decide by for each of them, as their mails have; gives the token of each. */
export async function sendLinks(sql: pg.Pool, waiting: Waiting[]): Promise<Map<Waiting, string>> {
  await sql.query(`UPDATE "User" SET email = 'owner@example.com', "emailVerified" = now() WHERE role = 'owner'`);
  const tokens = new Map(waiting.map((one) => [one, newToken()]));
  for (const [{ id }, token] of tokens) {
    await sql.query(
      `INSERT INTO "DecisionLink" (id, "tokenHash", "commentId", "userId", "createdAt", expires)
       SELECT $1, $2, c.id, u.id, now(), $3 FROM "Comment" c, (SELECT id FROM "User" WHERE role = 'owner' LIMIT 1) u WHERE c."publicId" = $4`,
      [newId(), tokenHash(token), new Date(Date.now() + DAY_MS), id]);
  }
  return tokens;
}

/** Opens the page of such a link; gives what sends its form, as a browser without script would. */
export async function openLink({ url }: Server, token: string): Promise<() => Promise<void>> {
  const address = `${url}/decide?token=${token}`;
  const page = await ask(address, { headers: { accept: 'text/html' } });
  if (page.status !== 200) throw new Error(`The page of a link answered ${page.status}.`);
  const { body, headers } = multipart(fieldsOfForm(page.body.toString('utf8'), 'Approve'));
  return async () => {
    const { status } = await ask(address, { method: 'POST', body, headers: { accept: 'text/html', ...headers, origin: url } });
    if (status !== 303) throw new Error(`An approval was answered ${status}.`);
  };
}

type Decided = { begunAt: number; committedAt: number };

/** When a comment's approval began and when it was committed, in milliseconds since 1970, by this machine's one clock. */
async function whenApproved(sql: pg.Pool, comment: string): Promise<Decided> {
  const milliseconds = (moment: string) => `(extract(epoch FROM ${moment}) * 1000)::float8`;
  const { rows } = await sql.query<Decided>(
    `SELECT ${milliseconds('e."createdAt"')} AS "begunAt", ${milliseconds('pg_xact_commit_timestamp(e.xmin)')} AS "committedAt"
     FROM "ModerationEvent" e JOIN "Comment" c ON c.id = e."commentId" WHERE c."publicId" = $1 AND decision = 'approve'`, [comment]);
  if (!rows[0]) throw new Error('An approval left no event.');
  return rows[0];
}

/** Whether a page of this server shows it, and when that was asked. */
export const shows = async ({ url }: Server, { path, text }: Waiting): Promise<{ isShown: boolean; sentAt: number }> => {
  const { status, body, sentAt } = await ask(url + path);
  if (status !== 200) throw new Error(`${path} answered ${status}.`);
  return { isShown: body.includes(text), sentAt };
};

/** Asks again and again until it is shown; gives when that request was sent. */
async function firstShown(server: Server, waiting: Waiting): Promise<number> {
  for (const deadline = Date.now() + GIVEN_UP_AFTER_MS; Date.now() < deadline; await wait(BETWEEN_LOOKS_MS)) {
    const { isShown, sentAt } = await shows(server, waiting);
    if (isShown) return sentAt;
  }
  throw new Error(`${waiting.path} never showed what was approved.`);
}

type Seen = {
  /** Approvals that the next request did not show. */
  staleHere: number;
  staleThere: number;
  /** To the sending of the first request that showed it, milliseconds. */
  sinceBegun: number[];
  sinceCommit: number[];
};

async function approveAll(world: World, database: string, freshness: Freshness, count: number): Promise<Seen> {
  await world.database('bench', fillBench);
  await world.database(database, async () => undefined, 'bench');
  const sql = world.sql(database);
  const waiting = await fillPending(sql, count);
  const [here, there] = [await world.serve(database, freshness), await world.serve(database, freshness)];
  const links = await sendLinks(sql, waiting);
  const seen: Seen = { staleHere: 0, staleThere: 0, sinceBegun: [], sinceCommit: [] };
  for (const [one, token] of links) {
    const approve = await openLink(here, token);
    for (const server of [here, there, here, there]) if ((await shows(server, one)).isShown) throw new Error('A waiting comment was shown.');
    // With `exact` the very next request counts: nobody asks meanwhile.
    const watching = freshness === 'fast' ? firstShown(there, one) : null;
    // An approval that fails ends the watching too, whose own complaint nobody waits for.
    watching?.catch(() => undefined);
    await approve();
    if (!(await shows(here, one)).isShown) seen.staleHere += 1;
    if (!watching && !(await shows(there, one)).isShown) seen.staleThere += 1;
    const shownAt = await watching;
    if (shownAt === null) continue;
    const { begunAt, committedAt } = await whenApproved(sql, one.id);
    seen.sinceBegun.push(Math.max(0, shownAt - begunAt));
    seen.sinceCommit.push(Math.max(0, shownAt - committedAt));
  }
  await world.stopPrograms();
  return seen;
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  const count = times(APPROVALS, pace, 10);
  const fast = await approveAll(world, 'approvals_fast', 'fast', count);
  const exact = await approveAll(world, 'approvals_exact', 'exact', count);
  const spread = (values: number[]) => `p50 ${percentile(values, 0.5).toFixed(1)}, p99 ${percentile(values, 0.99).toFixed(1)}, longest ${Math.max(...values).toFixed(1)} ms`;
  return [
    { what: 'approvals that the next request did not show: same instance', bound: { atMost: 0, unit: 'of them' }, value: fast.staleHere + exact.staleHere, raw: { approvals: 2 * count } },
    {
      what: 'approval to visible: other instance, `fast`, p99', bound: { under: 50, unit: 'ms' }, value: percentile(fast.sinceCommit, 0.99),
      raw: { approvals: count, 'from its commit': spread(fast.sinceCommit), 'from the beginning of the decision, its transaction included': spread(fast.sinceBegun) },
    },
    { what: 'approvals that the next request did not show: other instance, `exact`', bound: { atMost: 0, unit: 'of them' }, value: exact.staleThere, raw: { approvals: count } },
  ];
}

export const freshness: Measure = {
  name: 'freshness',
  how: 'Two production servers on one database. A waiting comment is approved by the form of a mailed link on the first; then the first is asked for the post, and the second as well (`exact`), or the second is asked all the while, a millisecond apart (`fast`). The time runs from the commit, as PostgreSQL notes it (`track_commit_timestamp`), to the sending of the first request that shows the comment.',
  run,
};
