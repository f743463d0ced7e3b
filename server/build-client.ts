import { bringUpToDate, runNode, type BuildStep } from './build-steps';
import { inProject } from './project';

/** The Prisma client, made from schema.prisma. Downloads nothing. */
export const clientStep = (signal?: AbortSignal): BuildStep => ({
  name: 'client',
  sources: ['prisma/schema.prisma', 'package-lock.json'],
  results: ['lib/db/generated/client.ts'],
  // `generate` asks for an engine binary that it never runs; any file will do, and then it downloads none.
  make: () => runNode([inProject('node_modules/prisma/build/index.js'), 'generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }, signal),
});

/** Makes the Prisma client when schema.prisma has changed. */
export const ensureGenerated = (signal?: AbortSignal): Promise<void> => bringUpToDate([clientStep(signal)]);
