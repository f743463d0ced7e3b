import { currentAnswer } from '@/lib/answer';
import { receiveMention } from '@/lib/mentions/receiving';
import { httpStatus } from '@/lib/result';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

const say = (sentence: string, status: number, headers: Record<string, string> = {}): Response =>
  new Response(`${sentence}\n`, { status, headers: { 'Content-Type': 'text/plain; charset=utf-8', ...headers } });

/** Where other sites tell of pages that link to a post (https://www.w3.org/TR/webmention/). */
export async function POST(request: Request): Promise<Response> {
  const sent = new URLSearchParams(await request.text());
  const taken = await receiveMention({ source: sent.get('source'), target: sent.get('target') }, currentAnswer().clientIp, new Date());
  if (taken.ok) return say(t('comments.webmention.taken'), 202);
  const { code, message, retryAfterSeconds } = taken;
  return say(message, httpStatus[code], retryAfterSeconds === undefined ? {} : { 'Retry-After': String(retryAfterSeconds) });
}

/** To whoever looks what this is. */
export const GET = (): Response => say(t('comments.webmention.howTo'), 405, { Allow: 'POST' });
