import { tarOf } from '../lib/backup/files';
import { writeMarkdown, writeMedia, writeWordPress } from '../lib/transfer/export/exports';
import { directAddress } from './database';
import type { Producers } from './downloads';

/** How the files are made that an owner can take along. */
export const PRODUCERS: Producers = {
  'wordpress.xml': (now, address) => writeWordPress(directAddress(), now, { address }),
  'markdown.zip': (now, address) => writeMarkdown(directAddress(), now, { address }),
  'media.zip': () => writeMedia(),
  backup: (name) => tarOf(name),
};
