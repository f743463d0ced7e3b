import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import type { MediaFrom } from '../lib/media/copying';
import { importFile } from '../lib/transfer/commands';
import { reportText } from '../lib/transfer/report-text';
import type { ImportProgress } from '../lib/transfer/schema';
import { env } from '../lib/env';
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

const asked = readArguments();
if (!asked) {
  console.error(USAGE);
  process.exit(64);
}

await withDatabase(async ({ directUrl }) => {
  await migrateCarefully(directUrl, env(), { say: console.error });
  const progress = progressPrinter();
  const result = await importFile(asked.file, { url: directUrl, dryRun: asked.dryRun, media: asked.media, onProgress: progress.show }, new Date()).finally(progress.end);
  if (!result.ok) {
    console.error(result.message);
    return 1;
  }
  console.log(`\n${reportText(result.value)}`);
});
