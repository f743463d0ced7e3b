import { t } from '../words/t';
import { z } from '../zod';

/** What a person's picture is made to be, in pixels on each side: twice what is ever shown, for fine screens. */
export const PICTURE_SIDE_PX = 160;
export const PICTURE_TYPE = 'image/webp';
/** No more is read of what lies at a picture's address. */
export const PICTURE_MAX_BYTES = 5 * 1024 * 1024;
/** A picture of more pixels is not opened: an AVIF of 500 bytes with four times as many takes 300 MB while it is drawn. */
export const PICTURE_MAX_PIXELS = 2048 * 2048;
/** For the whole of a fetch, redirects included. */
export const PICTURE_FETCH_MS = 10_000;
export const PICTURE_REDIRECTS_MAX = 3;
export const PICTURE_SOURCE_MAX_CHARACTERS = 2_000;

/** What the job `picture` is told: whose picture, where it lies, and the one origin that may be inside our own network. */
export type PictureJob = { userId: string; source: string; trustedOrigin: string | null };

/** How many hues a monogram may have; each is a class of its own in portrait.css. */
export const HUES = 12;
/** In place of a picture: one or two letters, and a hue from 0 to HUES - 1. */
export type Monogram = { letters: string; hue: number };

// Files that come from elsewhere with an import, and are kept as they are.
const MB = 1024 * 1024;
const MINUTE_MS = 60_000;
/** An address of more characters is not asked, and cannot be a key. */
export const SOURCE_MAX_CHARACTERS = 2_000;
/** A kept picture: only its size is read here, browsers draw it. */
export const KEPT_PICTURE_MAX_BYTES = 60 * MB;
export const KEPT_PICTURE_MAX_PIXELS = 100_000_000;
/** Any other kept file: sound, film, document. As much as column MediaAsset.bytes holds. */
export const KEPT_FILE_MAX_BYTES = 2 ** 31 - 1;
/** The database stands on the same disk: this much is left to it. */
export const DISK_LEFT_BYTES = 256 * MB;
export const FILE_NAME_MAX_CHARACTERS = 255;

/** For a whole fetch, redirects included. */
export const PICTURE_COPY_MS = 3 * MINUTE_MS;
export const FILE_COPY_MS = 30 * MINUTE_MS;
/** For a connection on which nothing comes. */
export const COPY_IDLE_MS = 20_000;
export const COPY_REDIRECTS_MAX = 5;
/** How many files are fetched at once, and of one host. */
export const COPIES_AT_ONCE = 6;
export const COPIES_PER_HOST = 2;
export const COPY_TRIES = 3;
/** A host that asks for patience is given no more. */
export const PATIENCE_MAX_SECONDS = 120;
/** After so many files in a row that it did not give, a host is asked no more in this import. */
export const HOST_FAILURES_MAX = 6;

/** An archive of more files is not read: their names are held in memory. */
export const ARCHIVE_NAMES_MAX = 500_000;
export const ARCHIVE_PATH_MAX_CHARACTERS = 1_000;

/** How a kept file is shown. */
export type OwnMediaKind = 'image' | 'video' | 'audio' | 'file';

/** A kept file as whoever writes a post has it: by upload, or chosen from the library. `path`: where the blog shows it. */
export type UploadedMedia = { id: string; path: string; width: number | null; height: number | null; kind: OwnMediaKind; name: string; alt: string };

export const OWN_MEDIA_KINDS = ['image', 'video', 'audio', 'file'] as const satisfies OwnMediaKind[];
/** Where a file is sent to, and where the library is listed for a dialog. */
export const UPLOAD_PATH = '/admin/media/upload';
export const MEDIA_LIST_PATH = '/admin/media/list';
export const uploadPath = (name: string): string => `${UPLOAD_PATH}?name=${encodeURIComponent(name)}`;
/** So many files of one person come in at once in one process; a browser sends UPLOADS_AT_ONCE. */
export const UPLOADS_PER_PERSON = 4;
export const UPLOADS_AT_ONCE = 3;
/** For a connection on which nothing comes. */
export const UPLOAD_IDLE_MS = 30_000;
export const MEDIA_ALT_MAX_CHARACTERS = 1_000;
export const MEDIA_PER_PAGE = 48;

/** What of the library is asked for. Anything may stand in an address: what is not understood is as if it were not there. */
export const mediaAskedSchema = z.object({
  page: z.coerce.number().int().min(1).max(100_000).catch(1),
  q: z.string().trim().max(200).catch('').transform((text) => text.replaceAll('\0', '')),
  kind: z.enum(OWN_MEDIA_KINDS).or(z.literal('')).catch(''),
});
export type MediaAsked = z.infer<typeof mediaAskedSchema>;

/** A line of the library. `thumb`: a small picture of it, where it is one. */
export type LibraryMedia = UploadedMedia & { thumb: string | null; bytes: number; mimeType: string; createdAt: string };
export type LibraryPage = { media: LibraryMedia[]; page: number; hasMore: boolean };

/** The widths in pixels that a picture may be had in, as far as it is that wide. */
export const VARIANT_WIDTHS = [320, 640, 960, 1280, 1920, 2560] as const;

/** What the job `variants` is told: which asset's sizes to make, or which file was deleted; nothing: to look for what is not measured. */
export type VariantsJob = { id?: string | undefined; gone?: string | undefined };

/** What is said of a file for those who do not see it. */
export const altTextSchema = z.object({ id: z.uuid(), alt: z.string().trim().max(MEDIA_ALT_MAX_CHARACTERS, { error: () => t('media.description.tooLong', { max: MEDIA_ALT_MAX_CHARACTERS }) }).transform((text) => text.replaceAll('\0', '')) });
export type AltText = z.infer<typeof altTextSchema>;

/** How the form of a description stands: the words as they are, and what became of the last save. */
export type AltState = { alt: string; done: string | null; message: string | null };
