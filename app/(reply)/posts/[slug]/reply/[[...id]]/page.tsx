import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { requestTime, site } from '@/app/(blog)/once';
import { submitCommentAction } from '@/app/(blog)/posts/[slug]/actions';
import { ReplyPage } from '@/components/comments/reply-page';
import { answerWith } from '@/lib/answer';
import { findReplyTarget, listOwnWaiting } from '@/lib/comments/queries';
import { currentActor, savedWriter } from '@/lib/identity/session';
import { isCommentId } from '@/lib/ids';
import { findPost } from '@/lib/posts/queries';
import { parseSlug } from '@/lib/posts/schema';

export const dynamic = 'force-dynamic';

/** The post, asked for by title and page alike, read once in a request. */
const postAt = cache((segment: string) => findPost(parseSlug(segment) ?? '', requestTime()));

type Props = { params: Promise<{ slug: string; id?: string[] }> };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const post = await postAt((await params).slug);
  return { title: post ? `Reply – ${post.title}` : 'Not found', robots: { index: false } };
}

/** The comment box whole, and one's own waiting comments: never kept, for one reader. */
export default async function Page({ params }: Props) {
  const { slug, id = [] } = await params;
  const post = await postAt(slug);
  const [commentId, ...more] = id;
  if (!post || more.length > 0) notFound();
  const actor = await currentActor();
  const [settings, waiting, saved, target] = await Promise.all([
    site(),
    listOwnWaiting(post.id, actor),
    savedWriter(),
    commentId !== undefined && isCommentId(commentId) ? findReplyTarget(post.id, commentId) : null,
  ]);
  // The page stays, with the general box: a reader who was typing keeps their text.
  if (commentId !== undefined && !target) answerWith(404);
  return (
    <ReplyPage
      action={submitCommentAction}
      post={post}
      site={settings}
      waiting={waiting}
      target={target}
      isTargetGone={commentId !== undefined && !target}
      identity={actor.kind === 'person' ? { kind: 'person', name: actor.name } : { kind: 'guest' }}
      saved={saved}
    />
  );
}
