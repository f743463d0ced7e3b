/** Where the editor saves: JSON of saveSchema, answered with the Result and its status (docs/decisions/0031). */
export const SAVE_PATH = '/admin/posts/save';
/** Where an open window says that it is there, and hears which others are. */
export const BEAT_PATH = '/admin/posts/beat';

const KIB = 1024;
/** The largest save: a text of BODY_MAX_CHARACTERS with what JSON adds. */
export const SAVE_MAX_BYTES = 4 * KIB * KIB;
export const BEAT_MAX_BYTES = KIB;
/** Chromium and WebKit carry no more than 64 KiB beyond the end of a page. */
export const KEEPALIVE_MAX_BYTES = 60 * KIB;

/** The address at which a post is edited. */
export const editorPath = (id: string): string => `/admin/posts/${id}`;

/** The address of the texts that a post had. */
export const revisionsPath = (id: string): string => `/admin/posts/${id}/revisions`;
