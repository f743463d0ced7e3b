import { leaveSubscriptions } from '@/lib/subscriptions/commands';
import { subscriptionsPath } from '@/lib/subscriptions/rules';
import { leaveSchema } from '@/lib/subscriptions/schema';
import { httpStatus } from '@/lib/result';

type Context = { params: Promise<{ token: string; what: string }> };

const headers = { 'Cache-Control': 'private, no-store' };

/** Leaves for a reader whose mail program asks (RFC 8058): at once, without a page, a redirect or a question. */
export async function POST(_: Request, { params }: Context): Promise<Response> {
  const { token, what } = await params;
  const asked = leaveSchema.safeParse(what);
  if (!asked.success) return new Response(null, { status: 404, headers });
  const left = await leaveSubscriptions(token, asked.data, new Date());
  return new Response(null, { status: left.ok ? 204 : httpStatus[left.code], headers });
}

/** A person who follows the same address comes to the page with the button. */
export async function GET(_: Request, { params }: Context): Promise<Response> {
  const { token, what } = await params;
  return new Response(null, { status: 307, headers: { ...headers, Location: `${subscriptionsPath(token, 'unsubscribe')}?what=${leaveSchema.catch('all').parse(what)}` } });
}
