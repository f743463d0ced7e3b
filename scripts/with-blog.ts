import { env } from '../lib/env';
import { ensureOwner } from '../lib/identity/commands';
import type { Database } from '../server/database';
import { migrateCarefully } from '../server/migrating';
import { applySecrets } from '../server/secrets';
import { withDatabase } from './with-database';

/**
 * Runs a command on a blog that is ready: database joined or started, secrets known, migrations applied, the owner there.
 * @returns never: the process ends with the command's exit code, 1 for a refusal
 */
export async function withBlog(command: (database: Database) => Promise<number | void>): Promise<never> {
  return withDatabase(async (database) => {
    applySecrets(env());
    await migrateCarefully(database.directUrl, env(), { say: console.error });
    await ensureOwner(env().OWNER_EMAIL);
    return command(database);
  });
}
