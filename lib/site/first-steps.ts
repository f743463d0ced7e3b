import { db } from '../db/client';
import { env } from '../env';
import { hasDesk, isOwner } from '../identity/rules';
import type { Actor, Person } from '../identity/schema';
import { findWaitingJobs } from '../jobs';
import { letter } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { mailState } from '../notifications/rules';
import { countOne } from '../rate-limit';
import { fail, ok, type Result } from '../result';
import { siteOrigin } from '../site-origin';
import { CATALOGUES } from '../words/languages';
import { t } from '../words/t';
import { findSample } from './sample';
import { SITE_DEFAULTS } from './schema';
import type { FirstStepsView, StepPage } from './step-views';

const notYours = () => fail('not-found', t('site.refused.notThere'));
// By its subject a test mail is known, in whatever language the blog spoke when it was written.
const SUBJECTS = Object.values(CATALOGUES).map(({ site }) => site.testMail.subject);
const MAILS = { name: 'test-mail', most: 5, seconds: 600 } as const;

/** The first steps for an owner, each as the database has it at this moment; null for everybody else, and once they are hidden. */
export async function findFirstSteps(viewer: Person, now: Date): Promise<FirstStepsView | null> {
  if (!isOwner(viewer)) return null;
  const site = await db().site.findFirst({ where: { id: 1 }, select: { title: true, sample: true, mailTriedAt: true, downloadedAt: true, stepsHidden: true } });
  if (site?.stepsHidden) return null;
  const [imported, sample, about, privacy, mail, moderator] = await Promise.all([hasImported(), findSample(), findStepPage('about', now), findStepPage('privacy', now), findMailStep(viewer, site?.mailTriedAt ?? null, now), hasModerator(now)]);
  return {
    name: { isDone: site !== null && !site.sample && site.title !== SITE_DEFAULTS.title, title: site?.title ?? SITE_DEFAULTS.title, author: viewer.name },
    import: { isDone: imported },
    sample: { isDone: sample.removable === 0, count: sample.removable, kept: sample.kept },
    pages: { isDone: about.isDone && privacy.isDone, about, privacy },
    mail,
    moderator: { isDone: moderator },
    download: { isDone: Boolean(site?.downloadedAt) },
  };
}

/** Whether somebody has seen the table of an import, or something came in by one. */
async function hasImported(): Promise<boolean> {
  const seen = await db().transfer.findFirst({ where: { state: { in: ['checked', 'importing', 'done'] } }, select: { id: true } });
  return seen !== null || (await db().importKey.findFirst({ where: { targetId: { not: null } }, select: { source: true } })) !== null;
}

async function findStepPage(slug: string, now: Date): Promise<StepPage> {
  const page = await db().post.findFirst({ where: { kind: 'page', slug, status: { not: 'trash' } }, select: { id: true, sample: true, status: true, publishedAt: true } });
  if (!page) return { isDone: false, id: null };
  return { id: page.id, isDone: !page.sample && page.status === 'published' && page.publishedAt !== null && page.publishedAt <= now };
}

async function hasModerator(now: Date): Promise<boolean> {
  const person = await db().user.findFirst({ where: { role: 'moderator' }, select: { id: true } });
  return person !== null || (await db().invitation.findFirst({ where: { role: 'moderator', usedAt: null, expires: { gt: now } }, select: { id: true } })) !== null;
}

const addressOf = (viewer: Person): string => viewer.email ?? env().OWNER_EMAIL;

/** Done when a mail has left: the test mail, or any other that a mail server took. */
async function findMailStep(viewer: Person, triedAt: Date | null, now: Date): Promise<FirstStepsView['mail']> {
  const select = { id: true, sentAt: true, expires: true, failure: true } as const;
  const [tried, sent] = await Promise.all([
    triedAt && db().mail.findFirst({ where: { createdAt: triedAt, subject: { in: SUBJECTS } }, select }),
    db().mail.findFirst({ where: { sentAt: { not: null } }, select: { id: true } }),
  ]);
  const isQueued = tried ? (await findWaitingJobs('mail', [tried.id])).has(tried.id) : false;
  return { isDone: sent !== null, address: addressOf(viewer), hasServer: Boolean(env().SMTP_URL), state: tried && mailState(tried, isQueued, now), failure: tried?.failure ?? null };
}

/**
 * Writes a test mail to the owner who asks for it: it is sent, or, without a mail server, kept in the Outbox. Value: its
 * address. Refuses: `not-found` for everybody but an owner, `too-many` after five in ten minutes.
 */
export async function sendTestMail(actor: Actor, now: Date): Promise<Result<string>> {
  if (!hasDesk(actor) || !isOwner(actor)) return notYours();
  const { retryAfterSeconds } = await countOne(MAILS, actor.userId);
  if (retryAfterSeconds !== null) return fail('too-many', t('site.testMail.tooMany'), { retryAfterSeconds });
  const to = addressOf(actor);
  await db().$transaction(async (tx) => {
    const { title } = await tx.site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, mailTriedAt: now }, update: { mailTriedAt: now }, select: { title: true } });
    const words = await letter({
      siteTitle: title,
      paragraphs: [t('site.testMail.words')],
      action: { label: t('site.testMail.back'), href: `${siteOrigin()}/admin` },
    });
    await sendMail(tx, { to, subject: t('site.testMail.subject'), ...words }, now);
  });
  return ok(to);
}

/** Notes that a whole backup has been taken along, to its end. Idempotent; called by the server that sent it. */
export async function noteDownload(now: Date): Promise<void> {
  await db().site.upsert({ where: { id: 1 }, create: { id: 1, title: SITE_DEFAULTS.title, downloadedAt: now }, update: { downloadedAt: now }, select: { id: true } });
}
