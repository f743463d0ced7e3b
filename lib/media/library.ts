import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { hasPosts, isOwner, mayEditPost } from '../identity/rules';
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

/** Where a file shows. `how`: in the text, above it, or in what somebody is changing and has not put there yet. */
export type MediaUseView = { postId: string; title: string; how: 'text' | 'cover' | 'draft' };

/** One file with all that is known of it. `othersUses`: in so many posts that this person may not change. */
export type MediaView = LibraryMedia & { by: string | null; uses: MediaUseView[]; othersUses: number; isSitePicture: boolean; isSiteIcon: boolean };

type UseRow = { postId: string; title: string; authorId: string; how: MediaUseView['how'] };

/** A file of the library, and where it shows; null where it is not there, or not this person's to see. */
export async function findMedia(viewer: Person, id: string): Promise<MediaView | null> {
  const row = await db().mediaAsset.findFirst({
    where: { id, ...theirMedia(viewer) },
    select: { ...mediaColumns, uploadedBy: { select: { name: true } }, _count: { select: { sitePictures: true, siteIcons: true } } },
  });
  if (!row) return null;
  const rows = await listUses(row);
  const uses = rows.filter(({ authorId }) => mayEditPost(viewer, authorId)).map(({ postId, title, how }) => ({ postId, title: title.trim(), how }));
  return { ...lineOf(row), by: row.uploadedBy?.name ?? null, uses, othersUses: new Set(rows.filter(({ authorId }) => !mayEditPost(viewer, authorId)).map(({ postId }) => postId)).size, isSitePicture: row._count.sitePictures > 0, isSiteIcon: row._count.siteIcons > 0 };
}

/** A working copy is looked through by its text: there are few, and it is JSON. */
function listUses({ id, sha256 }: { id: string; sha256: string }): Promise<UseRow[]> {
  return db().$queryRaw<UseRow[]>`
    SELECT post.id::text AS "postId", post.title, post."authorId"::text AS "authorId", used.how FROM (
      SELECT "postId", 'text' AS how FROM "MediaUse" WHERE sha256 = ${sha256}
      UNION ALL SELECT post.id, 'cover' FROM "Post" post WHERE post."coverId" = ${id}::uuid
      UNION ALL SELECT draft."postId", 'draft' FROM "PostDraft" draft
        WHERE (position(${sha256} in draft.fields::text) > 0 AND NOT EXISTS (SELECT FROM "MediaUse" used WHERE used."postId" = draft."postId" AND used.sha256 = ${sha256}))
          OR (draft.fields->'cover'->>'assetId' = ${id} AND NOT EXISTS (SELECT FROM "Post" post WHERE post.id = draft."postId" AND post."coverId" = ${id}::uuid))
    ) used JOIN "Post" post ON post.id = used."postId" ORDER BY post."publishedAt" DESC NULLS FIRST, post.id DESC, used.how DESC LIMIT 500`;
}
