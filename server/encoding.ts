import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import Negotiator from 'negotiator';

const COMPRESSIBLE = /^(text\/(?!event-stream)|application\/(json|javascript|xml|rss\+xml|atom\+xml|manifest\+json|speculationrules\+json|feed\+json)|image\/svg\+xml)/;
/** Below this, compressing does not pay. */
export const SMALLEST_BYTES = 512;
// Brotli 5 costs about a millisecond for a page; 11 fifty times that, and a comment makes the page anew.
const BROTLI_QUALITY = 5;

const brotli = promisify(brotliCompress);
const gzipped = promisify(gzip);

export type Encoding = 'br' | 'gzip' | 'identity';
export const ENCODINGS: readonly Encoding[] = ['br', 'gzip', 'identity'];

/** Whether answers of this type become smaller by compression, and end soon enough to be collected first. */
export const isCompressible = (type: string): boolean => COMPRESSIBLE.test(type);

// The world's browsers send a dozen different ones; whoever sends others by the hundred makes us ask again.
const negotiated = new Map<string, Encoding>();
const NEGOTIATED_MAX = 200;

/**
 * The best encoding that an Accept-Encoding header allows, by its quality values; of equals brotli (RFC 9110, 12.5.3).
 * Where it allows none, not even the text as it is, that is sent all the same: a page helps more than a 406.
 */
export function negotiateEncoding(header: string | undefined): Encoding {
  if (!header) return 'identity';
  const known = negotiated.get(header);
  if (known) return known;
  const [best = 'identity'] = new Negotiator({ headers: { 'accept-encoding': header } }).encodings([...ENCODINGS], { preferred: ['br', 'gzip'] });
  if (negotiated.size >= NEGOTIATED_MAX) negotiated.clear();
  negotiated.set(header, best as Encoding);
  return best as Encoding;
}

/** `body` in the encoding asked for, or as it is where compressing would not pay. */
export async function encode(body: Buffer, wanted: Encoding): Promise<{ body: Buffer; encoding: Encoding }> {
  if (wanted === 'identity' || body.length < SMALLEST_BYTES) return { body, encoding: 'identity' };
  if (wanted === 'gzip') return { body: exact(await gzipped(body)), encoding: 'gzip' };
  const parameters = { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: body.length };
  return { body: exact(await brotli(body, { params: parameters })), encoding: 'br' };
}

/** Without the rest of the 16 KB that zlib writes into, and which would be kept with it. */
function exact(bytes: Buffer): Buffer {
  const copy = Buffer.allocUnsafeSlow(bytes.length);
  bytes.copy(copy);
  return copy;
}
