import type { Uploads } from './uploads';

/** What the blocks of one editor ask of it. */
export type EditorWorks = {
  uploads: Uploads;
  /** Makes any HTML safe, on the server. */
  clean: (html: string) => Promise<string>;
  embed: (address: string) => Promise<string | null>;
};
