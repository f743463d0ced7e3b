import { Portrait } from '@/components/identity/portrait';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import type { WaitingComment } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';

/** One's own comments that nobody else sees yet, each with the sentence that says so. Nothing without any. */
export function WaitingComments({ comments, site }: { comments: WaitingComment[]; site: SiteLocale }) {
  if (comments.length === 0) return null;
  return (
    <ol className="thread-list waiting-list" aria-label="Your comments that are waiting" data-waiting-list>
      {comments.map((comment) => (
        <li key={comment.id} data-waiting={comment.id} data-waiting-parent={comment.parentId ?? undefined}>
          <article className="comment comment--held" id={`comment-${comment.id}`} tabIndex={-1}>
            <header className="comment-head">
              <Portrait name={comment.name} picture={comment.picture} />
              <span className="comment-name">{comment.name}</span>
              <span className="comment-date">
                <Time at={comment.createdAt} site={site} />
              </span>
              {comment.parentName && <span className="in-reply-to">in reply to {comment.parentName}</span>}
            </header>
            <p className="held-note" role="status">
              <strong>Your comment is awaiting moderation.</strong> <span>A person reads it before it appears. You can see it here until then.</span>
            </p>
            <Prose className="comment-text" html={comment.html} />
          </article>
        </li>
      ))}
    </ol>
  );
}
