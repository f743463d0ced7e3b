import { db } from '../db/client';
import { mayModerate } from '../identity/rules';
import type { Actor } from '../identity/schema';

/** The text of a comment as it was typed, for whoever may edit it; null for anybody else, and for what is no comment or is deleted. */
export async function findSource(viewer: Actor, publicId: string): Promise<string | null> {
  const comment = await db().comment.findUnique({ where: { publicId, kind: 'comment', status: { not: 'deleted' } }, select: { source: true, post: { select: { authorId: true } } } });
  return comment && mayModerate(viewer, comment.post.authorId) ? comment.source : null;
}
