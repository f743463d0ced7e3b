import { changing } from '../lib/db/change';
import type { Tx } from '../lib/db/client';
import { newId } from '../lib/ids';
import { slugOf } from '../lib/text/slug';
import { makeComment, makePost } from './makers';
import { SAMPLE_POSTS, SAMPLE_SITE, type SampleComment, type SamplePost } from './sample-posts';

const HOUR_MS = 60 * 60 * 1000;
const DAY_MS = 24 * HOUR_MS;
const AUTHOR_NAME = 'Marlene';

/**
 * Writes the sample blog, once, into a database without a single post: posts, threads, a comment in every state, as the
 * owner's own. Atomic. Several instances starting at once write it once. Answers whether it wrote.
 */
export async function writeSampleBlog(now: Date): Promise<boolean> {
  return changing(
    async (tx, changed) => {
      await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('sample-blog', 0))`;
      const author = await tx.user.findFirst({ where: { role: 'owner' }, orderBy: { createdAt: 'asc' }, select: { id: true } });
      const isEmpty = (await tx.post.findFirst({ select: { id: true } })) === null && (await tx.site.findFirst({ select: { id: true } })) === null;
      if (!isEmpty || !author) return false;
      await tx.site.create({ data: { id: 1, ...SAMPLE_SITE, sample: true } });
      await tx.user.update({ where: { id: author.id }, data: { name: AUTHOR_NAME, slug: slugOf(AUTHOR_NAME) } });
      for (const post of SAMPLE_POSTS) await writePost(tx, post, author.id, now);
      changed('site');
      changed('posts');
      return true;
    },
    { timeout: 30_000 },
  );
}

async function writePost(tx: Tx, sample: SamplePost, authorId: string, now: Date): Promise<void> {
  const publishedAt = new Date(now.getTime() - sample.daysAgo * DAY_MS);
  const { title, slug, kind = 'post', commentsOpen = true } = sample;
  const post = await makePost({ title, slug, kind, commentsOpen, source: sample.html.trim(), authorId, publishedAt, createdAt: publishedAt, sample: true }, tx);
  if (sample.category) {
    const category = await tx.category.upsert({ where: { slug: slugOf(sample.category) }, create: { id: newId(), slug: slugOf(sample.category), name: sample.category }, update: {} });
    await tx.postCategory.create({ data: { postId: post.id, categoryId: category.id } });
  }
  for (const name of sample.tags ?? []) {
    const tag = await tx.tag.upsert({ where: { slug: slugOf(name) }, create: { id: newId(), slug: slugOf(name), name }, update: {} });
    await tx.postTag.create({ data: { postId: post.id, tagId: tag.id } });
  }
  for (const comment of sample.comments ?? []) await writeComment(tx, comment, { postId: post.id, authorId, publishedAt });
}

type Place = { postId: string; authorId: string; publishedAt: Date; parent?: { id: string; rootId: string; depth: number } };

async function writeComment(tx: Tx, sample: SampleComment, place: Place): Promise<void> {
  const { postId, authorId, publishedAt, parent } = place;
  const isAuthor = sample.by === 'author';
  const createdAt = new Date(publishedAt.getTime() + sample.hoursAfter * HOUR_MS);
  const status = sample.status ?? 'approved';
  const comment = await makeComment(
    {
      postId,
      parent,
      createdAt,
      status,
      source: sample.text,
      name: isAuthor ? AUTHOR_NAME : sample.name,
      email: isAuthor ? null : `${slugOf(sample.name)}@example.com`,
      website: sample.website ?? null,
      userId: isAuthor ? authorId : null,
    },
    tx,
  );
  const reasons = isAuthor ? [{ rule: 'staff' }] : [{ rule: 'first-comment' }];
  const submitted = { id: newId(), commentId: comment.id, decision: 'submit' as const, toStatus: isAuthor ? ('approved' as const) : ('pending' as const), reasons, createdAt };
  await tx.moderationEvent.create({ data: submitted });
  if (!isAuthor && status !== 'pending') {
    const decision = status === 'approved' ? ('approve' as const) : status;
    const decidedAt = new Date(createdAt.getTime() + HOUR_MS / 2);
    await tx.moderationEvent.create({ data: { id: newId(), commentId: comment.id, actorId: authorId, decision, fromStatus: 'pending', toStatus: status, createdAt: decidedAt } });
  }
  for (const reply of sample.replies ?? []) await writeComment(tx, reply, { ...place, parent: comment });
}
