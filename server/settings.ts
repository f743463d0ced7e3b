import { existsSync } from 'node:fs';
import { env, type Env } from '../lib/env';
import { log, usualLevel } from '../lib/log';
import { inProject } from './project';

/**
 * The settings of this process: the environment, completed by `.env` where there is one. To be called before anything
 * else reads a setting.
 * @throws SettingsError naming every setting that is wrong
 */
export function loadSettings(): Env {
  const file = inProject('.env');
  if (existsSync(file)) process.loadEnvFile(file);
  // For lib and the threads, which do not know where the project stands.
  process.env.DATA_DIR = inProject(process.env.DATA_DIR?.trim() ? process.env.DATA_DIR : '.data');
  const settings = env();
  log.level = settings.LOG_LEVEL ?? usualLevel();
  return settings;
}
