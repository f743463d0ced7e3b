import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { z } from '../zod';
import { MAY_WRITE } from './authors';
import { named } from './queries';
import { notYours } from './working-copy';

/** What is given to whom: one post, or all of an author's. */
export const handOverSchema = z.object({
  post: z.uuid().nullish(),
  from: z.uuid().nullish(),
  to: z.uuid({ error: () => t('posts.give.authorWanted') }),
}).refine(({ post, from }) => Boolean(post) !== Boolean(from));

const unknown = (): Failure => fail('invalid', t('posts.give.authorWanted'), { fields: { to: t('posts.give.authorWanted') } });

/** The posts, locked: what their writers save at the same moment is saved before or after. */
async function lockPosts(tx: Tx, { post, from }: { post?: string | null | undefined; from?: string | null | undefined }, to: string): Promise<string[]> {
  const rows = post
    ? await tx.$queryRaw<{ id: string }[]>`SELECT id::text FROM "Post" WHERE id = ${post}::uuid FOR NO KEY UPDATE`
    : await tx.$queryRaw<{ id: string }[]>`SELECT id::text FROM "Post" WHERE "authorId" = ${from}::uuid AND "authorId" <> ${to}::uuid ORDER BY id FOR NO KEY UPDATE`;
  return rows.map(({ id }) => id);
}

/**
 * Gives a post, or every post of an author, to another author: from then on they may change it, and it stands under their
 * name; comments of theirs below it carry `Author`. What the other one is changing in it stays as it is. Atomic.
 * Refuses: `not-found` for all but owners and for an unknown post, `invalid` where the author is none.
 */
export async function handOver(actor: Actor, input: unknown): Promise<Result<{ count: number; to: string }>> {
  if (!isOwner(actor)) return notYours();
  const parsed = handOverSchema.safeParse(input);
  if (!parsed.success) return unknown();
  const { to } = parsed.data;
  return changing(async (tx, changed) => {
    const author = await tx.user.findFirst({ where: { id: to, ...MAY_WRITE }, select: { id: true, name: true, slug: true } });
    if (!author) return unknown();
    const ids = await lockPosts(tx, parsed.data, to);
    if (parsed.data.post && ids.length === 0) return notYours();
    await tx.post.updateMany({ where: { id: { in: ids } }, data: { authorId: to } });
    if (ids.length > 0) changed('posts');
    for (const id of ids) changed(postTag(id));
    return ok({ count: ids.length, to: named(author).name });
  });
}
