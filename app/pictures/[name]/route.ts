import { findPicture } from '@/lib/media/queries';
import { sha256OfName } from '@/lib/media/rules';
import { findSitePicture } from '@/lib/media/site-pictures';

/** A person's picture, named by its hash, or a square of the site's own; 404 once nobody lets it be shown. Kept by browsers: its bytes never change. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const { name } = await params;
  const sha256 = sha256OfName(name);
  if (sha256) return pictureAnswer(await findPicture(sha256), 'public, max-age=86400');
  return pictureAnswer(await findSitePicture(name), 'public, max-age=31536000, immutable');
}

function pictureAnswer(picture: { bytes: Uint8Array<ArrayBuffer>; mimeType: string } | null, cacheControl: string): Response {
  if (!picture) return new Response(null, { status: 404 });
  return new Response(picture.bytes, { headers: { 'Content-Type': picture.mimeType, 'Cache-Control': cacheControl } });
}
