import { currentActor } from '@/lib/identity/session';
import { saveWorking } from '@/lib/posts/editing';
import { answerToScript } from '../script-answer';

export const dynamic = 'force-dynamic';

/** A save of the editor's: JSON in and out (docs/decisions/0031). The gate has counted its bytes. */
export async function POST(request: Request): Promise<Response> {
  return answerToScript(request, async (sent) => saveWorking(await currentActor(), sent, new Date()));
}
