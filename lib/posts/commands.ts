import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import { mayEditPost } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { findScreeningRules } from '../moderation/screening-rules';
import { fail, ok, type Failure, type Result } from '../result';
import { findSite } from '../site/queries';
import { dayIn, endOfDay } from '../site/rules';
import { t } from '../words/t';
import { sensitiveEnd, type DiscussionRules } from './desk';
import { BY_RULE, chosenClosing, closesAt, closingColumns, discussionMark, lastOpenMoment, type ClosingFacts } from './rules';
import { discussionSchema, postIdSchema, type Care, type DiscussionInput } from './schema';

const notYours = (): Failure => fail('not-found', t('posts.refused.notThere'));
const conflict = (): Failure => fail('conflict', t('posts.refused.changed'));

const refusedFields = (fields: Record<string, string>): Failure => fail('invalid', Object.values(fields).join(' '), { fields });

/** How a post's discussion stands after an act. `later`: so many days after it comes out. */
export type DiscussionSet = { care: Care; closes: Date | 'closed' | 'later' | null };

type Row = ClosingFacts & { id: string; authorId: string; care: Care; helpline: string };
type Chosen = Pick<ClosingFacts, 'commentsOpen' | 'commentsCloseAt' | 'commentsByAge'>;

/** The post, locked: what is changed at the same moment is changed before or after. */
async function lockPost(tx: Tx, id: string): Promise<Row | null> {
  const locked = await tx.$queryRaw<unknown[]>`SELECT 1 FROM "Post" WHERE id = ${id}::uuid AND kind = 'post' AND status <> 'trash' FOR UPDATE`;
  if (locked.length === 0) return null;
  return tx.post.findUniqueOrThrow({ where: { id }, select: { id: true, authorId: true, care: true, helpline: true, ...closingColumns } });
}

/** The chosen day's end; a day that stood there already keeps its moment, though it is over. */
function byDate(day: string, before: Row, { timeZone }: DiscussionRules, now: Date): Chosen | string {
  const stood = before.commentsCloseAt;
  if (stood && dayIn(lastOpenMoment(stood), timeZone) === day) return { commentsOpen: true, commentsCloseAt: stood, commentsByAge: false };
  const end = endOfDay(day, timeZone);
  if (!end) return t('posts.refused.dayWanted');
  if (end <= now) return t('posts.refused.dayOver');
  return { commentsOpen: true, commentsCloseAt: end, commentsByAge: false };
}

/** By the blog's rule; a post that becomes sensitive closes after its own days, unless the rule closes it before. Those of a draft count when it comes out (closingAtPublication). */
function byRule(care: Care, before: Row, rules: DiscussionRules, now: Date): Chosen {
  const end = care === 'sensitive' && before.publishedAt !== null ? sensitiveEnd(before, rules, now) : null;
  return end ? { commentsOpen: true, commentsCloseAt: end, commentsByAge: false } : BY_RULE;
}

/** Whether its days count from when it comes out. */
const isCountedLater = (after: Row, rules: DiscussionRules, now: Date): boolean =>
  after.care === 'sensitive' && after.publishedAt === null && chosenClosing(after) === 'rule' && sensitiveEnd({ ...after, care: 'open' }, rules, now) !== null;

function chosenOf({ care, closing, date }: DiscussionInput, before: Row, rules: DiscussionRules, now: Date): Chosen | string {
  switch (closing) {
    case 'rule': return byRule(care, before, rules, now);
    case 'open': return { commentsOpen: true, commentsCloseAt: null, commentsByAge: false };
    case 'closed': return { commentsOpen: false, commentsCloseAt: null, commentsByAge: false };
    case 'date': return byDate(date, before, rules, now);
  }
}

/**
 * Sets how a post is discussed: how carefully comments are read, when they close, and what its author writes for readers
 * who need somebody to talk to. Atomic. `typed`: the form's fields. What is chosen about closing stands for good against
 * the blog's rule of days; who makes a post sensitive and leaves closing to the rule gets the date that the rules of
 * screening propose.
 * Refuses: `not-found` (unknown, in the trash, a page, or not the actor's to change), `conflict` when it is not as it was
 * seen, `invalid` with a sentence for each field.
 */
export async function setDiscussion(actor: Actor, postId: string, typed: unknown, now: Date): Promise<Result<DiscussionSet>> {
  if (!postIdSchema.safeParse(postId).success) return notYours();
  const input = discussionSchema.safeParse(typed);
  const [site, screening] = await Promise.all([findSite(), findScreeningRules()]);
  const rules = { ...site, sensitiveDays: screening.rules.sensitiveDays };
  return changing(async (tx, changed) => {
    const before = await lockPost(tx, postId);
    if (!before || !mayEditPost(actor, before.authorId)) return notYours();
    if (!input.success) return refusedFields(Object.fromEntries(input.error.issues.toReversed().map((issue) => [String(issue.path[0]), issue.message])));
    const { care, helpline, seen } = input.data;
    if (seen !== discussionMark(before)) return conflict();
    const chosen = chosenOf(input.data, before, rules, now);
    if (typeof chosen === 'string') return refusedFields({ date: chosen });
    const after = { ...before, care, helpline, ...chosen };
    await tx.post.update({ where: { id: postId }, data: { care, helpline, ...chosen }, select: { id: true } });
    changed(postTag(postId));
    return ok({ care, closes: isCountedLater(after, rules, now) ? 'later' : closesAt(after, rules.closeAfterDays) });
  });
}
