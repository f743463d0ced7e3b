import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils';
import type * as EngineModule from '@prisma/schema-engine-wasm';
import pg from 'pg';

const POSTGRES_CHAR_OID = 18;
const POSTGRES_TEXT_OID = 25;

export type Engine = {
  schemaEngine: EngineModule.SchemaEngine;
  /** What PostgreSQL said last: the engine's own messages hide it. */
  lastSqlError(): string | undefined;
  /** Drops the shadow databases it made. */
  close(): Promise<void>;
};

/**
 * Prisma's schema engine as WebAssembly, on PostgreSQL at `url`: what the downloaded binary does, without a download.
 * A migration file runs as one simple query, hence as one transaction.
 */
export async function openEngine(url: string, schema: { path: string; content: string }): Promise<Engine> {
  const engineModule = await loadEngine();
  const connections = new Connections(url);
  const schemaEngine = await engineModule.SchemaEngine.new(
    { datamodels: [[schema.path, schema.content]] },
    () => undefined,
    bindMigrationAwareSqlAdapterFactory({
      provider: 'postgres',
      adapterName: '@prisma/adapter-pg',
      connect: () => connections.main(),
      connectToShadowDb: () => connections.shadow(),
    }),
  );
  return { schemaEngine, lastSqlError: () => connections.lastSqlError, close: () => connections.close() };
}

type LoadedModule = typeof EngineModule & { __wbg_set_wasm(exports: WebAssembly.Exports): void };
let loaded: Promise<LoadedModule> | undefined;

function loadEngine(): Promise<LoadedModule> {
  return (loaded ??= (async () => {
    Object.assign(globalThis, { PRISMA_WASM_PANIC_REGISTRY: { set_message: (message: string) => console.error(`Schema engine: ${message}`) } });
    const folder = path.dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));
    const bindings = (await import(pathToFileURL(path.join(folder, 'schema_engine_bg.js')).href)) as LoadedModule;
    const { instance } = await WebAssembly.instantiate(readFileSync(path.join(folder, 'schema_engine_bg.wasm')), { './schema_engine_bg.js': bindings as unknown as WebAssembly.ModuleImports });
    bindings.__wbg_set_wasm(instance.exports);
    (instance.exports.__wbindgen_start as (() => void) | undefined)?.();
    return bindings;
  })());
}

class Connections {
  lastSqlError: string | undefined;
  private readonly opened: SqlDriverAdapter[] = [];
  private readonly config: pg.PoolConfig & { database: string };

  constructor(url: string) {
    // Separate fields, never a connectionString: that would win over the shadow's `database`.
    const { host, port, user, password, database, ssl } = new pg.Client({ connectionString: url });
    this.config = { host, port, user, password: password ?? undefined, ssl, database: database ?? '', max: 1 };
  }

  async main(): Promise<SqlDriverAdapter> {
    const adapter = await this.open(this.config.database, async () => undefined);
    this.opened.push(adapter);
    return adapter;
  }

  async shadow(): Promise<SqlDriverAdapter> {
    const database = `${this.config.database}_shadow_${process.pid}_${this.opened.length}`.toLowerCase();
    await this.administer(`CREATE DATABASE "${database}"`);
    const adapter = await this.open(database, () => this.administer(`DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`));
    this.opened.push(adapter);
    return adapter;
  }

  async close(): Promise<void> {
    for (const adapter of this.opened) await adapter.dispose().catch(() => undefined);
  }

  private async administer(sql: string): Promise<void> {
    const client = new pg.Client(this.config);
    await client.connect();
    await client.query(sql).catch((error: Error) => this.note(error)).finally(() => client.end());
  }

  private note(error: Error): never {
    this.lastSqlError = error.message;
    throw error;
  }

  private async open(database: string, afterwards: () => Promise<void>): Promise<SqlDriverAdapter> {
    const pool = new pg.Pool({ ...this.config, database });
    pool.on('error', () => undefined);
    const charColumns = readCharAsText(pool);
    const adapter = await new PrismaPg(pool).connect();
    const { queryRaw } = adapter;
    let disposed: Promise<void> | undefined;
    return Object.assign(adapter, {
      queryRaw: async (query: Parameters<typeof queryRaw>[0]) => {
        const answer = await queryRaw.call(adapter, query);
        for (const column of charColumns.get(answer.rows) ?? []) {
          answer.columnTypes[column] = ColumnTypeEnum.Character;
          for (const row of answer.rows) row[column] ||= null;
        }
        return answer;
      },
      // adapter-pg would split at every semicolon, those inside function bodies too.
      executeScript: async (script: string) => {
        await pool.query(script).catch((error: Error) => this.note(error));
      },
      dispose: () => (disposed ??= pool.end().then(afterwards)),
    });
  }
}

/** adapter-pg refuses the catalogs' type "char", which the engine reads: it is handed over as text, its columns noted. */
function readCharAsText(pool: pg.Pool): WeakMap<object, number[]> {
  const noted = new WeakMap<object, number[]>();
  const query = pool.query.bind(pool) as unknown as (...args: unknown[]) => Promise<pg.QueryResult | undefined>;
  pool.query = (async (...args: unknown[]) => {
    const result = await query(...args);
    const columns = (result?.fields ?? []).flatMap((field, column) => (field.dataTypeID === POSTGRES_CHAR_OID ? [column] : []));
    for (const column of columns) result!.fields[column]!.dataTypeID = POSTGRES_TEXT_OID;
    if (columns.length > 0) noted.set(result!.rows, columns);
    return result;
  }) as typeof pool.query;
  return noted;
}
