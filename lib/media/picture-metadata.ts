/*
 * What a picture says of itself besides what is seen: EXIF with the place where it was taken, XMP, IPTC, comments, and what
 * stands behind its end (films and second pictures that phones append, with metadata of their own). Taken out without
 * drawing anew. Colour profiles stay. Each function gives the same bytes for what it has given before.
 */

/** A picture that is not built as its format wants. */
export class BrokenPicture extends Error {}

const joined = (whole: Buffer, parts: [start: number, end: number][]): Buffer => {
  const size = parts.reduce((sum, [start, end]) => sum + end - start, 0);
  return size === whole.length ? whole : Buffer.concat(parts.map(([start, end]) => whole.subarray(start, end)), size);
};

const isText = (bytes: Buffer, at: number, text: string): boolean => bytes.toString('latin1', at, at + text.length) === text;

// ITU-T T.81, table B.1.
const [SOI, EOI, SOS, COM, APP0, APP2, APP14, APP15] = [0xd8, 0xd9, 0xda, 0xfe, 0xe0, 0xe2, 0xee, 0xef];
const isAlone = (marker: number): boolean => marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);

function staysInJpeg(bytes: Buffer, marker: number, content: number): boolean {
  if (marker === COM) return false;
  if (marker < APP0 || marker > APP15) return true;
  if (marker === APP0) return isText(bytes, content, 'JFIF\0');
  if (marker === APP2) return isText(bytes, content, 'ICC_PROFILE\0');
  return marker === APP14 && isText(bytes, content, 'Adobe');
}

/** JPEG: of its segments those by which it is drawn, to its end and no further. */
export function bareJpeg(bytes: Buffer): Buffer {
  if (bytes[0] !== 0xff || bytes[1] !== SOI) throw new BrokenPicture();
  const parts: [number, number][] = [[0, 2]];
  for (let at = 2; at < bytes.length;) {
    if (bytes[at] !== 0xff) throw new BrokenPicture();
    const marker = bytes[at + 1] ?? 0xff;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === EOI) return joined(bytes, [...parts, [at, at + 2]]);
    const end = isAlone(marker) ? at + 2 : at + 2 + (at + 4 <= bytes.length ? bytes.readUInt16BE(at + 2) : bytes.length);
    if (end > bytes.length || end < at + 2) throw new BrokenPicture();
    const drawnEnd = marker === SOS ? endOfScan(bytes, end) : end;
    if (isAlone(marker) || staysInJpeg(bytes, marker, at + 4)) parts.push([at, drawnEnd]);
    at = drawnEnd;
  }
  // It ends in the middle; browsers draw what there is.
  return joined(bytes, parts);
}

/** Where the next marker stands behind a scan: 0xff, and neither a stuffed zero nor a restart. */
function endOfScan(bytes: Buffer, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) return bytes.length;
    if (next !== 0x00 && next !== 0xff && !isAlone(next)) return at;
  }
  return bytes.length;
}

const PNG_SIGN = 8;
// PNG Specification (Third Edition), 5.6 and 11.
const PNG_STAYS = new Set(['IHDR', 'PLTE', 'IDAT', 'IEND', 'tRNS', 'gAMA', 'cHRM', 'sRGB', 'iCCP', 'cICP', 'mDCV', 'cLLI', 'sBIT', 'bKGD', 'hIST', 'pHYs', 'acTL', 'fcTL', 'fdAT']);

/** PNG: of its chunks those by which it is drawn. */
export function barePng(bytes: Buffer): Buffer {
  const parts: [number, number][] = [[0, PNG_SIGN]];
  for (let at = PNG_SIGN; at + 12 <= bytes.length;) {
    const name = bytes.toString('latin1', at + 4, at + 8);
    const end = at + 12 + bytes.readUInt32BE(at);
    if (end > bytes.length) throw new BrokenPicture();
    if (PNG_STAYS.has(name)) parts.push([at, end]);
    at = end;
    if (name === 'IEND') return joined(bytes, parts);
  }
  return joined(bytes, parts);
}

const WEBP_STAYS = new Set(['VP8 ', 'VP8L', 'VP8X', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const [VP8X_EXIF, VP8X_XMP] = [0x08, 0x04];

/** WebP: of its chunks those by which it is drawn (RFC 9649, 2.7). */
export function bareWebp(bytes: Buffer): Buffer {
  if (!isText(bytes, 0, 'RIFF') || !isText(bytes, 8, 'WEBP')) throw new BrokenPicture();
  const end = Math.min(bytes.length, 8 + bytes.readUInt32LE(4));
  const parts: [number, number][] = [[0, 12]];
  let flags = -1;
  for (let at = 12; at + 8 <= end;) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    const next = Math.min(end, at + 8 + size + (size % 2));
    if (at + 8 + size > end) throw new BrokenPicture();
    if (name === 'VP8X') flags = at + 8;
    if (WEBP_STAYS.has(name)) parts.push([at, next]);
    at = next;
  }
  const bare = joined(bytes, parts);
  const flagged = flags >= 0 ? (bytes[flags] ?? 0) : 0;
  const right = flagged & ~(VP8X_EXIF | VP8X_XMP);
  if (bare.length === bytes.length && right === flagged) return bytes;
  const made = Buffer.from(bare);
  made.writeUInt32LE(made.length - 8, 4);
  // VP8X comes first of all chunks.
  if (flags === 20) made[20] = right;
  return made;
}

const GIF_APPLICATIONS = ['NETSCAPE2.0', 'ANIMEXTS1.0', 'ICCRGBG1012'];

/** GIF: without comments and what programs have written for themselves (GIF89a, 24 and 26). */
export function bareGif(bytes: Buffer): Buffer {
  const tableBytes = (packed: number): number => (packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0);
  const endOfBlocks = (from: number): number => {
    let at = from;
    for (let size = bytes[at]; size; size = bytes[at]) at += size + 1;
    if (at >= bytes.length) throw new BrokenPicture();
    return at + 1;
  };
  let at = 13 + tableBytes(bytes[10] ?? 0);
  const parts: [number, number][] = [[0, at]];
  while (at < bytes.length) {
    const sign = bytes[at];
    if (sign === 0x3b) return joined(bytes, [...parts, [at, at + 1]]);
    if (sign !== 0x21 && sign !== 0x2c) throw new BrokenPicture();
    const end = sign === 0x21 ? endOfBlocks(at + 2) : endOfBlocks(at + 11 + tableBytes(bytes[at + 9] ?? 0));
    const isComment = sign === 0x21 && bytes[at + 1] === 0xfe;
    const isForeign = sign === 0x21 && bytes[at + 1] === 0xff && !GIF_APPLICATIONS.includes(bytes.toString('latin1', at + 3, at + 14));
    if (!isComment && !isForeign) parts.push([at, end]);
    at = end;
  }
  return joined(bytes, parts);
}
