import type { Tx } from '../db/client';
import { isPublished } from './rules';

type Stage = { status: string; publishedAt: Date | null };

/**
 * Whether a post comes into readers' lists by what is done to it now, and never stood there before: true once in its life,
 * whatever it goes through and however many processes ask. One that stands there already, as after an import, counts as seen.
 * A step of commands, inside their transactions; `before` is null where it cannot have been there.
 */
export async function comesOutFirst(tx: Tx, before: Stage | null, after: Stage & { id: string; kind: 'post' | 'page' }, now: Date): Promise<boolean> {
  const wasOut = before !== null && isPublished(before, now);
  if (!wasOut && !isPublished(after, now)) return false;
  const marked = await tx.$executeRaw`UPDATE "Post" SET "firstOutAt" = ${now} WHERE id = ${after.id}::uuid AND "firstOutAt" IS NULL`;
  return marked > 0 && !wasOut && after.kind === 'post';
}
