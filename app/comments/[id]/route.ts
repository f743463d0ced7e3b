import { findCommentAddress } from '@/lib/comments/queries';
import { currentActor } from '@/lib/identity/session';
import { isCommentId } from '@/lib/ids';
import { commentsFeedPath } from '@/lib/posts/feed-paths';
import { legacyAsk } from '@/lib/posts/legacy-ask';

/** Leads to where the comment stands at this moment; to the page of what is missing unless the asker may see it. */
export async function GET(_: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  // The feeds of an old blog's comments stood here.
  if (legacyAsk(`/comments/${id}`, {})?.view === 'comments') return new Response(null, { status: 308, headers: { Location: commentsFeedPath() } });
  const isNumber = /^[0-9]{1,15}$/.test(id);
  const address = isCommentId(id) || isNumber ? await findCommentAddress(id, await currentActor(), new Date()) : null;
  if (!address) return new Response(null, { status: 404 });
  return new Response(null, { status: 307, headers: { Location: address, 'Cache-Control': 'private, no-store' } });
}
