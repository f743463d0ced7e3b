import { discussionPath } from '@/lib/comments/rules';
import { THREAD_ORDERS, type CommentNode, type DiscussionView } from '@/lib/comments/schema';
import { t } from '@/lib/words/t';

type Props = { post: { kind: 'post' | 'page'; slug: string; isLocked?: boolean }; discussion: DiscussionView };

/** The ways through a discussion of more than one comment: its order, its newest comment, its keys. */
export function DiscussionTools({ post, discussion: { threads, pages, order, newest } }: Props) {
  if (newest === null) return null;
  const isHere = holds(threads, newest);
  return (
    <div className="discussion-tools">
      {(pages > 1 || threads.length > 1) && (
        <p role="group" aria-label={t('comments.discussion.order')}>
          {THREAD_ORDERS.map((one) => (
            <a key={one} href={`${discussionPath(post, 1, one)}#comments`} rel={one === 'newest' ? 'nofollow' : undefined} aria-current={one === order ? 'true' : undefined}>
              {t(`comments.discussion.${one}`)}
            </a>
          ))}
        </p>
      )}
      <a href={isHere ? `#comment-${newest}` : `/comments/${newest}`}>{t('comments.discussion.toNewest')}</a>
      <WalkKeys />
    </div>
  );
}

const holds = (nodes: readonly CommentNode[], id: string): boolean => nodes.some((node) => node.id === id || holds(node.replies, id));

const KEYS = [['j', 'next'], ['k', 'previous'], ['u', 'above'], ['r', 'reply'], ['f', 'fold']] as const;

/** The keys of walk.enhance.ts, which shows this: without script there are none. */
function WalkKeys() {
  return (
    <details className="walk-keys" data-walk-keys hidden>
      <summary>{t('comments.walk.heading')}</summary>
      <div className="walk-sheet">
        <p>{t('comments.walk.note')}</p>
        <dl>
          {KEYS.map(([key, does]) => (
            <div key={key}>
              <dt><kbd>{key}</kbd></dt>
              <dd>{t(`comments.walk.${does}`)}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  );
}
