/** Of an answer that names what it shows, and is kept here until that changes; readers ask each time. */
export const KEPT = 'public, max-age=0, must-revalidate';

/** An XML document as such an answer. */
export const keptXml = (document: string): Response => new Response(document, { headers: { 'Content-Type': 'application/xml; charset=utf-8', 'Cache-Control': KEPT } });

/** A JPEG as such an answer; 404 for none. */
export const keptJpeg = (bytes: Uint8Array<ArrayBuffer> | null): Response =>
  bytes ? new Response(bytes, { headers: { 'Content-Type': 'image/jpeg', 'Cache-Control': KEPT } }) : new Response(null, { status: 404 });

/** A value as such an answer, in JSON; 404 for none. */
export const keptJson = (value: object | null): Response =>
  value ? new Response(JSON.stringify(value), { headers: { 'Content-Type': 'application/json', 'Cache-Control': KEPT } }) : new Response(null, { status: 404 });
