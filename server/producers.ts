import { tarOf } from '../lib/backup/files';
import { directAddress } from './database';
import type { Producers } from './downloads';

// Loaded at the first download: what turns HTML to Markdown, and writes archives, is much to carry for once in a while.
const exports = () => import('../lib/transfer/export/exports');

/** How the files are made that an owner can take along. */
export const PRODUCERS: Producers = {
  'wordpress.xml': async (now, address) => (await exports()).writeWordPress(directAddress(), now, { address }),
  'markdown.zip': async (now, address) => (await exports()).writeMarkdown(directAddress(), now, { address }),
  'media.zip': async () => (await exports()).writeMedia(),
  backup: (name) => tarOf(name),
};
