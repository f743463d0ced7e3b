import { fileTypeFromBuffer, fileTypeFromFile } from 'file-type';
import pLimit from 'p-limit';
import { log } from '../log';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { typeOfMime, type KeptType } from './kept-types';
import { loadReadPicture } from './picture-reading';
import { KEPT_PICTURE_MAX_PIXELS } from './schema';

const notKept = () => fail('invalid', t('media.refusals.notKept'));
const broken = () => fail('invalid', t('media.refusals.broken'));

// How file-type names what is kept under one type.
const SAME: Record<string, string> = { 'audio/x-m4a': 'audio/mp4', 'audio/ogg; codecs=opus': 'audio/ogg', 'image/apng': 'image/png' };
// What begins so may be told only once all of it is there: archives by what is in them, sound after a long first tag.
const TOLD_LATER = /^(?:PK\x03\x04|ID3)/;

/** Of a file's first bytes, as many as `typeOfHead` wants. */
export const HEAD_BYTES = 4_100;

const keptType = (found: { mime: string } | undefined): KeptType | null => (found ? typeOfMime(SAME[found.mime] ?? found.mime) : null);

/** What a file is by its first bytes, whatever was said of it: a type that is kept, `later` where only all of it tells, or null. */
export async function typeOfHead(head: Buffer): Promise<KeptType | 'later' | null> {
  if (TOLD_LATER.test(head.toString('latin1', 0, 4))) return 'later';
  return keptType(await fileTypeFromBuffer(head).catch(() => undefined));
}

/** `isTurned`: a picture that is upright only by what its EXIF says. */
export type FileFacts = { type: KeptType; width: number | null; height: number | null; isTurned: boolean };

// Reading a moving picture's size takes as much memory as its file has.
const inTurn = pLimit(1);

/**
 * What a whole file on disk is by its content, and a picture's size in pixels as it is seen (turned as its EXIF says).
 * Draws nothing. `invalid`: not of a kept type, a picture that cannot be read, or one of more than KEPT_PICTURE_MAX_PIXELS.
 */
export async function readFileFacts(path: string): Promise<Result<FileFacts>> {
  const type = keptType(await fileTypeFromFile(path).catch(() => undefined));
  if (!type) return notKept();
  if (type.kind !== 'image') return ok({ type, width: null, height: null, isTurned: false });
  return inTurn(async () => {
    try {
      const read = await loadReadPicture();
      const { format, compression, pages = 1, orientation = 1, autoOrient: { width, height } } = await read(path, { limitInputPixels: KEPT_PICTURE_MAX_PIXELS }).metadata();
      if (format === 'heif' && compression !== 'av1') return notKept();
      const isTurned = orientation > 1 && format !== 'heif' && pages === 1;
      return ok({ type, width, height, isTurned });
    } catch (error) {
      log.debug({ err: error }, 'A picture’s size could not be read.');
      return broken();
    }
  });
}
