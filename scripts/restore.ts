import path from 'node:path';
import { backupText } from '../lib/backup/report-text';
import { env } from '../lib/env';
import { backupSource } from '../server/backup-source';
import { restoreBackup } from '../server/restore';
import { withDatabase } from './with-database';

const [folder, ...more] = process.argv.slice(2);
if (folder === undefined || folder.startsWith('-') || more.length > 0) {
  console.error('Usage: npm run restore -- DIR');
  process.exit(64);
}
const source = path.resolve(folder);

await withDatabase(async ({ directUrl }) => {
  const place = backupSource(env(), directUrl);
  const manifest = await restoreBackup(source, place, console.log);
  console.log(`\n${backupText(manifest)}\n\nThe blog of ${manifest.madeAt} is here again. Start it: npm start`);
  if (!manifest.secret && place.secretFile) console.log('No secret is in this backup: if AUTH_SECRET was set there, set it to the same here, or everybody has to sign in again.');
}, { alone: true });
