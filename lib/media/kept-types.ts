import type { OwnMediaKind } from './schema';

export type KeptType = { extension: string; kind: OwnMediaKind; mimeType: string };

const kept = (kind: OwnMediaKind, types: Record<string, string>): KeptType[] => Object.entries(types).map(([extension, mimeType]) => ({ extension, kind, mimeType }));

/** What is kept, one extension for each type. Nothing that a browser would run: no HTML, SVG, XML or script. */
const KEPT: KeptType[] = [
  ...kept('image', { jpg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp', avif: 'image/avif' }),
  ...kept('video', { mp4: 'video/mp4', m4v: 'video/x-m4v', webm: 'video/webm', mov: 'video/quicktime', ogv: 'video/ogg' }),
  ...kept('audio', { mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', wav: 'audio/wav', flac: 'audio/flac', aac: 'audio/aac' }),
  ...kept('file', {
    pdf: 'application/pdf', rtf: 'application/rtf', epub: 'application/epub+zip', zip: 'application/zip',
    odt: 'application/vnd.oasis.opendocument.text', ods: 'application/vnd.oasis.opendocument.spreadsheet', odp: 'application/vnd.oasis.opendocument.presentation',
    docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
    // Pictures that not every browser draws.
    bmp: 'image/bmp', tif: 'image/tiff', heic: 'image/heic',
  }),
];

const byExtension = new Map(KEPT.map((type) => [type.extension, type]));
const byMimeType = new Map(KEPT.map((type) => [type.mimeType, type]));

/** The kept type that has this MIME type or, in `typeOfExtension`, this extension; null for what is not kept. */
export const typeOfMime = (mimeType: string): KeptType | null => byMimeType.get(mimeType) ?? null;
export const typeOfExtension = (extension: string): KeptType | null => byExtension.get(extension) ?? null;

/** The name of a kept file, and the path at which the blog shows it. */
export const keptName = (sha256: string, mimeType: string): string => `${sha256}.${typeOfMime(mimeType)?.extension ?? 'bin'}`;
export const keptPath = (sha256: string, mimeType: string): string => `/media/${keptName(sha256, mimeType)}`;

/** What the name of a kept file says; null for every other name. */
export function readKeptName(name: string): { sha256: string; type: KeptType } | null {
  const [, sha256, extension] = /^([0-9a-f]{64})\.([a-z0-9]{2,4})$/.exec(name) ?? [];
  const type = typeOfExtension(extension ?? '');
  return sha256 && type ? { sha256, type } : null;
}
