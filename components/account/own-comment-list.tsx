import { Time } from '@/components/ui/time';
import type { OwnComment } from '@/lib/account/queries';
import type { ToldState } from '@/lib/account/schema';
import { DECLINE_NAMES } from '@/lib/moderation/rules';
import type { SiteLocale } from '@/lib/site/schema';

const STATES: Record<ToldState, string> = { published: 'Published', waiting: 'Waiting to be read', 'not published': 'Not published' };

/** What a person has written, newest first, each with its state. */
export function OwnCommentList({ comments, site }: { comments: OwnComment[]; site: SiteLocale }) {
  if (comments.length === 0) return <p className="account-note">You have not written a comment while signed in.</p>;
  return (
    <ol className="account-comments">
      {comments.map((comment) => <li key={comment.id}><OwnCommentArticle comment={comment} site={site} /></li>)}
    </ol>
  );
}

function OwnCommentArticle({ comment: { id, state, createdAt, excerpt, pseudonym, post, path, declined }, site }: { comment: OwnComment; site: SiteLocale }) {
  return (
    <article aria-labelledby={`own-${id}`}>
      <p className="account-comment-head" id={`own-${id}`}>
        {path ? <a href={path}>On “<bdi>{post.title}</bdi>”</a> : <span>On “<bdi>{post.title}</bdi>”</span>}
        <Time at={createdAt} site={site} />
      </p>
      <p className="account-excerpt" dir="auto">{excerpt}</p>
      <p className="account-note">
        <span className={`account-state account-state--${state === 'not published' ? 'hidden' : state}`}>{STATES[state]}</span>
        {pseudonym !== null && <> · as <bdi>{pseudonym}</bdi>, a name used on this post only</>}
      </p>
      {declined && (
        <div className="account-declined">
          <p className="account-note">The reason: {DECLINE_NAMES[declined.reason].toLowerCase()}.</p>
          <blockquote className="letter-words">{declined.words}</blockquote>
          {declined.reword && <p><a className="account-more" href={declined.reword}>Say it in other words</a></p>}
        </div>
      )}
    </article>
  );
}
