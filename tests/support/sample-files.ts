import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import sharp from 'sharp';
import { pack } from 'tar-stream';
import { afterAll } from 'vitest';
import { ZipFile } from 'yazl';

export type Format = 'jpeg' | 'png' | 'webp' | 'gif' | 'avif';

/** A picture of one colour; another colour is another picture. */
export const pictureIn = (format: Format, { width = 300, height = 200, colour = '#b4532a' } = {}): Promise<Buffer> =>
  sharp({ create: { width, height, channels: 3, background: colour } })[format]().toBuffer();

export const PDF = Buffer.from('%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n');
export const HTML = Buffer.from('<!doctype html><html><body><script>alert(1)</script></body></html>');
export const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
export const MP3 = Buffer.concat([Buffer.from('ID3\x03\0\0\0\0\0\x0a', 'latin1'), Buffer.alloc(10), Buffer.from([0xff, 0xfb, 0x90, 0]), Buffer.alloc(500)]);
const box = (brand: string): Buffer => Buffer.from(`\0\0\0\x18ftyp${brand}\0\0\0\0${brand}isom`, 'latin1');
export const [MP4, M4A, M4V, MOV] = [box('mp42'), box('M4A '), box('M4V '), box('qt  ')];
export const WAV = Buffer.from('RIFF\x24\0\0\0WAVEfmt \x10\0\0\0', 'latin1');
export const WEBM = Buffer.from('1a45dfa39f4286810142f7810142f2810442f381084282847765626d', 'hex');
export const OGG = Buffer.concat([Buffer.from('OggS\0\x02', 'latin1'), Buffer.alloc(20), Buffer.from([1, 30]), Buffer.from('\x01vorbis', 'latin1'), Buffer.alloc(23)]);

export type ZipEntry = [name: string, bytes: Buffer, mode?: number];

export async function zipOf(entries: ZipEntry[]): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, bytes, mode] of entries) zip.addBuffer(bytes, name, { ...(mode !== undefined && { mode }) });
  zip.end();
  return buffer(zip.outputStream as Readable);
}

/** An office document by what its archive says it is. */
export const DOCX = (): Promise<Buffer> => zipOf([
  ['[Content_Types].xml', Buffer.from('<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>')],
  ['word/document.xml', Buffer.from('<w:document/>')],
]);

export type TarEntry = { name: string; bytes?: Buffer; type?: 'file' | 'symlink' | 'link' | 'directory' | 'fifo'; linkname?: string };

export function tarOf(entries: TarEntry[]): Promise<Buffer> {
  const tar = pack();
  for (const { name, bytes = Buffer.alloc(0), type = 'file', linkname } of entries) tar.entry({ name, type, ...(linkname !== undefined && { linkname }) }, bytes);
  tar.finalize();
  return buffer(tar as unknown as Readable);
}

/** A folder that is gone after the file's tests. */
export function temporaryFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `soapbox-${name}-`));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Bytes as a stream brings them, in pieces. */
export async function* inPieces(bytes: Buffer, size = 1_000): AsyncGenerator<Buffer> {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}
