import type { BuildStep } from './build-steps';
import { bundle, COMMON } from './bundle';
import { inProject } from './project';

const FOLDER = '.build';
const PAGES = 'pages-worker';
const TRANSFER = 'transfer-worker';
const resultOf = (name: string): string => `${FOLDER}/${name}.mjs`;

// Threads, as JavaScript: what reads TypeScript for the process (tsx) does not do so for its threads.
export const PAGES_WORKER = inProject(resultOf(PAGES));
export const TRANSFER_WORKER = inProject(resultOf(TRANSFER));

export const workersStep: BuildStep = {
  name: 'workers',
  sources: ['server', 'lib', 'package-lock.json'],
  results: [PAGES, TRANSFER].map(resultOf),
  make: async () => {
    await bundle('The threads of the server', {
      ...COMMON, entryPoints: [PAGES, TRANSFER].map((name) => inProject(`server/${name}.ts`)), outdir: inProject(FOLDER), outExtension: { '.js': '.mjs' },
      packages: 'external', platform: 'node', target: 'node20',
    });
  },
};
