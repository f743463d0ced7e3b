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
