import { currentActor } from '@/lib/identity/session';
import { beatEditing } from '@/lib/posts/editing';
import { answerToScript } from '../script-answer';

export const dynamic = 'force-dynamic';

/** A window in which a post is open says that it is there, and hears which others are. */
export async function POST(request: Request): Promise<Response> {
  return answerToScript(request, async (sent) => beatEditing(await currentActor(), sent, new Date()));
}
