import { postTag } from '../cache-tags';
import { emptyComments } from '../comments/erase';
import { holdComments } from '../comments/locks';
import { verdictOn } from '../comments/verdict';
import { changing } from '../db/change';
import { db, type Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { textHash } from '../identity/tokens';
import { newCommentId, newId } from '../ids';
import { lockKeys } from '../lock';
import { momentAfter, tellOfHeld } from '../moderation/decisions';
import { visibleDelta } from '../moderation/rules';
import type { CommentStatus } from '../moderation/schema';
import type { Verdict } from '../moderation/screening';
import { presentRuleset } from '../moderation/screening-rules';
import { riskOf } from '../moderation/sentences';
import { closingColumns, takesMentions } from '../posts/rules';
import { fail, ok, type Result } from '../result';
import { findSite } from '../site/queries';
import { commentHtml } from '../text/comment-text';
import type { MentionPage } from '../text/mention-page';
import { HTML_VERSION } from '../text/safe-html';
import { causeWebhooks } from '../webhooks/causing';
import { t } from '../words/t';
import { saidBy, type Said } from './rules';
import type { MentionJob } from './schema';
import { FROM_THE_WEB, readSource, type SourceFrom } from './source-page';

const A_STRANGER: Actor = { kind: 'guest', writerHash: null };

const keptColumns = {
  commentId: true, target: true, way: true, comment: { select: { name: true, source: true, html: true, editedAt: true, status: true, revision: true } },
} as const;
type Kept = NonNullable<Awaited<ReturnType<typeof findKept>>>;

const findKept = (tx: Tx, { source, post }: Pick<MentionJob, 'source' | 'post'>) =>
  tx.mention.findUnique({ where: { postId_sourceMark: { postId: post, sourceMark: textHash(source) } }, select: keptColumns });

/** Waits for whoever works on the same page and post, and gives what stands then, locked with its post. */
async function lockKept(tx: Tx, job: MentionJob): Promise<Kept | null> {
  await lockKeys(tx, `mention:${job.post}:${job.source}`);
  const known = await findKept(tx, job);
  if (!known) return null;
  await holdComments(tx, [job.post], [known.commentId]);
  return findKept(tx, job);
}

/**
 * Looks into what another site has told of (the job `webmention`): asks for its page, and where that links to the post keeps a
 * mention that waits for a person, sorted by the same screening as a comment. Told again: what the page says otherwise now
 * waits again, in place of what it said; what says the same is left alone. A page that is gone, or does not link here any more,
 * takes its mention back. What a person or screening has thrown away stays where it is. Idempotent; two at once make one.
 * Refuses: `unavailable` when the page cannot be had now; the job tries again.
 */
export async function checkMention(job: MentionJob, now: Date, from: SourceFrom = FROM_THE_WEB): Promise<Result> {
  const known = await findKept(db(), job);
  if (known && !isOpenToChange(known)) return ok();
  const state = await readSource(job.source, [job.target, ...(known ? [known.target] : [])], from);
  if (state.is === 'later') return fail('unavailable', t('comments.webmention.later'));
  if (state.is === 'linking') return keepMention(job, state.page, now);
  // What cannot be read says nothing about the link.
  return state.is === 'unreadable' ? ok() : withdrawMention(job, now);
}

const isOpenToChange = ({ comment: { status } }: Kept): boolean => status === 'pending' || status === 'approved';

async function keepMention(job: MentionJob, page: MentionPage, now: Date): Promise<Result> {
  const said = saidBy(page, new URL(job.source));
  return changing(async (tx, changed) => {
    const kept = await lockKept(tx, job);
    if (!kept) await insertMention(tx, job, said, now);
    else if (isOpenToChange(kept) && !isSame(kept, said)) {
      const to = await changeMention(tx, kept, job, said, now);
      if (visibleDelta(kept.comment.status, to) !== 0) changed(postTag(job.post));
    }
    return ok();
  });
}

const isSame = ({ way, comment }: Kept, said: Said): boolean => way === said.way && comment.name === said.name && comment.source === said.text;

type Written = { verdict: Verdict; text: { name: string; source: string; sourceHash: string; html: string; htmlVersion: number; website: string; rule: string; risk: number } };

/** What a page says as a comment is kept, and what screening says of it. No more is known of who sent it than of a stranger. */
async function screened(tx: Tx, { post, source: website }: MentionJob, { name, text: source }: Said, now: Date): Promise<Written> {
  const { care } = await tx.post.findUniqueOrThrow({ where: { id: post }, select: { care: true } });
  const html = commentHtml(source, 'markdown');
  const writer = { userId: null, pseudonymId: null, name, email: null, website };
  const draft = { postId: post, parent: null, writer, source, sourceHash: textHash(source), ip: '', rewordsId: null, came: { form: null, busyNetwork: null, akismet: null, now, isMention: true } };
  const verdict = await verdictOn(tx, draft, html, { actor: A_STRANGER, isStaff: false }, care, await presentRuleset(tx));
  const [reason] = verdict.reasons;
  return { verdict, text: { name, source, sourceHash: draft.sourceHash, html, htmlVersion: HTML_VERSION, website, rule: reason.rule, risk: riskOf(reason) } };
}

async function insertMention(tx: Tx, job: MentionJob, said: Said, now: Date): Promise<void> {
  const post = await tx.post.findUnique({ where: { id: job.post }, select: { status: true, ...closingColumns } });
  // It may have closed since it was told of.
  if (!post || !takesMentions(post, await findSite(), now)) return;
  const { verdict: { status, reasons }, text } = await screened(tx, job, said, now);
  const id = newId();
  await tx.comment.create({ data: { id, publicId: newCommentId(), postId: job.post, rootId: id, depth: 1, kind: 'mention', ...text, status, createdAt: now }, select: { id: true } });
  await tx.mention.create({ data: { commentId: id, postId: job.post, sourceMark: textHash(job.source), target: job.target, way: said.way }, select: { commentId: true } });
  await tx.moderationEvent.create({ data: { id: newId(), commentId: id, decision: 'submit', toStatus: status, reasons, createdAt: now }, select: { id: true } });
  await causeWebhooks(tx, [{ event: 'commentCreated', commentId: id, status, rules: reasons.map(({ rule }) => rule) }], now);
  if (status === 'pending') await tellOfHeld(tx, id);
}

/** Puts what the page says now in place of what it said, which is kept as a revision; it waits again, or goes where screening sends it. */
async function changeMention(tx: Tx, { commentId, comment }: Kept, job: MentionJob, said: Said, now: Date): Promise<CommentStatus> {
  const { verdict: { status, reasons }, text } = await screened(tx, job, said, now);
  const { source, html, editedAt, revision, status: from } = comment;
  await tx.commentRevision.create({ data: { id: newId(), commentId, revision, source, html, editedAt }, select: { id: true } });
  await tx.comment.update({ where: { id: commentId }, data: { ...text, status, revision: revision + 1, editedAt: now }, select: { id: true } });
  await tx.mention.update({ where: { commentId }, data: { target: job.target, way: said.way }, select: { commentId: true } });
  // It comes in once more: so the desk says why it waits, and its undo brings back what was decided on.
  const event = { id: newId(), commentId, decision: 'submit' as const, fromStatus: from, toStatus: status, reasons, fromRevision: revision, toRevision: revision + 1, createdAt: await momentAfter(tx, commentId, now) };
  await tx.moderationEvent.create({ data: event, select: { id: true } });
  await causeWebhooks(tx, [{ event: 'commentDecided', commentId, decision: 'submit', from, status, rules: reasons.map(({ rule }) => rule) }], event.createdAt);
  if (status === 'pending' && from !== 'pending') await tellOfHeld(tx, commentId);
  return status;
}

/** The page has taken its mention back: nothing of it stays, and a later one begins anew. */
async function withdrawMention(job: MentionJob, now: Date): Promise<Result> {
  return changing(async (tx, changed) => {
    const kept = await lockKept(tx, job);
    if (!kept || !isOpenToChange(kept)) return ok();
    const { commentId, comment: { status } } = kept;
    await tx.comment.update({ where: { id: commentId }, data: { status: 'deleted', isUrgent: false }, select: { id: true } });
    await emptyComments(tx, [commentId]);
    await tx.mention.delete({ where: { commentId }, select: { commentId: true } });
    const createdAt = await momentAfter(tx, commentId, now);
    await tx.moderationEvent.create({ data: { id: newId(), commentId, decision: 'delete', fromStatus: status, toStatus: 'deleted', createdAt }, select: { id: true } });
    await causeWebhooks(tx, [{ event: 'commentDecided', commentId, decision: 'delete', from: status, status: 'deleted', rules: [] }], createdAt);
    if (visibleDelta(status, 'deleted') !== 0) changed(postTag(job.post));
    return ok();
  });
}
