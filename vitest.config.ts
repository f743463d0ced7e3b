import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const SECOND_MS = 1_000;
// Tokens and addresses are stored as keyed hashes; the tests' key keeps nothing secret. Nobody reads of every request of a test.
const env = { AUTH_SECRET: 'the key of the tests, known to everybody', LOG_LEVEL: 'warn' };
const words = './tests/support/setup-words.ts';
const alias = { '@': fileURLToPath(new URL('.', import.meta.url)).replace(/\/$/, '') };

// `npm test` runs all four, in this order; `npm test -- --project unit` one; `npm test -- tests/unit/slug.test.ts` one file.
export default defineConfig({
  test: {
    reporters: ['default', './tests/support/reporter.ts'],
    allowOnly: false,
    projects: [
      {
        resolve: { alias },
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts', 'tests/architecture.test.ts'],
          environment: 'node',
          setupFiles: [words],
          env,
          testTimeout: 20 * SECOND_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        plugins: [react()],
        resolve: { alias },
        test: {
          name: 'components',
          include: ['tests/components/**/*.test.{ts,tsx}'],
          environment: 'jsdom',
          setupFiles: [words, './tests/support/setup-components.ts'],
          testTimeout: 20 * SECOND_MS,
          sequence: { groupOrder: 0 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'database',
          include: ['tests/database/**/*.test.ts'],
          environment: 'node',
          setupFiles: [words, './tests/support/setup-patience.ts'],
          env,
          globalSetup: ['./tests/support/setup-database.ts'],
          testTimeout: 60 * SECOND_MS,
          hookTimeout: 60 * SECOND_MS,
          sequence: { groupOrder: 1 },
        },
      },
      {
        resolve: { alias },
        test: {
          name: 'e2e',
          include: ['tests/e2e/**/*.test.ts'],
          environment: 'node',
          setupFiles: [words],
          globalSetup: ['./tests/support/setup-blog.ts'],
          fileParallelism: false,
          retry: 0,
          testTimeout: 90 * SECOND_MS,
          hookTimeout: 90 * SECOND_MS,
          sequence: { groupOrder: 2 },
        },
      },
    ],
  },
});
