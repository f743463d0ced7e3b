import type { BuildOptions, BuildResult } from 'esbuild';
import { CannotStart, PROJECT_ROOT } from './project';

/**
 * Bundles sources of the project. esbuild is loaded here, not above: a start that finds all up to date needs none of it.
 * @throws CannotStart with what is wrong in the sources, which `what` names
 */
export async function bundle(what: string, options: BuildOptions): Promise<BuildResult> {
  const { build, stop } = await import('esbuild');
  try {
    return await build(options);
  } catch (error) {
    throw new CannotStart(`${what} cannot be bundled: ${(error as Error).message}`);
  } finally {
    await stop();
  }
}

/** What every bundle shares. */
export const COMMON = { absWorkingDir: PROJECT_ROOT, bundle: true, format: 'esm', alias: { '@': PROJECT_ROOT }, logLevel: 'silent' } as const satisfies BuildOptions;
