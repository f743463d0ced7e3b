import { slugOf } from '../text/slug';
import { canonicalPath, type OLD_QUERY_NAMES, PAGE_NUMBER_MAX } from './schema';

/** What a query said, by the names of OLD_QUERY_NAMES; of a name that stands twice the first. */
export type OldQuery = Partial<Record<(typeof OLD_QUERY_NAMES)[number], string>>;

export type TermKind = 'category' | 'tag' | 'author';

/** What an address of an old blog names. */
export type OldThing =
  /** A post, page, picture or file by its path; several ways to read it, in the order in which they are tried. */
  | { kind: 'path'; paths: string[] }
  | { kind: 'number'; number: string }
  | { kind: 'name'; slug: string }
  | { kind: 'term'; of: TermKind; slug: string }
  | { kind: 'term-number'; of: TermKind; number: string }
  | { kind: 'year'; year: number }
  | { kind: 'month'; year: number; month: number }
  | { kind: 'front' }
  | { kind: 'search'; words: string }
  | { kind: 'sitemap' }
  | { kind: 'sign-in' };

/**
 * What is asked of an old blog: a thing; `page` of a list, from 1; `commentPage` of a discussion, 1 for the post itself;
 * `view`: the thing itself, its feed, or (of the front page) that of all comments.
 */
export type LegacyAsk = { thing: OldThing; page: number; commentPage: number; view: 'itself' | 'feed' | 'comments' };

const NUMBER = /^[1-9]\d{0,17}$/;
const WORDS_MAX = 200;

const LIST_PAGE = /^(.*)\/page\/(\d{1,6})$/;
const COMMENT_PAGE = /^(.+)\/comment-page-(\d{1,6})$/;
const PART_OF_POST = /^(.+)\/[1-9]\d{0,2}$/;
const TERM = /^\/(category|tag|author)\/(?:.+\/)?([^/]+)$/;
const DATE = /^\/([1-9]\d{3})(?:\/(0[1-9]|1[0-2])(?:\/(?:0[1-9]|[12]\d|3[01]))?)?$/;
// Blogger's labels come in as tags.
const LABEL = /^\/search\/label\/([^/]+)$/;
const SEARCH = /^\/search\/(.+)$/;
const SIGN_IN = /^\/(?:wp-login\.php|wp-admin(?:\/.*)?)$/;
// As WordPress and its plugins name them.
const SITEMAP = /^\/(?:(?:wp-)?sitemap(?:[-_][\w-]+)?|news-sitemap|image-sitemap-index-\d+)\.xml$/;
const SHOWN_OTHERWISE = /^(.+)\/(?:amp|embed|trackback)$/;
// What stood below a post with its date could only be something attached to it.
const ATTACHED = /^(.+)\/attachment\/[^/]+$|^(\/[1-9]\d{3}\/\d\d\/\d\d\/[^/]+)\/[^/]+$/;

const FEED_NAME = '(?:feed|rdf|rss|rss2|atom)';
const FEED = new RegExp(`^(.*)/feed(?:/${FEED_NAME})?$|^(/(?:category|tag|author)/.+|/[1-9]\\d{3}/\\d\\d/\\d\\d/[^/]+)/${FEED_NAME}$`);
const FRONT_FEED = new RegExp(`^/(?:${FEED_NAME}(?:/${FEED_NAME})?|(?:rss|atom|index)\\.xml|index\\.rdf|wp-(?:atom|feed|rdf|rss|rss2)\\.php|feeds/posts/default)$`);
const COMMENTS_FEED = new RegExp(`^/(?:comments/${FEED_NAME}(?:/${FEED_NAME})?|wp-commentsrss2\\.php|feeds/comments/default)$`);
const NO_FEED = /^\/(?:category|tag|author)$/;

const numbered = (text: string | undefined): number => (text && /^[1-9]\d{0,5}$/.test(text) ? Math.min(Number(text), PAGE_NUMBER_MAX) : 1);
const isYear = (year: number) => year >= 1000 && year <= 9999;

function dated(year: number, month: number): OldThing | null {
  if (!isYear(year)) return null;
  return month >= 1 && month <= 12 ? { kind: 'month', year, month } : month === 0 ? { kind: 'year', year } : null;
}

/** `m=201605`, or `year=2016&monthnum=5`; days are left out. */
function thingOfDate({ m, year, monthnum }: OldQuery): OldThing | null {
  const digits = /^(\d{4})(\d\d)?\d{0,8}$/.exec(m ?? '');
  if (digits) return dated(Number(digits[1]), Number(digits[2] ?? 0));
  return year && /^\d{4}$/.test(year) && /^\d{0,2}$/.test(monthnum ?? '') ? dated(Number(year), Number(monthnum ?? 0)) : null;
}

/** Of several categories or tags the first counts; of `parent/child` the child. */
const firstSlug = (text: string): string => canonicalPath(text.split(/[,+ ]/, 1)[0] ?? '').split('/').at(-1) ?? '';

function termOfQuery({ cat, tag_id, author, category_name, tag, author_name }: OldQuery): OldThing | null {
  const numbers = [['category', cat], ['tag', tag_id], ['author', author]] as const;
  for (const [of, said] of numbers) {
    const number = said?.split(',', 1)[0];
    if (number && NUMBER.test(number)) return { kind: 'term-number', of, number };
  }
  const slugs = [['category', category_name], ['tag', tag], ['author', author_name]] as const;
  for (const [of, said] of slugs) if (said && firstSlug(said)) return { kind: 'term', of, slug: firstSlug(said) };
  return null;
}

function postOfQuery({ p, page_id, attachment_id, name, attachment, pagename }: OldQuery): OldThing | null {
  const number = p ?? page_id ?? attachment_id;
  if (number !== undefined) return NUMBER.test(number) ? { kind: 'number', number } : null;
  if (pagename) return { kind: 'path', paths: [canonicalPath(pagename)] };
  const slug = name ?? attachment;
  return slug ? { kind: 'name', slug: canonicalPath(slug).slice(1) } : null;
}

const POST_NAMES = ['p', 'page_id', 'attachment_id', 'name', 'attachment', 'pagename'] as const;

/** What a query on the front page names; null where it names something that cannot be. */
function thingOfQuery(query: OldQuery): OldThing | null {
  if (query.s !== undefined) return { kind: 'search', words: query.s.slice(0, WORDS_MAX) };
  if (POST_NAMES.some((name) => query[name] !== undefined)) return postOfQuery(query);
  return termOfQuery(query) ?? thingOfDate(query) ?? { kind: 'front' };
}

const asked = (thing: OldThing, more: Partial<LegacyAsk> = {}): LegacyAsk => ({ thing, page: 1, commentPage: 1, view: 'itself', ...more });

function askOfQuery(query: OldQuery): LegacyAsk | null {
  const thing = thingOfQuery(query);
  const isOfComments = thing?.kind === 'front' && /^comments/.test(query.feed ?? '');
  return thing && asked(thing, { page: numbered(query.paged), commentPage: numbered(query.cpage), view: isOfComments ? 'comments' : query.feed === undefined ? 'itself' : 'feed' });
}

/** A post or page by its path: as it stands, without its part, and what it may have been attached to. */
function askOfPost(path: string, query: OldQuery): LegacyAsk {
  const whole = SHOWN_OTHERWISE.exec(path)?.[1] ?? path;
  const comments = COMMENT_PAGE.exec(whole);
  const base = comments?.[1] ?? whole;
  const part = PART_OF_POST.exec(base)?.[1];
  const above = ATTACHED.exec(base);
  const paths = [path, base, part, above?.[1] ?? above?.[2]].filter((one): one is string => one !== undefined);
  return asked({ kind: 'path', paths: [...new Set(paths)] }, { commentPage: numbered(comments?.[2] ?? query.cpage) });
}

function askOfPath(path: string, query: OldQuery): LegacyAsk {
  const paged = LIST_PAGE.exec(path);
  const base = paged ? paged[1] || '/' : path;
  const page = numbered(paged?.[2]);
  const term = TERM.exec(base);
  if (term) return asked({ kind: 'term', of: term[1] as TermKind, slug: term[2]! }, { page });
  const date = DATE.exec(base);
  const found = date && dated(Number(date[1]), Number(date[2] ?? 0));
  if (found) return asked(found, { page });
  const label = LABEL.exec(base)?.[1];
  if (label) return asked({ kind: 'term', of: 'tag', slug: slugOf(label) }, { page });
  const words = SEARCH.exec(base)?.[1];
  if (words) return asked({ kind: 'search', words: words.replaceAll('+', ' ').slice(0, WORDS_MAX) });
  if (base === '/') return asked({ kind: 'front' }, { page });
  return askOfPost(path, query);
}

/**
 * Reads an old address by its shape alone, as WordPress's rewriting does (WP_Rewrite): everything that can be asked by a
 * query of the front page (`?p=`, `?cat=`, `?s=`…), terms, dates, feeds, pages of lists and of comments, `…/amp`,
 * `/index.php/…`. `path` is in the form of `canonicalPath`. Null where nothing can be meant.
 */
export function legacyAsk(path: string, query: OldQuery): LegacyAsk | null {
  const plain = path.replace(/^\/index\.php(?=\/|$)/, '') || '/';
  if (plain === '/') return askOfQuery(query);
  if (query.attachment_id !== undefined) return askOfQuery({ attachment_id: query.attachment_id });
  if (SIGN_IN.test(plain)) return asked({ kind: 'sign-in' });
  if (SITEMAP.test(plain)) return asked({ kind: 'sitemap' });
  if (FRONT_FEED.test(plain)) return asked({ kind: 'front' }, { view: 'feed' });
  if (COMMENTS_FEED.test(plain)) return asked({ kind: 'front' }, { view: 'comments' });
  const feed = FEED.exec(plain);
  const above = feed?.[1] ?? feed?.[2];
  if (above && !NO_FEED.test(above)) return { ...askOfPath(above, {}), view: 'feed' };
  return { ...askOfPath(plain, query), ...(query.feed !== undefined && { view: 'feed' as const }) };
}
