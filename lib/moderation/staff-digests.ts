import { db, type Tx } from '../db/client';
import { hasDesk } from '../identity/rules';
import { lockKeys } from '../lock';
import { sendMail } from '../notifications/outbox';
import { homeOrigin } from '../site-origin';
import { findSite } from '../site/queries';
import { digestMoment, SETTLED_MS } from '../subscriptions/digest-moment';
import { deciderOf, deciderSelect, PROVEN, type Decider } from './deciders';
import { newsItem, newsMail, newsSelect, oversees, type NewsItem } from './staff-news';

const HOUR_MS = 60 * 60 * 1000;
/** Of more it is said how many. */
const ITEMS_MAX = 20;

/**
 * Does the hourly job `staff-digests`: tells whoever runs the blog of published comments and reports who wants to be told once
 * an hour, or at seven in the morning of the blog's clock, of all that came since. Nothing new, no mail. Never of their own.
 * Idempotent: each in a transaction of their own, which notes up to when.
 */
export async function sendStaffDigests(now: Date, signal?: AbortSignal): Promise<void> {
  const { title, timeZone } = await findSite();
  const settled = new Date(now.getTime() - SETTLED_MS);
  const untils = { hourly: new Date(Math.floor(settled.getTime() / HOUR_MS) * HOUR_MS), daily: digestMoment('daily', timeZone, settled) };
  const failures: unknown[] = [];
  for (const rhythm of ['hourly', 'daily'] as const) {
    const until = untils[rhythm];
    const due = await db().user.findMany({
      where: { ...PROVEN, noticeRhythm: rhythm, AND: [{ OR: [{ newNotices: true }, { reportNotices: true }] }, { OR: [{ newsToldAt: null }, { newsToldAt: { lt: until } }] }] },
      select: { id: true }, orderBy: { id: 'asc' },
    });
    for (const { id } of due) {
      if (signal?.aborted) return;
      await db().$transaction((tx) => tell(tx, id, until, { siteTitle: title, origin: homeOrigin() }, now)).catch((error: unknown) => failures.push(error));
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, 'Digests could not be written.');
}

async function tell(tx: Tx, userId: string, until: Date, blog: { siteTitle: string; origin: string }, now: Date): Promise<void> {
  await lockKeys(tx, `staff-digest:${userId}`);
  const row = await tx.user.findFirst({ where: { id: userId, ...PROVEN }, select: { ...deciderSelect, newNotices: true, reportNotices: true, newsToldAt: true, noticeRhythm: true } });
  const [decider] = row ? deciderOf(row, now) : [];
  if (!row || !decider || !hasDesk(decider.actor) || row.noticeRhythm === 'instant' || (row.newsToldAt && row.newsToldAt >= until)) return;
  await tx.user.update({ where: { id: userId }, data: { newsToldAt: until }, select: { id: true } });
  // Who has just asked is told of what comes from then on.
  const since = row.newsToldAt ?? until;
  const items = [...(row.newNotices ? await listPublished(tx, decider, since, until) : []), ...(row.reportNotices ? await listReports(tx, decider, since, until) : [])];
  if (items.length === 0) return;
  const mail = await newsMail({ ...blog, items: items.slice(0, ITEMS_MAX), others: Math.max(0, items.length - ITEMS_MAX) });
  await sendMail(tx, { to: decider.email, ...mail, once: `staff-digest ${userId} ${until.toISOString()}` }, now);
}

const GATHERED_MAX = 500;

/** Of comments under posts that are theirs to look after; nothing of their own. */
const overseen = (decider: Decider) => ({ AND: [{ OR: [{ userId: null }, { userId: { not: decider.actor.userId } }] }], ...(oversees(decider) === 'own' && { post: { authorId: decider.actor.userId } }) });

async function listPublished(tx: Tx, decider: Decider, since: Date, until: Date): Promise<NewsItem[]> {
  const rows = await tx.comment.findMany({
    where: { kind: 'comment', status: 'approved', announcedAt: { gt: since, lte: until }, ...overseen(decider) }, select: newsSelect, orderBy: [{ announcedAt: 'asc' }, { id: 'asc' }], take: GATHERED_MAX,
  });
  return rows.map((row) => newsItem(row, null));
}

async function listReports(tx: Tx, decider: Decider, since: Date, until: Date): Promise<NewsItem[]> {
  const rows = await tx.report.findMany({
    where: { answeredAt: null, createdAt: { gt: since, lte: until }, AND: [{ OR: [{ userId: null }, { userId: { not: decider.actor.userId } }] }], comment: { status: 'approved', ...overseen(decider) } },
    select: { reason: true, comment: { select: newsSelect } }, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: GATHERED_MAX,
  });
  return rows.map(({ reason, comment }) => newsItem(comment, reason));
}
