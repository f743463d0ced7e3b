import { loadSettings } from '../server/settings';
import { type Database, openDatabase } from '../server/database';
import { CannotStart } from '../server/project';
import { SettingsError } from '../lib/env';
import { disconnectDb } from '../lib/db/client';

/**
 * Runs a command with the blog's database, joined or started, and leaves it afterwards. A sentence meant for the
 * person at the terminal is printed without a stack trace.
 * @returns never: the process ends with the command's exit code, 1 for a refusal
 */
export async function withDatabase(command: (database: Database) => Promise<number | void>): Promise<never> {
  let code = 1;
  let database: Database | undefined;
  try {
    database = await openDatabase(loadSettings(), { server: false });
    code = (await command(database)) ?? 0;
  } catch (error) {
    console.error(error instanceof CannotStart || error instanceof SettingsError ? error.message : error);
  }
  await disconnectDb().catch(() => undefined);
  await database?.close().catch((error: unknown) => console.error(error));
  process.exit(code);
}
