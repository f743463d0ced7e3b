import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

const COMPRESSIBLE = /^(text\/(?!event-stream)|application\/(json|javascript|xml|rss\+xml|atom\+xml|manifest\+json|speculationrules\+json|feed\+json)|image\/svg\+xml)/;
const SMALLEST_BYTES = 512;
// Brotli 5 costs about a millisecond for a page; 11 fifty times that.
const BROTLI_QUALITY = 5;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

export type Encoding = 'br' | 'gzip' | 'identity';

/** Whether answers of this type become smaller by compression, and end soon enough to be collected first. */
export const isCompressible = (type: string): boolean => COMPRESSIBLE.test(type);

/** The best encoding that an Accept-Encoding header allows, by its quality values; of equals brotli (RFC 9110, 12.5.3). */
export function negotiateEncoding(header: string | undefined): Encoding {
  const wishes = new Map((header ?? '').split(',').map((wish) => {
    const [name = '', ...parameters] = wish.split(';').map((part) => part.trim().toLowerCase());
    const quality = parameters.find((parameter) => parameter.startsWith('q='));
    return [name, quality ? Number(quality.slice(2)) || 0 : 1] as const;
  }));
  const wished = (name: string) => wishes.get(name) ?? wishes.get('*') ?? 0;
  const [brotliWish, gzipWish] = [wished('br'), wished('gzip')];
  if (brotliWish === 0 && gzipWish === 0) return 'identity';
  const best = brotliWish >= gzipWish ? 'br' : 'gzip';
  return Math.max(brotliWish, gzipWish) >= (wishes.get('identity') ?? 0) ? best : 'identity';
}

/** `body` in the encoding asked for, or as it is where compressing would not pay. */
export async function encode(body: Buffer, wanted: Encoding): Promise<{ body: Buffer; encoding: Encoding }> {
  if (wanted === 'identity' || body.length < SMALLEST_BYTES) return { body, encoding: 'identity' };
  if (wanted === 'gzip') return { body: await gzipped(body), encoding: 'gzip' };
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return { body: await brotli(body, { params: parameters }), encoding: 'br' };
}
