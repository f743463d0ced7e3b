import { Care } from '../db/generated/enums';
import { cleanText } from '../text/clean';
import { ownPath } from '../text/own-path';
import { t } from '../words/t';
import { z } from '../zod';

export { Care };

export const SLUG_MAX_CHARS = 200;
/** Beyond it an address of a list is not looked up at all. */
export const PAGE_NUMBER_MAX = 100_000;

/**
 * First path segments that belong to the blog itself, or under which an old blog is asked for something: no page may take
 * one as its slug. `privacy` may be taken; numbers may: a year of the old blog then gives way to the page.
 */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  'account', 'admin', 'api', 'archive', 'author', 'authors', 'broken', 'categories', 'category', 'comments', 'decide', 'enhance',
  'favicon.ico', 'healthz', 'icon.svg', 'media', 'metrics', 'missing', 'page', 'pictures', 'posts', 'preview', 'readyz', 'receipts', 'robots.txt', 'search', 'sign-in',
  'share.jpg', 'signed-in', 'sitemap.xml', 'sitemaps', 'speculation-rules.json', 'subscriptions', 'tag', 'tags', '404', '500', '_error', '_next', '_not-found',
  'atom', 'atom.xml', 'embed', 'feed', 'feed.json', 'feed.xml', 'feeds', 'index.php', 'index.xml', 'rdf', 'rss', 'rss.xml', 'rss2',
  'webmention', 'wp-admin', 'wp-content', 'wp-includes', 'wp-json', 'wp-login.php', 'xmlrpc.php',
]);

/** What the front page of a WordPress blog can be asked for by its query, each with another answer than `/`. */
export const OLD_QUERY_NAMES = [
  'p', 'page_id', 'attachment_id', 'name', 'attachment', 'pagename', 'cat', 'category_name', 'tag', 'tag_id', 'author', 'author_name',
  'm', 'year', 'monthnum', 's', 'feed', 'paged', 'cpage',
] as const;
/** What counts on other paths that are not ours. */
export const OLD_QUERY_NAMES_ELSEWHERE = ['attachment_id', 'feed', 'cpage'] as const;

/** A percent-encoded part of an address, or null where it does not decode. */
function decoded(value: string): string | null {
  try {
    return decodeURIComponent(value);
  } catch {
    return null;
  }
}

/** A path segment as a slug: decoded, NFC. Null for what no slug can be: undecodable, empty, too long, NUL, a lone surrogate. */
export function parseSlug(segment: string): string | null {
  const slug = decoded(segment)?.normalize('NFC');
  if (!slug || slug.length > SLUG_MAX_CHARS || slug.includes('\0') || !slug.isWellFormed()) return null;
  return slug;
}

/** A path segment as the number of a page: 1 or more, without sign or leading zero; null for anything else. */
export function parsePageNumber(segment: string): number | null {
  if (!/^[1-9]\d{0,5}$/.test(segment)) return null;
  const page = Number(segment);
  return page <= PAGE_NUMBER_MAX ? page : null;
}

/** `YYYY` and `MM` of an address as numbers, the month from 1 to 12; null for anything else. */
export function parseMonth(yearSegment: string, monthSegment: string): { year: number; month: number } | null {
  if (!/^[1-9]\d{3}$/.test(yearSegment) || !/^(0[1-9]|1[0-2])$/.test(monthSegment)) return null;
  return { year: Number(yearSegment), month: Number(monthSegment) };
}

/**
 * The one form in which an old address is kept (`Redirect.path`) and looked up: begins with a slash, segments decoded
 * once, NFC, no empty segment, so no last slash, no NUL (PostgreSQL takes none). An undecodable segment stays as written.
 */
export function canonicalPath(path: string): string {
  const segments = path.split('/').filter((segment) => segment !== '');
  return `/${segments.map((segment) => decoded(segment) ?? segment).join('/')}`.replaceAll('\0', '').normalize('NFC');
}

/**
 * Where `Redirect.to` may lead, as it is given out: a path of this blog, whatever a browser makes of it, without a query:
 * old addresses are asked for by theirs, and could lead in a circle. Null for anything else.
 */
export const fixedPlace = (to: string): string | null => (to.includes('?') ? null : ownPath(to));

export const HELPLINE_MAX_CHARACTERS = 1000;

/** By what a post's comments close: the blog's rule of days, or what somebody has chosen for it. */
export const CLOSING_CHOICES = ['rule', 'open', 'closed', 'date'] as const;
export type ClosingChoice = (typeof CLOSING_CHOICES)[number];

/** Text of the author's, without what no keyboard types. */
const written = z.string({ error: () => t('posts.refused.textWanted') }).default('').transform((text) => cleanText(text).replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f\u007f]/g, '').trim());

/** How a post is to be discussed; `seen` is the mark of what the form showed. */
export const discussionSchema = z.object({
  care: z.enum(Care, { error: () => t('posts.refused.careWanted') }),
  closing: z.enum(CLOSING_CHOICES, { error: () => t('posts.refused.closingWanted') }),
  /** A day of the blog's calendar, `2026-12-03`; counts for the choice of a date alone. */
  date: z.string().max(40).catch(''),
  helpline: written.refine((text) => text.length <= HELPLINE_MAX_CHARACTERS, { error: () => t('posts.refused.helplineTooLong', { count: HELPLINE_MAX_CHARACTERS }) }),
  seen: z.string().max(10_000).catch(''),
});
export type DiscussionInput = z.infer<typeof discussionSchema>;

/** The form of it between two requests: what was saved, or why it was refused, and what was typed. */
export type DiscussionState = { done: string | null; message: string | null; fields: Record<string, string>; entered: Record<string, string> | null };

export const NOTHING_SAVED: DiscussionState = { done: null, message: null, fields: {}, entered: null };

/** What was typed, as the form shows it again. */
export function enteredDiscussion(typed: Record<string, unknown>): Record<string, string> {
  const text = (name: string) => (typeof typed[name] === 'string' ? typed[name] : '');
  return { care: text('care'), closing: text('closing'), date: text('date'), helpline: text('helpline') };
}

export const postIdSchema = z.uuid();

/** A page of the desk's list of posts, from an address; what is none is the first. */
export const deskPageSchema = z.string().transform((segment) => parsePageNumber(segment) ?? 1).catch(1);
