import type { Tx } from '../db/client';
import { isModerator, isOwner, mayModerate } from '../identity/rules';
import { letter, type LetterItem } from '../notifications/letter';
import { sendMail } from '../notifications/outbox';
import { SITE_DEFAULTS } from '../site/schema';
import { siteOrigin } from '../site-origin';
import { beginningOf } from '../text/plain';
import { t } from '../words/t';
import { deciderOf, deciderSelect, PROVEN, type Decider } from './deciders';
import { reportName } from './rules';
import type { ReportReason } from './schema';

const QUOTED_CHARACTERS = 600;

/** Of what whoever runs the blog is told besides what waits: a comment that is published, or what a reader says of one. */
export type NewsItem = { publicId: string; name: string; source: string; title: string; report: ReportReason | null };

/** The comment of an event, with who must not be told of it: its writer, or the reader who reported it. */
export const newsSelect = { id: true, publicId: true, name: true, source: true, userId: true, post: { select: { id: true, title: true, authorId: true } } } as const;
export type NewsRow = { id: string; publicId: string; name: string; source: string; userId: string | null; post: { id: string; title: string; authorId: string } };

export const newsItem = ({ publicId, name, source, post }: NewsRow, report: ReportReason | null): NewsItem => ({ publicId, name, source, title: post.title, report });

/** Everybody who is told at once of such news of comments under posts of this author. */
async function listTold(tx: Tx, what: 'newNotices' | 'reportNotices', postAuthorId: string, now: Date): Promise<Decider[]> {
  const rows = await tx.user.findMany({ where: { ...PROVEN, [what]: true, noticeRhythm: 'instant' }, select: deciderSelect, orderBy: { id: 'asc' } });
  return rows.flatMap((row) => deciderOf(row, now)).filter(({ actor }) => mayModerate(actor, postAuthorId));
}

/** The mail that tells of news: subject, text, HTML. */
export async function newsMail({ siteTitle, origin, items, others }: { siteTitle: string; origin: string; items: NewsItem[]; others: number }): Promise<{ subject: string; text: string; html: string }> {
  const [first] = items;
  const count = items.length + others;
  const headingOf = ({ name, title, report }: NewsItem) => (report === null ? t('decisions.news.wrote', { name, title }) : t('decisions.news.reported', { name, title, reason: reportName(report) }));
  return {
    subject: count === 1 && first ? headingOf(first) : t('decisions.news.many', { count, site: siteTitle }),
    ...(await letter({
      siteTitle,
      paragraphs: [t('decisions.news.came', { count })],
      items: items.map((item): LetterItem => ({ heading: headingOf(item), quote: beginningOf(item.source.trim(), QUOTED_CHARACTERS), notes: [], action: { label: t('decisions.news.see'), href: `${origin}/comments/${item.publicId}` } })),
      ...(others > 0 && { more: t('decisions.news.more', { count: others }) }),
      action: { label: t('decisions.news.desk'), href: `${origin}/admin/comments?queue=approved` },
      footer: t('decisions.news.footer'),
    })),
  };
}

type Told = { item: NewsItem; origin: string; once: string; commentId: string };

/** One mail, the same to each. */
async function sendToAll(tx: Tx, people: Decider[], { item, origin, once, commentId }: Told, now: Date): Promise<void> {
  if (people.length === 0) return;
  const siteTitle = (await tx.site.findFirst({ select: { title: true } }))?.title ?? SITE_DEFAULTS.title;
  const mail = await newsMail({ siteTitle, origin, items: [item], others: 0 });
  for (const { actor, email } of people) await sendMail(tx, { to: email, ...mail, once: `${once} ${actor.userId}`, commentId }, now);
}

/** Tells those at once who want to be told at once that a comment is published; not its writer, and nobody of `told`, who are told as readers. A step of a job. */
export async function tellStaffOfComment(tx: Tx, row: NewsRow, { origin, told }: { origin: string; told: readonly string[] }, now: Date): Promise<void> {
  const people = (await listTold(tx, 'newNotices', row.post.authorId, now)).filter(({ actor, email }) => actor.userId !== row.userId && !told.includes(email));
  await sendToAll(tx, people, { item: newsItem(row, null), origin, once: `news ${row.id}`, commentId: row.id }, now);
}

/** The same of what a reader says of a comment that stays published; of one that it hides they are told as of what waits. A step of the report's command. */
export async function tellOfReport(tx: Tx, commentId: string, report: { id: string; reason: ReportReason; byId: string | null }, now: Date): Promise<void> {
  const row = await tx.comment.findFirst({ where: { id: commentId, status: 'approved' }, select: newsSelect });
  if (!row) return;
  const people = (await listTold(tx, 'reportNotices', row.post.authorId, now)).filter(({ actor }) => actor.userId !== report.byId && actor.userId !== row.userId);
  await sendToAll(tx, people, { item: newsItem(row, report.reason), origin: siteOrigin(), once: `report ${report.id}`, commentId }, now);
}

/** Whether this person is told of comments under every post, or under their own alone. */
export const oversees = ({ actor }: Decider): 'all' | 'own' => (isModerator(actor) || isOwner(actor) ? 'all' : 'own');
