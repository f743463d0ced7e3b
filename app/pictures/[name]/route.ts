import { findPicture } from '@/lib/media/queries';
import { sha256OfName } from '@/lib/media/rules';

/** A person's picture, named by its hash; 404 once nobody lets it be shown. Kept a day: its bytes never change. */
export async function GET(_: Request, { params }: { params: Promise<{ name: string }> }): Promise<Response> {
  const sha256 = sha256OfName((await params).name);
  const picture = sha256 && (await findPicture(sha256));
  if (!picture) return new Response(null, { status: 404 });
  return new Response(picture.bytes, { headers: { 'Content-Type': picture.mimeType, 'Cache-Control': 'public, max-age=86400' } });
}
