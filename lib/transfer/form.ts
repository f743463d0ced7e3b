import type { Care, MentionWay, PostStatus } from '../db/generated/enums';
import type { BlogKind } from './schema';

// The one form onto which every reader of a foreign file maps what it finds. Texts are as they stood in the file: nothing
// here is safe to show yet. A `number` is what the file calls a thing by, as text without leading zeros; '' is none.

/** The blog that a file comes from. `source` is `ImportKey.source`: equal for two files of one blog. */
export type ImportedSite = { source: string; address: string; title: string; tagline: string; own?: OwnSite | null };

export type ImportedAuthor = { login: string; number: string; email: string; name: string; slug: string; own: OwnAuthor | null };

export type TermKind = 'category' | 'tag';
/** `number`: what its list was asked for by (`?cat=5`), where the file says it. */
export type ImportedTerm = { kind: TermKind; slug: string; name: string; description: string; parentSlug: string; number?: string; own?: OwnTerm | null };

export type ImportedPostStatus = Exclude<PostStatus, 'unlisted'>;

export type ImportedPost = {
  number: string;
  kind: 'post' | 'page';
  /** As the file has it; '' where it has none, and one is made of the title. */
  slug: string;
  title: string;
  content: string;
  /** Plain text, or HTML that is made plain; '' for one made of the content. */
  excerpt: string;
  status: ImportedPostStatus;
  /** As it was typed there; '' where it has none. One that cannot be had lets nobody in. */
  password?: string;
  /** Null for a draft, and for what lies in the trash without a date. */
  publishedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
  /** The login of its author. */
  author: string;
  /** The number of its parent page. */
  parent: string;
  menuOrder: number;
  sticky: boolean;
  commentsOpen: boolean;
  /** The address it had, whole. */
  address: string;
  terms: { kind: TermKind; slug: string; name: string }[];
  /** The number of the attachment, or the address, of the picture that stood above it; '' for none. */
  cover: string;
  /** WordPress's footnotes, JSON. */
  footnotes: string;
  own: OwnPost | null;
};

/** A picture or another file of the old blog. */
export type ImportedFile = {
  number: string;
  /** The number of the post it was uploaded to. */
  parent: string;
  slug: string;
  /** Where the file lies, and the page that showed it. */
  address: string;
  page: string;
  alt: string;
  caption: string;
  own: OwnFile | null;
};

/** A reusable block, which posts name by its number. */
export type ImportedBlock = { number: string; content: string };

/** A post that is not in the file but is here already: the comments below belong to what stands at this old or present address. */
export type ImportedThread = { number: string; address: string; /** Another address that it may be known by; '' for none. */ otherAddress: string; title: string };

export type ImportedComment = {
  number: string;
  /** The number of the comment it answers. */
  parent: string;
  kind: 'comment' | 'mention';
  status: 'approved' | 'pending' | 'spam' | 'trash';
  name: string;
  email: string;
  website: string;
  /** The number of the author (ImportedAuthor) who wrote it; '' for a reader. */
  author: string;
  createdAt: Date;
  content: string;
  own: OwnComment | null;
};

// What our own export says besides, in a namespace of ours. Ids stay what they were: a thing that is here is known by them,
// and its `number`, and that of its parent, author and writer, is its id. Texts beside it are then exact, and not HTML.

export type ImportedKey = { source: string; kind: string; externalId: string };

/** What a blog that nobody has set yet takes over. */
export type OwnSite = { language: string; timeZone: string };

export type OwnAuthor = { id: string; name: string | null; slug: string | null; about: string; website: string | null; keys: ImportedKey[] };

export type OwnTerm = { id: string; keys: ImportedKey[] };

export type OwnPost = {
  id: string;
  status: PostStatus;
  password: string | null;
  isOwnExcerpt?: boolean | undefined;
  care: Care;
  commentsByAge: boolean;
  commentsCloseAt: Date | null;
  helpline: string;
  /** As it was shown, to be made safe again; null: to be made of the content. */
  html: string | null;
  /** Old addresses that lead to it. */
  oldPaths: string[];
  keys: ImportedKey[];
};

/** `addresses`: from where it was once copied (MediaSource). */
export type OwnFile = { id: string; sha256: string; name: string; createdAt: Date; addresses: string[] };

export type OwnComment = {
  id: string;
  publicId: string;
  legacyNumber: string;
  /** `deleted`: an empty anchor. */
  isDeleted: boolean;
  format: 'markdown' | 'html';
  editedAt: Date | null;
  mention: { mark: string; target: string; way: MentionWay } | null;
  keys: ImportedKey[];
};

/**
 * One thing of a file, with the line it begins on (null where lines mean nothing). `item` counts what comments can stand
 * under, from 1; a comment may come before or after its item. `note`: something the reader could not use, or not as it
 * stood; `skipped` counts it as a thing of that kind that did not come in; `count`: so many at once. `redirect`: an old
 * address that leads to a fixed path; `gone`: something that once came in and was deleted since.
 */
export type ImportRecord =
  | { kind: 'site'; line: number | null; value: ImportedSite }
  | { kind: 'author'; line: number | null; value: ImportedAuthor }
  | { kind: 'term'; line: number | null; value: ImportedTerm }
  | { kind: 'post'; line: number | null; item: number; value: ImportedPost }
  | { kind: 'thread'; line: number | null; item: number; value: ImportedThread }
  | { kind: 'file'; line: number | null; item: number; value: ImportedFile }
  | { kind: 'block'; line: number | null; value: ImportedBlock }
  | { kind: 'comment'; line: number | null; item: number; value: ImportedComment }
  | { kind: 'redirect'; line: number | null; value: { path: string; to: string } }
  | { kind: 'gone'; line: number | null; value: ImportedKey }
  | { kind: 'note'; line: number | null; reason: string; what: string; count?: number; skipped?: BlogKind };

/** What a reader gives piece by piece; `bytesRead` of the file so far, for the progress. */
export type ImportBatch = { records: ImportRecord[]; bytesRead: number };

/** Reads a file of one kind. `now` stands in for dates it does not have. Knows no database; memory does not grow with the file. @throws BrokenFile */
export type Reader = (path: string, now: Date) => AsyncGenerator<ImportBatch>;
