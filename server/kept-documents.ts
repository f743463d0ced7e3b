/** How long a kept document may lag behind a change of the site's title. */
const FRESH_FOR_MS = 15_000;
const PATIENCE_MS = 10_000;

/** Pages shown in place of what Next leaves empty after `notFound()` or an error. They have addresses of their own. */
export const KEPT_PATHS = { 404: '/missing', 500: '/broken' } as const;

export type KeptDocuments = (status: 404 | 500) => Promise<string | null>;

/**
 * Fetches and keeps the documents of KEPT_PATHS from this server itself. When one cannot be had, the last one stands;
 * null when there never was one.
 */
export function keepDocuments(baseUrl: string): KeptDocuments {
  const kept = new Map<number, { html: string; at: number }>();
  return async (status) => {
    const known = kept.get(status);
    if (known && Date.now() - known.at < FRESH_FOR_MS) return known.html;
    const html = await fetchDocument(baseUrl + KEPT_PATHS[status]);
    if (html) kept.set(status, { html, at: Date.now() });
    return html ?? known?.html ?? null;
  };
}

async function fetchDocument(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, { signal: AbortSignal.timeout(PATIENCE_MS), headers: { 'accept-encoding': 'identity' } });
    return answer.status === 404 ? await answer.text() : null;
  } catch {
    return null;
  }
}
