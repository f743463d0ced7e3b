/** An RSS document as an answer. `isKept`: it names what it shows, and is kept until that changes; else readers ask again, and are told when it is the same. */
export function feedAnswer(document: string, { isKept }: { isKept: boolean }): Response {
  const headers = { 'Content-Type': 'application/rss+xml; charset=utf-8', 'Cache-Control': isKept ? 'public, max-age=0, must-revalidate' : 'public, no-cache' };
  return new Response(document, { headers });
}
