import { replyPath } from '../comments/rules';
import { db, type Tx } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { letter } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { closingColumns, isOut, takesComments } from '../posts/rules';
import { findSite } from '../site/queries';
import { receiptPath } from '../subscriptions/rules';
import { pageToken } from '../page-token';
import { beginningOf } from '../text/plain';
import { t } from '../words/t';
import { findProvenWriter } from './cause-mail';
import { outcomeMails } from './reporting';
import { standingMove } from './declines';
import { declineInside } from './rules';

const QUOTED_CHARACTERS = 4000;

const decidedSelect = {
  id: true, editsId: true, publicId: true, name: true, email: true, kind: true, pseudonymId: true, source: true, status: true,
  user: { select: { email: true, emailVerified: true } },
  post: { select: { title: true, slug: true, kind: true, status: true, ...closingColumns } },
  parent: { select: { publicId: true, status: true } },
  events: { select: { id: true, decision: true, fromStatus: true, toStatus: true, undoesId: true, createdAt: true }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] },
  declines: { select: { eventId: true, reason: true, words: true } },
} as const satisfies Prisma.CommentSelect;

/** A comment about which mails are written, as it is at this moment. */
export type DecidedComment = Prisma.CommentGetPayload<{ select: typeof decidedSelect }>;

/** Of what a mail is made besides the comment: the blog's name and address, and when. */
export type MailSetting = { siteTitle: string; origin: string; closeAfterDays: number; now: Date };

/** The comment of a decision that still stands, held until the transaction ends; null once it was undone, or something came after it. */
async function lockDecided(tx: Tx, eventId: string): Promise<DecidedComment | null> {
  const event = await tx.moderationEvent.findUnique({ where: { id: eventId }, select: { commentId: true } });
  if (!event) return null;
  // An undo at this moment is before it or after it, not in between.
  await tx.$queryRaw`SELECT 1 FROM "Comment" WHERE id = ${event.commentId}::uuid FOR SHARE`;
  const comment = await tx.comment.findUniqueOrThrow({ where: { id: event.commentId }, select: decidedSelect });
  return comment.status !== 'deleted' && standingMove(comment.events)?.id === eventId ? comment : null;
}

/**
 * Writes the mails that a decision brings, for the job of that name: it looks again, and does nothing when the decision
 * does not stand any more. Idempotent: each mail is written once, however often the job runs.
 */
export async function sendDecisionMails({ event, origin }: { event: string; origin: string }, now: Date): Promise<void> {
  const { title, closeAfterDays } = await findSite();
  await db().$transaction(async (tx) => {
    const comment = await lockDecided(tx, event);
    if (comment) await tellWriter(tx, comment, event, { siteTitle: title, origin, closeAfterDays, now });
    // Whoever reported it has their answer, though it moved nothing or another decision came after it.
    await outcomeMails(tx, { event, origin }, now);
  });
}

/** Tells the writer of a comment that it was declined, or published, where their address is proven. */
async function tellWriter(tx: Tx, comment: DecidedComment, event: string, setting: MailSetting): Promise<void> {
  const to = await findProvenWriter(tx, comment);
  if (to === null) return;
  const decline = comment.declines.find(({ eventId }) => eventId === event);
  if (decline) return tellDeclined(tx, comment, decline, to, setting);
  if (comment.events.find(({ id }) => id === event)?.decision === 'approve' && comment.status === 'approved') await tellApproved(tx, comment, event, to, setting);
}

const namedPost = ({ post: { title } }: DecidedComment) => ({ title, isNamed: title === '' ? 'no' : 'yes' });
const youWroteOf = ({ pseudonymId, name }: DecidedComment): string => (pseudonymId === null ? t('decisions.declineMail.youWrote') : t('decisions.declineMail.youWroteAs', { name }));

async function tellApproved(tx: Tx, comment: DecidedComment, event: string, to: string, { siteTitle, origin, now }: MailSetting): Promise<void> {
  if (!isOut(comment.post, now)) return;
  const named = namedPost(comment);
  const mail = await letter({
    siteTitle,
    paragraphs: [t('decisions.approveMail.published', named), `${youWroteOf(comment)}\n${beginningOf(comment.source, QUOTED_CHARACTERS)}`],
    action: { label: t('decisions.approveMail.read'), href: `${origin}/comments/${comment.publicId}` },
    footer: t('decisions.approveMail.footer'),
    links: [{ label: t('subscriptions.confirmation.receipt'), href: origin + receiptPath(pageToken('receipt', comment.id)) }],
  });
  await sendMail(tx, { to, subject: t('decisions.declineMail.subject', named), ...mail, once: `approve ${event}`, commentId: comment.id }, now);
}

async function tellDeclined(tx: Tx, comment: DecidedComment, decline: DecidedComment['declines'][number], to: string, { siteTitle, ...setting }: MailSetting): Promise<void> {
  const named = namedPost(comment);
  const mail = await letter({
    siteTitle,
    paragraphs: [
      t('decisions.declineMail.notPublished', named),
      decline.words,
      t('decisions.declineMail.reason', { reason: declineInside(decline.reason) }),
      `${youWroteOf(comment)}\n${beginningOf(comment.source, QUOTED_CHARACTERS)}`,
    ],
    action: wayOn(comment, setting),
    footer: t(comment.user ? 'decisions.declineMail.footer' : 'decisions.approveMail.footer'),
  });
  await sendMail(tx, { to, subject: t('decisions.declineMail.subject', named), ...mail, once: `decline ${decline.eventId}`, commentId: comment.id }, setting.now);
}

/** Where to say it again; where that is not possible, one's own comments. Whoever is not signed in is asked to, and comes there. */
function wayOn({ id, editsId, user, post, publicId, parent }: DecidedComment, { origin, closeAfterDays, now }: Omit<MailSetting, 'siteTitle'>): { label: string; href: string } {
  // A guest has no account, and a change is said again where it was made: the comment has a page.
  if (!user || editsId !== null) return { label: t('subscriptions.confirmation.receipt'), href: origin + receiptPath(pageToken('receipt', editsId ?? id)) };
  const isOpen = isOut(post, now) && takesComments(post, closeAfterDays, now) && post.kind === 'post';
  const path = isOpen ? replyPath(post.slug, parent?.status === 'approved' ? parent.publicId : undefined, publicId) : '/account/comments';
  return { label: isOpen ? t('decisions.declineMail.otherWords') : t('decisions.declineMail.yourComments'), href: `${origin}/sign-in?to=${encodeURIComponent(path)}` };
}
