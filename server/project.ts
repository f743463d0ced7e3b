import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of package.json: what relative paths in settings are relative to. */
export const PROJECT_ROOT = path.resolve(fileURLToPath(new URL('..', import.meta.url)));

/** `parts` as an absolute path inside the project. */
export const inProject = (...parts: string[]): string => path.resolve(PROJECT_ROOT, ...parts);

/** The blog cannot start, or a command cannot run: the message is a sentence for the person at the terminal. */
export class CannotStart extends Error {}
