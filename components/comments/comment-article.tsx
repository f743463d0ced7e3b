import { Portrait } from '@/components/identity/portrait';
import { Prose } from '@/components/ui/prose';
import { Time } from '@/components/ui/time';
import { replyPath, reportPath } from '@/lib/comments/rules';
import { PHONE_DEPTH, type CommentNode, type CommentView, type ReplyPlace } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';

type Props = {
  comment: CommentView;
  /** The comment that it is shown below. */
  above?: CommentNode;
  post: { slug: string; commentsOpen: boolean };
  site: SiteLocale;
};

/** One published comment: who, when, what, and the way to answer. */
export function CommentArticle({ comment, above, post, site }: Props) {
  const { id, name, picture, website, isPostAuthor, inReplyTo, place, revision } = comment;
  return (
    <article className={isPostAuthor ? 'comment comment--author' : 'comment'} id={`comment-${id}`} aria-labelledby={`head-${id}`} tabIndex={-1} data-revision={revision === 1 ? undefined : revision}>
      <header className="comment-head" id={`head-${id}`}>
        <Portrait name={name} picture={picture} />
        {place && <Place place={place} />}{' '}
        <span className="comment-name">
          {website ? (
            <a href={website} rel="nofollow ugc noopener">
              {name}
            </a>
          ) : (
            name
          )}
        </span>{' '}
        {isPostAuthor && <span className="author-mark">{t('comments.one.author')}</span>}{' '}
        <a className="comment-date" href={`/comments/${id}`}>
          <Time at={comment.createdAt} site={site} />
        </a>{' '}
        {comment.isEdited && <span className="comment-edited">{t('comments.one.edited')}</span>}{' '}
        {inReplyTo && <InReplyTo to={inReplyTo} />}
        {!inReplyTo && above?.kind === 'comment' && comment.depth > PHONE_DEPTH && <InReplyTo to={above} onPhone />}
      </header>
      <Prose className="comment-text" html={comment.html} />
      {post.commentsOpen && (
        <a className="reply-link" href={replyPath(post.slug, id)} rel="nofollow" data-reply="">
          {t('comments.one.replyTo', { name })}
        </a>
      )}
      <a className="report-link" href={reportPath(id)} rel="nofollow" aria-label={t('comments.report.of', { name })}>
        {t('comments.one.report')}
      </a>
    </article>
  );
}

/** Where a reply stands, in words: for those who do not see how far in it stands. */
function Place({ place: { at, of, to, level } }: { place: ReplyPlace }) {
  return <span className="sr-only">{to === null ? t('comments.one.placeBelowHidden', { at, of, level }) : t('comments.one.place', { at, of, name: to, level })}</span>;
}

/** Whom a comment answers, where its place does not show it: below the fifth level, and on phones below the fourth. */
function InReplyTo({ to, onPhone = false }: { to: { id: string; name: string }; onPhone?: boolean }) {
  return (
    <span className={onPhone ? 'in-reply-to in-reply-to--phone' : 'in-reply-to'}>
      {t.rich('comments.one.inReplyTo', { name: to.name, link: (chunks) => <a href={`/comments/${to.id}`}>{chunks}</a> })}
    </span>
  );
}
