import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { build, type BuildOptions, context, stop as endBundler } from 'esbuild';
import { clientStep } from './build-client';
import { filesStep } from './build-files';
import { fontsStep } from './build-fonts';
import { bringUpToDate, type BuildStep, runNode, STAMPS } from './build-steps';
import { workerStep } from './build-worker';
import { CannotStart, inProject, PROJECT_ROOT } from './project';

const ENHANCE_SOURCE = inProject('components/enhance.ts');
const ENHANCE_FOLDER = inProject('public/enhance');
const ENHANCE_RECORD = path.join(STAMPS, 'enhance.json');

type Watchers = { say: (sentence: string) => void; signal?: AbortSignal | undefined };

/**
 * Brings everything made from sources up to date: the Prisma client, the fonts, the readers' script, the pages, the files as sent, the thread of the pages.
 * Sets process.env.SOAPBOX_ENHANCE to the address of the readers' script.
 * @throws CannotStart with the output of the step that failed
 */
export async function ensureBuilt({ say, signal }: Watchers): Promise<void> {
  await bringUpToDate([clientStep(signal), fontsStep, enhanceStep, pagesStep({ say, signal }), filesStep, workerStep]);
  process.env.SOAPBOX_ENHANCE = (JSON.parse(readFileSync(ENHANCE_RECORD, 'utf8')) as { src: string }).src;
}

/** For development: the fonts, and the readers' script, made anew at every change. */
export async function watchEnhance(): Promise<{ dispose(): Promise<void> }> {
  await bringUpToDate([fontsStep]);
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

const enhanceOptions = (name: string): BuildOptions & { metafile: true } => ({
  absWorkingDir: PROJECT_ROOT, entryPoints: [ENHANCE_SOURCE], outdir: ENHANCE_FOLDER, entryNames: name,
  bundle: true, minify: true, format: 'esm', target: 'es2022', platform: 'browser', alias: { '@': PROJECT_ROOT }, metafile: true, logLevel: 'silent',
});

async function bundleEnhance(): Promise<void> {
  const made = await build(enhanceOptions('enhance-[hash]')).catch((error: Error) => {
    throw new CannotStart(`components/enhance.ts cannot be bundled: ${error.message}`);
  });
  await endBundler();
  const file = path.basename(Object.keys(made.metafile.outputs)[0] ?? '');
  for (const old of readdirSync(ENHANCE_FOLDER)) if (old !== file) rmSync(path.join(ENHANCE_FOLDER, old));
  writeFileSync(ENHANCE_RECORD, `${JSON.stringify({ src: `/enhance/${file}` })}\n`);
}
