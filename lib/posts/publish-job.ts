import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import { db } from '../db/client';
import { homeOrigin } from '../site-origin';
import { causePostNotices } from '../subscriptions/causes';
import { causeWebhooks } from '../webhooks/causing';
import { comesOutFirst } from './first-out';
import { clearRedirect } from './slugs';

/** Brings one out, if its time has still come when it is held: somebody may have moved it, or another process be before this one. */
const publishOne = (id: string, now: Date): Promise<void> => changing(async (tx, changed) => {
  const [due] = await tx.$queryRaw<{ kind: 'post' | 'page'; slug: string; publishedAt: Date }[]>`
    UPDATE "Post" SET status = 'published', "updatedAt" = ${now}
    WHERE id = ${id}::uuid AND status = 'scheduled' AND "publishedAt" <= ${now} RETURNING kind::text, slug, "publishedAt"`;
  if (!due) return;
  await clearRedirect(tx, due);
  if (await comesOutFirst(tx, null, { ...due, id, status: 'published' }, now)) await causeWebhooks(tx, [{ event: 'postPublished', postId: id }], now, homeOrigin());
  if (due.kind === 'post') await causePostNotices(tx, id, homeOrigin(), now);
  changed(postTag(id));
  changed('posts');
});

/**
 * The job `publish`: every scheduled post whose time has come becomes published, once, whichever and however many processes
 * do it; each in a transaction of its own, so that a killed one leaves the rest to the next, and one that fails holds up no other. One whose time was moved since
 * the job was sent is left alone.
 */
export async function publishDue(now: Date): Promise<void> {
  const due = await db().post.findMany({ where: { status: 'scheduled', publishedAt: { lte: now } }, orderBy: [{ publishedAt: 'asc' }, { id: 'asc' }], select: { id: true } });
  const failures: unknown[] = [];
  for (const { id } of due) await publishOne(id, now).catch((error: unknown) => failures.push(error));
  if (failures.length > 0) throw new AggregateError(failures, 'Posts could not be published.');
}
