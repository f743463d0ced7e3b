import { randomBytes } from 'node:crypto';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../../server/migrations';
import { makeRunFolder, openRunDatabase, removeRunFolder } from './run-folder';

// Test data need not survive a power cut.
const FOR_SPEED = ['fsync', 'full_page_writes', 'synchronous_commit'];

/** Starts the PostgreSQL of the run (or takes DATABASE_URL_TEST) and migrates the template that every test file clones. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `template_${randomBytes(8).toString('hex')}`;
  await run(server.url, [`CREATE DATABASE ${template}`]);
  await migrate(Object.assign(new URL(server.url), { pathname: `/${template}` }).href);
  project.provide('databaseServer', server.url);
  project.provide('databaseTemplate', template);
  return async () => {
    await run(server.url, [`DROP DATABASE IF EXISTS ${template} WITH (FORCE)`]);
    await server.close();
  };
}

async function openServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const given = process.env.DATABASE_URL_TEST;
  if (given) return { url: given, close: async () => undefined };
  const folder = await makeRunFolder();
  const database = await openRunDatabase(folder);
  await run(database.url, [...FOR_SPEED.map((setting) => `ALTER SYSTEM SET ${setting} = off`), 'SELECT pg_reload_conf()']);
  return {
    url: database.url,
    close: async () => {
      await database.close();
      removeRunFolder(folder);
    },
  };
}

async function run(url: string, commands: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    for (const command of commands) await client.query(command);
  } finally {
    await client.end();
  }
}
