import { randomBytes } from 'node:crypto';
import { db } from '../db/client';
import { mayEditPost } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { ok, type Result } from '../result';
import { z } from '../zod';
import { previewPath } from './preview-path';
import { lockPost, notYours } from './working-copy';

const TOKEN_BYTES = 32;
const previewSchema = z.object({ id: z.uuid(), isOn: z.boolean() });

/**
 * Makes the link by which a post is seen before it is out, or takes it away: what was given out before leads nowhere then.
 * A link that is there already stays. Atomic. Refuses: `not-found` (unknown, in the trash, or not the actor's to change).
 */
export async function setPreview(actor: Actor, input: { id: string; isOn: boolean }): Promise<Result<{ path: string | null }>> {
  const parsed = previewSchema.safeParse(input);
  if (!parsed.success) return notYours();
  const { id, isOn } = parsed.data;
  return db().$transaction(async (tx) => {
    const post = await lockPost(tx, id);
    if (!post || post.status === 'trash' || !mayEditPost(actor, post.authorId)) return notYours();
    const before = await tx.post.findUniqueOrThrow({ where: { id }, select: { previewToken: true } });
    const token = isOn ? (before.previewToken ?? randomBytes(TOKEN_BYTES).toString('base64url')) : null;
    if (token !== before.previewToken) await tx.post.update({ where: { id }, data: { previewToken: token, updatedAt: post.updatedAt }, select: { id: true } });
    return ok({ path: token && previewPath(token) });
  });
}
