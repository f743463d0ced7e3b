import { build, stop as endBundler } from 'esbuild';
import type { BuildStep } from './build-steps';
import { CannotStart, inProject, PROJECT_ROOT } from './project';

const RESULT = '.build/pages-worker.mjs';

/** The thread of the pages, as JavaScript: what reads TypeScript for the process (tsx) does not do so for its threads. */
export const PAGES_WORKER = inProject(RESULT);

export const workerStep: BuildStep = {
  name: 'worker',
  sources: ['server', 'lib', 'package-lock.json'],
  results: [RESULT],
  make: async () => {
    await build({
      absWorkingDir: PROJECT_ROOT, entryPoints: [inProject('server/pages-worker.ts')], outfile: PAGES_WORKER,
      bundle: true, packages: 'external', platform: 'node', format: 'esm', target: 'node20', alias: { '@': PROJECT_ROOT }, logLevel: 'silent',
    }).catch((error: Error) => {
      throw new CannotStart(`server/pages-worker.ts cannot be bundled: ${error.message}`);
    });
    await endBundler();
  },
};
