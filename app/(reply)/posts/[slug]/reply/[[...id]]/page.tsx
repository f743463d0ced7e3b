import type { Metadata } from 'next';
import { notFound, redirect } from 'next/navigation';
import { cache } from 'react';
import { requestTime, site } from '@/app/(blog)/once';
import { submitCommentAction } from '@/app/(blog)/posts/[slug]/actions';
import { speakerOf } from '@/app/(blog)/posts/[slug]/box';
import { DeskRegion } from '@/components/comments/desk-region';
import { ReplyPage } from '@/components/comments/reply-page';
import { answerWith } from '@/lib/answer';
import { findDraft } from '@/lib/comments/drafts';
import { readerFormToken } from '@/lib/comments/form-token';
import { findReworded, listOwnWaiting } from '@/lib/comments/own';
import { findReplyTarget } from '@/lib/comments/queries';
import { offeredProviders } from '@/lib/identity/offered';
import { sentenceOfSignIn } from '@/lib/identity/rules';
import { browserHashes, currentActor, savedWriter } from '@/lib/identity/session';
import { isCommentId } from '@/lib/ids';
import { findDeskOfPost, findOnPage } from '@/lib/moderation/on-page';
import { findPostFor } from '@/lib/posts/locked';
import { postPath } from '@/lib/posts/rules';
import { parseSlug } from '@/lib/posts/schema';
import { findConduct } from '@/lib/site/identity';
import { t } from '@/lib/words/t';
import { moderateAction } from './actions';

export const dynamic = 'force-dynamic';

/** The post, asked for by title and page alike, read once in a request; who has not said its password is asked for it. */
const postAt = cache(async (segment: string) => {
  const slug = parseSlug(segment) ?? '';
  const post = await findPostFor(await currentActor(), 'post', slug, requestTime());
  return post === 'locked' ? redirect(postPath({ kind: 'post', slug })) : post;
});

type Props = { params: Promise<{ slug: string; id?: string[] }>; searchParams: Promise<Partial<Record<'login' | 'way' | 'undone' | 'reword', string | string[]>>> };

export async function generateMetadata({ params }: Pick<Props, 'params'>): Promise<Metadata> {
  const post = await postAt((await params).slug);
  return { title: post ? t('layout.pages.reply', { title: post.title }) : t('layout.pages.notFoundShort'), robots: { index: false } };
}

/** The comment box whole, and one's own waiting comments: never kept, for one reader. */
export default async function Page({ params, searchParams }: Props) {
  const { slug, id = [] } = await params;
  const post = await postAt(slug);
  const [commentId, ...more] = id;
  if (!post || more.length > 0) notFound();
  const actor = await currentActor();
  const { login, way, undone, reword } = await searchParams;
  const place = { id: post.id, authorId: post.author.id };
  const [settings, conduct, waiting, saved, identity, draft, target, desk, onPage, reworded] = await Promise.all([
    site(),
    findConduct(),
    listOwnWaiting(post.id, actor),
    savedWriter(),
    speakerOf(actor, post.id),
    findDraft(await browserHashes(), post.id, requestTime()),
    commentId !== undefined && isCommentId(commentId) ? findReplyTarget(post.id, commentId) : null,
    findDeskOfPost(actor, place),
    commentId !== undefined && isCommentId(commentId) ? findOnPage(actor, place, commentId, requestTime()) : null,
    typeof reword === 'string' ? findReworded(post.id, reword, actor) : null,
  ]);
  // The page stays, with the general box: a reader who was typing keeps their text.
  const isTargetGone = commentId !== undefined && !target && !onPage;
  if (isTargetGone) answerWith(404);
  return (
    <ReplyPage
      action={submitCommentAction}
      post={post}
      token={readerFormToken(post.id, requestTime())}
      site={settings}
      conduct={conduct}
      waiting={waiting}
      target={target}
      isTargetGone={isTargetGone}
      reworded={reworded}
      identity={identity}
      offered={offeredProviders()}
      saved={saved}
      draft={draft}
      notice={sentenceOfSignIn(login, way)}
    >
      {desk && <DeskRegion action={moderateAction} post={post.slug} waiting={desk.waiting} comment={onPage} isUndone={undone === '1'} />}
    </ReplyPage>
  );
}
