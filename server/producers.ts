import { tarOf } from '../lib/backup/files';
import type { Producers } from './downloads';

/** How the files are made that an owner can take along. */
export const PRODUCERS: Producers = {
  backup: (name) => tarOf(name),
};
