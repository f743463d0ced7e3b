import type { ReactNode } from 'react';
import { discussionHeading, discussionPath } from '@/lib/comments/rules';
import type { DiscussionView } from '@/lib/comments/schema';
import type { SiteLocale, SiteView } from '@/lib/site/schema';
import type { SafeHtml } from '@/lib/text/safe-html';
import { Helpline } from '@/components/posts/helpline';
import { t } from '@/lib/words/t';
import { DiscussionTools } from './discussion-tools';
import { Mentions } from './mentions';
import { ThreadList } from './thread-list';

type Props = {
  post: { kind: 'post' | 'page'; slug: string; title: string; isLocked?: boolean; approvedCount: number; commentsOpen: boolean; helpline: SafeHtml | null };
  discussion: DiscussionView;
  site: SiteLocale & Pick<SiteView, 'quotesComments'>;
  /** The comment box. */
  children: ReactNode;
};

/** Everything below a post: where to find help, the threads of one page, where to find the others, the mentions, the box. */
export function Discussion({ post, discussion, site, children }: Props) {
  const { threads, mentions } = discussion;
  return (
    <div className="discussion-whole" data-discussion data-post={post.slug} data-published={t('comments.box.published')} data-receipt={t('subscriptions.receipt.link')}>
      <section className="discussion" id="comments" aria-labelledby="comments-title" data-nosnippet={site.quotesComments ? undefined : ''}>
        <Helpline html={post.helpline} />
        <h2 id="comments-title" tabIndex={-1}>
          {discussionHeading(post.approvedCount, post.title)}
        </h2>
        <DiscussionTools post={post} discussion={discussion} />
        {threads.length > 0 && <ThreadList nodes={threads} post={post} site={site} />}
        {threads.length === 0 && post.commentsOpen && <p className="discussion-empty">{t('comments.discussion.empty')}</p>}
        <DiscussionPager post={post} discussion={discussion} />
        <Mentions mentions={mentions} site={site} />
        {post.commentsOpen && !post.isLocked && <NewsPlace post={post} newest={discussion.newest} />}
      </section>
      {children}
    </div>
  );
}

/** Where new-comments.enhance.ts says that there are new ones: its place is kept. Nobody asks where none can come, or not everybody may know. */
function NewsPlace({ post, newest }: Pick<Props, 'post'> & { newest: string | null }) {
  const words = {
    'data-one': t('comments.news.one', { show: '{show}' }), 'data-more': t('comments.news.more', { count: '{count}', show: '{show}' }), 'data-show': t('comments.news.show'),
    'data-mark': t('comments.news.mark'), 'data-failed': t('comments.news.failed', { show: '{show}' }), 'data-again': t('comments.news.again'),
  };
  return <div className="news-place" data-news data-comments={post.approvedCount} data-newest={newest ?? undefined} {...words} />;
}

function DiscussionPager({ post, discussion: { page, pages, order } }: Pick<Props, 'post' | 'discussion'>) {
  if (pages === 1) return null;
  const [before, after] = order === 'oldest' ? (['older', 'newer'] as const) : (['newer', 'older'] as const);
  return (
    <nav className="thread-pager" aria-label={t('comments.discussion.pages')}>
      {page > 1 && (
        <a rel="prev" href={`${discussionPath(post, page - 1, order)}#comments`}>
          {t(`comments.discussion.${before}`)}
        </a>
      )}
      <span>
        {t('comments.discussion.pageOf', { page: String(page), pages: String(pages) })}
      </span>
      {page < pages && (
        <a rel="next" href={`${discussionPath(post, page + 1, order)}#comments`}>
          {t(`comments.discussion.${after}`)}
        </a>
      )}
    </nav>
  );
}
