import { SettingsError } from '../lib/env';
import { ensureBuilt } from '../server/build';
import { ensureGenerated } from '../server/build-client';
import { CannotStart } from '../server/project';
import { applySecrets } from '../server/secrets';
import { loadSettings } from '../server/settings';

const say = (sentence: string) => console.log(sentence);

try {
  if (process.argv.includes('--generate-only')) {
    await ensureGenerated();
  } else {
    applySecrets(loadSettings());
    await ensureBuilt({ say });
    console.log('Built.');
  }
} catch (error) {
  console.error(error instanceof CannotStart || error instanceof SettingsError ? error.message : error);
  process.exit(1);
}
