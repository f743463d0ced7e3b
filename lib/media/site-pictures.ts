import pLimit from 'p-limit';
import { showing } from '../answer';
import { db } from '../db/client';
import { log } from '../log';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { keptName } from './kept-types';
import { loadReadPicture } from './picture-reading';
import { readSitePictureName, type SitePictureFormat } from './site-picture-names';
import { openKept } from './store';

type Asset = { sha256: string; mimeType: string };
type Drawn = { bytes: Uint8Array<ArrayBuffer>; mimeType: string };

const DRAWN_MAX_BYTES = 30 * 1024 * 1024;
const DRAWN_MAX_PIXELS = 60_000_000;
const DRAWING_MAX_SECONDS = 10;
const QUALITY = 82;
const noPicture = () => fail('invalid', t('media.refusals.notDrawn'));

// A large picture takes tens of megabytes while it is drawn: one at a time.
const inTurn = pLimit(1);

async function readKept({ sha256, mimeType }: Asset): Promise<Buffer | null> {
  const file = await openKept(keptName(sha256, mimeType));
  if (!file) return null;
  if (file.bytes > DRAWN_MAX_BYTES) return file.close().then(() => null);
  return Buffer.concat(await file.stream().toArray());
}

/**
 * A kept picture cut to this size in pixels: turned as its EXIF says, without metadata, its first frame alone.
 * `invalid`: the file is gone, is no picture, is broken, or has more than thirty megabytes or sixty million pixels.
 */
export function cutPicture(asset: Asset, [width, height]: readonly [number, number], format: SitePictureFormat): Promise<Result<Drawn>> {
  return inTurn(async () => {
    try {
      const bytes = await readKept(asset);
      if (!bytes) return noPicture();
      const read = await loadReadPicture();
      const cut = read(bytes, { limitInputPixels: DRAWN_MAX_PIXELS, animated: false }).autoOrient().resize(width, height, { fit: 'cover' }).timeout({ seconds: DRAWING_MAX_SECONDS });
      const drawn = await (format === 'png' ? cut.png({ compressionLevel: 9 }) : cut.webp({ quality: QUALITY })).toBuffer();
      return ok({ bytes: new Uint8Array(drawn), mimeType: `image/${format}` });
    } catch (error) {
      log.debug({ err: error }, 'A kept picture could not be drawn.');
      return noPicture();
    }
  });
}

/** The same as a square of `side` pixels. */
export const squarePicture = (asset: Asset, side: number, format: SitePictureFormat): Promise<Result<Drawn>> => cutPicture(asset, [side, side], format);

/** A square of the site's icon or of the picture beside the words about the author, by its name; null for any other file: nobody has ours drawn as they like. */
export async function findSitePicture(name: string): Promise<Drawn | null> {
  const read = readSitePictureName(name);
  if (!read) return null;
  showing('site');
  const asset = { sha256: read.sha256 };
  const site = await db().site.findFirst({ where: read.format === 'png' ? { icon: asset } : { picture: asset }, select: { icon: { select: { mimeType: true } }, picture: { select: { mimeType: true } } } });
  const mimeType = (read.format === 'png' ? site?.icon : site?.picture)?.mimeType;
  const square = mimeType === undefined ? null : await squarePicture({ sha256: read.sha256, mimeType }, read.side, read.format);
  return square?.ok ? square.value : null;
}
