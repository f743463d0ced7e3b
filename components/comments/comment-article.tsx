import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import { replyPath } from '@/lib/comments/rules';
import type { CommentView } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';

type Props = {
  comment: CommentView;
  post: { slug: string; commentsOpen: boolean };
  site: SiteLocale;
};

/** One published comment: who, when, what, and the way to answer. */
export function CommentArticle({ comment, post, site }: Props) {
  const { id, name, website, isPostAuthor, inReplyTo } = comment;
  return (
    <article className={isPostAuthor ? 'comment comment--author' : 'comment'} id={`comment-${id}`} tabIndex={-1}>
      <header className="comment-head">
        <span className="comment-name">
          {website ? (
            <a href={website} rel="nofollow ugc noopener">
              {name}
            </a>
          ) : (
            name
          )}
        </span>
        {isPostAuthor && <span className="author-mark">Author</span>}
        <a className="comment-date" href={`/comments/${id}`}>
          <Time at={comment.createdAt} site={site} />
        </a>
        {comment.isEdited && <span className="comment-edited">edited</span>}
        {inReplyTo && (
          <span className="in-reply-to">
            in reply to <a href={`/comments/${inReplyTo.id}`}>{inReplyTo.name}</a>
          </span>
        )}
      </header>
      <Prose className="comment-text" html={comment.html} />
      {post.commentsOpen && (
        <footer className="comment-acts">
          <a className="reply-link" href={replyPath(post.slug, id)} rel="nofollow" data-reply={id} data-reply-name={name}>
            Reply to {name}
          </a>
        </footer>
      )}
    </article>
  );
}
