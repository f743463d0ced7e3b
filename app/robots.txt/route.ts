import { currentAnswer, showing } from '@/lib/answer';
import { robots } from '@/lib/site/robots';
import { KEPT } from '../kept-answer';

export const dynamic = 'force-dynamic';

/** What machines are asked to leave alone, and where they find the rest. */
export function GET(): Response {
  showing('site');
  return new Response(robots(currentAnswer().origin), { headers: { 'Content-Type': 'text/plain; charset=utf-8', 'Cache-Control': KEPT } });
}
