import { submitComment } from '../comments/commands';
import { findPseudonymOn } from '../comments/queries';
import { textSchema } from '../comments/schema';
import { changing } from '../db/change';
import { db } from '../db/client';
import { fail, ok, type Failure, type Result } from '../result';
import { t } from '../words/t';
import { findDecider } from './deciders';
import { findLink, type OpenedLink } from './decision-page';
import { conflictOf, lockSeen, move, takeLink } from './decisions';
import type { LinkDecision } from './schema';

const gone = (): Failure => fail('not-found', t('decisions.link.gone'));
const used = (): Failure => fail('conflict', t('decisions.link.used'));

/**
 * Decides by the link of a notice, as the person to whom it was sent and as they are now: one transaction, in which the
 * link is used up. Of two uses at once one wins. The comment has to wait, as it was seen; what somebody else has decided
 * meanwhile stays, and the link is not used up by it. No session is begun. `ip`: whoever uses the link, for a reply.
 * Refuses: `not-found` (unknown, older than a week, or no longer theirs to decide on), `conflict` (used; decided or changed
 * meanwhile, with the name of whoever was first), `invalid` for a reply that is empty or too long, or not to be sent;
 * and what submitComment refuses.
 */
export async function decideByLink(token: string, input: LinkDecision, ip: string, now: Date): Promise<Result> {
  const link = await findLink(db(), token, now);
  if (!link) return gone();
  if (link.usedAt) return used();
  return input.decision === 'reply' ? answer(link, input, ip, now) : decide(link, input, now);
}

const seenBy = ({ comment }: OpenedLink, revision: number) => ({ comment: comment.publicId, revision, seenStatus: 'pending' as const });

async function decide(link: OpenedLink, { decision, revision, text }: LinkDecision, now: Date): Promise<Result> {
  if (text.trim() !== '') return replyWritten();
  return changing(async (tx, changed) => {
    const decider = await findDecider(tx, link.userId, link.comment.authorId, now);
    if (!decider) return gone();
    const locked = await lockSeen(tx, decider.actor, seenBy(link, revision));
    if (!locked.ok) return locked;
    const refusal = await takeLink(tx, link.id, now);
    if (refusal) return refusal;
    const [act, to] = decision === 'approve' ? (['approve', 'approved'] as const) : (['trash', 'trash'] as const);
    await move(tx, changed, locked.value, { decision: act, to }, now);
    return ok();
  });
}

const replyWritten = (): Failure => fail('invalid', t('decisions.link.replyWritten'), { fields: { text: t('decisions.link.replyWrittenHere') } });

async function answer(link: OpenedLink, { revision, text }: LinkDecision, ip: string, now: Date): Promise<Result> {
  const parsed = textSchema.safeParse(text);
  if (!parsed.success) {
    const sentence = parsed.error.issues[0]?.message ?? t('decisions.refusals.textWanted');
    return fail('invalid', sentence, { fields: { text: sentence } });
  }
  const decider = await findDecider(db(), link.userId, link.comment.authorId, now);
  if (!decider) return gone();
  const present = await db().comment.findUniqueOrThrow({ where: { id: link.comment.id }, select: { status: true, revision: true } });
  if (present.status !== 'pending' || present.revision !== revision) return conflictOf(db(), link.comment.id);
  if (await findPseudonymOn(link.comment.slug, link.userId)) return fail('forbidden', t('decisions.link.pseudonym'));
  const approving = { ...seenBy(link, revision), link: link.id };
  const sent = await submitComment(decider.actor, { post: link.comment.slug, parent: link.comment.publicId, comment: parsed.data, guest: null, approving }, ip, now);
  return sent.ok ? ok() : sent;
}

