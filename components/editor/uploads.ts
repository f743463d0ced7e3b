import pLimit from 'p-limit';
import type { UploadedMedia } from '@/lib/media/schema';
import { t } from '@/lib/words/t';

export type UploadHow = { onProgress: (part: number) => void; signal: AbortSignal };
export type Upload = (file: File, how: UploadHow) => Promise<UploadedMedia>;
/** Brings a picture of another site here; null: it cannot be had. */
export type FetchPicture = (address: string) => Promise<UploadedMedia | null>;

/** A picture on its way. `part`: from 0 to 1; `preview`: an address of this window only. */
export type OnItsWay = { name: string; preview: string | null; part: number; refusal: string | null; media: UploadedMedia | null };

const AT_ONCE = 3;

const extensionOf = (type: string): string => /^image\/(\w+)/.exec(type)?.[1]?.replace('jpeg', 'jpg') ?? 'bin';

/** A `data:` address as a file; null for what is none. */
export async function fileOfData(address: string): Promise<File | null> {
  const found = /^data:(image\/[\w.+-]+)((?:;[\w=-]+)*),(.*)$/is.exec(address);
  if (!found) return null;
  const [, type = '', parameters = '', data = ''] = found;
  try {
    const text = /;base64/i.test(parameters) ? atob(data.replace(/\s/g, '')) : decodeURIComponent(data);
    return new File([Uint8Array.from(text, (character) => character.charCodeAt(0))], `${t('editor.picture.pasted')}.${extensionOf(type)}`, { type });
  } catch {
    return null;
  }
}

/** The pictures of one editor that are on their way here: each goes by a name that stands in the document meanwhile. */
export class Uploads {
  private readonly states = new Map<string, OnItsWay>();
  private readonly works = new Map<string, (id: string, signal: AbortSignal) => Promise<UploadedMedia>>();
  private readonly listeners = new Set<() => void>();
  private ending = new AbortController();
  private readonly limit = pLimit(AT_ONCE);

  constructor(private readonly upload: Upload, private readonly fetchPicture: FetchPicture) {}

  /** Sends a file. Gives the name it has until it is here. */
  addFile(file: File): string {
    const preview = typeof URL.createObjectURL === 'function' && file.type.startsWith('image/') ? URL.createObjectURL(file) : null;
    return this.add(file.name, preview, (id, signal) => this.send(id, file, signal));
  }

  /** Brings what lies at an address (`https:`, or a picture written out as `data:`). */
  addAddress(address: string): string {
    const isData = address.startsWith('data:');
    return this.add(isData ? t('editor.picture.pasted') : address, isData ? address : null, async (id, signal) => {
      const file = isData ? await fileOfData(address) : null;
      if (file) return this.send(id, file, signal);
      const media = isData ? null : await this.fetchPicture(address);
      if (!media) throw new Error(t('editor.picture.notFetched'));
      return media;
    });
  }

  get(id: string): OnItsWay | null {
    return this.states.get(id) ?? null;
  }

  /** How many are still on their way. */
  get count(): number {
    return [...this.states.values()].filter(({ media, refusal }) => media === null && refusal === null).length;
  }

  tryAgain(id: string): void {
    this.set(id, { refusal: null, part: 0 });
    void this.limit(() => this.run(id));
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  /** Ends all that is under way: the editor closes. */
  close(): void {
    this.ending.abort();
    // React may take an editor away and bring it back.
    this.ending = new AbortController();
    for (const { preview } of this.states.values()) if (preview?.startsWith('blob:')) URL.revokeObjectURL(preview);
  }

  private add(name: string, preview: string | null, work: (id: string, signal: AbortSignal) => Promise<UploadedMedia>): string {
    const id = crypto.randomUUID();
    this.states.set(id, { name, preview, part: 0, refusal: null, media: null });
    this.works.set(id, work);
    void this.limit(() => this.run(id));
    return id;
  }

  private send(id: string, file: File, signal: AbortSignal): Promise<UploadedMedia> {
    return this.upload(file, { onProgress: (part) => this.set(id, { part }), signal });
  }

  private async run(id: string): Promise<void> {
    const work = this.works.get(id);
    const { signal } = this.ending;
    if (!work) return;
    try {
      this.set(id, { media: await work(id, signal), part: 1 });
    } catch (error) {
      if (!signal.aborted) this.set(id, { refusal: error instanceof Error && error.message ? error.message : t('editor.picture.notSent') });
    }
  }

  private set(id: string, change: Partial<OnItsWay>): void {
    const before = this.states.get(id);
    if (!before) return;
    this.states.set(id, { ...before, ...change });
    for (const listener of this.listeners) listener();
  }
}
