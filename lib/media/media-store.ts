import type { Readable } from 'node:stream';
import { readKeptName } from './kept-types';
import { readVariantName } from './widths';

export type OpenFile = {
  bytes: number;
  /** The bytes from `start` to `end`, both included; all of them by default. Closes the file when it ends or is destroyed. */
  stream: (range?: { start: number; end: number }) => Readable;
  /** To be called where nothing is streamed. */
  close: () => Promise<void>;
};

/** A file on this machine's disk that is to be kept. */
export type NewFile = { path: string; bytes: number; sha256: string };

/**
 * Where kept files and the sizes of pictures lie, by name: on disk or elsewhere. The same name has the same bytes for good.
 * @throws StoreFailed where it cannot be had or written, with a sentence that says why
 */
export type MediaStore = {
  /** Keeps a whole file under a name; safe when it returns. May take the file itself away. Idempotent. */
  put: (name: string, file: NewFile) => Promise<void>;
  /** Null where there is none. No other name than a kept one leads anywhere. */
  open: (name: string) => Promise<OpenFile | null>;
  /** How many bytes a file has; null where there is none. */
  sizeOf: (name: string) => Promise<number | null>;
  /** The kept files, without sizes of pictures, in the order of their names. */
  list: () => AsyncGenerator<{ name: string; bytes: number }>;
  /** Takes a kept file away, and every size of it. Idempotent. */
  remove: (name: string) => Promise<void>;
};

/** The store does not take or give. The message is for people. */
export class StoreFailed extends Error {}

/** The folder of the sizes of pictures, beside those of kept files: what lies there can be made again. */
export const VARIANTS = 'variants';

/** Where a file stands inside the store: `ab/SHA256.EXT`, a size in `variants/ab/SHA256-WIDTH.EXT`; null for any other name. */
export function placeOf(name: string): string | null {
  if (readKeptName(name)) return `${name.slice(0, 2)}/${name}`;
  return readVariantName(name) ? `${VARIANTS}/${name.slice(0, 2)}/${name}` : null;
}
