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
              <p>{t(node.isWithdrawn ? 'comments.one.withdrawn' : 'comments.one.notShown')}</p>
            </div>
          )}
          {node.replies.length > 0 && <Replies of={node} isThread={!above} post={post} site={site} />}
        </li>
      ))}
    </ol>
  );
}

/** What is below a comment; all that is below the beginning of a thread can be folded away. */
function Replies({ of, isThread, post, site }: { of: CommentNode; isThread: boolean } & Pick<Props, 'post' | 'site'>) {
  const list = <ThreadList nodes={of.replies} post={post} site={site} above={of} />;
  if (!isThread) return list;
  return (
    <details className="thread" open>
      <summary>{t('comments.one.replies', { count: countBelow(of) })}</summary>
      {list}
    </details>
  );
}

const countBelow = ({ replies }: CommentNode): number => replies.reduce((sum, reply) => sum + (reply.kind === 'comment' ? 1 : 0) + countBelow(reply), 0);
