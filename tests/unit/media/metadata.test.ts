import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { bareGif, bareJpeg, barePng, bareWebp } from '@/lib/media/picture-metadata';
import { keepFile, type KeptFile } from '@/lib/media/store';
import { inPieces, MOV, MP4, pictureIn, temporaryFolder } from '@/tests/support/sample-files';

const folder = temporaryFolder('metadata');
process.env.DATA_DIR = folder;

const SECRET = 'Rose Lane 7';
const exif = { IFD0: { Artist: SECRET, Make: 'SecretCam' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '51/1 30/1 3230/100', GPSLongitudeRef: 'W', GPSLongitude: '0/1 7/1 4366/100' } };
const xmp = `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/" dc:source="${SECRET}"/></rdf:RDF></x:xmpmeta>`;
// So that it has something to be compared by.
const drawn = sharp({ create: { width: 240, height: 160, channels: 3, background: '#336699', noise: { type: 'gaussian', mean: 128, sigma: 30 } } });
const told = () => drawn.clone().withExif(exif).withXmp(xmp);

async function kept(bytes: Buffer): Promise<KeptFile & { content: Buffer }> {
  const result = await keepFile(inPieces(bytes));
  if (!result.ok) throw new Error(result.message);
  const name = path.basename(result.value.path);
  return { ...result.value, content: readFileSync(path.join(folder, 'media', name.slice(0, 2), name)) };
}
const refusalOf = async (bytes: Buffer) => {
  const result = await keepFile(inPieces(bytes));
  return result.ok ? 'kept' : result.code;
};
const pixels = (bytes: Buffer) => sharp(bytes).raw().toBuffer();
const segment = (marker: number, content: string | Buffer) => {
  const bytes = Buffer.from(content as string, 'latin1');
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(bytes.length + 2, 2);
  return Buffer.concat([head, bytes]);
};

describe('no picture tells where and by whom it was taken', () => {
  test.each(['jpeg', 'png', 'webp', 'avif'] as const)('%s loses it and looks the same', async (format) => {
    const bytes = await told()[format]().toBuffer();
    expect(bytes.includes(SECRET)).toBe(true);
    expect((await sharp(bytes).metadata()).exif).toBeTruthy();
    const file = await kept(bytes);
    expect(file.content.includes(SECRET)).toBe(false);
    expect(file.content.includes('SecretCam')).toBe(false);
    expect(file.bytes).toBe(file.content.length);
    expect((await pixels(file.content)).equals(await pixels(bytes))).toBe(true);
    const { exif: left, xmp: leftToo } = await sharp(file.content).metadata();
    expect([left?.includes('GPS') ?? false, left?.includes(SECRET) ?? false, leftToo?.includes(SECRET) ?? false]).toEqual([false, false, false]);
  });

  test.each(['jpeg', 'png', 'webp', 'avif', 'gif'] as const)('of %s taken out twice is taken out once: its name stays', async (format) => {
    const once = await kept(await told()[format]().toBuffer());
    const twice = await kept(once.content);
    expect(twice.sha256).toBe(once.sha256);
    expect(twice.content.equals(once.content)).toBe(true);
  });

  test.each(['jpeg', 'png', 'webp', 'gif', 'avif'] as const)('%s without any stays as it is, byte for byte', async (format) => {
    const bytes = await pictureIn(format);
    expect((await kept(bytes)).content.equals(bytes)).toBe(true);
  });

  test('what a JPEG has in comments, for printers and behind its end is gone: phones append films and second pictures', async () => {
    const bytes = await drawn.clone().jpeg().toBuffer();
    const more = Buffer.concat([bytes.subarray(0, 2), segment(0xfe, SECRET), segment(0xed, `Photoshop 3.0\0${SECRET}`), segment(0xe2, `MPF\0${SECRET}`), segment(0xe0, `JFXX\0${SECRET}`), segment(0xe5, SECRET), bytes.subarray(2), Buffer.from(`ftypmp42 ${SECRET}`)]);
    const file = await kept(more);
    expect(file.content.includes(SECRET)).toBe(false);
    expect((await pixels(file.content)).equals(await pixels(bytes))).toBe(true);
  });

  test('a progressive JPEG, of many scans, is whole', async () => {
    const bytes = await told().jpeg({ progressive: true }).toBuffer();
    const { content } = await kept(bytes);
    expect(content.includes(SECRET)).toBe(false);
    expect((await pixels(content)).equals(await pixels(bytes))).toBe(true);
  });

  test('a profile of colours stays', async () => {
    for (const format of ['jpeg', 'png', 'webp'] as const) {
      const bytes = await drawn.clone().withIccProfile('p3').withExif(exif)[format]().toBuffer();
      const { content } = await kept(bytes);
      expect((await sharp(content).metadata()).icc?.length).toBe((await sharp(bytes).metadata()).icc?.length);
    }
  });

  test('texts, dates and programs’ own parts of a PNG are gone, and what stands behind its end', async () => {
    const bytes = await drawn.clone().png().toBuffer();
    const chunk = (name: string, content: string) => Buffer.concat([Buffer.from([0, 0, 0, content.length]), Buffer.from(name + content, 'latin1'), Buffer.alloc(4)]);
    const { content } = await kept(Buffer.concat([bytes.subarray(0, 33), chunk('tEXt', `Author\0${SECRET}`), chunk('prVt', SECRET), bytes.subarray(33), Buffer.from(SECRET)]));
    expect(content.equals(bytes)).toBe(true);
  });

  test('a GIF that moves goes on moving, without comments and XMP', async () => {
    const frames = await Promise.all(['#f00', '#0f0'].map((colour) => pictureIn('png', { width: 20, height: 20, colour })));
    const bytes = await sharp(frames, { join: { animated: true } }).gif({ loop: 0, delay: [100, 100] }).toBuffer();
    const comment = Buffer.concat([Buffer.from([0x21, 0xfe, SECRET.length]), Buffer.from(SECRET), Buffer.from([0])]);
    const application = Buffer.concat([Buffer.from([0x21, 0xff, 11]), Buffer.from('XMP DataXMP'), Buffer.from([SECRET.length]), Buffer.from(SECRET), Buffer.from([0])]);
    const end = 13 + (bytes[10]! & 0x80 ? 3 * 2 ** ((bytes[10]! & 7) + 1) : 0);
    const { content } = await kept(Buffer.concat([bytes.subarray(0, end), comment, application, bytes.subarray(end)]));
    expect(content.equals(bytes)).toBe(true);
    expect((await sharp(content, { animated: true }).metadata()).pages).toBe(2);
  });
});

describe('a picture that is upright only by its EXIF is drawn upright', () => {
  test.each(['jpeg', 'png', 'webp'] as const)('%s', async (format) => {
    const half = await pictureIn('png', { width: 100, height: 40, colour: '#ffffff' });
    const bytes = await sharp({ create: { width: 100, height: 80, channels: 3, background: '#000000' } }).composite([{ input: half, top: 0, left: 0 }]).withExif(exif).withMetadata({ orientation: 6 })[format]().toBuffer();
    const file = await kept(bytes);
    expect(file).toMatchObject({ width: 80, height: 100 });
    const { width, height, orientation, exif: left } = await sharp(file.content).metadata();
    expect({ width, height, orientation: orientation ?? 1, left }).toEqual({ width: 80, height: 100, orientation: 1, left: undefined });
    // What was above is at the right.
    const { data } = await sharp(file.content).greyscale().raw().toBuffer({ resolveWithObject: true });
    expect([data[50 * 80 + 5]! < 40, data[50 * 80 + 75]! > 215]).toEqual([true, true]);
    expect((await kept(file.content)).sha256).toBe(file.sha256);
  });
});

describe('films', () => {
  const box = (type: string, ...content: (Buffer | string)[]): Buffer => {
    const inside = Buffer.concat(content.map((one) => Buffer.from(one as string, 'latin1')));
    const head = Buffer.alloc(8);
    head.writeUInt32BE(inside.length + 8, 0);
    head.write(type, 4, 'latin1');
    return Buffer.concat([head, inside]);
  };
  test.each([['MP4', MP4], ['QuickTime', MOV]])('%s says no more where it was taken; its parts stay where they are', async (_, head) => {
    const moov = box('moov', box('mvhd', Buffer.alloc(100, 1)), box('trak', box('tkhd', 'track'), box('udta', box('\xa9xyz', SECRET))), box('udta', box('\xa9xyz', '+51.5-000.1/')), box('meta', SECRET));
    const film = Buffer.concat([head, moov, box('uuid', SECRET), box('mdat', 'the film itself')]);
    const { content, sha256 } = await kept(film);
    expect(content.length).toBe(film.length);
    expect([content.includes(SECRET), content.includes('+51.5')]).toEqual([false, false]);
    expect(content.indexOf('the film itself')).toBe(film.indexOf('the film itself'));
    expect(content.includes(Buffer.alloc(100, 1))).toBe(true);
    expect((await kept(content)).sha256).toBe(sha256);
  });

  test('one whose boxes lie about their size is kept as it is', async () => {
    const film = Buffer.concat([MP4, Buffer.from('\xff\xff\xff\xffmoov', 'latin1')]);
    expect((await kept(film)).content.equals(film)).toBe(true);
  });
});

test('whatever is cut off, made up or damaged is kept or refused, and never ends the process', async () => {
  const samples = await Promise.all((['jpeg', 'png', 'webp', 'gif', 'avif'] as const).map((format) => told()[format]().toBuffer()));
  await fc.assert(fc.asyncProperty(fc.constantFrom(...samples), fc.nat(), fc.array(fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 })), { maxLength: 6 }), async (sample, cut, changes) => {
    const bytes = Buffer.from(cut % 3 === 0 ? sample.subarray(0, cut % sample.length) : sample);
    for (const [at, value] of changes) if (bytes.length > 0) bytes[at % bytes.length] = value;
    expect(['kept', 'invalid', 'too-large']).toContain(await refusalOf(bytes));
  }), { numRuns: 150 });
});

test('any bytes are taken apart without end or error of another kind', () => {
  const starts: [(bytes: Buffer) => Buffer, Buffer][] = [[bareJpeg, Buffer.from([0xff, 0xd8])], [barePng, Buffer.from('89504e470d0a1a0a', 'hex')], [bareWebp, Buffer.from('RIFF\xff\0\0\0WEBP', 'latin1')], [bareGif, Buffer.from('GIF89a\x01\0\x01\0\0\0\0', 'latin1')]];
  fc.assert(fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), ([bare, start], rest) => {
    let once: Buffer;
    try {
      once = bare(Buffer.concat([start, rest]));
    } catch (error) {
      expect((error as Error).constructor.name).toMatch(/BrokenPicture|RangeError/);
      return;
    }
    expect(bare(once).equals(once)).toBe(true);
  }), { numRuns: 2_000 });
});
