import { httpStatus } from '@/lib/result';
import { receiveMailEvents } from '@/lib/subscriptions/pausing';

type Context = { params: Promise<{ token: string }> };

/** Where a mail service tells of mail that came back, or was called spam. */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const taken = await receiveMailEvents((await params).token, await request.text(), new Date());
  return new Response(null, { status: taken.ok ? 204 : httpStatus[taken.code], headers: { 'Cache-Control': 'private, no-store' } });
}
