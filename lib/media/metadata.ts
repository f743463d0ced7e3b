import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, stat, writeFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import { log } from '../log';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { blankFilm, blankPicture } from './boxed-metadata';
import type { FileFacts } from './file-kinds';
import { bareGif, bareJpeg, barePng, bareWebp, BrokenPicture } from './picture-metadata';
import { loadReadPicture } from './picture-reading';
import { KEPT_PICTURE_MAX_PIXELS } from './schema';

const broken = () => fail('invalid', t('media.refusals.metadataBroken'));
const TURNED_QUALITY = 92;
const DRAWING_MAX_SECONDS = 60;

// It takes the memory of the file, and to turn one that of the picture.
const inTurn = pLimit(1);

const BARE: Record<string, (bytes: Buffer) => Buffer> = { 'image/jpeg': bareJpeg, 'image/png': barePng, 'image/webp': bareWebp, 'image/gif': bareGif };
const BOXED_PICTURES = ['image/avif', 'image/heic'];
const FILMS = ['video/mp4', 'video/x-m4v', 'video/quicktime'];

/**
 * Takes out of a file what it says of the place, the time, the camera and the people: EXIF, XMP, IPTC and comments of
 * pictures, and the like of MP4 and QuickTime films. What is seen stays as it is, byte for byte; a picture that lies on its
 * side only by its EXIF is drawn anew, upright. Colour profiles stay. Gives whether the file was changed: a file of which
 * it was taken out before is not. `invalid`: a picture that cannot be read.
 */
export async function takeMetadataOut(path: string, { type: { mimeType }, isTurned }: FileFacts): Promise<Result<boolean>> {
  const bare = BARE[mimeType];
  if (bare) return inTurn(() => takeOutOfPicture(path, mimeType, bare, isTurned));
  const blank = BOXED_PICTURES.includes(mimeType) ? blankPicture : FILMS.includes(mimeType) ? blankFilm : null;
  if (!blank) return ok(false);
  const file = await open(path, 'r+');
  try {
    const { size } = await file.stat();
    const isChanged = await blank(file, size);
    if (isChanged) await file.sync();
    return ok(isChanged);
  } catch (error) {
    // Of what is not built as it should be nothing is known; nothing would read it, either.
    if (!(error instanceof RangeError)) throw error;
    log.debug({ err: error }, 'The boxes of a file could not be read.');
    return broken();
  } finally {
    await file.close();
  }
}

async function takeOutOfPicture(path: string, mimeType: string, bare: (bytes: Buffer) => Buffer, isTurned: boolean): Promise<Result<boolean>> {
  try {
    const bytes = isTurned ? await upright(path, mimeType) : await readFile(path);
    const made = bare(bytes);
    const isChanged = isTurned || made !== bytes;
    if (isChanged) await writeFile(path, made, { flush: true });
    return ok(isChanged);
  } catch (error) {
    if (error instanceof Error && 'syscall' in error) throw error;
    log.debug({ err: error, isBroken: error instanceof BrokenPicture }, 'A picture’s metadata could not be taken out.');
    return broken();
  }
}

async function upright(path: string, mimeType: string): Promise<Buffer> {
  const read = await loadReadPicture();
  const picture = read(path, { limitInputPixels: KEPT_PICTURE_MAX_PIXELS }).autoOrient().keepIccProfile().timeout({ seconds: DRAWING_MAX_SECONDS });
  if (mimeType === 'image/png') return picture.png().toBuffer();
  return mimeType === 'image/webp' ? picture.webp({ quality: TURNED_QUALITY }).toBuffer() : picture.jpeg({ quality: TURNED_QUALITY, chromaSubsampling: '4:4:4' }).toBuffer();
}

/** The SHA-256 of a file in hex, and its bytes. */
export async function measureFile(path: string): Promise<{ sha256: string; bytes: number }> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Buffer);
  return { sha256: hash.digest('hex'), bytes: (await stat(path)).size };
}
