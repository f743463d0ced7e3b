import { findOwnReceiptPath } from '@/lib/comments/receipts';
import { currentActor } from '@/lib/identity/session';

type Context = { params: Promise<{ id: string }> };

const headers = { 'Cache-Control': 'private, no-store' };

/** Leads whoever wrote a comment, in this browser or signed in, to its page; nobody else is told that there is one. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const path = await findOwnReceiptPath((await params).id, await currentActor());
  return path === null ? new Response(null, { status: 404, headers }) : new Response(null, { status: 307, headers: { ...headers, Location: path } });
}
