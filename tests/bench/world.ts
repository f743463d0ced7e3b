import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import pg from 'pg';
import { disconnectDb } from '../../lib/db/client';
import type { Database } from '../../server/database';
import { migrate } from '../../server/migrations';
import { inProject } from '../../server/project';
import { dataDirOf, makeRunFolder, openRunDatabase, removeRunFolder } from '../support/run-folder';
import { closeConnections } from './ask';
import { Child, familyCpuMs } from './child';

const START_PATIENCE_MS = 6 * 60_000; // a build on a slow machine
const SECRET = 'the key of the bench, known to everybody';

export type Server = { url: string; process: Child };
export type Freshness = 'fast' | 'exact';

/** All that a run of the bench has made and will remove: a folder, a PostgreSQL in it, databases, programs. */
export class World {
  private readonly children = new Set<Child>();
  private readonly pools = new Map<string, pg.Pool>();
  private readonly made = new Map<string, Promise<string>>();
  private ending: Promise<void> | undefined;
  private places = 0;

  private constructor(readonly folder: string, private readonly postgres: Database) {}

  /** A new folder, its PostgreSQL started, the tables of the blog in its first database. */
  static async open(): Promise<World> {
    process.env.AUTH_SECRET = SECRET;
    const folder = await makeRunFolder();
    await noteCommits(await openRunDatabase(folder));
    const world = new World(folder, await openRunDatabase(folder));
    await migrate(world.postgres.directUrl);
    return world;
  }

  /** The address of a database of this PostgreSQL. */
  addressOf(name: string): string {
    return Object.assign(new URL(this.postgres.url), { pathname: `/${name}` }).href;
  }

  /** The database `name`, made and filled at its first use: a copy of `template` (the blog's empty tables). Gives its address. */
  database(name: string, fill: (sql: pg.Pool) => Promise<void>, template = 'soapbox'): Promise<string> {
    const found = this.made.get(name) ?? this.make(name, fill, template);
    this.made.set(name, found);
    return found;
  }

  private async make(name: string, fill: (sql: pg.Pool) => Promise<void>, template: string): Promise<string> {
    // Nobody may be connected to a template.
    await this.leave(template);
    await this.sql('postgres').query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await fill(this.sql(name));
    await this.sql(name).query('VACUUM ANALYZE');
    return this.addressOf(name);
  }

  /** Raw SQL on a database. */
  sql(name: string): pg.Pool {
    const known = this.pools.get(name);
    if (known) return known;
    const pool = new pg.Pool({ connectionString: this.addressOf(name), max: 4 });
    pool.on('error', () => undefined);
    this.pools.set(name, pool);
    return pool;
  }

  /** Closes this process's connections to a database. */
  async leave(name: string): Promise<void> {
    const pool = this.pools.get(name);
    this.pools.delete(name);
    await pool?.end();
  }

  /** Removes a database that is not needed again. */
  async drop(name: string): Promise<void> {
    await this.leave(name);
    this.made.delete(name);
    await this.sql('postgres').query(`DROP DATABASE ${name} WITH (FORCE)`);
  }

  /** Lets `lib/db/client` of this process speak to a database while `work` runs. */
  async asBlog<T>(name: string, work: () => Promise<T>): Promise<T> {
    process.env.DATABASE_URL = this.addressOf(name);
    try {
      return await work();
    } finally {
      await disconnectDb();
      delete process.env.DATABASE_URL;
    }
  }

  /** The production server on a database, answering; built first where needed. `more` gives further settings for its address. */
  async serve(database: string, freshness: Freshness = 'fast', more: (url: string) => Promise<Record<string, string>> = async () => ({})): Promise<Server> {
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const { words, env } = npmStart();
    const server = this.started(new Child(words, { ...env, ...this.settings(database, port, freshness), ...(await more(url)) }));
    await server.untilAnswering(`${url}/readyz`, START_PATIENCE_MS);
    return { url, process: server };
  }

  private settings(database: string, port: number, freshness: Freshness): Record<string, string> {
    return {
      LOG_LEVEL: 'error', PORT: String(port), DATA_DIR: this.newPlace(), DATABASE_URL: this.addressOf(database), AUTH_SECRET: SECRET, FRESHNESS: freshness,
      // Each sender comes from an address of its own, so that the flood limit sees many people.
      TRUST_PROXY: '1', OWNER_EMAIL: 'owner@example.com',
    };
  }

  /** Registers a program, to be ended with the rest. */
  started(child: Child): Child {
    this.children.add(child);
    return child;
  }

  /** Ends all programs that still run, so that the next measure has the machine for itself. */
  async stopPrograms(): Promise<void> {
    const all = [...this.children];
    this.children.clear();
    await Promise.all(all.map((child) => child.stop()));
    closeConnections();
  }

  /** A path inside the run's folder that nothing has yet. */
  newPlace(): string {
    this.places += 1;
    return path.join(this.folder, `made-${this.places}`);
  }

  /** Writes a file in the run's folder and gives its path. */
  newFile(content: string): string {
    const file = this.newPlace();
    writeFileSync(file, content);
    return file;
  }

  private get cluster(): string {
    return (JSON.parse(readFileSync(path.join(dataDirOf(this.folder), 'postgres.json'), 'utf8')) as { cluster: string }).cluster;
  }

  /** Processor time that PostgreSQL has used so far, all its processes together, in milliseconds; null where the system does not tell. */
  postgresCpuMs(): number | null {
    const [pid] = readFileSync(path.join(this.cluster, 'postmaster.pid'), 'utf8').split('\n');
    return familyCpuMs(Number(pid));
  }

  /** What PostgreSQL has written about itself so far. */
  postgresLog(): string {
    const file = path.join(this.cluster, 'soapbox.log');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  /** Removes all of it; safe to call twice. */
  end(): Promise<void> {
    return (this.ending ??= this.endAll());
  }

  private async endAll(): Promise<void> {
    await this.stopPrograms();
    await disconnectDb();
    await Promise.all([...this.pools.keys()].map((name) => this.leave(name)));
    await this.postgres.close();
    removeRunFolder(this.folder);
  }
}

/** From its next start on this PostgreSQL knows when each transaction was committed. Leaves it, and so stops it. */
async function noteCommits({ url, close }: Database): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query('ALTER SYSTEM SET track_commit_timestamp = on').finally(() => client.end());
  await close();
}

/** A port that nobody listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = net.createServer().once('error', reject);
    probe.listen(0, () => {
      const { port } = probe.address() as net.AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}

/** What `npm start` runs: the words for Node, and what it sets in the environment. */
function npmStart(): { words: string[]; env: Record<string, string> } {
  const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: { start: string } };
  const [before = '', after = ''] = scripts.start.split(/ node (.*)/s);
  const env = Object.fromEntries([...before.matchAll(/(\w+)=(\S+)/g)].map(([, name, value]) => [name!, value!]));
  return { words: after.split(' '), env };
}
