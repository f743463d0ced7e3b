import { canonicalPath, SLUG_MAX_CHARS } from '../posts/schema';
import type { ImportedComment, ImportedPostStatus } from './form';
import { cleanText } from '../text/clean';
import { plainText } from '../text/plain';

/** Room is left in the column for `-2`, `-3`…, which part two things of one name. */
export const MAX_SLUG = SLUG_MAX_CHARS - 10;
// An index of PostgreSQL holds no more, and no address that anyone followed was as long.
const MAX_PATH = 1_000;

const decodeOr = (part: string): string => {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
};

/**
 * The canonical path of an old address, or null where it has none that could redirect (`/`, `/?p=5`, not a URL, endless).
 * Exports that do not say where the blog stood give the path alone.
 */
export function pathOfLink(link: string): string | null {
  const base = link.startsWith('/') ? 'https://relative.invalid' : undefined;
  if (!URL.canParse(link, base)) return null;
  const path = canonicalPath(new URL(link, base).pathname);
  return path === '/' || path.length > MAX_PATH ? null : path;
}

/** What `ImportKey.source` says of a blog: `wxr:` and its host (without `www.`) and path, scheme and last slash aside. */
export function blogSource(address: string): string {
  if (!URL.canParse(address)) return `wxr:${address.trim().toLowerCase() || 'unknown'}`;
  const { host, pathname } = new URL(address);
  return `wxr:${host.replace(/^www\./, '')}${canonicalPath(pathname).replace(/\/$/, '')}`;
}

/**
 * A moment from WordPress's `YYYY-MM-DD HH:MM:SS` taken as UTC, or from the RFC 2822 date of `pubDate`.
 * Null for nothing, for WordPress's `0000-00-00 00:00:00`, for what is no date and for years PostgreSQL or we cannot mean.
 */
export function momentOf(text: string): Date | null {
  const value = text.trim();
  const plain = /^(\d{4})-(\d\d)-(\d\d)[ T](\d\d):(\d\d):(\d\d)$/.exec(value);
  // A draft's pubDate is `Wed, 30 Nov -0001 00:00:00 +0000`.
  if (plain?.[1] === '0000' || / -\d{4} /.test(value)) return null;
  const moment = new Date(plain ? `${value.replace(' ', 'T')}Z` : value);
  if (value === '' || Number.isNaN(moment.getTime())) return null;
  if (plain && moment.toISOString().slice(0, 10) !== value.slice(0, 10)) return null;
  const year = moment.getUTCFullYear();
  return year >= 1000 && year <= 9999 ? moment : null;
}

/**
 * The status here of a post that was `status` there; null for one we do not know (it becomes a draft, and is listed).
 * A password keeps a public or scheduled post closed: never more public here than it was there.
 */
export function postStatusOf(status: string, hasPassword: boolean): ImportedPostStatus | null {
  switch (status) {
    case 'publish':
      return hasPassword ? 'password' : 'published';
    case 'future':
      return hasPassword ? 'password' : 'scheduled';
    case 'private':
    case 'trash':
      return status;
    case 'draft':
    case 'auto-draft':
    case 'pending':
      return 'draft';
    default:
      return null;
  }
}

/** The status here of a comment by WordPress's `comment_approved`; null for one we do not know (it is held, and listed). */
export function commentStatusOf(approved: string): ImportedComment['status'] | null {
  switch (approved) {
    case '1':
    case 'approve':
      return 'approved';
    case '0':
    case 'hold':
      return 'pending';
    case 'spam':
      return 'spam';
    case 'trash':
    case 'post-trashed':
      return 'trash';
    default:
      return null;
  }
}

/** What a `comment_type` is to us: a comment, a mention, or null: something else, which may be internal and is not imported. */
export function commentKindOf(type: string): 'comment' | 'mention' | null {
  if (type === '' || type === 'comment') return 'comment';
  return type === 'pingback' || type === 'trackback' ? 'mention' : null;
}

/** A writer's site as it may be linked: http or https and at most `maxLength` characters, else null. */
export function siteOf(text: string, maxLength: number): string | null {
  if (text.length > maxLength || !/^https?:\/\/[^/]/i.test(text) || !URL.canParse(text)) return null;
  return text;
}

/** `text` cut to `max` characters as PostgreSQL counts them (code points). */
export function cutTo(text: string, max: number): string {
  return text.length <= max ? text : Array.from(text.slice(0, max * 2)).slice(0, max).join('');
}

/** A name or title as plain text on one line: foreign blogs keep them with entities, some with markup. */
export function plain(value: string): string {
  const text = /[<&]/.test(value) ? plainText(value) : value;
  return cleanText(text).replace(/\s+/g, ' ').trim();
}

// Of an endless name: to take signs off its end looks at each run of them once for each of its signs.
const NAME_BEGINNING = MAX_SLUG * 4;

/** WordPress's post_name or nicename as a slug: percent-decoded NFC without what cannot stand in a path; may be empty. */
export function slugFromName(name: string): string {
  const plain = decodeOr(name.trim()).normalize('NFC').replace(/[\s/\\?#%&<>"'\u0000-\u001f\u007f]+/g, '-');
  return cutTo(plain.slice(0, NAME_BEGINNING).toWellFormed().replace(/^[-.]+|[-.]+$/g, ''), MAX_SLUG);
}

/** A slug that an export of ours names, which may use all of the column: the same but for what no slug can hold. */
export const ownSlug = (slug: string): string => cutTo(cleanText(slug).replace(/[\s/\\?#%&<>"'\u0000-\u001f\u007f]+/g, '-'), SLUG_MAX_CHARS);

/** How much of one text is made into HTML: a longer one (a book in one post) would cost the memory of the whole import. */
export const SHOWN_CHARACTERS = 500_000;

/** The part of a text that is shown: all of it, or as many whole lines as fit into SHOWN_CHARACTERS. The source is kept whole. */
export function shownPart(source: string): string {
  if (source.length <= SHOWN_CHARACTERS) return source;
  const lastLine = source.lastIndexOf('\n', SHOWN_CHARACTERS);
  return source.slice(0, lastLine > 0 ? lastLine : SHOWN_CHARACTERS).toWellFormed();
}

/** Whether a post of this state has its password here: of one that is not out, for when it comes out. */
export const holdsPassword = (status: ImportedPostStatus): boolean => status === 'password' || status === 'draft' || status === 'trash';
