import { Prose } from '@/components/ui/prose';
import { NOTHING_ENTERED, type BoxState, type ReplyTarget, type WaitingComment } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { CommentForm, type BoxIdentity } from './comment-form';
import { WaitingComments } from './waiting-comments';

type Props = {
  action: (state: BoxState, form: FormData) => Promise<BoxState>;
  post: { slug: string; title: string; commentsOpen: boolean };
  site: SiteLocale;
  waiting: WaitingComment[];
  target: ReplyTarget | null;
  isTargetGone: boolean;
  identity: BoxIdentity;
  saved: { name: string; email: string; website: string } | null;
};

/** The page of the comment box: the post it belongs to, what it answers, one's waiting comments, the box. */
export function ReplyPage({ action, post, site, waiting, target, isTargetGone, identity, saved }: Props) {
  const href = `/posts/${encodeURIComponent(post.slug)}`;
  const entered = saved ? { ...NOTHING_ENTERED, ...saved, save: true } : NOTHING_ENTERED;
  const parent = target && { id: target.id, name: target.name };
  return (
    <div className="reply-page">
      <h1 className="reply-title">
        <a href={href}>{post.title}</a>
      </h1>
      {isTargetGone && <p className="notice">The comment you wanted to reply to is not here any more. You can still write one of your own.</p>}
      {target && (
        <figure className="reply-target">
          <figcaption>{target.name} wrote</figcaption>
          <blockquote>
            <Prose className="comment-text" html={target.html} />
          </blockquote>
        </figure>
      )}
      <div data-own>
        {waiting.length > 0 && <h2 className="waiting-title">{waiting.length === 1 ? 'Your comment' : 'Your comments'}</h2>}
        <WaitingComments comments={waiting} site={site} />
      </div>
      <CommentForm
        action={action}
        initial={{ message: null, fields: {}, entered, parent }}
        post={{ slug: post.slug, href: target ? `${href}#comment-${target.id}` : href, commentsOpen: post.commentsOpen }}
        identity={identity}
      />
    </div>
  );
}
