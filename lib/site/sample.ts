import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { isOwner } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { fail, ok, type Result } from '../result';
import { t } from '../words/t';
import { REMOVABLE_SAMPLE } from './sample-posts';

const notYours = () => fail('not-found', t('site.refused.notThere'));

type SamplePost = { id: string; title: string };
export type SampleFacts = { removable: number; kept: SamplePost[] };

/** How many posts and pages of the sample blog the button would remove, and which it would leave: somebody has written under them, or is changing them. */
export async function findSample(tx: Tx = db()): Promise<SampleFacts> {
  const rows = await tx.$queryRawUnsafe<(SamplePost & { removable: boolean })[]>(`SELECT p.id, p.title, (${REMOVABLE_SAMPLE}) AS removable FROM "Post" p WHERE p.sample ORDER BY p.title, p.id`);
  return { removable: rows.filter(({ removable }) => removable).length, kept: rows.filter(({ removable }) => !removable).map(({ id, title }) => ({ id, title })) };
}

/**
 * Removes the posts and pages of the sample blog with their comments, and its categories and tags where nothing else has
 * them. What has been edited is no sample any more; what anybody but an owner has written under stays, and so does what
 * somebody is changing. Atomic; idempotent. Value: how many are gone, and what stays. Refuses: `not-found` for everybody but an owner.
 */
export async function removeSample(actor: Actor): Promise<Result<{ removed: number; kept: SamplePost[] }>> {
  if (!isOwner(actor)) return notYours();
  return changing(async (tx, changed) => {
    // First: a comment that is just being written is there, or comes to nothing, before it is asked who has written.
    await tx.$queryRaw`SELECT 1 FROM "Post" WHERE sample ORDER BY id FOR UPDATE`;
    const terms = await findTerms(tx);
    const gone = await tx.$queryRawUnsafe<{ id: string }[]>(`DELETE FROM "Post" p WHERE ${REMOVABLE_SAMPLE} RETURNING p.id`);
    await removeUnused(tx, terms);
    for (const { id } of gone) changed(postTag(id));
    if (gone.length > 0) changed('posts');
    return ok({ removed: gone.length, kept: (await findSample(tx)).kept });
  }, { timeout: 30_000 });
}

type Terms = { categories: string[]; tags: string[] };

async function findTerms(tx: Tx): Promise<Terms> {
  const ids = async (table: string, column: string) => {
    const rows = await tx.$queryRawUnsafe<{ id: string }[]>(`SELECT DISTINCT x."${column}" AS id FROM "${table}" x JOIN "Post" p ON p.id = x."postId" WHERE ${REMOVABLE_SAMPLE}`);
    return rows.map(({ id }) => id);
  };
  return { categories: await ids('PostCategory', 'categoryId'), tags: await ids('PostTag', 'tagId') };
}

/** Those of the sample's terms that no post has, no category is below, and no import knows. */
async function removeUnused(tx: Tx, { categories, tags }: Terms): Promise<void> {
  await tx.$executeRaw`
    DELETE FROM "Category" t WHERE t.id = ANY(${categories}::uuid[]) AND NOT EXISTS (SELECT FROM "PostCategory" x WHERE x."categoryId" = t.id)
      AND NOT EXISTS (SELECT FROM "Category" below WHERE below."parentId" = t.id) AND NOT EXISTS (SELECT FROM "ImportKey" k WHERE k."targetId" = t.id)`;
  await tx.$executeRaw`
    DELETE FROM "Tag" t WHERE t.id = ANY(${tags}::uuid[]) AND NOT EXISTS (SELECT FROM "PostTag" x WHERE x."tagId" = t.id)
      AND NOT EXISTS (SELECT FROM "ImportKey" k WHERE k."targetId" = t.id)`;
}
