import { sensitiveEnd, type DiscussionRules } from './desk';
import { BY_RULE, chosenClosing, type ClosingFacts } from './rules';
import type { Care } from './schema';

type Chosen = Pick<ClosingFacts, 'commentsOpen' | 'commentsCloseAt' | 'commentsByAge'>;

/**
 * How a sensitive post closes that comes out, or is to come out, at another moment than before: what the rule of days said
 * moves with it; what somebody chose stays. Null for the moment: it is a draft again.
 */
export function closingAtPublication(post: ClosingFacts & { care: Care }, publishedAt: Date | null, rules: DiscussionRules, now: Date): Chosen {
  const { commentsOpen, commentsCloseAt, commentsByAge } = post;
  const stays = { commentsOpen, commentsCloseAt, commentsByAge };
  const wasOut = post.publishedAt !== null && post.publishedAt <= now;
  if (post.care !== 'sensitive' || wasOut) return stays;
  const endFor = (at: Date) => sensitiveEnd({ ...post, care: 'open', publishedAt: at }, rules, now);
  const isMoved = commentsCloseAt !== null && post.publishedAt !== null && commentsCloseAt.getTime() === endFor(post.publishedAt)?.getTime();
  if (chosenClosing(post) !== 'rule' && !isMoved) return stays;
  const end = publishedAt && endFor(publishedAt);
  return end ? { commentsOpen: true, commentsCloseAt: end, commentsByAge: false } : BY_RULE;
}
