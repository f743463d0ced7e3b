import { Uploads, type FetchPicture, type Upload } from './uploads';

/** What the editor asks of whoever shows it. */
export type Given = {
  upload: Upload;
  fetchPicture?: FetchPicture;
  /** The figure of a video by its address; null for any other address. */
  embed: (address: string) => Promise<string | null>;
  /** Makes any HTML safe, as it is when it is saved; null: not now. */
  clean: (html: string) => Promise<string | null>;
};

/** What the blocks of one editor work with, for as long as it is open: always by what it was given last. */
export class Works {
  readonly uploads: Uploads;

  constructor(private given: Given) {
    this.uploads = new Uploads((...args) => this.given.upload(...args), (address) => this.given.fetchPicture?.(address) ?? Promise.resolve(null));
  }

  take(given: Given): void {
    this.given = given;
  }

  readonly embed = (address: string): Promise<string | null> => this.given.embed(address);

  /** @throws where the server gives none */
  readonly clean = async (html: string): Promise<string> => {
    const safe = await this.given.clean(html);
    if (safe === null) throw new Error('The server made nothing of it.');
    return safe;
  };
}
