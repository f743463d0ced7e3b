import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import { afterEach, expect, test, vi } from 'vitest';
import { db } from '../../lib/db/client';
import { findWaitingJobs, JOBS, JOBS_CHANNEL, sendJob, type JobName } from '../../lib/jobs';
import { Changes } from '../../server/changes';
import type { Work } from '../../server/job-handlers';
import { prepareQueues } from '../../server/job-queues';
import { JobWorker } from '../../server/jobs';
import { migrate } from '../../server/migrations';
import { Notices } from '../../server/notices';
import { whyNotReady } from '../../server/readiness';
import { useDatabase } from '../support/database';
import { PostgresProxy } from '../support/postgres-proxy';

const HOUR_MS = 60 * 60 * 1000;
const database = useDatabase();
const opened: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).reverse()) await one.close();
});

const PATIENT = { timeout: 20_000 };
const send = (name: JobName, data: object, options = {}) => db().$transaction((tx) => sendJob(tx, name, data, options));
const listJobs = async () => (await database.sql.query<{ name: string; data: unknown; state: string }>('SELECT name, data, state FROM pgboss.job ORDER BY created_on, id')).rows;
const statesOf = async () => (await listJobs()).map(({ state }) => state);

/** A worker that notes what it was given, and is told of new jobs as the server is. */
async function startWorker(handle: Work['handle'], { url = database.url, name = 'mail' as JobName, hourly = false } = {}): Promise<JobWorker> {
  const worker = await JobWorker.start(url, { [name]: { handle, atOnce: 4, hourly } });
  opened.push(worker);
  const notices = new Notices(database.url, new Changes(), { onJob: () => worker.wake() });
  opened.push(notices);
  await notices.open();
  return worker;
}

test('a job sent in a transaction is there when it commits, and is done once by one of several workers', async () => {
  const done: unknown[] = [];
  for (let count = 0; count < 3; count += 1) await startWorker(async (data) => void done.push(data));
  await send('mail', { id: 'a', words: 'ä “ö”' });
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['completed']), PATIENT);
  expect(done).toEqual([{ id: 'a', words: 'ä “ö”' }]);
});

test('of a transaction that is taken back no job is left, and nobody is told of one', async () => {
  const told = vi.fn();
  const notices = new Notices(database.url, new Changes(), { onJob: told });
  opened.push(notices);
  await notices.open();
  await expect(db().$transaction(async (tx) => {
    await sendJob(tx, 'mail', { id: 'a' });
    throw new Error('no');
  })).rejects.toThrow('no');
  expect(await listJobs()).toEqual([]);
  await send('mail', { id: 'b' });
  await vi.waitFor(() => expect(told).toHaveBeenCalledTimes(1));
});

test('while a job with a key waits, the same again is left out; without a key each counts', async () => {
  for (const key of ['one', 'one', 'two']) await send('picture', { key }, { singletonKey: key });
  for (let count = 0; count < 2; count += 1) await send('picture', { key: null });
  expect((await listJobs()).map(({ data }) => data)).toEqual([{ key: 'one' }, { key: 'two' }, { key: null }, { key: null }]);
  expect([...(await findWaitingJobs('picture', ['one', 'three'])).keys()]).toEqual(['one']);
});

test('a job is not done before its time', async () => {
  const done: unknown[] = [];
  await startWorker(async (data) => void done.push(data));
  await send('mail', { id: 'later' }, { startAfter: new Date(Date.now() + 3_600_000) });
  await send('mail', { id: 'now' });
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['created', 'completed']), PATIENT);
  expect(done).toEqual([{ id: 'now' }]);
});

test('a job of a kind that has no queue is refused, not lost in silence', async () => {
  await database.sql.query(`SELECT pgboss.delete_queue('picture')`);
  await expect(send('picture', {})).rejects.toThrow('npm run db -- migrate');
  await prepareQueues(database.url);
  await send('picture', {});
});

test('a job that fails is tried again later, and what the database keeps of the failure names nobody', async () => {
  await startWorker(async () => { throw new Error('550 <ida@example.com> is unknown'); });
  await send('mail', { id: 'a' });
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['retry']), PATIENT);
  const { rows } = await database.sql.query<{ output: unknown; soon: boolean }>(`SELECT output, start_after BETWEEN now() + interval '5 seconds' AND now() + interval '31 seconds' AS soon FROM pgboss.job`);
  expect(rows).toEqual([{ output: { error: 'Error' }, soon: true }]);
});

test('a job whose time for a retry has come is done then', async () => {
  let tries = 0;
  const worker = await startWorker(async () => {
    tries += 1;
    if (tries === 1) throw new Error('not yet');
  });
  await send('mail', { id: 'a' });
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['retry']), PATIENT);
  await database.sql.query('UPDATE pgboss.job SET start_after = now()');
  worker.wake();
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['completed']), PATIENT);
  expect(tries).toBe(2);
});

test('what a killed process had in hand is taken up by the next', async () => {
  await send('mail', { id: 'a' });
  await database.sql.query(`UPDATE pgboss.job SET state = 'active', started_on = now() - interval '1 hour'`);
  await startWorker(async () => undefined);
  expect(await statesOf()).toEqual(['retry']);
});

test('what is due every hour is sent once, however many processes run and however often they start', async () => {
  const done = vi.fn(async () => undefined);
  // The hour is the clock's: not while it ends.
  const leftMs = HOUR_MS - (Date.now() % HOUR_MS);
  if (leftMs < 5_000) await pause(leftMs + 100);
  for (let count = 0; count < 3; count += 1) await startWorker(done, { name: 'empty-mail', hourly: true });
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['completed']), PATIENT);
  expect(done).toHaveBeenCalledTimes(1);
});

test('a worker that is closed finishes the job in hand, and takes no other', async () => {
  let begun!: () => void;
  let finish!: () => void;
  const hasBegun = new Promise<void>((resolve) => { begun = resolve; });
  const mayFinish = new Promise<void>((resolve) => { finish = resolve; });
  const worker = await startWorker(async () => { begun(); await mayFinish; });
  await send('mail', { id: 'a' });
  await hasBegun;
  const closed = worker.close();
  await send('mail', { id: 'b' });
  finish();
  await closed;
  expect(await statesOf()).toEqual(['completed', 'created']);
});

test('while the database is away the worker waits and says so; when it is back, jobs are done again', async () => {
  const proxy = await PostgresProxy.open(database.url);
  opened.push(proxy);
  const done: unknown[] = [];
  const worker = await startWorker(async (data) => void done.push(data), { url: proxy.url });
  expect(await whyNotReady(database.url, worker)).toBeNull();
  expect(await whyNotReady(database.url, worker, async () => true)).toBeNull();
  expect(await whyNotReady(database.url, worker, async () => false)).toBe('The pages do not answer.');
  proxy.refuse();
  await database.sql.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)', [proxy.ports]);
  await vi.waitFor(() => expect(worker.isRunning).toBe(false), PATIENT);
  expect(await whyNotReady(database.url, worker)).toBe('The queue of jobs is not running.');
  await send('mail', { id: 'meanwhile' });
  proxy.admit();
  await vi.waitFor(() => expect(done).toEqual([{ id: 'meanwhile' }]), PATIENT);
  expect(worker.isRunning).toBe(true);
});

test('a connection that breaks without a word in the middle of a query ends no process', async () => {
  const proxy = await PostgresProxy.open(database.url);
  const worker = await startWorker(async () => undefined, { url: proxy.url });
  const blocker = await database.sql.connect();
  await blocker.query('BEGIN; LOCK TABLE pgboss.job');
  worker.wake();
  const isWaiting = async () => (await database.sql.query(`SELECT 1 FROM pg_stat_activity WHERE client_port = ANY($1) AND wait_event_type = 'Lock'`, [proxy.ports])).rowCount;
  await vi.waitFor(async () => expect(await isWaiting()).toBe(1), PATIENT);
  // For good: it must be the query that notices, and it must be told to nobody else.
  await proxy.close();
  await vi.waitFor(() => expect(worker.isRunning).toBe(false), PATIENT);
  await blocker.query('ROLLBACK');
  blocker.release();
});

test('a connection that is cut while a job is under way ends nothing but that try', async () => {
  const proxy = await PostgresProxy.open(database.url);
  opened.push(proxy);
  let tries = 0;
  const worker = await startWorker(async () => {
    tries += 1;
    if (tries > 1) return;
    proxy.refuse();
    await database.sql.query('SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE client_port = ANY($1)', [proxy.ports]);
  }, { url: proxy.url });
  await send('mail', { id: 'a' });
  await vi.waitFor(() => expect([tries, worker.isRunning]).toEqual([1, false]), PATIENT);
  expect(await statesOf()).toEqual(['active']);
  proxy.admit();
  await send('mail', { id: 'b' });
  await vi.waitFor(async () => expect(await statesOf()).toEqual(['active', 'completed']), PATIENT);
});

test('four processes that start at once on a database without queues make them once', async () => {
  const url = await database.blank();
  await Promise.all([1, 2, 3, 4].map(() => migrate(url)));
  const worker = await JobWorker.start(url, {});
  opened.push(worker);
  expect(worker.isRunning).toBe(true);
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>('SELECT name FROM pgboss.queue ORDER BY name').finally(() => client.end());
  expect(rows.map(({ name }) => name)).toEqual(Object.keys(JOBS).sort());
});

test('a role that may not make the schema of the queues is told what it needs', async () => {
  const role = `no_schema_${process.pid}`;
  const url = Object.assign(new URL(await database.blank()), { username: role, password: 'pw' }).href;
  await database.sql.query(`CREATE ROLE ${role} LOGIN PASSWORD 'pw'`);
  await expect(prepareQueues(url)).rejects.toThrow('GRANT CREATE ON DATABASE').finally(() => database.sql.query(`DROP ROLE ${role}`));
});

test('the channel by which a job is told is one that may be named in SQL', () => expect(JOBS_CHANNEL).toMatch(/^[a-z_]+$/));
