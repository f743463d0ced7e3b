import type { FileHandle } from 'node:fs/promises';

/*
 * Files made of boxes (ISO/IEC 14496-12): AVIF and HEIC pictures, MP4 and QuickTime films. Where other boxes stand is
 * written in them, so nothing is taken out: it is overwritten where it stands. Doing so twice is doing so once.
 */

type Box = { type: string; at: number; content: number; end: number };

const META_MAX_BYTES = 8 * 1024 * 1024;
const BOXES_MAX = 10_000;
const ZEROS = Buffer.alloc(64 * 1024);
/** What says where, when and with what it was taken: of a film, of a part of it, and what phones append to a picture. */
const TOLD = ['udta', 'meta', 'uuid', 'mpvd'];

async function* boxesIn(file: FileHandle, from: number, to: number): AsyncGenerator<Box> {
  const head = Buffer.alloc(16);
  let count = 0;
  for (let at = from; at + 8 <= to && count < BOXES_MAX; count += 1) {
    const { bytesRead } = await file.read(head, 0, 16, at);
    if (bytesRead < 8) return;
    const size = head.readUInt32BE(0);
    const isLong = size === 1 && bytesRead === 16;
    const end = size === 0 ? to : at + (isLong ? Number(head.readBigUInt64BE(8)) : size);
    const content = at + (isLong ? 16 : 8);
    if (end < content || end > to) return;
    yield { type: head.toString('latin1', 4, 8), at, content, end };
    at = end;
  }
}

/** Overwrites a box: it becomes one that says nothing. */
async function blank(file: FileHandle, { at, content, end }: Box): Promise<void> {
  await file.write(Buffer.from('free', 'latin1'), 0, 4, at + 4);
  await overwrite(file, content, end, ZEROS);
}

async function overwrite(file: FileHandle, from: number, to: number, by: Buffer): Promise<void> {
  for (let at = from; at < to; at += by.length) await file.write(by, 0, Math.min(by.length, to - at), at);
}

/** Takes out of an MP4 or QuickTime film what it says of the place, the time and the camera. Gives whether there was any. */
export async function blankFilm(file: FileHandle, bytes: number): Promise<boolean> {
  let isChanged = false;
  const look = async (from: number, to: number, isTop: boolean): Promise<void> => {
    for await (const box of boxesIn(file, from, to)) {
      if (TOLD.includes(box.type)) {
        await blank(file, box);
        isChanged = true;
      } else if ((isTop && box.type === 'moov') || (!isTop && box.type === 'trak')) await look(box.content, box.end, false);
    }
  };
  await look(0, bytes, true);
  return isChanged;
}

/** Takes EXIF and XMP out of an AVIF or HEIC picture, and what is appended to it. Gives whether there was any. */
export async function blankPicture(file: FileHandle, bytes: number): Promise<boolean> {
  let isChanged = false;
  for await (const box of boxesIn(file, 0, bytes)) {
    if (box.type === 'meta' && box.end - box.content <= META_MAX_BYTES) isChanged = (await blankItems(file, box)) || isChanged;
    else if (box.type === 'uuid' || box.type === 'mpvd') {
      await blank(file, box);
      isChanged = true;
    }
  }
  return isChanged;
}

type Extent = { at: number; bytes: number };

async function blankItems(file: FileHandle, meta: Box): Promise<boolean> {
  // A full box: version and flags come first.
  const inside: Record<string, { box: Box; content: Buffer }> = {};
  for await (const box of boxesIn(file, meta.content + 4, meta.end)) {
    if (!['iinf', 'iloc', 'idat'].includes(box.type)) continue;
    const content = Buffer.alloc(box.type === 'idat' ? 0 : box.end - box.content);
    await file.read(content, 0, content.length, box.content);
    inside[box.type] = { box, content };
  }
  if (!inside.iinf || !inside.iloc) return false;
  const told = await toldItems(file, inside.iinf.box, inside.iinf.content);
  if (told.size === 0) return false;
  let isChanged = false;
  for (const { id, extents } of itemPlaces(inside.iloc.content, inside.idat?.box.content ?? null)) {
    if (told.has(id)) for (const extent of extents) isChanged = (await blankExtent(file, extent)) || isChanged;
  }
  return isChanged;
}

/** The items that are EXIF or XMP. */
async function toldItems(file: FileHandle, { content: from, end }: Box, content: Buffer): Promise<Set<number>> {
  const told = new Set<number>();
  const first = from + (content[0] === 0 ? 6 : 8);
  for await (const { type, content: at, end: to } of boxesIn(file, first, end)) {
    if (type !== 'infe') continue;
    const entry = Buffer.alloc(Math.min(to - at, 512));
    await file.read(entry, 0, entry.length, at);
    const version = entry[0] ?? 0;
    if (version < 2 || entry.length < 12) continue;
    const kindAt = version === 2 ? 8 : 10;
    const kind = entry.toString('latin1', kindAt, kindAt + 4);
    if (kind === 'Exif' || (kind === 'mime' && entry.includes('rdf+xml', kindAt + 4, 'latin1'))) told.add(version === 2 ? entry.readUInt16BE(4) : entry.readUInt32BE(4));
  }
  return told;
}

/** Reads the places of items (8.11.3). Those in other files are passed over. */
function* itemPlaces(iloc: Buffer, idat: number | null): Generator<{ id: number; extents: Extent[] }> {
  let at = 4;
  const number = (size: number): number => {
    const value = size === 8 ? Number(iloc.readBigUInt64BE(at)) : size === 0 ? 0 : iloc.readUIntBE(at, size);
    at += size;
    return value;
  };
  const version = iloc[0] ?? 0;
  const sizes = number(2);
  const [offsetSize, lengthSize, baseSize, indexSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15, version > 0 ? sizes & 15 : 0];
  const count = number(version < 2 ? 2 : 4);
  for (let index = 0; index < count; index += 1) {
    const id = number(version < 2 ? 2 : 4);
    const method = version > 0 ? number(2) & 15 : 0;
    number(2);
    const base = number(baseSize);
    const extents = Array.from({ length: number(2) }, () => {
      number(indexSize);
      const offset = number(offsetSize);
      return { at: base + offset + (method === 1 ? (idat ?? 0) : 0), bytes: number(lengthSize) };
    });
    if (method === 0 || (method === 1 && idat !== null)) yield { id, extents };
  }
}

// Where its TIFF part begins, and that part with no entry: readers of EXIF take it for one that says nothing.
const EMPTY_EXIF = Buffer.from('00000000' + '49492a0008000000' + '0000' + '00000000', 'hex');

async function blankExtent(file: FileHandle, { at, bytes }: Extent): Promise<boolean> {
  const before = Buffer.alloc(Math.min(bytes, META_MAX_BYTES));
  const { bytesRead } = await file.read(before, 0, before.length, at);
  const after = Buffer.alloc(bytesRead);
  if (bytesRead >= EMPTY_EXIF.length) EMPTY_EXIF.copy(after);
  if (before.subarray(0, bytesRead).equals(after)) return false;
  await file.write(after, 0, after.length, at);
  return true;
}
