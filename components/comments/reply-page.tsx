import { Prose } from '@/components/ui/prose';
import { discussionPath } from '@/lib/comments/rules';
import { NOTHING_ENTERED, type BoxIdentity, type BoxState, type EnteredComment } from '@/lib/comments/box';
import type { OwnWaitingComment, ReplyTarget, RewordedComment } from '@/lib/comments/schema';
import type { Provider } from '@/lib/identity/schema';
import type { Closing } from '@/lib/posts/rules';
import type { Care } from '@/lib/posts/schema';
import type { SiteLocale } from '@/lib/site/schema';
import type { SafeHtml } from '@/lib/text/safe-html';
import type { ReactNode } from 'react';
import { t } from '@/lib/words/t';
import { CommentForm } from './comment-form';
import { WaitingComments } from './waiting-comments';

type Props = {
  action: (state: BoxState, form: FormData) => Promise<BoxState>;
  post: { slug: string; title: string; isLocked?: boolean; commentsOpen: boolean; closing: Closing; care: Care; helpline: SafeHtml | null };
  /** Of its form. */
  token: string;
  site: SiteLocale;
  conduct: SafeHtml | null;
  waiting: OwnWaitingComment[];
  target: ReplyTarget | null;
  /** The declined comment that is said in other words. */
  reworded: RewordedComment | null;
  isTargetGone: boolean;
  identity: BoxIdentity;
  offered: readonly Provider[];
  saved: { name: string; email: string; website: string } | null;
  /** What was being written when its writer went to sign in. */
  draft: EnteredComment | null;
  /** What came of that, where it was nothing. */
  notice: string | null;
  /** What whoever moderates the post finds here. */
  children?: ReactNode;
};

/** The page of the comment box: the post it belongs to, what it answers, one's waiting comments, the box. */
export function ReplyPage({ action, post, token, site, conduct, waiting, target, reworded, isTargetGone, identity, offered, saved, draft, notice, children }: Props) {
  const { commentsOpen, closing, care, helpline } = post;
  const href = discussionPath({ ...post, kind: 'post' }, 1);
  const known = saved ? { ...NOTHING_ENTERED, ...saved, save: true } : NOTHING_ENTERED;
  const entered = draft ?? (reworded ? { ...known, comment: reworded.source, name: known.name || (reworded.name ?? '') } : known);
  const parent = target && { id: target.id, name: target.name };
  return (
    <div className="reply-page" data-enhance="reply-page" data-post={post.slug} data-reword={reworded?.id}>
      <h1 className="reply-title">
        <a href={href}>{post.title}</a>
      </h1>
      {isTargetGone && <p className="notice">{t('comments.replyPage.targetGone')}</p>}
      {target && (
        <figure className="reply-target">
          <figcaption>{t('comments.replyPage.wrote', { name: target.name })}</figcaption>
          <blockquote>
            <Prose className="comment-text" html={target.html} />
          </blockquote>
        </figure>
      )}
      {children}
      <div data-own>
        {waiting.length > 0 && <h2 className="waiting-title">{t('comments.replyPage.yours', { count: waiting.length })}</h2>}
        <WaitingComments comments={waiting} post={post} site={site} />
      </div>
      <CommentForm
        action={action}
        initial={{ message: notice, fields: {}, entered, parent, isResumed: draft !== null || reworded !== null, ...(reworded && { reword: reworded.id }) }}
        post={{ slug: post.slug, href: target ? `${href}#comment-${target.id}` : href, commentsOpen, closing, care, helpline }}
        token={token}
        identity={identity}
        offered={offered}
        site={{ language: site.language, timeZone: site.timeZone }}
        conduct={conduct}
      />
    </div>
  );
}
