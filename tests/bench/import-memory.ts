import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setTimeout as wait } from 'node:timers/promises';
import { Child, type Memory } from './child';
import { exportLines, type ExportSize } from './export-file';
import type { Measure, Pace, Row } from './measure';
import type { World } from './world';

const MB = 1024 * 1024;
const POLL_MS = 200;
/** About a gigabyte: long posts, long comments. */
const WHOLE: Required<ExportSize> = { posts: 1_500, comments: 240_000, postWords: 15_000, commentWords: 440 };

async function writeFile(world: World, share: number): Promise<string> {
  const file = world.newPlace();
  const size = { ...WHOLE, posts: Math.max(20, Math.round(WHOLE.posts * share)), comments: Math.max(3_000, Math.round(WHOLE.comments * share)) };
  await pipeline(Readable.from(exportLines(size), { objectMode: true }), async function* (lines: AsyncIterable<string>) {
    for await (const line of lines) yield `${line}\n`;
  }, createWriteStream(file));
  return file;
}

/** Waits for a program's end, and gives the memory it had at its peak. @throws when it failed */
export async function peakOf(child: Child): Promise<Memory> {
  let last: Memory = { nowBytes: 0, peakBytes: 0 };
  while (!child.isOver) {
    const seen = child.memory();
    if (seen) last = { nowBytes: seen.nowBytes, peakBytes: Math.max(last.peakBytes, seen.peakBytes) };
    await wait(POLL_MS);
  }
  await child.output();
  return last;
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  const file = await writeFile(world, Math.min(1, pace.share));
  const { size } = await stat(file);
  const url = await world.database('import_memory', async () => undefined);
  const begun = performance.now();
  const words = ['--max-semi-space-size=4', '--import', 'tsx', '--import', './server/preload.ts', 'scripts/import.ts', file, '--no-media'];
  const env = { DATABASE_URL: url, AUTH_SECRET: process.env.AUTH_SECRET ?? '', DATA_DIR: world.newPlace(), LOG_LEVEL: 'error' };
  const { peakBytes } = await peakOf(world.started(new Child(words, env)));
  const seconds = (performance.now() - begun) / 1_000;
  await world.drop('import_memory');
  const raw = { 'size of the export, MB': Math.round(size / MB), 'peak memory, MB': Math.round(peakBytes / MB), 'seconds': Math.round(seconds) };
  return [{ what: 'import of a gigabyte: memory of its process at its peak', bound: { under: 300, unit: 'MB' }, value: peakBytes / MB, raw }];
}

export const importMemory: Measure = {
  name: 'import-memory',
  how: 'An export of about a gigabyte (1 500 long posts, 240 000 comments) is imported by `npm run import`’s own command, in a process of its own; its resident memory at its peak, as Linux counts it, without PostgreSQL’s.',
  run,
};
