import { pathWith } from '../query';
import { t } from '../words/t';
import type { Care, ClosingChoice } from './schema';

type Kind = 'post' | 'page';

// What readers meet of a post, in three rules, each within the next (docs/decisions/0032). The same stand as conditions of
// queries in lib/posts/queries.ts.

type Stage = { status: string; publishedAt: Date | null };

/** The states in which whoever has its address reads a post; in which something is at it. */
export const REACHABLE = ['published', 'unlisted'] as const;
export const OUT = ['published', 'unlisted', 'password'] as const;

const hasCome = (at: Date | null, now: Date): boolean => at !== null && at <= now;
const isOneOf = (statuses: readonly string[], { status, publishedAt }: Stage, now: Date): boolean => statuses.includes(status) && hasCome(publishedAt, now);

/** Whether a post stands in lists, feeds and search: published, and its hour has come. */
export const isPublished = (post: Stage, now: Date): boolean => isOneOf(['published'], post, now);

/** Whether everyone who has its address may read a post: published, or only unlisted, and its hour has come. */
export const isReachable = (post: Stage, now: Date): boolean => isOneOf(REACHABLE, post, now);

/** Whether readers find something at the address of a post: itself, or the form that asks for its password. */
export const isOut = (post: Stage, now: Date): boolean => isOneOf(OUT, post, now);

const DAY_MS = 24 * 60 * 60 * 1000;

/** The columns that say until when a post takes comments. */
export const closingColumns = { commentsOpen: true, commentsCloseAt: true, commentsByAge: true, publishedAt: true } as const;
export type ClosingFacts = { commentsOpen: boolean; commentsCloseAt: Date | null; commentsByAge: boolean; publishedAt: Date | null };

/**
 * From which moment on a post takes no comments; `closed` where somebody has closed it, null where it stays open. What was
 * chosen for the post comes before the blog's rule, by which comments close so many days, of 24 hours each, after it came
 * out; 0: there is no such rule. Source: WordPress, `_close_comments_for_old_post`.
 */
export function closesAt(post: ClosingFacts, closeAfterDays: number): Date | 'closed' | null {
  if (!post.commentsOpen) return 'closed';
  if (post.commentsCloseAt) return post.commentsCloseAt;
  const isByAge = post.commentsByAge && closeAfterDays > 0;
  return isByAge && post.publishedAt ? new Date(post.publishedAt.getTime() + closeAfterDays * DAY_MS) : null;
}

/** Whether a post takes comments now. At the moment at which it closes it takes none any more. */
export function takesComments(post: ClosingFacts, closeAfterDays: number, now: Date): boolean {
  const at = closesAt(post, closeAfterDays);
  return at === null || (at !== 'closed' && at > now);
}

/** Whether other sites may tell of pages that speak of a post: where everybody reads it, and may speak below it. */
export const takesMentions = (post: Stage & ClosingFacts, site: { acceptsMentions: boolean; closeAfterDays: number }, now: Date): boolean =>
  site.acceptsMentions && isReachable(post, now) && takesComments(post, site.closeAfterDays, now);

/** What is told of it: the moment, null where none is known or to come, and where the blog's rule says it, its days. */
export type Closing = { at: Date | null; afterDays: number | null };

/** When and by which rule a post closes, or has closed. */
export function closingOf(post: ClosingFacts, closeAfterDays: number): Closing {
  const at = closesAt(post, closeAfterDays);
  if (!(at instanceof Date)) return { at: null, afterDays: null };
  return { at, afterDays: post.commentsCloseAt ? null : closeAfterDays };
}

/** The last moment before it closes, whose day is told: what closes at midnight was open on the day before. */
export const lastOpenMoment = (at: Date): Date => new Date(at.getTime() - 1);

/** Days in words: `1 day`, `30 days`. */
export const inDays = (days: number): string => t('posts.closing.days', { count: days });

/** How a post closes about which nobody has chosen anything. */
export const BY_RULE = { commentsOpen: true, commentsCloseAt: null, commentsByAge: true } as const;

/** What was chosen for a post, as its form shows it. */
export function chosenClosing({ commentsOpen, commentsCloseAt, commentsByAge }: ClosingFacts): ClosingChoice {
  if (!commentsOpen) return 'closed';
  return commentsCloseAt ? 'date' : commentsByAge ? 'rule' : 'open';
}

/** Until when a post takes comments that is made sensitive now: so many days from now, or from when it comes out if that is later. Null for 0 days: that closes nothing. */
export const sensitiveUntil = (publishedAt: Date | null, sensitiveDays: number, now: Date): Date | null =>
  sensitiveDays > 0 ? new Date(Math.max(now.getTime(), publishedAt?.getTime() ?? 0) + sensitiveDays * DAY_MS) : null;

/** How a post's discussion is set, in one word, as its form has seen it: a change of anything else is a conflict. */
export const discussionMark = (post: ClosingFacts & { care: Care; helpline: string }): string =>
  JSON.stringify([post.care, chosenClosing(post), post.commentsCloseAt, post.helpline]);

const segment = (slug: string) => encodeURIComponent(slug);

/** The address of a post or page. */
export const postPath = (post: { kind: Kind; slug: string }): string =>
  post.kind === 'post' ? `/posts/${segment(post.slug)}` : `/${segment(post.slug)}`;

/** Where a post with a password is read; its own address is that of the form which asks for it. */
export const readPath = (post: { kind: Kind; slug: string }): string => `${postPath(post)}/read`;

export const categoryPath = (slug: string): string => `/categories/${segment(slug)}`;
export const tagPath = (slug: string): string => `/tags/${segment(slug)}`;
export const authorPath = (slug: string): string => `/authors/${segment(slug)}`;
export const yearPath = (year: number): string => `/archive/${year}`;
export const monthPath = (year: number, month: number): string => `/archive/${year}/${String(month).padStart(2, '0')}`;

/** What can be searched: posts first, comments by choice. */
export type Searched = 'posts' | 'comments';

/** The address at which words are searched for; the form alone for none. */
export const searchPath = (words: string, page = 1, searched: Searched = 'posts'): string =>
  pathWith('/search', { q: words.toWellFormed().trim(), in: searched === 'comments' ? searched : null, page: page === 1 ? null : String(page) });

/** The address of page `page` of a list; the first page is the list itself. */
export const listPath = (base: string, page: number): string =>
  page === 1 ? base : `${base === '/' ? '' : base}/page/${page}`;

/** A way to pass a post on; without a name: by mail. */
export type ShareWay = { name: string | null; href: string };

/** The ways to pass a post on, each an address that needs no script and carries no mark of where it was found. `address`: the whole one of the post. */
export function shareWays(title: string, address: string): ShareWay[] {
  const [words, url] = [title, address].map((part) => encodeURIComponent(part.toWellFormed()));
  const both = `${words}%20${url}`;
  return [
    { name: null, href: `mailto:?subject=${words}&body=${url}` },
    { name: 'WhatsApp', href: `https://wa.me/?text=${both}` },
    { name: 'Facebook', href: `https://www.facebook.com/sharer/sharer.php?u=${url}` },
    { name: 'X', href: `https://x.com/intent/post?text=${words}&url=${url}` },
    { name: 'Bluesky', href: `https://bsky.app/intent/compose?text=${both}` },
  ];
}

const WORDS_PER_MINUTE = 230;
const CJK_PER_MINUTE = 500;

/** How long a text takes to read, in whole minutes, at least 1: 230 words or 500 Chinese, Japanese or Korean characters each. */
export function readingMinutes(html: string): number {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&[a-z#0-9]+;/gi, '');
  const cjk = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
  return Math.max(1, Math.round((cjk > words ? 0 : words) / WORDS_PER_MINUTE + cjk / CJK_PER_MINUTE));
}

/** From so many minutes on a post is long: it has a table of contents. */
export const LONG_READ_MINUTES = 3;

/** How many comments a card speaks of: `3 thoughts`, `1 thought`; nothing for none. */
export const thoughts = (count: number): string => (count === 0 ? '' : t('posts.list.thoughts', { count }));
