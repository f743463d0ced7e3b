import { createWriteStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { importFile } from '../../lib/transfer/commands';
import { writeWordPress } from '../../lib/transfer/export/exports';
import { Child } from './child';
import { exportLines } from './export-file';
import { peakOf } from './import-memory';
import { type Measure, type Pace, type Row, times } from './measure';
import { median } from './statistics';
import type { World } from './world';

const ROUNDS = 3;
const POSTS = 500;
const COMMENTS = 100_000;
const MB = 1024 * 1024;
const MS_PER_SECOND = 1_000;

async function secondsOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now();
  await work();
  return (performance.now() - begun) / MS_PER_SECOND;
}

async function importInto(url: string, file: string): Promise<void> {
  const result = await importFile(file, { url, media: { skip: true } }, new Date());
  if (!result.ok) throw new Error(result.message);
}

const exportFrom = (url: string, file: string) => pipeline(Readable.from(writeWordPress(url, new Date()), { objectMode: false }), createWriteStream(file));

async function writeFile(world: World, comments: number): Promise<string> {
  const file = world.newPlace();
  const lines = exportLines({ posts: Math.ceil((POSTS * comments) / COMMENTS), comments });
  await pipeline(Readable.from(lines), async function* (all: AsyncIterable<string>) {
    for await (const line of all) yield `${line}\n`;
  }, createWriteStream(file));
  return file;
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  const comments = Math.max(5_000, Math.round(COMMENTS * Math.min(1, pace.share)));
  const file = await writeFile(world, comments);
  const [imports, exports]: [number[], number[]] = [[], []];
  const written = world.newPlace();
  for (let round = 0; round < times(ROUNDS, pace, 1); round++) {
    if (round > 0) await world.drop('exported');
    const url = await world.database('exported', async () => undefined);
    imports.push(await secondsOf(() => importInto(url, file)));
    exports.push(await secondsOf(() => exportFrom(url, written)));
  }
  const words = ['--max-semi-space-size=4', '--import', 'tsx', '--import', './server/preload.ts', 'scripts/export.ts', world.newPlace()];
  const env = { MALLOC_ARENA_MAX: '2', DATABASE_URL: world.addressOf('exported'), AUTH_SECRET: process.env.AUTH_SECRET ?? '', DATA_DIR: world.newPlace(), LOG_LEVEL: 'error' };
  const { peakBytes } = await peakOf(world.started(new Child(words, env)));
  await world.drop('exported');
  const [imported, exported] = [comments / median(imports), comments / median(exports)];
  const raw = { comments, 'size of the export, MB': Math.round((await stat(written)).size / MB), 'imported a second, median': Math.round(imported), 'exported a second, median': Math.round(exported), 'peak memory, MB': Math.round(peakBytes / MB), rounds: imports.length };
  return [
    { what: 'export: comments a second against their import', bound: { atLeast: 0.5, unit: '×' }, value: exported / imported, raw },
    { what: 'export of 100 000 comments: memory of its process at its peak', bound: { under: 300, unit: 'MB' }, value: peakBytes / MB, raw },
  ];
}

export const exportRate: Measure = {
  name: 'export',
  how: 'A WordPress export of 100 000 comments in threads on 500 posts is imported into an empty database, and that blog is then exported as WXR, in turn; medians. The memory is that of `npm run export`’s own command in a process of its own, as Linux counts it, without PostgreSQL’s.',
  run,
};
