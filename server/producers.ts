import type { Producers } from './downloads';

/** How the files are made that an owner can take along. */
export const PRODUCERS: Producers = {};
