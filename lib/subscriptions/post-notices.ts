import { db, type Tx } from '../db/client';
import { sendJob } from '../jobs';
import { sendMail } from '../notifications/outbox';
import { isPublished, postPath } from '../posts/rules';
import { SITE_DEFAULTS } from '../site/schema';
import { plainLines } from '../text/plain-lines';
import { storedHtml } from '../text/safe-html';
import { withWholeAddresses } from '../text/whole-addresses';
import { listHeaders, postLetter, type NewPost } from './letters';
import { pageToken } from '../page-token';

const DAY_MS = 24 * 60 * 60 * 1000;
/** A post that is dated earlier is no news. */
const NEWS_DAYS = 7;
/** So many are told in one transaction. */
const BATCH = 100;

export type PostNoticesJob = { post: string; origin: string; after?: string | undefined };

/** What is read of a post that is told of. */
export const toldPostSelect = {
  id: true, kind: true, title: true, slug: true, excerpt: true, html: true, status: true, publishedAt: true, announcedAt: true, author: { select: { name: true } },
} as const;

type Row = { title: string; slug: string; excerpt: string; html: string; author: { name: string | null } };

/** What a mail shows of a new post: its beginning, or all of it where the owner wants that. */
export function newPostOf({ title, slug, excerpt, html, author }: Row, origin: string, isWhole: boolean): NewPost {
  const address = origin + postPath({ kind: 'post', slug });
  const safe = storedHtml(html);
  return {
    title, address, excerpt, author: author.name ?? '',
    whole: isWhole ? { html: withWholeAddresses(safe, address), text: plainLines(safe).join('\n\n') } : null,
  };
}

/** The blog as its mails name it, and whether they hold posts whole. */
export async function mailingSite(tx: Tx): Promise<{ siteTitle: string; isWhole: boolean }> {
  const site = await tx.site.findFirst({ select: { title: true, mailsWholePosts: true } });
  return { siteTitle: site?.title ?? SITE_DEFAULTS.title, isWhole: site?.mailsWholePosts ?? false };
}

/**
 * Does the job `post-notices`: tells everybody who follows the blog and wants to be told at once that a post has come out; the
 * digests tell the others. A post is told of once, and only while readers find it in its lists. Idempotent.
 */
export async function sendPostNotices({ post: id, origin, after }: PostNoticesJob, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM "Post" WHERE id = ${id}::uuid FOR NO KEY UPDATE`;
    const post = await tx.post.findUnique({ where: { id }, select: toldPostSelect });
    const isTold = post?.kind === 'post' && isPublished(post, now);
    // Taken back while it was being told: the rest is told when it comes out again, and nobody twice.
    if (!isTold && after !== undefined) await tx.$executeRaw`UPDATE "Post" SET "announcedAt" = NULL WHERE id = ${id}::uuid`;
    if (!post || !isTold) return;
    const isNews = post.announcedAt === null && post.publishedAt !== null && now.getTime() - post.publishedAt.getTime() < NEWS_DAYS * DAY_MS;
    if (after === undefined && !isNews) return;
    // Not by Prisma's update, which would say that the post's text has changed now.
    if (after === undefined) await tx.$executeRaw`UPDATE "Post" SET "announcedAt" = ${now} WHERE id = ${id}::uuid`;
    const followers = await listFollowersToTell(tx, after);
    const { siteTitle, isWhole } = await mailingSite(tx);
    const told = newPostOf(post, origin, isWhole);
    for (const follower of followers) await tell(tx, id, told, follower, { siteTitle, origin }, now);
    const last = followers.length === BATCH ? followers.at(-1) : undefined;
    if (last) await sendJob(tx, 'post-notices', { post: id, origin, after: last.id }, { singletonKey: `${id} ${last.id}` });
  }, { timeout: 60_000 });
}

type Follower = { id: string; email: string | null; importedFrom: string | null; welcomedAt: Date | null };

const listFollowersToTell = (tx: Tx, after: string | undefined): Promise<Follower[]> => tx.subscriber.findMany({
  where: { posts: 'instant', confirmedAt: { not: null }, pausedAt: null, email: { not: null }, ...(after !== undefined && { id: { gt: after } }) },
  select: { id: true, email: true, importedFrom: true, welcomedAt: true },
  orderBy: { id: 'asc' },
  take: BATCH,
});

async function tell(tx: Tx, postId: string, post: NewPost, { id, email, importedFrom, welcomedAt }: Follower, blog: { siteTitle: string; origin: string }, now: Date): Promise<void> {
  if (email === null) return;
  const to = { ...blog, token: pageToken('subscriber', id) };
  const isFirst = importedFrom !== null && welcomedAt === null;
  if (isFirst) await tx.subscriber.update({ where: { id }, data: { welcomedAt: now }, select: { id: true } });
  await sendMail(tx, {
    to: email, ...(await postLetter(to, post, isFirst ? importedFrom : null)), once: `post ${postId} ${id}`, subscriberId: id,
    headers: listHeaders(to, 'posts', 'posts'),
  }, now);
}
