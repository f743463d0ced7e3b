import { answerWith, currentAnswer } from '@/lib/answer';
import { networkOf } from '@/lib/network';
import { secondsToWait } from '@/lib/rate-limit';

/** The status of a link that leads nowhere: 404, or 429 for a network from which many are tried. A right one opens all the same. */
export async function answerWrongLink(): Promise<void> {
  const seconds = await secondsToWait('wrong-link', networkOf(currentAnswer().clientIp));
  if (seconds === null) answerWith(404);
  else answerWith(429, seconds);
}
