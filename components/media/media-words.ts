import type { MediaAsked, OwnMediaKind } from '@/lib/media/schema';

export const KIND_NAMES: Record<OwnMediaKind, string> = { image: 'Pictures', video: 'Films', audio: 'Sounds', file: 'Documents' };

export const mediaOnePath = (id: string): string => `/admin/media/${id}`;
export const nameOf = ({ name }: { name: string }): string => name || 'A file without a name';

/** The address of a page of the library. */
export function mediaPath({ page, q, kind }: MediaAsked): string {
  const query = new URLSearchParams({ ...(q && { q }), ...(kind && { kind }), ...(page > 1 && { page: String(page) }) }).toString();
  return query ? `/admin/media?${query}` : '/admin/media';
}
