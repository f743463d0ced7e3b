import { letter, type LetterItem } from '../notifications/letter';
import { beginningOf } from '../text/plain';
import { t } from '../words/t';
import { wordlessFor } from './reasons';
import { sentenceFor } from './sentences';
import type { Reason } from './schema';

const MINUTE_MS = 60_000;
/** After a notice, so long none is sent: what comes meanwhile is gathered into the next one. */
const QUIET_MINUTES = 5;
/** The same while very much comes: a wave of spam is told of once in an hour. */
const QUIET_MINUTES_IN_A_WAVE = 60;

/** So many comments stand in one notice, each with its link; of the others it says how many there are. */
export const NOTICE_COMMENTS = 20;
/** For so many days the link of a notice opens. */
export const DECISION_LINK_DAYS = 7;

const TEXT_CHARACTERS = 2_000;
const TEXT_CHARACTERS_OF_MANY = 600;

/** When a person may be sent the next notice. `last`: when the latest was; `inLastHour`: of how many comments they were told within the hour before. */
export function nextNoticeAt(last: Date | null, inLastHour: number): Date | null {
  const minutes = inLastHour > NOTICE_COMMENTS ? QUIET_MINUTES_IN_A_WAVE : QUIET_MINUTES;
  return last && new Date(last.getTime() + minutes * MINUTE_MS);
}

/** A comment as a notice tells of it. No address is in here, nor who is behind a name. */
export type NoticedComment = { name: string; source: string; title: string; parentName: string | null; reasons: Reason[] };

export type Notice = {
  siteTitle: string;
  origin: string;
  /** The person may see addresses. */
  isOwner: boolean;
  /** With the path of the page on which each is decided. */
  comments: (NoticedComment & { path: string })[];
  /** How many more wait that are not listed. */
  others: number;
};

function headingOf({ name, title, parentName }: NoticedComment): string {
  const named = { name, title, isNamed: title === '' ? 'no' : 'yes' };
  return parentName === null ? t('decisions.notice.heading', named) : t('decisions.notice.headingOfReply', { ...named, parent: parentName });
}

/** The mail that tells a person of comments that wait for them: subject, text, HTML. */
export async function noticeMail({ siteTitle, origin, isOwner, comments, others }: Notice): Promise<{ subject: string; text: string; html: string }> {
  const [first] = comments;
  const count = comments.length + others;
  const isAlone = count === 1;
  const items = comments.map((comment): LetterItem => ({
    heading: headingOf(comment),
    quote: beginningOf(comment.source.trim(), isAlone ? TEXT_CHARACTERS : TEXT_CHARACTERS_OF_MANY),
    notes: comment.reasons.map((reason) => t('decisions.notice.why', { reason: sentenceFor(wordlessFor(isOwner, reason)) })),
    action: { label: t('decisions.notice.decide'), href: origin + comment.path },
  }));
  return {
    subject: isAlone && first ? t('decisions.notice.subject', { name: first.name, title: first.title }) : t('decisions.notice.subjectOfMany', { count, site: siteTitle }),
    ...await letter({
      siteTitle,
      paragraphs: [isAlone ? t('decisions.notice.waits') : t('decisions.notice.wait', { count })],
      items,
      ...(others > 0 && { more: t('decisions.notice.more', { count: others }) }),
      action: { label: t('decisions.notice.desk'), href: `${origin}/admin/comments?queue=pending` },
      footer: t('decisions.notice.footer', { days: DECISION_LINK_DAYS, setting: t('account.notices.heldComments') }),
    }),
  };
}
