import { z } from '../zod';

export const MANIFEST_NAME = 'manifest.json';
/** Of the form of a backup; raised when a program of before could not read it. */
export const MANIFEST_VERSION = 1;
export const SECRET_NAME = 'auth-secret';
export const MEDIA_LIST_NAME = 'media.txt';
/** So many files that could not be taken along are named; all are counted. */
export const MISSING_NAMED_MAX = 100;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.number().int().min(0);
// They become SQL and the names of files.
const identifier = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/);
const kept = { bytes: count, sha256 };

const table = z.object({ name: identifier, columns: z.array(identifier).min(1), rows: count, ...kept });

/** What a backup says of itself. Every file it has is named here with its size and checksum; media by a list of their own. */
export const manifestSchema = z.object({
  format: z.literal('soapbox-backup'),
  version: z.number().int().min(1),
  madeAt: z.iso.datetime(),
  /** PostgreSQL's own version, such as `18.4`; the rows are text and do not depend on it. */
  postgres: z.string().max(200),
  /** Applied when it was made, oldest first. */
  migrations: z.array(z.string().regex(/^\w{1,200}$/)),
  tables: z.array(table),
  sequences: z.array(z.object({ name: identifier, lastValue: z.string().regex(/^-?\d{1,20}$/), isCalled: z.boolean() })),
  /** Null where the blog knew no kept files yet. `missing`: those whose bytes were gone or damaged. */
  media: z.object({ files: count, bytes: count, list: z.object(kept), missing: z.array(z.string().max(200)).max(MISSING_NAMED_MAX), missingCount: count }).nullable(),
  /** The blog's own secret, with the built-in database only: keyed hashes and sessions depend on it. */
  secret: z.object(kept).nullable(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type KeptTable = z.infer<typeof table>;
export type KeptSequence = Manifest['sequences'][number];
export type KeptMedia = NonNullable<Manifest['media']>;

/** The path of a table's rows inside a backup. */
export const tableFile = (name: string): string => `database/${name}.copy.gz`;

const MEDIA_LINE = /^([0-9a-f]{64}\.[a-z0-9]{1,10}) (\d{1,16})$/;

/** One line of the list of media: `SHA256.EXT BYTES`; null for anything else. */
export function readMediaLine(line: string): { name: string; bytes: number } | null {
  const [, name, bytes] = MEDIA_LINE.exec(line) ?? [];
  return name && bytes ? { name, bytes: Number(bytes) } : null;
}

/** Where a kept file stands, in the store as in a backup's folder `media`. */
export const mediaPath = (name: string): string => `${name.slice(0, 2)}/${name}`;

/** All that a backup weighs, in bytes. */
export const bytesOf = ({ tables, media, secret }: Manifest): number =>
  tables.reduce((sum, { bytes }) => sum + bytes, 0) + (media ? media.bytes + media.list.bytes : 0) + (secret?.bytes ?? 0);

export const rowsOf = ({ tables }: Manifest): number => tables.reduce((sum, { rows }) => sum + rows, 0);
