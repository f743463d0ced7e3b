import { createHash } from 'node:crypto';
import pLimit from 'p-limit';
import type { Sharp } from 'sharp';
import { log } from '../log';
import { fail, ok, type Result } from '../result';
import { PICTURE_MAX_PIXELS, PICTURE_SIDE_PX } from './schema';

/** A picture as it is kept: WebP, PICTURE_SIDE_PX on each side, and the SHA-256 of its bytes in hex. */
export type SmallPicture = { bytes: Buffer<ArrayBuffer>; sha256: string };

// The readers of libvips that are let in. It has more, for SVG and PDF among others, and they are not for strangers' bytes.
// This holds for all of the process: whoever reads files with sharp here lets their reader in too.
const READERS = ['Jpeg', 'Png', 'Webp', 'Nsgif', 'Heif'].map((name) => `VipsForeignLoad${name}Buffer`);
const DRAWING_MAX_SECONDS = 5;
const QUALITY = 80;
const NO_PICTURE = 'What lies there is not a picture that this blog can show: JPEG, PNG, WebP, GIF or AVIF, of at most four million pixels.';

// A large picture takes tens of megabytes while it is drawn: one at a time.
const inTurn = pLimit(1);

type Draw = (bytes: Buffer) => Sharp;
let loading: Promise<Draw> | undefined;

/** Loaded at the first picture: a process that draws none does not carry it. */
async function load(): Promise<Draw> {
  const { default: sharp } = await import('sharp');
  sharp.cache(false);
  sharp.concurrency(1);
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: READERS });
  return (bytes) => sharp(bytes, { limitInputPixels: PICTURE_MAX_PIXELS, failOn: 'error', animated: false, sequentialRead: true });
}

/**
 * Makes a small square picture of a stranger's bytes: turned as its EXIF says, without any metadata, and only its first
 * frame. `invalid`: not of the five formats, whatever it says it is, or too many pixels, or broken.
 */
export function smallPicture(bytes: Buffer): Promise<Result<SmallPicture>> {
  return inTurn(async () => {
    const draw = await (loading ??= load());
    try {
      const { format, compression } = await draw(bytes).metadata();
      if (format === 'heif' && compression !== 'av1') return fail('invalid', NO_PICTURE);
      const drawn = await draw(bytes).autoOrient().resize(PICTURE_SIDE_PX, PICTURE_SIDE_PX, { fit: 'cover' }).webp({ quality: QUALITY }).timeout({ seconds: DRAWING_MAX_SECONDS }).toBuffer();
      const small = Buffer.from(drawn);
      return ok({ bytes: small, sha256: createHash('sha256').update(small).digest('hex') });
    } catch (error) {
      log.debug({ err: error }, 'A picture could not be drawn.');
      return fail('invalid', NO_PICTURE);
    }
  });
}
