import { Portrait } from '@/components/identity/portrait';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import { replyPath, reportPath } from '@/lib/comments/rules';
import { PHONE_DEPTH, type CommentNode, type CommentView } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';

type Props = {
  comment: CommentView;
  /** The comment that it is shown below. */
  above?: CommentNode;
  post: { slug: string; commentsOpen: boolean };
  site: SiteLocale;
};

/** One published comment: who, when, what, and the way to answer. */
export function CommentArticle({ comment, above, post, site }: Props) {
  const { id, name, picture, website, isPostAuthor, inReplyTo, revision } = comment;
  return (
    <article className={isPostAuthor ? 'comment comment--author' : 'comment'} id={`comment-${id}`} tabIndex={-1} data-revision={revision === 1 ? undefined : revision}>
      <header className="comment-head">
        <Portrait name={name} picture={picture} />
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
        {inReplyTo && <InReplyTo to={inReplyTo} />}
        {!inReplyTo && above?.kind === 'comment' && comment.depth > PHONE_DEPTH && <InReplyTo to={above} onPhone />}
      </header>
      <Prose className="comment-text" html={comment.html} />
      {post.commentsOpen && (
        <a className="reply-link" href={replyPath(post.slug, id)} rel="nofollow" data-reply="">
          {`Reply to ${name}`}
        </a>
      )}
      <a className="report-link" href={reportPath(id)} rel="nofollow" aria-label={`Report the comment by ${name}`}>
        Report
      </a>
    </article>
  );
}

/** Whom a comment answers, where its place does not show it: below the fifth level, and on phones below the fourth. */
function InReplyTo({ to, onPhone = false }: { to: { id: string; name: string }; onPhone?: boolean }) {
  return (
    <span className={onPhone ? 'in-reply-to in-reply-to--phone' : 'in-reply-to'}>
      in reply to <a href={`/comments/${to.id}`}>{to.name}</a>
    </span>
  );
}
