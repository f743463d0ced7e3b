import { postTag } from '../cache-tags';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import { lockKeys } from '../lock';
import type { CommentStatus } from '../db/generated/enums';
import { isShutOut, mayModerate } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { textHash } from '../identity/tokens';
import { isCommentId, newCommentId, newId } from '../ids';
import type { Verdict } from '../moderation/screening';
import { presentRuleset } from '../moderation/screening-rules';
import { keepAkismetCheck } from '../moderation/akismet-checks';
import { approveForReply, tellOfHeld } from '../moderation/decisions';
import { visibleDelta } from '../moderation/rules';
import { riskOf } from '../moderation/sentences';
import type { AnsweredComment, SeenComment } from '../moderation/schema';
import { lockColumns, mayRead } from '../posts/keys';
import { outAt } from '../posts/queries';
import { closingColumns, takesComments } from '../posts/rules';
import { networkMarker } from '../network-keys';
import { fail, ok, type Failure, type Result } from '../result';
import { causeCommentNotices } from '../subscriptions/causes';
import { NO_WISHES, type Wishes } from '../subscriptions/schema';
import { subscribeWriter } from '../subscriptions/subscribing';
import { findCloseAfterDays } from '../site/closing';
import { commentHtml } from '../text/comment-text';
import { HTML_VERSION, type SafeHtml } from '../text/safe-html';
import { tally } from '../tally';
import { causeWebhooks } from '../webhooks/causing';
import { t } from '../words/t';
import { askAkismetAbout } from './asking-akismet';
import { countVisible } from './counts';
import { countSent, refusalOfPace } from './limits';
import { rewordedBy } from './own';
import { chooseName, markOf, takeName, type Chosen, type Writer } from './pseudonyms';
import { depthOf, refusalToComment, writerKey } from './rules';
import type { NewComment } from './schema';
import { verdictOn, type Draft } from './verdict';

/** `batch`: what was done with it, the approval of the comment it answers, and is undone with it. */
export type SubmittedComment = { id: string; status: CommentStatus; batch: string | null };

const nameless = () => fail('invalid', t('comments.fields.nameAndEmail'));

type Place = { id: string; authorId: string };

/** Under which name a comment stands: a signed-in person's, or what a guest typed. */
async function writerOf(tx: Tx, actor: Actor, input: NewComment, post: Place): Promise<Result<Chosen>> {
  if (actor.kind === 'person') return chooseName(tx, actor.userId, post, input);
  if (!input.guest) return nameless();
  const { name, email, website } = input.guest;
  return ok({ writer: { userId: null, pseudonymId: null, name, email, website: website || null }, takes: null });
}

/**
 * Makes everybody wait who writes the same text, is the same writer, or wants a name on this post only, so that of sixteen
 * at once one is first.
 */
async function standInLine(tx: Tx, actor: Actor, input: NewComment, postId: string): Promise<void> {
  const writer = actor.kind === 'person' ? actor.userId : input.guest?.email;
  const keys = [writerKey(writer), `text:${postId}:${textHash(input.comment)}`];
  if (typeof input.pseudonym === 'string') keys.push(`names:${postId}`);
  await lockKeys(tx, ...keys);
}

/** The WHERE of what a writer has written before, under whatever name. */
const theirs = ({ userId, email }: Writer) => [...(userId ? [{ userId }] : []), ...(email ? [{ email }] : [])];

/** What screening alone threw away looks to its writer as if it waits, here too. */
const TRASHED_BY_SCREENING = { status: 'trash', rule: { not: null }, events: { none: { decision: { not: 'submit' } } } } as const;

async function refusalOfDuplicate(tx: Tx, { postId, parent, sourceHash, writer }: Draft): Promise<Failure | null> {
  const same = await tx.comment.findFirst({
    where: { postId, sourceHash, parentId: parent?.id ?? null, AND: [{ OR: [{ status: { not: 'trash' } }, TRASHED_BY_SCREENING] }, { OR: [{ name: writer.name }, ...theirs(writer)] }] },
    select: { id: true },
  });
  return same && fail('duplicate', t('comments.refused.duplicate'));
}

/** Whoever was written to by a moderator reads that first. */
async function refusalOfWarned(tx: Tx, actor: Actor): Promise<Failure | null> {
  const warned = actor.kind === 'person' && (await tx.user.count({ where: { id: actor.userId, warning: { not: '' } } })) > 0;
  return warned ? fail('forbidden', t('comments.refused.warned')) : null;
}

async function insertComment(tx: Tx, draft: Draft & { ipHash: string }, html: SafeHtml, actor: Actor, { status, reasons: [reason] }: Verdict, now: Date) {
  const id = newId();
  const comment = {
    id,
    publicId: newCommentId(),
    postId: draft.postId,
    parentId: draft.parent?.id ?? null,
    rootId: draft.parent?.rootId ?? id,
    depth: depthOf(draft.parent?.depth ?? null),
    ...draft.writer,
    source: draft.source,
    html,
    htmlVersion: HTML_VERSION,
    status,
    rule: reason.rule,
    risk: status === 'approved' ? 0 : riskOf(reason),
    createdAt: now,
    ipHash: draft.ipHash,
    writerHash: actor.writerHash,
    sourceHash: draft.sourceHash,
    rewordsId: draft.rewordsId,
  };
  await tx.comment.create({ data: comment, select: { id: true } });
  return { ...comment, kind: 'comment' };
}

/**
 * Takes a comment from the box: who may, where, whether it is new and not too fast, screening, then the comment, its event
 * and the counts in one transaction. Right when many arrive at once: they stand in line by sender and by text.
 * `input.approving`: the parent of a reply written at the desk, as it was seen there; one that waits is approved with it.
 * `wishes`: of what its writer asks to be told by mail. `ip` is the sender's address; only its keyed hash is kept. Under which name: lib/comments/pseudonyms.ts.
 * Refuses: `invalid` (no name, or one that cannot be had, or a parent that is hidden, unknown or on another post),
 * `not-signed-in`, `not-found`, `forbidden` (a password that was not said, among others), `duplicate`, `too-many` with the seconds to wait. Source of order: WordPress, `wp_allow_comment`.
 */
export async function submitComment(actor: Actor, input: NewComment & { approving?: AnsweredComment; wishes?: Wishes }, ip: string, now: Date): Promise<Result<SubmittedComment>> {
  if (actor.kind === 'guest' && !input.guest) return nameless();
  const found = await db().post.findFirst({
    where: { slug: input.post, kind: 'post', ...outAt(now) },
    select: { ...lockColumns, title: true, care: true, ...closingColumns },
  });
  const post = found && mayRead(actor, found, now) ? found : null;
  const source = input.comment;
  const rules = await presentRuleset(db());
  // Before the transaction: what is refused here costs one statement, and is counted whatever becomes of it.
  const { refusal: tooMany, busyNetwork } = await countSent(actor, post?.authorId ?? '', ip, rules);
  if (tooMany) return tooMany;
  // Before the transaction, too: none waits for a network.
  const [akismet, marksOf] = await Promise.all([askAkismetAbout({ actor, input, ip, post, rules, now }), networkMarker()]);
  return changing(async (tx, changed) => {
    const parent = input.parent === '' ? undefined : await findParent(tx, input.parent, mayModerate(actor, post?.authorId ?? '') && input.approving);
    const facts = found && { id: found.id, isPublic: true, isLocked: post === null, commentsOpen: takesComments(found, await findCloseAfterDays(tx), now) };
    const refusal = refusalToComment(isShutOut(actor, now), facts, parent) ?? (await refusalOfWarned(tx, actor));
    if (refusal || !post) return refusal ?? fail('not-found', t('comments.refused.postGone'));
    await standInLine(tx, actor, input, post.id);
    const chosen = await writerOf(tx, actor, input, post);
    if (!chosen.ok) return chosen;
    const { writer } = chosen.value;
    const draft: Draft = { postId: post.id, parent: parent ?? null, writer, source, sourceHash: textHash(source), ip, rewordsId: await rewordedBy(tx, post.id, input.reword ?? '', actor, writer), came: { form: input.form ?? null, busyNetwork, akismet: akismet?.answer ?? null, now } };
    // Who runs the blog has no privilege under a pseudonym: by it one would know them.
    const isStaff = mayModerate(actor, post.authorId) && writer.pseudonymId === null;
    const late = (await refusalOfDuplicate(tx, draft)) ?? (isStaff ? null : await refusalOfPace(tx, writer, post.care, rules, now));
    if (late) return late;
    // After the refusals: making a hostile text safe may cost a second, and a flood must not buy many of them.
    const html = commentHtml(source, 'markdown');
    const verdict = await verdictOn(tx, draft, html, { actor, isStaff }, post.care, rules);
    const batch = input.approving ? newId() : null;
    // The first that writes: a refusal leaves nothing behind.
    const answered = input.approving && batch ? await approveForReply(tx, changed, actor, input.approving, batch, now) : null;
    if (answered && !answered.ok) return answered;
    const name = await takeName(tx, post.id, chosen.value, now);
    const named = { ...draft, writer: name, ipHash: markOf(marksOf, ip, name) };
    const { status, reasons } = verdict;
    const comment = await insertComment(tx, named, html, actor, verdict, now);
    await tx.moderationEvent.create({
      data: { id: newId(), commentId: comment.id, decision: 'submit', toStatus: status, reasons, batchId: batch, createdAt: now },
      select: { id: true },
    });
    if (writer.pseudonymId === null) await keepAkismetCheck(tx, comment, akismet);
    await countVisible(tx, comment, null, status);
    if (status === 'pending') await tellOfHeld(tx, comment.id);
    await causeWebhooks(tx, [{ event: 'commentCreated', commentId: comment.id, status, rules: reasons.map(({ rule }) => rule) }], now);
    if (status === 'approved') await causeCommentNotices(tx, comment.id, false, now);
    await subscribeWriter(tx, actor, { email: input.guest?.email ?? null, wishes: input.wishes ?? NO_WISHES, post, comment }, now);
    if (visibleDelta(null, status) !== 0) changed(postTag(post.id));
    // An author's first name stands on their posts, too.
    if (chosen.value.takes === 'own-name') changed('posts');
    return ok({ id: comment.publicId, status, batch });
  }).then(tallied);
}

/** Counted when it is committed. */
function tallied(result: Result<SubmittedComment>): Result<SubmittedComment> {
  if (result.ok && result.value.status !== 'deleted') tally('comment', result.value.status);
  return result;
}

/** The comment that is answered; `approving`: one that waits counts as visible, for it is about to be. */
async function findParent(tx: Tx, publicId: string, approving: SeenComment | false | undefined) {
  if (!isCommentId(publicId)) return null;
  const parent = await tx.comment.findUnique({
    where: { publicId },
    select: { id: true, postId: true, rootId: true, depth: true, status: true, kind: true, editsId: true },
  });
  // Nobody answers a change that waits: it becomes the text of another comment.
  if (!parent || parent.editsId !== null) return null;
  const isAboutToBeSeen = parent.status === 'pending' && approving ? approving.comment === publicId : false;
  return { ...parent, isVisible: (parent.status === 'approved' || isAboutToBeSeen) && parent.kind === 'comment' };
}
