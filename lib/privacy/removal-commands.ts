import { db, type Tx } from '../db/client';
import type { Actor } from '../identity/schema';
import { isModerator } from '../identity/rules';
import { newId } from '../ids';
import { deciderOf, deciderSelect, PROVEN } from '../moderation/deciders';
import { networkOf } from '../network';
import { letter, type LetterParts } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { pageToken, readPageToken } from '../page-token';
import { secondsToWait } from '../rate-limit';
import { fail, ok, type Failure, type Result } from '../result';
import { SITE_DEFAULTS } from '../site/schema';
import { siteOrigin } from '../site-origin';
import { t } from '../words/t';
import { mayAnswerRemovals } from './removals';
import { findRetention } from './retention';
import { daysAfter, daysLeft, parseAnswer, parseRemoval, removalPath } from './rules';
import { REMIND_DAYS, type EnteredRemoval } from './schema';

const gone = (): Failure => fail('not-found', t('privacy.removal.gone'));

async function titleOf(tx: Tx): Promise<string> {
  return (await tx.site.findFirst({ select: { title: true } }))?.title ?? SITE_DEFAULTS.title;
}

type Mail = Omit<LetterParts, 'siteTitle'> & { subject: string };

async function write(tx: Tx, to: string, { subject, ...parts }: Mail, once: string, now: Date): Promise<void> {
  await sendMail(tx, { to, subject, ...(await letter({ siteTitle: await titleOf(tx), ...parts })), once }, now);
}

/** Everybody who may answer and has proven an address: it is their duty, so no setting leaves them out. */
async function tellDesk(tx: Tx, mail: Mail, once: string, now: Date): Promise<void> {
  const rows = await tx.user.findMany({ where: { ...PROVEN, role: { in: ['moderator', 'owner'] } }, select: deciderSelect, orderBy: { id: 'asc' } });
  for (const { actor, email } of rows.flatMap((row) => deciderOf(row, now))) if (isModerator(actor)) await write(tx, email, mail, `${once} ${actor.userId}`, now);
}

/**
 * Takes a request that something is taken down, from anybody: the one who is written about need not write here. Those who look
 * after the blog are told, and answer within the days that its owner has set. To an address that was given goes one mail, by
 * which its owner proves it; until then nothing else goes there. Value: the token of the request's page.
 * Refuses: `invalid` with a sentence per field, `too-many` from one place on the network.
 */
export async function askForRemoval(entered: EnteredRemoval, ip: string, now: Date): Promise<Result<string>> {
  const parsed = parseRemoval(entered);
  if (!parsed.ok) return parsed;
  const retryAfterSeconds = await secondsToWait('removal', networkOf(ip));
  if (retryAfterSeconds !== null) return fail('too-many', t('privacy.removal.tooMany'), { retryAfterSeconds });
  const { removalDays } = await findRetention();
  const { email, place, words } = parsed.value;
  const id = newId();
  const token = pageToken('removal', id);
  const origin = siteOrigin();
  return db().$transaction(async (tx) => {
    await tx.removalRequest.create({ data: { id, ...parsed.value, createdAt: now, dueAt: daysAfter(now, removalDays) }, select: { id: true } });
    const blog = await titleOf(tx);
    if (email !== '') {
      await write(tx, email, {
        subject: t('privacy.mail.removalSubject', { blog }),
        paragraphs: [t('privacy.mail.removalAsked', { blog, days: removalDays })],
        action: { label: t('privacy.mail.removalProve'), href: origin + removalPath(pageToken('removal-mail', id)) },
        footer: t('privacy.mail.removalFooter'),
      }, `removal ${id}`, now);
    }
    await tellDesk(tx, {
      subject: t('privacy.mail.deskSubject', { blog }),
      paragraphs: [t('privacy.mail.deskAsked', { days: removalDays })],
      items: [{ heading: place, quote: words, notes: [], action: { label: t('privacy.mail.deskAnswer'), href: `${origin}/admin/removals` } }],
      footer: t('privacy.mail.deskFooter'),
    }, `removal ${id}`, now);
    return ok(token);
  });
}

/** Whoever has come by the mail says that the address is theirs: the answer goes there. Idempotent. Refuses: `not-found`, also by the token of whoever sent the request. */
export async function proveRemoval(token: string, now: Date): Promise<Result> {
  const id = readPageToken('removal-mail', token);
  const { count } = id === null ? { count: 0 } : await db().removalRequest.updateMany({ where: { id, email: { not: '' } }, data: { provenAt: now } });
  return count > 0 ? ok() : gone();
}

/**
 * Answers a request: what was done, in the words of whoever looks after the blog. The one who asked reads it on the page of the
 * request, and by mail where they have proven an address. What is to be taken down is taken down by its own means.
 * Refuses: `not-found` for everybody who may not, `invalid`, `conflict` for one that is answered.
 */
export async function answerRemoval(actor: Actor, { id, ...entered }: { id: string; outcome: string; answer: string }, now: Date): Promise<Result> {
  if (!mayAnswerRemovals(actor)) return gone();
  const parsed = parseAnswer(entered);
  if (!parsed.ok) return parsed;
  return db().$transaction(async (tx) => {
    const { count } = await tx.removalRequest.updateMany({ where: { id, answeredAt: null }, data: { ...parsed.value, answeredAt: now, answeredById: actor.userId } });
    if (count === 0) return (await tx.removalRequest.count({ where: { id } })) > 0 ? fail('conflict', t('privacy.desk.answered')) : gone();
    const { email, provenAt, place } = await tx.removalRequest.findUniqueOrThrow({ where: { id }, select: { email: true, provenAt: true, place: true } });
    if (email !== '' && provenAt) {
      await write(tx, email, {
        subject: t('privacy.mail.answerSubject', { blog: await titleOf(tx) }),
        paragraphs: [t(`privacy.outcomes.${parsed.value.outcome}`), parsed.value.answer],
        action: { label: t('privacy.mail.removalSee'), href: siteOrigin() + removalPath(pageToken('removal', id)) },
        footer: t('privacy.mail.answerFooter', { place }),
      }, `removal answer ${id}`, now);
    }
    return ok();
  });
}

/** Tells those who may answer once more of what is due within a week and waits. Once for each; for the hourly job `retention`. */
export async function remindOfRemovals(origin: string, now: Date): Promise<void> {
  await db().$transaction(async (tx) => {
    const due = await tx.removalRequest.findMany({ where: { answeredAt: null, remindedAt: null, dueAt: { lt: daysAfter(now, REMIND_DAYS) } }, select: { id: true, place: true, words: true, dueAt: true }, orderBy: { dueAt: 'asc' } });
    const blog = await titleOf(tx);
    for (const { id, place, words, dueAt } of due) {
      await tellDesk(tx, {
        subject: t('privacy.mail.remindSubject', { blog }),
        paragraphs: [t('privacy.mail.remind', { days: Math.max(0, daysLeft(dueAt, now)) })],
        items: [{ heading: place, quote: words, notes: [], action: { label: t('privacy.mail.deskAnswer'), href: `${origin}/admin/removals` } }],
        footer: t('privacy.mail.deskFooter'),
      }, `removal due ${id}`, now);
      await tx.removalRequest.update({ where: { id }, data: { remindedAt: now }, select: { id: true } });
    }
  });
}
