import { existsSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Counter, Gauge, type Registry } from 'prom-client';
import type { PoolState } from '../lib/db/client';
import type { QueueCount } from '../lib/given-up-jobs';
import { TALLIED, type Tallies, tallies } from '../lib/tally';
import { JOB_OUTCOMES, type JobCounts } from './job-counts';
import { CHANNELS, type Heard } from './notices';
import type { PageCache } from './page-cache';
import type { ThreadState } from './pages-thread';
import { inProject } from './project';
import { atMostEvery } from './sharing';

/** Where figures come from that others keep. What cannot be told just now is null, or rejects, and is left out. */
export type Sources = {
  whyNotReady: () => Promise<string | null>;
  /** Absent in development: there is none. */
  thread?: () => Promise<ThreadState | null>;
  pool: () => PoolState | null;
  jobs: () => JobCounts;
  queues: () => Promise<QueueCount[]>;
  notices: () => { isListening: boolean; heard: Heard };
  freeOnDisk: () => Promise<number | null>;
};

type Sample = { labels?: Record<string, string>; value: number };
type Read = () => readonly Sample[] | Promise<readonly Sample[]>;
type All = Sources & { requests: () => readonly Sample[]; pages: () => PageCache<unknown>['figures'] | undefined };
type Define = (kind: 'counter' | 'gauge', name: string, help: string, labels: string[], read: Read) => void;

/** What is not known after so long is left out: Prometheus gives up after ten seconds, and while a database is away all else is to be seen. */
const PATIENCE_MS = 3_000;

/** The queues are asked about this often at most, however many ask. */
const QUEUES_MS = 15_000;

const just = (value: number | null | undefined): Sample[] => (value === null || value === undefined ? [] : [{ value }]);
const counts = (label: string, of: Record<string, number>): Sample[] => Object.entries(of).map(([name, value]) => ({ labels: { [label]: name }, value }));

/** What comes of it; null where that takes longer. */
async function within<T>(ms: number, asked: Promise<T>): Promise<T | null> {
  const ended = new AbortController();
  const late = sleep(ms, null, { ref: false, signal: ended.signal }).catch(() => null);
  return Promise.race([asked, late]).finally(() => ended.abort());
}

/** Defines every figure of ours but the durations. Each is read when somebody asks for all of them. */
export function defineFigures(registry: Registry, sources: All): void {
  const define: Define = (kind, name, help, labelNames, read) => {
    const collect = async () => {
      const samples = await within(PATIENCE_MS, Promise.resolve().then(read)).catch(() => null) ?? [];
      // In one breath: whoever else asks at this moment sees all of it.
      figure.reset();
      // A figure without labels is 0 after that; one that is not known is none.
      if (samples.length === 0 && labelNames.length === 0) figure.remove();
      for (const { labels = {}, value } of samples) figure.inc(labels, value);
    };
    const figure = kind === 'counter' ? new Counter({ name, help, labelNames, registers: [registry], collect }) : new Gauge({ name, help, labelNames, registers: [registry], collect });
  };
  defineProcess(define, sources);
  definePages(define, sources);
  defineWork(define, sources);
}

function defineProcess(define: Define, { requests, whyNotReady, thread = async () => null, pool, freeOnDisk }: All): void {
  const { version } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { version: string };
  const file = inProject('.next/BUILD_ID');
  const build = existsSync(file) ? readFileSync(file, 'utf8').trim() : '';
  define('gauge', 'soapbox_build_info', 'Which version runs, on which Node, from which build.', ['version', 'node', 'build'], () => [{ labels: { version, node: process.version, build }, value: 1 }]);
  define('gauge', 'soapbox_ready', 'Whether /readyz says ok.', [], async () => just((await within(PATIENCE_MS - 500, whyNotReady().then((reason) => ({ reason }))))?.reason === null ? 1 : 0));
  define('counter', 'soapbox_requests_total', 'Requests answered, by kind of answer, method and class of status (4xx includes clients that went before they had an answer).', ['group', 'method', 'class'], requests);
  define('gauge', 'soapbox_disk_free_bytes', 'Room on the disk with DATA_DIR.', [], async () => just(await freeOnDisk()));
  const pools = async () => [['front', pool()], ['pages', (await thread())?.pool]] as const;
  define('gauge', 'soapbox_database_connections', 'Connections to the database held for queries, by thread.', ['thread', 'state'], async () =>
    (await pools()).flatMap(([name, state]) => (state ? [{ labels: { thread: name, state: 'busy' }, value: state.total - state.idle }, { labels: { thread: name, state: 'idle' }, value: state.idle }] : [])));
  define('gauge', 'soapbox_database_waiting', 'Queries that wait for a free connection, by thread.', ['thread'], async () =>
    (await pools()).flatMap(([name, state]) => (state ? [{ labels: { thread: name }, value: state.waiting }] : [])));
}

function definePages(define: Define, { pages, thread, notices }: All): void {
  define('gauge', 'soapbox_kept_pages', 'Pages kept.', [], () => just(pages()?.kept));
  define('gauge', 'soapbox_kept_pages_bytes', 'Memory that kept pages take.', [], () => just(pages()?.bytes));
  define('counter', 'soapbox_kept_pages_hits_total', 'Pages asked for that were kept.', [], () => just(pages()?.hits));
  define('counter', 'soapbox_kept_pages_misses_total', 'Pages asked for that had to be rendered, or waited for.', [], () => just(pages()?.misses));
  define('counter', 'soapbox_kept_pages_dropped_total', 'Kept pages let go: after a notice of a change, at their hour, for want of room.', ['reason'], () => counts('reason', pages()?.dropped ?? {}));
  define('gauge', 'soapbox_renderings', 'Pages being rendered, and waiting to be.', ['state'], () => {
    const { rendering, waiting } = pages() ?? { rendering: 0, waiting: 0 };
    return counts('state', { running: rendering - waiting, waiting });
  });
  define('gauge', 'soapbox_pages_thread_up', 'Whether the thread that renders answers within two seconds.', [], async () => (thread ? just((await thread()) === null ? 0 : 1) : []));
  define('gauge', 'soapbox_pages_thread_heap_bytes', 'Memory in use by the thread that renders.', [], async () => just((await thread?.())?.heapBytes));
  define('gauge', 'soapbox_listening', 'Whether changes made elsewhere are heard; while not, no page is kept.', [], () => just(notices().isListening ? 1 : 0));
  define('counter', 'soapbox_notices_total', 'Notices heard from the database, by what they tell of.', ['channel'], () => CHANNELS.map((channel) => ({ labels: { channel }, value: notices().heard[channel] })));
}

function defineWork(define: Define, { jobs, queues, thread = async () => null }: All): void {
  // What a thread counted that does not answer just now stays counted.
  let ofThread: Tallies = { mail: {}, comment: {} };
  const tallied = async <What extends keyof Tallies>(what: What, label: string): Promise<Sample[]> => {
    ofThread = (await thread())?.tallies ?? ofThread;
    const sums = [tallies(), ofThread].map((all) => all[what] as Record<string, number | undefined>);
    return TALLIED[what].map((which) => ({ labels: { [label]: which }, value: sums.reduce((sum, of) => sum + (of[which] ?? 0), 0) }));
  };
  define('counter', 'soapbox_mails_total', 'Mails handed to the mail server, by what became of it: failed is tried again, refused is not.', ['outcome'], () => tallied('mail', 'outcome'));
  define('counter', 'soapbox_comments_total', 'Comments taken, by where screening put them.', ['status'], () => tallied('comment', 'status'));
  define('counter', 'soapbox_jobs_total', 'Tries of jobs by this process, by kind and outcome.', ['kind', 'outcome'], () =>
    Object.entries(jobs()).flatMap(([kind, of]) => JOB_OUTCOMES.map((outcome) => ({ labels: { kind, outcome }, value: of[outcome] }))));
  const asked = atMostEvery(QUEUES_MS, queues);
  define('gauge', 'soapbox_jobs_queued', 'Jobs in the database, of all processes: due or under way, for later, given up.', ['kind', 'state'], async () =>
    (await asked()).flatMap(({ name, due, later, givenUp }) => Object.entries({ due, later, 'given-up': givenUp }).map(([state, value]) => ({ labels: { kind: name, state }, value }))));
}
