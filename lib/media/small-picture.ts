import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import { log } from '../log';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { loadReadPicture } from './picture-reading';
import { PICTURE_MAX_PIXELS, PICTURE_SIDE_PX } from './schema';

/** A picture as it is kept: WebP, PICTURE_SIDE_PX on each side, and the SHA-256 of its bytes in hex. */
export type SmallPicture = { bytes: Buffer<ArrayBuffer>; sha256: string };

const DRAWING_MAX_SECONDS = 5;
const QUALITY = 80;
const noPicture = () => t('media.refusals.notShown');

// A large picture takes tens of megabytes while it is drawn: one at a time.
const inTurn = pLimit(1);

const OPTIONS = { limitInputPixels: PICTURE_MAX_PIXELS, animated: false };

/**
 * Makes a small square picture of a stranger's bytes: turned as its EXIF says, without any metadata, and only its first
 * frame. `invalid`: not of the five formats, whatever it says it is, or too many pixels, or broken.
 */
export function smallPicture(bytes: Buffer): Promise<Result<SmallPicture>> {
  return inTurn(async () => {
    const read = await loadReadPicture();
    const draw = () => read(bytes, OPTIONS);
    try {
      const { format, compression } = await draw().metadata();
      if (format === 'heif' && compression !== 'av1') return fail('invalid', noPicture());
      const drawn = await draw().autoOrient().resize(PICTURE_SIDE_PX, PICTURE_SIDE_PX, { fit: 'cover' }).webp({ quality: QUALITY }).timeout({ seconds: DRAWING_MAX_SECONDS }).toBuffer();
      const small = Buffer.from(drawn);
      return ok({ bytes: small, sha256: createHash('sha256').update(small).digest('hex') });
    } catch (error) {
      log.debug({ err: error }, 'A picture could not be drawn.');
      return fail('invalid', noPicture());
    }
  });
}
