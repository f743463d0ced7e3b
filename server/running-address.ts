import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../lib/env';
import { inProject } from './project';

const fileOf = ({ DATA_DIR }: Env): string => path.join(inProject(DATA_DIR), 'address');

/** The address readers use: SITE_URL, or this machine's own at PORT. Without a last slash. */
export const addressOf = ({ SITE_URL, PORT }: Env): string => (SITE_URL ?? `http://localhost:${PORT}`).replace(/\/$/, '');

/** Notes where the blog on this data folder is served, for commands started with other settings. */
export function noteAddress(env: Env): void {
  if (!env.DATABASE_URL) writeFileSync(fileOf(env), `${addressOf(env)}\n`);
}

/** Takes the note away when the blog stops. Idempotent. */
export function forgetAddress(env: Env): void {
  if (!env.DATABASE_URL) rmSync(fileOf(env), { force: true });
}

/** Where the blog is served: as its running server noted, else as these settings say. */
export function runningAddress(env: Env): string {
  if (env.SITE_URL || env.DATABASE_URL) return addressOf(env);
  try {
    return readFileSync(fileOf(env), 'utf8').trim() || addressOf(env);
  } catch {
    return addressOf(env);
  }
}
