import { open } from 'node:fs/promises';
import { t } from '../../words/t';

/** The file is not what can be imported, and why, in a sentence that names the line where one is to blame. */
export class BrokenFile extends Error {
  constructor(reason: string, readonly line: number | null = null) {
    super(line === null ? reason : t('transfer.file.atLine', { line: String(line), reason }));
  }
}

export type SourceChunk = { text: string; bytesRead: number };

const CHUNK_BYTES = 64 * 1024;
// What XML 1.0 forbids, escaped or not. Some blogs carry them in old comments, and WordPress exports them as they are.
 
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

const startsWith = (bytes: Uint8Array, ...start: number[]) => start.every((byte, index) => bytes[index] === byte);

function refuseOtherEncodings(head: Uint8Array): void {
  if (head.length === 0) throw new BrokenFile(t('transfer.file.empty'));
  if (startsWith(head, 0x1f, 0x8b) || startsWith(head, 0x50, 0x4b, 3, 4)) {
    throw new BrokenFile(t('transfer.file.packedXml'));
  }
  const utf16 = startsWith(head, 0xff, 0xfe) || startsWith(head, 0xfe, 0xff) || startsWith(head, 0x3c, 0) || startsWith(head, 0, 0x3c);
  const declared = /^(?:\xef\xbb\xbf)?\s*<\?xml[^>]*?\sencoding\s*=\s*["']([^"']*)["']/.exec(Buffer.from(head).toString('latin1'))?.[1];
  const encoding = utf16 ? 'UTF-16' : (declared ?? 'UTF-8');
  if (!/^(utf-?8|us-ascii)$/i.test(encoding)) {
    throw new BrokenFile(t('transfer.file.otherEncoding', { encoding }), 1);
  }
}

const newlines = (text: string) => text.split('\n').length - 1;

/**
 * The characters of a UTF-8 file (a byte order mark is dropped), one chunk at a time: no chunk is read before the last one was used.
 * Characters that XML 1.0 forbids are left out and counted by `onForbidden`.
 * @throws BrokenFile for an empty or packed file, for another encoding, and for bytes that are not UTF-8, with their line
 */
export async function* readCharacters(path: string, onForbidden: (count: number) => void): AsyncGenerator<SourceChunk> {
  const file = await open(path, 'r');
  try {
    const decoder = new TextDecoder('utf-8', { fatal: true });
    const buffer = Buffer.allocUnsafe(CHUNK_BYTES);
    let bytesRead = 0;
    let line = 1;
    for (;;) {
      const { bytesRead: count } = await file.read(buffer, 0, CHUNK_BYTES, null);
      const bytes = buffer.subarray(0, count);
      if (bytesRead === 0) refuseOtherEncodings(bytes);
      bytesRead += count;
      let text = decode(decoder, bytes, line);
      line += newlines(text);
      text = text.replace(forbidden, () => (onForbidden(1), ''));
      if (text !== '') yield { text, bytesRead };
      if (count === 0) return;
    }
  } finally {
    await file.close();
  }
}

function decode(decoder: InstanceType<typeof TextDecoder>, bytes: Uint8Array, line: number): string {
  try {
    return decoder.decode(bytes, { stream: bytes.length > 0 });
  } catch {
    const before = new TextDecoder('utf-8').decode(bytes).split('\ufffd')[0] ?? '';
    throw new BrokenFile(t('transfer.file.noUtf8'), line + newlines(before));
  }
}
