import path from 'node:path';
import { makeBackup } from '../lib/backup/commands';
import { backupText } from '../lib/backup/report-text';
import { env } from '../lib/env';
import { backupSource } from '../server/backup-source';
import { withDatabase } from './with-database';

const [folder, ...more] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || more.length > 0) {
  console.error('Usage: npm run backup -- DIR');
  process.exit(64);
}
const target = path.resolve(folder);

await withDatabase(async ({ directUrl }) => {
  const made = await makeBackup(target, backupSource(env(), directUrl), new Date());
  if (!made.ok) {
    console.error(made.message);
    return 1;
  }
  console.log(`${backupText(made.value)}\n\nThe backup is in ${target}. Keep it where nobody else can read it: it has e-mail addresses${made.value.secret ? ', and the secret by which this blog knows its readers' : ''}.`);
});
