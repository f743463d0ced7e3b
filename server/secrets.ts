import { hkdfSync, randomBytes } from 'node:crypto';
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { Env } from '../lib/env';
import { inProject } from './project';

/**
 * Puts AUTH_SECRET, and what is derived from it, into process.env: from the setting, or from DATA_DIR/auth-secret
 * (mode 600), made once. Next salts the names of server actions and encrypts their bound values with a key; derived
 * from the secret, it is the same for every build and every instance of one blog. To be called before Next is loaded
 * and before a build; a build without a secret gets a key of its own, which only costs open forms their validity.
 */
export function applySecrets(env: Env): void {
  const secret = env.AUTH_SECRET ?? keptSecret(inProject(env.DATA_DIR));
  process.env.AUTH_SECRET = secret;
  process.env.NEXT_SERVER_ACTIONS_ENCRYPTION_KEY ??= Buffer.from(hkdfSync('sha256', secret, '', 'soapbox server actions', 32)).toString('base64');
}

function keptSecret(dataDir: string): string {
  const file = path.join(dataDir, 'auth-secret');
  const temporary = `${file}.${process.pid}`;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  mkdirSync(dataDir, { recursive: true });
  writeFileSync(temporary, `${randomBytes(33).toString('base64url')}\n`, { mode: 0o600 });
  try {
    linkSync(temporary, file);
  } catch (error) {
    // Another first start was faster: its secret counts.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(temporary, { force: true });
  }
  return readFileSync(file, 'utf8').trim();
}
