import { once, runNode, withLock } from './build-steps';
import { inProject } from './project';

const GENERATED_CLIENT = 'lib/db/generated/client.ts';
const CLIENT_SOURCES = ['prisma/schema.prisma', 'package-lock.json'];

/** Makes the Prisma client from schema.prisma, when that has changed. Downloads nothing. */
export async function ensureGenerated(step: { signal?: AbortSignal | undefined } = {}): Promise<void> {
  await withLock(() => ensureClient(step));
}

/** The same for a caller that holds the lock already. */
export async function ensureClient({ signal }: { signal?: AbortSignal | undefined }): Promise<void> {
  await once('client', CLIENT_SOURCES, [GENERATED_CLIENT], () =>
    // `generate` asks for an engine binary that it never runs; any file will do, and then it downloads none.
    runNode([inProject('node_modules/prisma/build/index.js'), 'generate'], { PRISMA_SCHEMA_ENGINE_BINARY: process.execPath, PRISMA_HIDE_UPDATE_MESSAGE: '1', CHECKPOINT_DISABLE: '1' }, signal),
  );
}

