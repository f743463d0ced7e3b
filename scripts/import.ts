import { parseArgs } from 'node:util';
import { SingleBar } from 'cli-progress';
import { importFile } from '../lib/transfer/commands';
import { reportText } from '../lib/transfer/report-text';
import type { ImportProgress } from '../lib/transfer/schema';
import { migrate } from '../server/migrations';
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

function readArguments(): { file: string; dryRun: boolean; asksForMedia: boolean } | null {
  try {
    const options = { 'dry-run': { type: 'boolean' }, media: { type: 'string' }, 'no-media': { type: 'boolean' } } as const;
    const { values, positionals } = parseArgs({ options, allowPositionals: true });
    const [file, ...more] = positionals;
    if (file === undefined || more.length > 0) return null;
    return { file, dryRun: values['dry-run'] ?? false, asksForMedia: values.media !== undefined };
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
  await migrate(directUrl);
  const progress = progressPrinter();
  const result = await importFile(asked.file, { url: directUrl, dryRun: asked.dryRun, onProgress: progress.show }, new Date()).finally(progress.end);
  if (!result.ok) {
    console.error(result.message);
    return 1;
  }
  console.log(`\n${reportText(result.value)}`);
  if (asked.asksForMedia) console.log('\n--media: pictures are not copied yet; posts show them at a click, with their words.');
});
