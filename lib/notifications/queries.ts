import { db } from '../db/client';
import { NEWEST_FIRST, olderThan } from '../db/paging';
import { env } from '../env';
import { findGivenUpKeys, listGivenUpJobs, type GivenUpJob } from '../given-up-jobs';
import { isOwner } from '../identity/rules';
import type { Person } from '../identity/schema';
import { findWaitingJobs } from '../jobs';
import { t } from '../words/t';
import { mailState, senderOf, type Sender } from './rules';
import type { MailState } from './schema';

export const OUTBOX_PAGE_MAILS = 25;

export type OutboxMail = {
  id: string;
  to: string;
  subject: string;
  /** Empty when it is not kept any more. */
  text: string;
  createdAt: Date;
  sentAt: Date | null;
  state: MailState;
  /** Why the last try failed. */
  failure: string | null;
  /** While it waits after a failure: the next try. */
  nextTryAt: Date | null;
};

/** A job of another kind that was tried often, and given up. */
export type UndoneJob = GivenUpJob;

export type OutboxView = {
  mails: OutboxMail[];
  /** The cursor of the page after this one. */
  next: string | null;
  /** Who mails are sent from, or null while no mail server is set. */
  sender: Sender | null;
};

/**
 * One page of the mails of this blog, newest first; for anybody but the owner there are none.
 * `after` is the id of the last mail of the page before; an unknown one begins anew.
 */
export async function listOutbox(viewer: Person, after: string | null, now: Date): Promise<OutboxView> {
  const { SMTP_URL, MAIL_FROM, OWNER_EMAIL } = env();
  const sender = SMTP_URL ? senderOf(MAIL_FROM ?? OWNER_EMAIL) : null;
  if (!isOwner(viewer)) return { mails: [], next: null, sender };
  const last = after === null ? null : await db().mail.findUnique({ where: { id: after }, select: { id: true, createdAt: true } });
  const rows = await db().mail.findMany({
    where: olderThan(last),
    select: { id: true, to: true, subject: true, text: true, createdAt: true, expires: true, sentAt: true, failure: true },
    orderBy: [...NEWEST_FIRST],
    take: OUTBOX_PAGE_MAILS + 1,
  });
  const shown = rows.slice(0, OUTBOX_PAGE_MAILS);
  const ids = shown.map(({ id }) => id);
  const [queued, givenUp] = await Promise.all([findWaitingJobs('mail', ids), findGivenUpKeys('mail', ids)]);
  const mails = shown.map(({ expires, ...row }) => {
    // Given up without a word: the process was ended at each try.
    const mail = { ...row, failure: row.failure ?? (givenUp.has(row.id) ? t('notifications.failure.gaveUp') : null) };
    const state = mailState({ ...mail, expires }, queued.has(mail.id), now);
    const nextTryAt = state === 'waiting' && mail.failure !== null ? (queued.get(mail.id) ?? null) : null;
    return { ...mail, state, nextTryAt };
  });
  return { mails, next: rows.length > OUTBOX_PAGE_MAILS ? (mails.at(-1)?.id ?? null) : null, sender };
}

/** How many mails have failed in the last so many days and are not tried again: for the owner, 0 for anybody else. */
export async function countFailedMail(viewer: Person, since: Date): Promise<number> {
  if (!isOwner(viewer)) return 0;
  const [row] = await db().$queryRaw<{ count: number }[]>`
    WITH job AS (SELECT singleton_key AS key, state FROM pgboss.job WHERE name = 'mail' AND (state < 'completed' OR state = 'failed'))
    SELECT count(*)::int AS count FROM "Mail" m
    WHERE m."createdAt" >= ${since.toISOString()}::timestamptz AND m."sentAt" IS NULL
      AND (m.failure IS NOT NULL OR m.id::text IN (SELECT key FROM job WHERE state = 'failed'))
      AND NOT EXISTS (SELECT FROM job WHERE key = m.id::text AND state < 'completed')`;
  return row?.count ?? 0;
}

/** The jobs of other kinds that were given up, the latest first; for anybody but the owner there are none. */
export async function listUndone(viewer: Person): Promise<UndoneJob[]> {
  return isOwner(viewer) ? listGivenUpJobs() : [];
}
