import type { Tag } from '../cache-tags';
import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { isShutOut, mayModerate } from '../identity/rules';
import { findPerson } from '../identity/queries';
import type { Actor } from '../identity/schema';
import { textHash } from '../identity/tokens';
import { newCommentId, newId } from '../ids';
import { replaceText } from '../moderation/changing-text';
import { dropChanges, momentAfter, tellOfHeld, type LockedComment } from '../moderation/decisions';
import { visibleDelta } from '../moderation/rules';
import type { Ruleset } from '../moderation/ruleset';
import type { Verdict } from '../moderation/screening';
import { presentRuleset } from '../moderation/screening-rules';
import { riskOf } from '../moderation/sentences';
import { markLesson } from '../moderation/spam-lessons';
import { networkMarker } from '../network-keys';
import { secondsToWait } from '../rate-limit';
import { fail, ok, type Result } from '../result';
import { causeCommentNotices } from '../subscriptions/causes';
import { commentHtml } from '../text/comment-text';
import { HTML_VERSION } from '../text/safe-html';
import { causeWebhooks } from '../webhooks/causing';
import { t } from '../words/t';
import { countVisible } from './counts';
import { markOf } from './pseudonyms';
import { editOf, receiptSelect } from './receipts';
import { textSchema } from './schema';
import { verdictOn } from './verdict';
import { lockOwn, receiptGone } from './withdrawing';

type Changed = (tag: Tag) => void;

const writtenSelect = {
  ...receiptSelect,
  rule: true, risk: true, parentId: true, rootId: true, depth: true, userId: true, pseudonymId: true, website: true, ipHash: true, writerHash: true, rewordsId: true, revision: true,
  post: { select: { ...receiptSelect.post.select, id: true, authorId: true, care: true } },
} as const;
type Written = NonNullable<Awaited<ReturnType<typeof findWritten>>>;
const findWritten = (tx: Tx, id: string) => tx.comment.findUnique({ where: { id }, select: writtenSelect });

/**
 * Changes the text of one's own comment, by the token of its page: while it waits, and for a few minutes after it was
 * published, until the first reply. The new text is screened as one that has just come; of a published comment the present
 * one stays until the new one is let. Refuses: `not-found`, `invalid` text, `too-many`, `forbidden` for who is
 * shut out, `conflict` when it cannot be changed any more.
 */
export async function editOwnComment(token: string, typed: string, ip: string, now: Date): Promise<Result<'published' | 'waiting'>> {
  const text = textSchema.safeParse(typed);
  if (!text.success) return fail('invalid', text.error.issues[0]?.message ?? '', { fields: { text: text.error.issues[0]?.message ?? '' } });
  const retryAfterSeconds = await secondsToWait('own-edit', token);
  if (retryAfterSeconds !== null) return fail('too-many', t('subscriptions.receipt.tooOften'), { retryAfterSeconds });
  const [rules, marksOf] = await Promise.all([presentRuleset(db()), networkMarker()]);
  return changing(async (tx, changed) => {
    const locked = await lockOwn(tx, token);
    const written = locked && (await findWritten(tx, locked.id));
    if (!locked || !written) return receiptGone();
    if (!editOf(written, now)) return fail('conflict', t('subscriptions.receipt.tooLate'));
    const writer = await writerOf(tx, written, now);
    if (isShutOut(writer, now)) return fail('forbidden', t('comments.refused.shutOut'));
    const isOut = visibleDelta(null, written.status) > 0;
    // What was changed before and waits is said otherwise now.
    if (isOut) await dropChanges(tx, changed, written.id, now);
    if (written.source === text.data) return ok(isOut ? 'published' : 'waiting');
    const verdict = await screenAgain(tx, writer, written, text.data, ip, rules, now);
    if (isOut && visibleDelta(null, verdict.status) <= 0) return keepChange(tx, written, text.data, verdict, markOf(marksOf, ip, written), now);
    return applyChange(tx, changed, locked, written, text.data, verdict, now);
  });
}

async function writerOf(tx: Tx, { userId, writerHash }: Written, now: Date): Promise<Actor> {
  return (userId === null ? null : await findPerson(tx, userId, now)) ?? { kind: 'guest', writerHash };
}

/** By these a comment is sorted out or held for how it came, which other words do not change. */
const FOR_HOW_IT_CAME: readonly string[] = ['akismet', 'akismet-silent', 'trap', 'foreign-form', 'too-fast', 'reported'];
const STRICTER = ['approved', 'pending', 'spam', 'trash'] as const;

/**
 * What screening says of the new text. What a person has sent back, or readers have reported, waits for a person; what was
 * sorted out, or is held for how it came, is treated no milder for other words.
 */
async function screenAgain(tx: Tx, actor: Actor, written: Written, source: string, ip: string, rules: Ruleset, now: Date): Promise<Verdict> {
  const { userId, pseudonymId, name, email, website } = written;
  const draft = {
    postId: written.postId, parent: null, writer: { userId, pseudonymId, name, email, website }, source, sourceHash: textHash(source), ip, rewordsId: written.rewordsId,
    came: { form: null, busyNetwork: null, akismet: null, now },
  };
  const isStaff = mayModerate(actor, written.post.authorId) && pseudonymId === null;
  const verdict = await verdictOn(tx, draft, commentHtml(source, 'markdown'), { actor, isStaff }, written.post.care, rules);
  const isDecided = written.events.some(({ decision }) => decision !== 'submit');
  const isFirm = written.status !== 'approved' && (isDecided || written.status !== 'pending' || FOR_HOW_IT_CAME.includes(written.rule ?? ''));
  const present = STRICTER.find((status) => status === written.status);
  const isMilder = present !== undefined && STRICTER.indexOf(verdict.status) < STRICTER.indexOf(present);
  return isFirm && isMilder ? { ...verdict, status: present } : verdict;
}

/** The change of a published comment, kept beside it until somebody has read it. */
async function keepChange(tx: Tx, written: Written, source: string, { status, reasons }: Verdict, ipHash: string, now: Date): Promise<Result<'waiting'>> {
  const { id: editsId, postId, parentId, rootId, depth, userId, pseudonymId, name, email, website, writerHash } = written;
  const writer = { userId, pseudonymId, name, email, website };
  const id = newId();
  await tx.comment.create({
    data: {
      id, publicId: newCommentId(), editsId, postId, parentId, rootId: parentId === null ? id : rootId, depth, ...writer, writerHash, source, html: commentHtml(source, 'markdown'), htmlVersion: HTML_VERSION,
      sourceHash: textHash(source), status, rule: reasons[0].rule, risk: riskOf(reasons[0]), ipHash, createdAt: now,
    },
    select: { id: true },
  });
  await tx.moderationEvent.create({ data: { id: newId(), commentId: id, decision: 'submit', toStatus: status, reasons, createdAt: now }, select: { id: true } });
  if (status === 'pending') await tellOfHeld(tx, id);
  return ok('waiting');
}

async function applyChange(tx: Tx, changed: Changed, locked: LockedComment, written: Written, source: string, { status: to, reasons }: Verdict, now: Date): Promise<Result<'published' | 'waiting'>> {
  const { id, status: from } = locked;
  const isOut = visibleDelta(null, to) > 0;
  const revisions = await replaceText(tx, locked, { source, editedAt: from === 'approved' ? now : null });
  await tx.comment.update({ where: { id }, data: { status: to, revision: revisions.toRevision, ...(isOut ? { rule: reasons[0].rule, risk: 0 } : FOR_HOW_IT_CAME.includes(written.rule ?? '') ? {} : { rule: reasons[0].rule, risk: riskOf(reasons[0]) }) }, select: { id: true } });
  const createdAt = await momentAfter(tx, id, now);
  await tx.moderationEvent.create({ data: { id: newId(), commentId: id, decision: 'submit', fromStatus: from, toStatus: to, reasons, ...revisions, createdAt }, select: { id: true } });
  await causeWebhooks(tx, [{ event: 'commentDecided', commentId: id, decision: 'submit', from, status: to, rules: reasons.map(({ rule }) => rule) }], createdAt);
  await markLesson(tx, id, from, to);
  await countVisible(tx, locked, from, to);
  if (to === 'pending' && from !== 'pending') await tellOfHeld(tx, id);
  if (visibleDelta(from, to) > 0) await causeCommentNotices(tx, id, false, now);
  if (isOut) changed(postTag(written.postId));
  return ok(isOut ? 'published' : 'waiting');
}
