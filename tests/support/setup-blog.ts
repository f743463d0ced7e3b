import { spawn, type ChildProcess } from 'node:child_process';
import { openSync, readFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import type { Provider } from '../../lib/identity/schema';
import { startProviders, type Providers } from './providers';
import { dataDirOf, makeRunFolder, noteServer, openRunDatabase, removeRunFolder } from './run-folder';
import { takeSnapshot } from './snapshot';

const START_PATIENCE_MS = 6 * 60_000; // a build on a slow machine
const STOP_PATIENCE_MS = 25_000; // the blog's own limit is 20 s
const POLL_MS = 200;

declare module 'vitest' {
  interface ProvidedContext {
    blogUrl: string;
    blogDatabase: string;
    /** What a command needs in its environment to work on the blog under test. */
    blogEnvironment: Record<string, string>;
    /** The base address of each provider on the loopback (AUTH_…_ISSUER of the blog under test). */
    providers: Record<Provider, string>;
  }
}

/** Starts the blog as a newcomer does (which builds it where needed), and keeps its first state to return to. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const folder = await makeRunFolder();
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const providers = await startProviders(url);
  const environment = environmentOf(folder, port, providers);
  const log = path.join(folder, 'server.log');
  const server: ChildProcess = spawn(process.execPath, ['--import', 'tsx', '--import', './server/preload.ts', 'server/start.ts'], { env: environment as NodeJS.ProcessEnv, stdio: ['ignore', openSync(log, 'w'), openSync(log, 'a')] });
  if (server.pid) noteServer(folder, server.pid);
  const said = () => readFileSync(log, 'utf8').slice(-4_000);
  await untilReady(server, url, said);

  const database = await openRunDatabase(folder);
  await onDatabase(database.url, takeSnapshot);
  project.provide('blogUrl', url);
  project.provide('blogDatabase', database.url);
  project.provide('blogEnvironment', environment);
  project.provide('providers', providers.addresses);
  return async () => {
    await database.close();
    await stop(server, said).finally(() => providers.stop());
    removeRunFolder(folder);
  };
}

function environmentOf(folder: string, port: number, providers: Providers): Record<string, string> {
  const inherited = ['PATH', 'HOME', 'LANG', 'TMPDIR', 'TEMP', 'TMP', 'SystemRoot', 'USERPROFILE', 'APPDATA'].flatMap((name) => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value] as const];
  });
  return {
    ...Object.fromEntries(inherited),
    NEXT_TELEMETRY_DISABLED: '1',
    LOG_LEVEL: 'warn',
    PORT: String(port),
    DATA_DIR: dataDirOf(folder),
    OWNER_EMAIL: 'owner@example.com',
    // Tests change the database behind the blog's back, and want to see it in the next page.
    FRESHNESS: 'exact',
    // Each browser context comes from an address of its own, so that the flood limit sees many people.
    TRUST_PROXY: '1',
    ...providers.environment,
  };
}

async function untilReady(server: ChildProcess, url: string, said: () => string): Promise<void> {
  for (const deadline = Date.now() + START_PATIENCE_MS; Date.now() < deadline; await wait(POLL_MS)) {
    if (server.exitCode !== null) throw new Error(`The blog did not start (exit code ${server.exitCode}):\n${said()}`);
    const answer = await fetch(`${url}/`).catch(() => undefined);
    if (answer?.ok) return;
  }
  server.kill('SIGKILL');
  throw new Error(`The blog did not answer in ${START_PATIENCE_MS / 60_000} minutes:\n${said()}`);
}

async function stop(server: ChildProcess, said: () => string): Promise<void> {
  if (server.exitCode !== null) throw new Error(`The blog ended during the tests (exit code ${server.exitCode}):\n${said()}`);
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  const impatient = setTimeout(() => server.kill('SIGKILL'), STOP_PATIENCE_MS);
  await ended;
  clearTimeout(impatient);
  if (server.exitCode !== 0) throw new Error(`The blog did not stop cleanly (exit code ${server.exitCode}, signal ${server.signalCode}):\n${said()}`);
}

async function onDatabase(url: string, work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
