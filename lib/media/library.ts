import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { hasPosts, isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { keptPath, typeOfMime } from './kept-types';
import { MEDIA_PER_PAGE, type LibraryMedia, type LibraryPage, type MediaAsked, type UploadedMedia } from './schema';
import { thumbOf } from './widths';

const mediaColumns = {
  id: true, sha256: true, mimeType: true, bytes: true, width: true, height: true, alt: true, name: true, widths: true, createdAt: true,
} as const satisfies Prisma.MediaAssetSelect;

type Row = Prisma.MediaAssetGetPayload<{ select: typeof mediaColumns }>;

const NOBODYS = '00000000-0000-0000-0000-000000000000';
const PICTURES = ['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif'];

/** The files that a person may see and change in the library: an owner all, an author what they have brought themselves, others none. */
export const theirMedia = (viewer: Person): Prisma.MediaAssetWhereInput =>
  isOwner(viewer) ? {} : { uploadedById: hasPosts(viewer) ? viewer.userId : NOBODYS };

function ofKind(kind: MediaAsked['kind']): Prisma.MediaAssetWhereInput {
  if (kind === '') return {};
  if (kind === 'image') return { mimeType: { in: PICTURES } };
  if (kind !== 'file') return { mimeType: { startsWith: `${kind}/` } };
  return { AND: [{ mimeType: { notIn: PICTURES } }, { NOT: [{ mimeType: { startsWith: 'video/' } }, { mimeType: { startsWith: 'audio/' } }] }] };
}

const spoken = (q: string): Prisma.MediaAssetWhereInput =>
  q === '' ? {} : { OR: [{ name: { contains: escaped(q), mode: 'insensitive' } }, { alt: { contains: escaped(q), mode: 'insensitive' } }] };

// What LIKE takes for any letter.
const escaped = (text: string): string => text.replace(/[\\%_]/g, '\\$&');

/** A row as whoever writes a post has it. */
export function uploadedOf({ id, sha256, mimeType, width, height, name, alt }: Omit<Row, 'bytes' | 'widths' | 'createdAt'>): UploadedMedia {
  return { id, path: keptPath(sha256, mimeType), width, height, kind: typeOfMime(mimeType)?.kind ?? 'file', name, alt };
}

const lineOf = (row: Row): LibraryMedia => ({ ...uploadedOf(row), thumb: thumbOf(row), bytes: row.bytes, mimeType: row.mimeType, createdAt: row.createdAt.toISOString() });

/** One page of a person's library, newest first. Empty beyond the last. */
export async function listMedia(viewer: Person, { page, q, kind }: MediaAsked): Promise<LibraryPage> {
  const rows = await db().mediaAsset.findMany({
    where: { AND: [theirMedia(viewer), ofKind(kind), spoken(q)] }, select: mediaColumns,
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], skip: (page - 1) * MEDIA_PER_PAGE, take: MEDIA_PER_PAGE + 1,
  });
  return { media: rows.slice(0, MEDIA_PER_PAGE).map(lineOf), page, hasMore: rows.length > MEDIA_PER_PAGE };
}
