import type { NextRequest } from 'next/server';
import { hasPosts } from '@/lib/identity/rules';
import { currentActor } from '@/lib/identity/session';
import { listMedia } from '@/lib/media/library';
import { mediaAskedSchema } from '@/lib/media/schema';
import { t } from '@/lib/words/t';

export const dynamic = 'force-dynamic';

/** A page of the library for the dialog that chooses from it. */
export async function GET(request: NextRequest): Promise<Response> {
  const actor = await currentActor();
  if (actor.kind === 'guest') return Response.json({ message: t('desk.refusals.signInAgain') }, { status: 401 });
  if (!hasPosts(actor)) return Response.json({ message: t('desk.refusals.nothingHere') }, { status: 404 });
  return Response.json(await listMedia(actor, mediaAskedSchema.parse(Object.fromEntries(request.nextUrl.searchParams))));
}
