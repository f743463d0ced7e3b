type Kind = 'post' | 'page';

/** Whether everyone may read a post: published, and its hour has come. The same condition stands in every query's WHERE. */
export const isPublished = (post: { status: string; publishedAt: Date | null }, now: Date): boolean =>
  post.status === 'published' && post.publishedAt !== null && post.publishedAt <= now;

/** Whether a post takes comments now: its comments are open, and the moment at which they close, if one is set, has not come. */
export const takesComments = (post: { commentsOpen: boolean; commentsCloseAt: Date | null }, now: Date): boolean =>
  post.commentsOpen && (post.commentsCloseAt === null || post.commentsCloseAt > now);

const segment = (slug: string) => encodeURIComponent(slug);

/** The address of a post or page. */
export const postPath = (post: { kind: Kind; slug: string }): string =>
  post.kind === 'post' ? `/posts/${segment(post.slug)}` : `/${segment(post.slug)}`;

export const categoryPath = (slug: string): string => `/categories/${segment(slug)}`;
export const tagPath = (slug: string): string => `/tags/${segment(slug)}`;
export const authorPath = (slug: string): string => `/authors/${segment(slug)}`;
export const monthPath = (year: number, month: number): string => `/archive/${year}/${String(month).padStart(2, '0')}`;

/** The address of page `page` of a list; the first page is the list itself. */
export const listPath = (base: string, page: number): string =>
  page === 1 ? base : `${base === '/' ? '' : base}/page/${page}`;

const WORDS_PER_MINUTE = 230;
const CJK_PER_MINUTE = 500;

/** How long a text takes to read, in whole minutes, at least 1: 230 words or 500 Chinese, Japanese or Korean characters each. */
export function readingMinutes(html: string): number {
  const text = html.replace(/<[^>]*>/g, ' ').replace(/&[a-z#0-9]+;/gi, '');
  const cjk = text.match(/[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}]/gu)?.length ?? 0;
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’-]*/gu)?.length ?? 0;
  return Math.max(1, Math.round((cjk > words ? 0 : words) / WORDS_PER_MINUTE + cjk / CJK_PER_MINUTE));
}

/** How many comments a card speaks of: `3 thoughts`, `1 thought`; nothing for none. */
export const thoughts = (count: number): string => (count === 0 ? '' : count === 1 ? '1 thought' : `${count} thoughts`);

/** What an old WordPress address asks for. `page` is that of a list, 1 where it names none. */
export type LegacyAsk =
  | { kind: 'id'; externalId: string }
  | { kind: 'category' | 'tag' | 'author'; slug: string; page: number }
  | { kind: 'month'; year: number; month: number; page: number }
  | { kind: 'post'; path: string };

const LIST_PAGE = /^(.*)\/page\/([1-9]\d{0,4})$/;
const COMMENT_PAGE = /^(.+)\/comment-page-\d+$/;
const PART_OF_POST = /^(.+)\/[1-9]\d{0,2}$/;
const TERM = /^\/(category|tag|author)\/(?:.+\/)?([^/]+)$/;
const DATE = /^\/([1-9]\d{3})\/(0[1-9]|1[0-2])(?:\/(?:0[1-9]|[12]\d|3[01]))?$/;

/**
 * Reads an old WordPress address by its shape alone: `/?p=ID`, `/?page_id=ID`, `/category/PARENT/SLUG`, `/tag/SLUG`,
 * `/author/SLUG`, `/YYYY/MM` and days, each with `/page/N`, and `…/comment-page-N` or `…/N` (a part of a long post).
 * `path` is in the form of `canonicalPath`. Null where the shape says nothing.
 * A comment page leads to the post's first page, for our pages of comments are cut differently.
 */
export function legacyAsk(path: string, query: { p?: string; page_id?: string }): LegacyAsk | null {
  const externalId = query.p ?? query.page_id;
  if (externalId !== undefined) return /^[1-9]\d{0,18}$/.test(externalId) ? { kind: 'id', externalId } : null;
  const plain = path.replace(/^\/index\.php(?=\/)/, '');
  const paged = LIST_PAGE.exec(plain);
  const base = paged?.[1] ?? plain;
  const page = Number(paged?.[2] ?? 1);
  const term = TERM.exec(base);
  if (term) return { kind: term[1] as 'category' | 'tag' | 'author', slug: term[2]!, page };
  const date = DATE.exec(base);
  if (date) return { kind: 'month', year: Number(date[1]), month: Number(date[2]), page };
  const post = COMMENT_PAGE.exec(base) ?? PART_OF_POST.exec(base);
  if (post) return { kind: 'post', path: post[1]! };
  return plain === path ? null : { kind: 'post', path: plain };
}
