import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildOptions } from 'esbuild';
import { clientStep } from './build-client';
import { filesStep } from './build-files';
import { fontsStep } from './build-fonts';
import { bringUpToDate, type BuildStep, runNode, STAMPS } from './build-steps';
import { workersStep } from './build-worker';
import { bundle, COMMON } from './bundle';
import { inProject } from './project';

const ENHANCE_SOURCE = inProject('components/enhance.ts');
const ENHANCE_FOLDER = inProject('public/enhance');
const ENHANCE_RECORD = path.join(STAMPS, 'enhance.json');

type Watchers = { say: (sentence: string) => void; signal?: AbortSignal | undefined };

/**
 * Brings everything made from sources up to date: the Prisma client, the fonts, the readers' script, the pages, the files as sent, the threads.
 * Sets process.env.SOAPBOX_ENHANCE to the address of the readers' script.
 * @throws CannotStart with the output of the step that failed
 */
export async function ensureBuilt({ say, signal }: Watchers): Promise<void> {
  await bringUpToDate([clientStep(signal), fontsStep, enhanceStep, pagesStep({ say, signal }), filesStep, workersStep]);
  process.env.SOAPBOX_ENHANCE = (JSON.parse(readFileSync(ENHANCE_RECORD, 'utf8')) as { src: string }).src;
}

/** For development: the fonts, the threads, and the readers' script, made anew at every change. */
export async function watchEnhance(): Promise<{ dispose(): Promise<void> }> {
  await bringUpToDate([fontsStep, workersStep]);
  const { context } = await import('esbuild');
  const watching = await context({ ...enhanceOptions('enhance-dev'), sourcemap: 'inline', minify: false });
  await watching.rebuild();
  await watching.watch();
  process.env.SOAPBOX_ENHANCE = '/enhance/enhance-dev.js';
  return watching;
}

const pagesStep = ({ say, signal }: Watchers): BuildStep => ({
  name: 'pages',
  sources: ['app', 'components', 'lib', 'public', 'prisma/schema.prisma', 'package-lock.json', 'next.config.js', 'postcss.config.mjs'],
  results: ['.next/BUILD_ID'],
  make: async () => {
    say('Building the pages. This takes about half a minute, and only after a change.');
    await runNode([inProject('node_modules/next/dist/bin/next'), 'build'], { NODE_ENV: 'production' }, signal);
  },
});

const enhanceStep: BuildStep = {
  name: 'enhance',
  sources: ['components', 'lib', 'package-lock.json'],
  results: ['.build/enhance.json', 'public/enhance'],
  make: bundleEnhance,
};

const enhanceOptions = (name: string): BuildOptions => ({
  ...COMMON, entryPoints: [ENHANCE_SOURCE], outdir: ENHANCE_FOLDER, entryNames: name, minify: true, target: 'es2022', platform: 'browser', metafile: true,
});

async function bundleEnhance(): Promise<void> {
  const made = await bundle('components/enhance.ts', enhanceOptions('enhance-[hash]'));
  const file = path.basename(Object.keys(made.metafile?.outputs ?? {})[0] ?? '');
  for (const old of readdirSync(ENHANCE_FOLDER)) if (old !== file) rmSync(path.join(ENHANCE_FOLDER, old));
  writeFileSync(ENHANCE_RECORD, `${JSON.stringify({ src: `/enhance/${file}` })}\n`);
}
