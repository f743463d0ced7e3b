import type { Readable } from 'node:stream';
import { env } from '../../env';
import { Snapshot } from './rows';
import { markdownEntries } from './markdown-writer';
import { mediaArchive } from './media-archive';
import { wordPressExport, type ExportCounts } from './wxr-writer';
import { zipOf, type ZipEntry } from './zip';

export type ExportOptions = {
  /** Where the blog is, without a last slash: SITE_URL by default. */
  address?: string;
  /** Called for each thing that goes out. */
  count?: (kind: keyof ExportCounts) => void;
};

const addressOf = ({ address }: ExportOptions): string => address ?? env().SITE_URL ?? `http://localhost:${env().PORT}`;

/**
 * The blog as WXR 1.2 (lib/transfer/export/wxr-writer.ts), as it is at the first piece. `url`: a PostgreSQL address, direct,
 * not through a pooler. Who stops early ends it, and its connection, by `return`.
 */
export async function* writeWordPress(url: string, now: Date, options: ExportOptions = {}): AsyncGenerator<string> {
  const snapshot = await Snapshot.open(url);
  try {
    yield* wordPressExport(snapshot, addressOf(options), now, options.count);
  } finally {
    await snapshot.close();
  }
}

/** The blog as Markdown in a ZIP archive (lib/transfer/export/markdown-writer.ts). Who stops early destroys it. `url` as above. */
export const writeMarkdown = (url: string, now: Date, options: ExportOptions = {}): Readable => zipOf(markdownOf(url, now, options));

async function* markdownOf(url: string, now: Date, options: ExportOptions): AsyncGenerator<ZipEntry> {
  const snapshot = await Snapshot.open(url);
  try {
    yield* markdownEntries(snapshot, addressOf(options), now, options.count);
  } finally {
    await snapshot.close();
  }
}

/** All kept files in a ZIP archive (lib/transfer/export/media-archive.ts). Who stops early destroys it. */
export const writeMedia = (count?: () => void): Readable => mediaArchive(count);
