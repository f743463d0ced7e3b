import type { OwnMedia, Wanted } from './own-media';

/** A picture or file of the old site, known to the importer by its number. `alt` and `caption` are plain text. */
export type Attachment = {
  url: string;
  alt: string;
  caption: string;
  /** A picture uploaded to this very post: what a `[gallery]` that names none shows. */
  attached?: boolean;
};

/** What the reading of a post may ask of the old site, and to whom it says what it met. */
export type OldSite = {
  attachments: ReadonlyMap<string, Attachment>;
  /** Whether a file is kept here; asked with whole addresses. */
  media: (address: string) => OwnMedia | null;
  /** From where relative addresses of pictures and files start; null when nobody knows. */
  base: URL | null;
  /** Something that cannot be shown, in words for the owner. */
  note: (unusable: string) => void;
  want: (wanted: Wanted) => void;
};
