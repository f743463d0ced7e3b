import { currentActor } from '@/lib/identity/session';
import { fail, httpStatus, type Result } from '@/lib/result';
import { t } from '@/lib/words/t';

const signedOut = () => fail('not-signed-in', t('desk.refusals.signedOut'));

/**
 * The outcome of one command as JSON with its status, for script of ours that sends JSON. Refuses by itself: `malformed` what
 * is no JSON, `not-signed-in` a guest.
 */
export async function answerToScript(request: Request, run: (sent: unknown) => Promise<Result<unknown>>): Promise<Response> {
  const sent: unknown = await request.json().catch(() => undefined);
  if (sent === undefined) return answer(fail('malformed', t('desk.refusals.unreadable')));
  const { kind } = await currentActor();
  return answer(kind === 'guest' ? signedOut() : await run(sent));
}

function answer(result: Result<unknown>): Response {
  if (result.ok) return Response.json(result);
  const headers = result.retryAfterSeconds === undefined ? undefined : { 'Retry-After': String(Math.ceil(result.retryAfterSeconds)) };
  return Response.json(result, { status: httpStatus[result.code], ...(headers && { headers }) });
}
