import { tarOf } from '../lib/backup/files';
import type { Producers } from './downloads';

const NOT_YET = () => { throw new Error('This is not written yet.'); };

/** How the files are made that an owner can take along. */
export const PRODUCERS: Producers = { 'wordpress.xml': NOT_YET, 'markdown.zip': NOT_YET, 'media.zip': NOT_YET, backup: (name) => tarOf(name) };
