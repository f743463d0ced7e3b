import { spawnSync } from 'node:child_process';
import { inProject } from '../server/project';

const SECOND_MS = 1_000;
const TYPESCRIPT = ['--import', 'tsx', '--import', './server/preload.ts'];

type Step = { name: string; words: string[]; env?: Record<string, string> };

// A database of its own, made anew each time: what stands in the blog's is no matter of the sources.
const checkDatabase = { DATA_DIR: inProject('.build/check'), DATABASE_URL: '', DATABASE_DIRECT_URL: '' };
const steps: Step[] = [
  { name: 'Generate', words: [...TYPESCRIPT, 'scripts/build.ts', '--generate-only'] },
  { name: 'Route types', words: ['node_modules/next/dist/bin/next', 'typegen'] },
  { name: 'Types', words: ['node_modules/typescript/bin/tsc', '--noEmit'] },
  { name: 'Lint', words: ['node_modules/eslint/bin/eslint.js', '.'] },
  { name: 'Migrations', words: [...TYPESCRIPT, 'scripts/db.ts', 'reset', '--yes'], env: checkDatabase },
  { name: 'Migrations against schema.prisma', words: [...TYPESCRIPT, 'scripts/db.ts', 'status'], env: checkDatabase },
  // The architecture test is one of them.
  { name: 'Tests', words: ['node_modules/vitest/vitest.mjs', 'run'] },
];

for (const { name, words, env } of steps) {
  console.log(`\n${name}: node ${words.join(' ')}`);
  const begun = Date.now();
  const { status, error } = spawnSync(process.execPath, words, {
    cwd: inProject(), stdio: 'inherit', env: { ...process.env, NEXT_TELEMETRY_DISABLED: '1', ...env },
  });
  if (error) console.error(error.message);
  if (status !== 0) {
    console.error(`${name} failed.`);
    process.exit(status ?? 1);
  }
  if (name !== 'Tests') console.log(`${name}: passed in ${((Date.now() - begun) / SECOND_MS).toFixed(1)} s`);
}
