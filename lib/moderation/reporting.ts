import { countVisible } from '../comments/counts';
import { takeBackNotices } from '../comments/erase';
import { holdComments } from '../comments/locks';
import { knownWriter } from '../comments/rules';
import { postTag, type Tag } from '../cache-tags';
import { changing } from '../db/change';
import type { Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { isBy, writerHashes } from '../identity/rules';
import type { Actor } from '../identity/schema';
import { newId } from '../ids';
import { lockKeys } from '../lock';
import { networkOf } from '../network';
import { networkMarker, type NetworkMarks } from '../network-keys';
import { letter } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { lockColumns, mayRead } from '../posts/keys';
import { fail, ok, type Failure, type Result } from '../result';
import { findSite } from '../site/queries';
import { SITE_DEFAULTS } from '../site/schema';
import { causeWebhooks } from '../webhooks/causing';
import { t } from '../words/t';
import { commentGone, conflictOf, lockSeen, momentAfter, move, tellOfHeld } from './decisions';
import type { NewReport } from './report-form';
import { hidesComment, reasonOfReports, refusalToReport, type ReportedReason } from './reported';
import { VISIBLE_STATUSES } from './rules';
import { riskOf } from './sentences';
import { tellOfReport } from './staff-news';
import { REPORTS_PER_NETWORK, type Decided, type SeenComment } from './schema';

const HOUR_MS = 60 * 60 * 1000;

type Changed = (tag: Tag) => void;

const reportedSelect = {
  id: true, postId: true, parentId: true, kind: true, status: true, risk: true, userId: true, writerHash: true, pseudonymId: true,
  user: { select: { id: true, role: true } },
  post: { select: { authorId: true } },
} as const satisfies Prisma.CommentSelect;

type ReportedComment = Prisma.CommentGetPayload<{ select: typeof reportedSelect }>;

/** Locks post and comment; null where there is no such comment on a post that the actor may read. */
async function lockReported(tx: Tx, actor: Actor, publicId: string, now: Date): Promise<ReportedComment | null> {
  const found = await tx.comment.findFirst({ where: { publicId, kind: 'comment' }, select: { id: true, postId: true, post: { select: lockColumns } } });
  if (!found || !mayRead(actor, found.post, now)) return null;
  await holdComments(tx, [found.postId], [found.id]);
  return tx.comment.findUniqueOrThrow({ where: { id: found.id }, select: reportedSelect });
}

/** The WHERE of what belongs to whoever acts: by their account, or by this browser's token. Of nobody: nothing. */
const mine = (actor: Actor, hash: 'writerHash' | 'reporterHash') => [
  ...(actor.kind === 'person' ? [{ userId: actor.userId }] : []),
  ...(actor.writerHash !== null ? [{ [hash]: { in: writerHashes(actor) } }] : []),
];

async function refusalOf(tx: Tx, actor: Actor, comment: ReportedComment): Promise<Failure | null> {
  const own = mine(actor, 'reporterHash');
  const hasReported = own.length > 0 && (await tx.report.count({ where: { commentId: comment.id, OR: own } })) > 0;
  return refusalToReport({ hasReported, isVisible: VISIBLE_STATUSES.includes(comment.status), isOwn: isBy(actor, comment) });
}

async function refusalOfMany(tx: Tx, network: NetworkMarks, now: Date): Promise<Failure | null> {
  const since = new Date(now.getTime() - HOUR_MS);
  const [oldest, ...others] = (await tx.report.findMany({
    where: { ipHash: { in: network.all }, createdAt: { gt: since } }, orderBy: { createdAt: 'desc' }, take: REPORTS_PER_NETWORK, select: { createdAt: true },
  })).reverse();
  if (!oldest || others.length + 1 < REPORTS_PER_NETWORK) return null;
  const retryAfterSeconds = Math.max(1, Math.ceil((oldest.createdAt.getTime() + HOUR_MS - now.getTime()) / 1000));
  return fail('too-many', t('decisions.reporting.tooMany'), { retryAfterSeconds });
}

/** Written by someone who runs the blog, or the post, as far as anybody but the owner may know: a pseudonym is a reader like any other. */
function isByStaff(comment: ReportedComment): boolean {
  const writer = knownWriter(comment);
  return writer !== null && (writer.role === 'moderator' || writer.role === 'owner' || writer.id === comment.post.authorId);
}

/**
 * A reader asks that somebody looks at a visible comment; no account is needed. One report for each person and comment.
 * Report, and where it hides the comment status, event and counts, in one transaction (lib/moderation/reported.ts says when:
 * docs/decisions/0019). `ip` is the sender's address; only a keyed hash of its network is kept.
 * Refuses: `duplicate`, `not-found` for a comment that is not visible, `forbidden` for one's own, `too-many` with the seconds to wait.
 */
export async function reportComment(actor: Actor, input: NewReport, ip: string, now: Date): Promise<Result> {
  const network = (await networkMarker())(networkOf(ip));
  const { reportsToHold } = await findSite();
  return changing(async (tx, changed) => {
    await lockKeys(tx, `reports:${network.present}`);
    const comment = await lockReported(tx, actor, input.comment, now);
    const refusal = comment ? ((await refusalOf(tx, actor, comment)) ?? (await refusalOfMany(tx, network, now))) : commentGone();
    if (refusal || !comment) return refusal ?? commentGone();
    const { reason, words, tellOutcome } = input;
    const isPerson = actor.kind === 'person';
    const who = { userId: isPerson ? actor.userId : null, reporterHash: actor.writerHash, ipHash: network.present };
    const id = newId();
    await tx.report.create({ data: { id, commentId: comment.id, reason, words, ...who, tellOutcome: tellOutcome && isPerson, createdAt: now }, select: { id: true } });
    await weigh(tx, changed, comment, { reason, reportsToHold }, now);
    await tellOfReport(tx, comment.id, { id, reason, byId: who.userId }, now);
    return ok();
  });
}

/** What all open reports together make of the comment. */
async function weigh(tx: Tx, changed: Changed, comment: ReportedComment, { reason, reportsToHold }: Pick<NewReport, 'reason'> & { reportsToHold: number }, now: Date): Promise<void> {
  const open = await tx.report.findMany({ where: { commentId: comment.id, answeredAt: null }, select: { reason: true, ipHash: true } });
  const said = reasonOfReports(open);
  if (!said) return;
  const wasKept = (await tx.report.count({ where: { commentId: comment.id, reason: 'private', answeredAt: { not: null } } })) > 0;
  if (hidesComment({ reason, readers: said.readers, isByStaff: isByStaff(comment), wasKept, reportsToHold })) return hold(tx, changed, comment, said, now);
  // It stays, and is found by what readers say of it.
  await tx.comment.update({ where: { id: comment.id }, data: { rule: said.rule, risk: Math.max(comment.risk, riskOf(said)) }, select: { id: true } });
}

/** Returns a visible comment to Pending: the blog itself does, and nobody has decided. */
async function hold(tx: Tx, changed: Changed, { id, status, ...comment }: ReportedComment, said: ReportedReason, now: Date): Promise<void> {
  await tx.comment.update({ where: { id }, data: { status: 'pending', isUrgent: said.reason === 'private', rule: said.rule, risk: riskOf(said) }, select: { id: true } });
  const createdAt = await momentAfter(tx, id, now);
  await tx.moderationEvent.create({
    data: { id: newId(), commentId: id, actorId: null, decision: 'report', fromStatus: status, toStatus: 'pending', reasons: [said], createdAt },
    select: { id: true },
  });
  await causeWebhooks(tx, [{ event: 'commentDecided', commentId: id, decision: 'report', from: status, status: 'pending', rules: [said.rule] }], createdAt);
  await countVisible(tx, comment, status, 'pending');
  await takeBackNotices(tx, id);
  await tellOfHeld(tx, id);
  changed(postTag(comment.postId));
}

const cannotBeKept = (): Failure => fail('conflict', t('decisions.reporting.nobodyAnyMore'));

/**
 * Answers readers' reports of a comment that is published: it stays. Can be taken back like any decision.
 * Refuses: as decideComment, and `conflict` where no report waits.
 */
export async function keepReported(actor: Actor, seen: SeenComment, now: Date): Promise<Result<Decided>> {
  return changing(async (tx, changed) => {
    const locked = await lockSeen(tx, actor, seen);
    if (!locked.ok) return locked;
    const comment = locked.value;
    if (!VISIBLE_STATUSES.includes(comment.status)) return conflictOf(tx, comment.id);
    if ((await tx.report.count({ where: { commentId: comment.id, answeredAt: null } })) === 0) return cannotBeKept();
    return ok(await move(tx, changed, comment, { decision: 'approve', to: comment.status }, now));
  });
}

/**
 * Writes to the reporters who asked what became of it, once each, where their address is proven. `event` is the decision that
 * answered them; after an undo of it there is nobody to write to. `origin`: the blog's address. A step of a command, inside its transaction.
 */
export async function outcomeMails(tx: Tx, { event, origin }: { event: string; origin: string }, now: Date): Promise<void> {
  const decision = await tx.moderationEvent.findUnique({ where: { id: event }, select: { commentId: true, createdAt: true } });
  if (!decision) return;
  // An undo at this moment is before it or after it, not in between.
  await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE id = ${decision.commentId}::uuid FOR SHARE`;
  const asked = { commentId: decision.commentId, answeredAt: decision.createdAt, tellOutcome: true, user: { email: { not: null }, emailVerified: { not: null } } };
  const reports = await tx.report.findMany({
    where: asked,
    select: { id: true, user: { select: { email: true } }, comment: { select: { publicId: true, status: true, post: { select: { title: true } } } } },
  });
  const siteTitle = (await tx.site.findFirst({ select: { title: true } }))?.title ?? SITE_DEFAULTS.title;
  for (const { id, user, comment } of reports) {
    if (!user?.email) continue;
    const outcome = VISIBLE_STATUSES.includes(comment.status) ? t('decisions.reportMail.stays') : t('decisions.reportMail.gone');
    const { text, html } = await letter({
      siteTitle,
      paragraphs: [t('decisions.reportMail.reported', { title: comment.post.title }), outcome],
      action: { label: t('decisions.reportMail.see'), href: `${origin}/comments/${comment.publicId}/report` },
      footer: t('decisions.reportMail.footer'),
    });
    await sendMail(tx, { to: user.email, subject: t('decisions.reportMail.subject', { site: siteTitle }), text, html, once: `outcome ${event} ${id}` }, now);
    // The job may be done more than once.
    await tx.report.update({ where: { id }, data: { tellOutcome: false }, select: { id: true } });
  }
}
