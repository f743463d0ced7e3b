import type { CommentNode } from '@/lib/comments/schema';
import type { SiteLocale } from '@/lib/site/schema';
import { t } from '@/lib/words/t';
import { CommentArticle } from './comment-article';

type Props = {
  nodes: CommentNode[];
  post: { slug: string; commentsOpen: boolean };
  site: SiteLocale;
  /** The comment that these answer; none for the threads themselves. */
  above?: CommentNode;
};

/** Comments in their order, each with the list of its replies inside. */
export function ThreadList({ nodes, post, site, above }: Props) {
  return (
    <ol className={above ? 'replies' : 'thread-list'}>
      {nodes.map((node) => (
        <li key={node.id}>
          {node.legacyNumber !== null && <span id={`comment-${node.legacyNumber}`} className="old-anchor" />}
          {node.kind === 'comment' ? (
            <CommentArticle comment={node} above={above} post={post} site={site} />
          ) : (
            <div className="comment comment--anchor" id={`comment-${node.id}`}>
              <p>{t('comments.one.notShown')}</p>
            </div>
          )}
          {node.replies.length > 0 && <ThreadList nodes={node.replies} post={post} site={site} above={node} />}
        </li>
      ))}
    </ol>
  );
}
