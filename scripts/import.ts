import { open, readFile, stat } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import type { MediaFrom } from '../lib/media/copying';
import { importSubscribers } from '../lib/subscriptions/importing';
import { isSubscriberList, LIST_MAX_BYTES } from '../lib/subscriptions/lists';
import { importFile } from '../lib/transfer/commands';
import { reportText } from '../lib/transfer/report-text';
import type { ImportProgress, ImportReport } from '../lib/transfer/schema';
import { env } from '../lib/env';
import { fail, type Result } from '../lib/result';
import { t } from '../lib/words/t';
import { applySecrets } from '../server/secrets';
import { migrateCarefully } from '../server/migrating';
import { withDatabase } from './with-database';

const USAGE = 'Usage: npm run import -- FILE [--dry-run] [--media PATH] [--no-media]';
const words: Record<ImportProgress['step'], string> = { reading: 'Reading and checking', media: 'Copying pictures and files', texts: 'Making texts safe', sorting: 'Finding each its place', moving: 'Moving in' };
const percentOf = ({ done, total }: ImportProgress) => (total === 0 ? 100 : Math.floor((100 * done) / total));

/** A bar on a terminal; elsewhere a line at each tenth. */
function progressPrinter(): { show: (progress: ImportProgress) => void; end: () => void } {
  const bar = process.stdout.isTTY ? new SingleBar({ format: '{step} [{bar}] {percentage}%', hideCursor: true, fps: 5 }) : null;
  let printed = '';
  bar?.start(100, 0, { step: words.reading });
  return {
    show(progress) {
      const percent = percentOf(progress);
      const line = `${words[progress.step]}: ${Math.floor(percent / 10) * 10}%`;
      bar?.update(percent, { step: words[progress.step] });
      if (!bar && line !== printed) console.log(line);
      printed = line;
    },
    end: () => bar?.stop(),
  };
}

type Asked = { file: string; dryRun: boolean; media: MediaFrom };

function readArguments(): Asked | null {
  try {
    const options = { 'dry-run': { type: 'boolean' }, media: { type: 'string' }, 'no-media': { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0 || (values.media !== undefined && values['no-media'])) return null;
    return { file, dryRun: values['dry-run'] ?? false, media: { ...(values.media !== undefined && { path: values.media }), skip: values['no-media'] ?? false } };
  } catch {
    return null;
  }
}

const HEAD_BYTES = 8 * 1024;

/** Whether a file begins as a list of subscribers does. What cannot be read is left to the import, which says why. */
async function beginsAsList(file: string): Promise<boolean> {
  const handle = await open(file).catch(() => null);
  if (!handle) return false;
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return isSubscriberList(buffer.toString('utf8', 0, bytesRead));
  } catch {
    return false;
  } finally {
    await handle.close();
  }
}

async function importList({ file, dryRun }: Asked): Promise<Result<ImportReport>> {
  if ((await stat(file)).size > LIST_MAX_BYTES) return fail('too-large', t('subscriptions.lists.tooLarge'));
  console.log(t('subscriptions.lists.statement'));
  return importSubscribers(await readFile(file, 'utf8'), { dryRun }, new Date());
}

/** An export of a blog, with how far it is on the terminal. */
async function importBlog({ file, dryRun, media }: Asked, url: string): Promise<Result<ImportReport>> {
  const progress = progressPrinter();
  return importFile(file, { url, dryRun, media, onProgress: progress.show }, new Date()).finally(progress.end);
}

const asked = readArguments();
if (!asked) {
  console.error(USAGE);
  process.exit(64);
}

await withDatabase(async ({ directUrl }) => {
  // By it an address is known again that has left.
  applySecrets(env());
  await migrateCarefully(directUrl, env(), { say: console.error });
  const result = (await beginsAsList(asked.file)) ? await importList(asked) : await importBlog(asked, directUrl);
  if (!result.ok) {
    console.error(result.message);
    return 1;
  }
  console.log(`\n${reportText(result.value)}`);
});
