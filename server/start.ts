import { createServer, type Server } from 'node:http';
import { setFlagsFromString } from 'node:v8';
import { restBetweenAnswers } from '../lib/answer';
import { onOwnChange } from '../lib/db/change';
import { disconnectDb, poolState } from '../lib/db/client';
import type { Cdn } from '../lib/cdn-address';
import { type Env, SettingsError } from '../lib/env';
import { countQueues } from '../lib/given-up-jobs';
import { ensureOwner } from '../lib/identity/commands';
import { sweepUnfinished } from '../lib/media/store';
import { uploadsFolder } from '../lib/transfer/room';
import { freeOnDisk } from '../lib/site/health-facts';
import { dropLeftoverStaging } from '../lib/transfer/staging';
import { removeLeftUnpacked } from '../lib/transfer/unpack-folders';
import { writeSampleBlog } from '../prisma/sample-blog';
import { askHere } from './ask-next';
import { ensureBuilt, watchEnhance } from './build';
import { cdnLeader } from './cdn-leader';
import { logConsole } from './console-lines';
import { createPurger, type Purger } from './cdn-purge';
import { Changes } from './changes';
import { type Database, openDatabase } from './database';
import { DeskLive } from './desk-live';
import { loadFiles } from './files';
import { longBodyLimit } from './long-bodies';
import { WORK } from './job-handlers';
import { JobWorker } from './jobs';
import { listen, refusePortInUse } from './listen';
import { MediaFiles } from './media-files';
import { MediaUploads } from './media-uploads';
import { Metrics } from './metrics';
import { migrateCarefully } from './migrating';
import { Moving } from './moving';
import { type Hooks, Notices } from './notices';
import { outliveOutput } from './output';
import type { Freshness } from './page-cache';
import { PagesThread } from './pages-thread';
import { CannotStart, PROJECT_ROOT } from './project';
import { PRODUCERS } from './producers';
import { Reads } from './reads';
import { awayWatch, databaseState, whyNotReady } from './readiness';
import { createFront, type Front } from './respond';
import { sendClientError } from './send';
import { addressOf, forgetAddress, noteAddress } from './running-address';
import { applySecrets } from './secrets';
import { loadSettings } from './settings';
import { withinTime } from './request-time';
import { shared } from './sharing';
import { drainable, NOTICE_MS, stopOnSignal } from './shut-down';
import { warningsOf } from './warnings';
import { speakingSite, spokenWork } from './site-language';

const HEADERS_TIMEOUT_MS = 60_000;
/** Longer than the minute that proxies keep connections for: closed first by us, a connection can take the next request down with it. */
const KEEP_ALIVE_MS = 75_000;
const development = process.argv.includes('--dev');
const say = (sentence: string) => console.log(sentence);

/** What is running and has to be stopped, in this order. */
const running: { drain?: () => Promise<void>; pages?: { close(): Promise<void> }; watching?: { dispose(): Promise<void> }; jobs?: JobWorker; reads?: Reads; notices?: Notices; purger?: Purger; database?: Promise<Database> } = {};
const stopping = new AbortController();
const changes = new Changes();
const speakSite = speakingSite(changes);
const live = new DeskLive();

/** Stops all of it; a step that fails does not keep the next from being taken. */
async function stop(): Promise<void> {
  stopping.abort();
  // They never end by themselves.
  live.close();
  const steps: (() => Promise<unknown> | undefined)[] = [
    // Together: each takes up to ten seconds for what it has begun.
    () => Promise.all([running.drain?.(), running.jobs?.close()]),
    () => running.reads?.close(),
    async () => running.drain && forgetAddress(loadSettings()),
    () => running.watching?.dispose(),
    () => running.pages?.close(),
    () => running.notices?.close(),
    () => running.purger?.close(),
    disconnectDb,
    async () => (await running.database?.catch(() => undefined))?.close(),
  ];
  const failures: unknown[] = [];
  for (const step of steps) await Promise.resolve(step()).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Not everything could be stopped in order.');
}

async function start(): Promise<void> {
  const env = loadSettings();
  await refusePortInUse(env.PORT);
  running.database = openDatabase(env, { server: true });
  const database = await running.database;
  applySecrets(env);
  await prepareData(database, env);
  if (development) running.watching = await watchEnhance();
  else await ensureBuilt({ say, signal: stopping.signal });
  if (stopping.signal.aborted) return;
  await serve(env, database);
}

async function prepareData({ directUrl }: Database, env: Env): Promise<void> {
  const applied = await migrateCarefully(directUrl, env, { say });
  if (applied.length > 0) say(`Migrations applied: ${applied.length}.`);
  await dropLeftoverStaging(directUrl);
  await removeLeftUnpacked(directUrl, uploadsFolder());
  await sweepUnfinished(new Date());
  await speakSite();
  await ensureOwner(env.OWNER_EMAIL);
  if (await writeSampleBlog(new Date())) say('The sample blog is written.');
}

async function serve(env: Env, database: Database): Promise<void> {
  // Where Next finds itself for requests of its own.
  process.env.__NEXT_PRIVATE_ORIGIN = `http://127.0.0.1:${env.PORT}`;
  Object.assign(process.env, { NODE_ENV: development ? 'development' : 'production', NEXT_TELEMETRY_DISABLED: '1' });
  // Node's own time for a whole request is the same for all, and a film takes longer to come.
  const server = createServer({ requestTimeout: 0, headersTimeout: HEADERS_TIMEOUT_MS, keepAliveTimeout: KEEP_ALIVE_MS });
  const next = await (development ? nextHere(env, server) : nextInThread(env));
  const freshness = await listenForChanges(database.directUrl, env);
  running.jobs = await JobWorker.start(database.directUrl, spokenWork(WORK, speakSite));
  running.reads = new Reads({ trustProxy: env.TRUST_PROXY });
  const front = frontOf(env, database, next, { freshness, reads: running.reads });
  const handler = withinTime(createFront(front));
  server.on('request', handler).on('checkContinue', handler).on('clientError', sendClientError);
  await listen(server, env.PORT);
  running.drain = drainable(server, env.TRUST_PROXY > 0 ? NOTICE_MS : 0);
  // By whoever starts, leader or not: it may be the first of another version, with other pages.
  running.purger?.purgeAll();
  noteAddress(env);
  greet(env);
  if (development) return;
  // From here on whoever reads what is printed is a program.
  logConsole();
  restBetweenAnswers();
  process.on('uncaughtException', (error) => void fail(error));
}

function frontOf(env: Env, database: Database, next: Next, given: Pick<Front, 'freshness' | 'reads'>): Front {
  const { look } = next;
  const whyNot = shared(async () => (stopping.signal.aborted ? 'Stopping.' : whyNotReady(database.directUrl, running.jobs, look && (async () => (await look()) !== null))));
  return {
    ...next, ...given,
    ask: async (asked, answer) => {
      await speakSite();
      return next.ask(asked, answer);
    },
    rules: { siteUrl: env.SITE_URL, port: env.PORT, trustProxy: env.TRUST_PROXY, development, longBodyLimit },
    ...(!development && { files: loadFiles() }),
    media: new MediaFiles(),
    hasCdn: env.CDN !== undefined,
    live,
    moving: new Moving(PRODUCERS),
    uploads: new MediaUploads(),
    isDatabaseAway: awayWatch(() => databaseState(database.url)),
    isDatabaseSteady: shared(async () => (await databaseState(database.url)) === 'steady'),
    whyNotReady: whyNot,
    metrics: measured(env, whyNot, look),
  };
}

/** The figures of what runs. */
function measured({ METRICS_TOKEN }: Env, whyNot: () => Promise<string | null>, look: PagesThread['look'] | undefined): Metrics {
  return new Metrics({
    whyNotReady: whyNot, pool: poolState, queues: countQueues, freeOnDisk,
    ...(look && { thread: look }),
    jobs: () => running.jobs?.counts ?? {},
    notices: () => ({ isListening: running.notices?.isListening === true, heard: running.notices?.heard ?? { pages: 0, jobs: 0, desk: 0 } }),
  }, METRICS_TOKEN);
}

type Next = Pick<Front, 'ask' | 'developing'> & Partial<Pick<PagesThread, 'look'>>;

async function nextInThread({ PORT }: Env): Promise<Next> {
  const thread = await PagesThread.start(PORT, { onForget: (tags) => changes.note(tags), onDeath: (error) => void fail(error) });
  running.pages = thread;
  return { ask: thread.ask, look: thread.look };
}

/** For development: Next's errors are seen where they are made, and it speaks by sockets of the server with its pages, which wait for what it says. */
async function nextHere({ PORT }: Env, httpServer: Server): Promise<Next> {
  const { default: next } = await import('next');
  const pages = next({ dev: true, dir: PROJECT_ROOT, hostname: 'localhost', port: PORT, httpServer });
  await pages.prepare();
  running.pages = pages;
  onOwnChange((tags) => changes.note(tags));
  const handler = pages.getRequestHandler();
  return { ask: askHere(handler), developing: handler };
}

/** From now on this process knows what changes, here and elsewhere. */
async function listenForChanges(url: string, { FRESHNESS, CDN }: Env): Promise<Freshness> {
  const notices = new Notices(url, changes, { ...(CDN && purging(CDN)), onJob: () => running.jobs?.wake(), onDesk: (payload) => live.hear(payload), onListening: () => live.reload() });
  running.notices = notices;
  await notices.open();
  return {
    changes,
    get isListening() { return notices.isListening; },
    ...(FRESHNESS === 'exact' && { refresh: (done: () => void) => notices.refresh(done) }),
  };
}

/** What changes is told to the CDN too, by one of all instances. */
function purging(cdn: Cdn): Hooks {
  const purger = createPurger({ cdn });
  const leader = cdnLeader(purger);
  running.purger = purger;
  return { onTags: (tags, isOwn) => purger.purge(tags, isOwn), onBeat: (client) => leader.ask(client), onLost: () => leader.lost() };
}

function greet(env: Env): void {
  say(`\nThe blog is at ${addressOf(env)}`);
  say(`To sign in as its owner, run in a second terminal: npm run people -- sign-in-link ${env.OWNER_EMAIL}\n`);
  for (const warning of warningsOf(env)) say(`${warning}\n`);
}

async function fail(error: unknown): Promise<never> {
  console.error(error instanceof CannotStart || error instanceof SettingsError ? error.message : error);
  await stop().catch((reason: unknown) => console.error(reason));
  process.exit(1);
}

// On a large machine V8 lets garbage grow to many times what lives before it looks: measured, 810 MB of memory instead of 390.
setFlagsFromString('--heap-growing-percent=20');
outliveOutput();
stopOnSignal(stop);
await start().catch((error: unknown) => (stopping.signal.aborted ? undefined : fail(error)));
