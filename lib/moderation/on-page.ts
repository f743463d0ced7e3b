import { db } from '../db/client';
import { mayModerate } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { undoableEvent, visibleDelta } from './rules';
import type { OnPage } from './schema';

/** What the desk has to say on the page of a post; null for whoever does not moderate it. `waiting`: comments in Pending. */
export async function findDeskOfPost(viewer: Actor, post: { id: string; authorId: string }): Promise<{ waiting: number } | null> {
  if (!mayModerate(viewer, post.authorId)) return null;
  return { waiting: await db().comment.count({ where: { postId: post.id, status: 'pending' } }) };
}

/** One comment of a post whatever its status, for whoever moderates it; null for everybody else, and where it is deleted. */
export async function findOnPage(viewer: Actor, post: { id: string; authorId: string }, publicId: string, now: Date): Promise<OnPage | null> {
  if (!mayModerate(viewer, post.authorId)) return null;
  const comment = await db().comment.findFirst({
    where: { publicId, postId: post.id, kind: 'comment', status: { not: 'deleted' } },
    select: { publicId: true, name: true, revision: true, status: true, events: { select: { id: true, decision: true, fromStatus: true, toStatus: true, undoesId: true, createdAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] } },
  });
  if (!comment) return null;
  const { name, revision, status } = comment;
  const latest = undoableEvent(comment.events, now);
  return { id: comment.publicId, name, revision, status, undo: latest && visibleDelta(latest.fromStatus, latest.toStatus) < 0 ? latest.id : null };
}
