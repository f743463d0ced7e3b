import type { MediaAsked } from '@/lib/media/schema';
import { t } from '@/lib/words/t';

export const mediaOnePath = (id: string): string => `/admin/media/${id}`;
export const nameOf = ({ name }: { name: string }): string => name || t('media.library.unnamed');

/** The address of a page of the library. */
export function mediaPath({ page, q, kind }: MediaAsked): string {
  const query = new URLSearchParams({ ...(q && { q }), ...(kind && { kind }), ...(page > 1 && { page: String(page) }) }).toString();
  return query ? `/admin/media?${query}` : '/admin/media';
}
