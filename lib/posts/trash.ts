import type { Tag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { mayEditPost } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { ok, type Result } from '../result';
import { comesOutFirst } from './first-out';
import { causePublication, nameChange, settleAddress } from './publishing';
import { postIdSchema } from './schema';
import { restoredState, type PostState } from './states';
import { lockPost, notYours, type WorkingPost } from './working-copy';

/** For a post with ten thousands of comments. */
const DELETE_TIMEOUT_MS = 60_000;

/** What a list says of an act on one of its lines. */
export type PostActed = { id: string; kind: 'post' | 'page'; title: string };
export type PostRestored = PostActed & { state: PostState };

type Changed = (tag: Tag) => void;

/** One act on a post that is in the trash, or is not. */
async function onPost<T>(actor: Actor, id: string, isInTrash: boolean, act: (tx: Tx, changed: Changed, post: WorkingPost) => Promise<T>): Promise<Result<T>> {
  if (!postIdSchema.safeParse(id).success) return notYours();
  return changing(async (tx, changed) => {
    const post = await lockPost(tx, id);
    if (!post || !mayEditPost(actor, post.authorId) || (post.status === 'trash') !== isInTrash) return notYours();
    return ok(await act(tx, changed, post));
  }, { timeout: DELETE_TIMEOUT_MS });
}

const actedOn = ({ id, kind, title }: WorkingPost): PostActed => ({ id, kind, title });

/**
 * Puts a post or page into the trash: readers meet nothing at its address, and what was being changed in it stays. Atomic.
 * Refuses: `not-found` (unknown, not the actor's to change, or in the trash already).
 */
export const trashPost = (actor: Actor, id: string, now: Date): Promise<Result<PostActed>> => onPost(actor, id, false, async (tx, changed, post) => {
  await tx.post.update({ where: { id }, data: { status: 'trash', trashedFrom: post.status, trashedAt: now, revision: { increment: 1 } }, select: { id: true } });
  const after = { ...post, status: 'trash' as const };
  await settleAddress(tx, post, after, now);
  nameChange(changed, post, after, true, now);
  return actedOn(post);
});

/**
 * Brings a post back from the trash, to what it was. One whose time of publication is over meanwhile is a draft: nothing
 * comes out that nobody expects. Atomic. Refuses: `not-found` (unknown, not the actor's to change, or not in the trash).
 */
export const restorePost = (actor: Actor, id: string, now: Date): Promise<Result<PostRestored>> => onPost(actor, id, true, async (tx, changed, post) => {
  const { state, publishedAt } = restoredState(post, now);
  await tx.post.update({ where: { id }, data: { status: state, publishedAt, trashedFrom: null, trashedAt: null, revision: { increment: 1 } }, select: { id: true } });
  const after = { ...post, status: state, publishedAt };
  await settleAddress(tx, post, after, now);
  if (state === 'scheduled' && publishedAt) await causePublication(tx, id, publishedAt);
  // It was there before the trash.
  await comesOutFirst(tx, after, after, now);
  nameChange(changed, post, after, true, now);
  return { ...actedOn(post), state };
});

/** That it was here and is to stay away, with everything below it, whatever an import brings again. */
async function leaveTombstones(tx: Tx, id: string): Promise<void> {
  const key = { source: 'soapbox', kind: 'post', externalId: id };
  await tx.importKey.upsert({ where: { source_kind_externalId: key }, create: { ...key, targetId: null }, update: { targetId: null } });
  await tx.importKey.updateMany({ where: { kind: 'post', targetId: id }, data: { targetId: null } });
  await tx.$executeRaw`UPDATE "ImportKey" k SET "targetId" = NULL FROM "Comment" c WHERE k.kind = 'comment' AND k."targetId" = c.id AND c."postId" = ${id}::uuid`;
}

/**
 * Deletes a post for good, with its comments, revisions and old addresses; its pictures stay in the library. No later
 * import brings it back. Atomic. Refuses: `not-found` (unknown, not the actor's to change, or not in the trash).
 */
export const deletePost = (actor: Actor, id: string): Promise<Result<PostActed>> => onPost(actor, id, true, async (tx, _changed, post) => {
  await leaveTombstones(tx, id);
  await tx.post.delete({ where: { id }, select: { id: true } });
  return actedOn(post);
});
