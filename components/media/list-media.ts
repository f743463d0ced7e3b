import { MEDIA_LIST_PATH, type LibraryPage, type MediaAsked } from '@/lib/media/schema';

/** Asks for a page of one's library. @throws where no answer comes that is one */
export async function listMedia({ page, q, kind }: MediaAsked, signal?: AbortSignal): Promise<LibraryPage> {
  const query = new URLSearchParams({ page: String(page), ...(q && { q }), ...(kind && { kind }) });
  const answer = await fetch(`${MEDIA_LIST_PATH}?${query}`, { cache: 'no-store', headers: { Accept: 'application/json' }, ...(signal && { signal }) });
  if (!answer.ok) throw new Error('The library did not answer.');
  return (await answer.json()) as LibraryPage;
}
