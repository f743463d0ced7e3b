import { loadSettings } from '../server/settings';
import { type Database, openDatabase } from '../server/database';
import { outliveOutput } from '../server/output';
import { CannotStart } from '../server/project';
import { SettingsError } from '../lib/env';
import { disconnectDb } from '../lib/db/client';
import { stopOnSignal } from '../server/shut-down';

// What shells report for a command ended by Ctrl-C.
const INTERRUPTED = 130;

/**
 * Runs a command with the blog's database, joined or started, and leaves it afterwards. A sentence meant for the
 * person at the terminal is printed without a stack trace.
 * `alone`: refused while a blog runs on the built-in database, and it cannot be started meanwhile.
 * @returns never: the process ends with the command's exit code, 1 for a refusal
 */
export async function withDatabase(command: (database: Database) => Promise<number | void>, { alone = false } = {}): Promise<never> {
  outliveOutput();
  let code = 1;
  let opened: Promise<Database> | undefined;
  let interrupted = false;
  const leave = async () => {
    await disconnectDb().catch(() => undefined);
    const database = await opened?.catch(() => undefined);
    await database?.close();
  };
  stopOnSignal(() => {
    interrupted = true;
    console.error('Interrupted.');
    return leave();
  }, INTERRUPTED);
  try {
    opened = openDatabase(loadSettings(), { server: alone });
    code = (await command(await opened)) ?? 0;
  } catch (error) {
    if (interrupted) code = INTERRUPTED;
    else console.error(error instanceof CannotStart || error instanceof SettingsError ? error.message : error);
  }
  await leave().catch((error: unknown) => console.error(error));
  process.exit(code);
}
