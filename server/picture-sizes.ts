import { LRUCache } from 'lru-cache';
import { log } from '../lib/log';
import { keptPath } from '../lib/media/kept-types';
import { StoreFailed } from '../lib/media/media-store';
import { drawVariant, findVariant, noteWidths, type Pictured } from '../lib/media/variants';
import { variantName, type VariantName } from '../lib/media/widths';

const WAITING_MAX = 40;
// Who asks for what is not to be had is answered from here for a while.
const REMEMBERED_MAX = 2_000;
const REMEMBERED_MS = 30_000;

/** `there`: it can be opened. `instead`: the path of what may be shown in its place. Null: there is no such size. */
export type Sized = 'there' | { instead: string } | null;

/**
 * Sizes of pictures that nobody has drawn yet: drawn when the first reader asks, once for all who wait. So a restored
 * backup, whose sizes are not in it, and an import show their pictures at once.
 */
export class PictureSizes {
  private readonly drawing = new Map<string, Promise<Sized>>();
  private readonly unknown = new LRUCache<string, true>({ max: REMEMBERED_MAX, ttl: REMEMBERED_MS });

  constructor(private readonly find: (name: VariantName) => Promise<Pictured | null> = findVariant, private readonly draw: typeof drawVariant = drawVariant) {}

  /** Sees to it that a size is there, if it is one that is to be had. Never for a width that was not written down. @throws StoreFailed, and where the database is away */
  async have(asked: VariantName): Promise<Sized> {
    const name = variantName(asked);
    if (this.unknown.has(name)) return null;
    const known = this.drawing.get(name);
    if (known) return known;
    if (this.drawing.size >= WAITING_MAX) return this.instead(asked);
    const drawn = this.make(asked, name).finally(() => this.drawing.delete(name));
    this.drawing.set(name, drawn);
    return drawn;
  }

  private async instead(asked: VariantName): Promise<Sized> {
    const picture = await this.find(asked);
    return picture && { instead: keptPath(picture.sha256, picture.mimeType) };
  }

  private async make(asked: VariantName, name: string): Promise<Sized> {
    const picture = await this.find(asked);
    if (!picture) {
      this.unknown.set(name, true);
      return null;
    }
    const drawn = await this.draw(picture, asked, 'asked').catch((error: unknown) => {
      if (error instanceof StoreFailed) throw error;
      log.warn({ err: error, size: name }, 'A size of a picture could not be drawn.');
      return 'late' as const;
    });
    if (drawn === 'there') return 'there';
    if (drawn === 'gone') return null;
    // It would not be drawn the next time, either.
    if (drawn === 'broken') await noteWidths([{ sha256: picture.sha256, widths: [] }], new Date()).catch((error: unknown) => log.warn({ err: error }, 'That a picture is broken was not written down.'));
    return { instead: keptPath(picture.sha256, picture.mimeType) };
  }
}
