import { db, type Tx } from '../db/client';
import { siteOrigin } from '../site-origin';
import { sendJob } from '../jobs';
import { DECISION_MAIL_SECONDS } from '../moderation/schema';
import { letter } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { findSite } from '../site/queries';
import { writtenTime } from '../site/rules';
import type { SiteLocale } from '../site/schema';
import { readStandingMark } from './rules';
import { t } from '../words/t';

/**
 * Has a person told by mail of what was done about them, in DECISION_MAIL_SECONDS, if it still stands then. A step of the
 * command that wrote the event, inside its transaction.
 */
export async function causeStandingMail(tx: Tx, eventId: string, now: Date): Promise<void> {
  const origin = siteOrigin();
  await sendJob(tx, 'standing-mail', { event: eventId, origin }, { startAfter: new Date(now.getTime() + DECISION_MAIL_SECONDS * 1000), singletonKey: eventId });
}

/** An event about a person that still stands, with the address that they have proven; null where nothing is to be said. */
async function findStanding(tx: Tx, eventId: string) {
  const event = await tx.personEvent.findUnique({ where: { id: eventId }, select: { userId: true, what: true, to: true, reason: true } });
  if (!event) return null;
  // An undo at this moment is before it or after it, not in between.
  await tx.$queryRaw`SELECT 1 FROM "User" WHERE id = ${event.userId}::uuid FOR SHARE`;
  const latest = await tx.personEvent.findFirst({ where: { userId: event.userId, what: event.what }, orderBy: [{ createdAt: 'desc' }, { id: 'desc' }], select: { id: true } });
  const user = await tx.user.findUnique({ where: { id: event.userId }, select: { email: true, emailVerified: true } });
  return latest?.id === eventId && user?.email && user.emailVerified ? { ...event, email: user.email } : null;
}

/**
 * Tells a person what was done about them, for the job of that name: it looks again, and does nothing when that was taken
 * back, was read already, or something else was done since. Idempotent: the mail is written once, however often the job runs.
 */
export async function sendStandingMail({ event, origin }: { event: string; origin: string }, now: Date): Promise<void> {
  const site = await findSite();
  await db().$transaction(async (tx) => {
    const told = await findStanding(tx, event);
    if (!told) return;
    const mail = await letter({
      siteTitle: site.title,
      ...(told.what === 'warning' ? warningLetter(told, site.title) : standingLetter(told, site)),
      action: { label: told.what === 'warning' ? t('people.standingMail.read') : t('people.standingMail.account'), href: `${origin}/sign-in?to=${encodeURIComponent('/account')}` },
    });
    await sendMail(tx, { to: told.email, subject: t('people.standingMail.subject', { blog: site.title }), ...mail, once: `standing ${event}` }, now);
  });
}

function warningLetter({ reason }: { reason: string }, blog: string) {
  return {
    paragraphs: [t('people.standingMail.warned', { blog }), reason],
    footer: t('people.standingMail.warnedFooter'),
  };
}

function standingLetter({ to, reason }: { to: string; reason: string }, { title: blog, ...site }: SiteLocale & { title: string }) {
  const { until } = readStandingMark(to);
  const sentence = until ? t('people.standingMail.shutOutUntil', { blog, time: writtenTime(until, site) }) : t('people.standingMail.shutOut', { blog });
  return { paragraphs: reason === '' ? [sentence] : [sentence, reason], footer: t('people.standingMail.shutOutFooter') };
}
