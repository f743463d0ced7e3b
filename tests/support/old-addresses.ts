import { OLD_PAGE_THREADS } from '../../lib/comments/old-pages';
import { commentKindOf, commentStatusOf, momentOf, postStatusOf, slugFromName } from '../../lib/transfer/rules';
import { readWxr } from '../../lib/transfer/readers/wxr-reader';
import type { WxrComment, WxrItem, WxrRecord } from '../../lib/transfer/readers/wxr-schema';
import { slugOf } from '../../lib/text/slug';

/** `there`: it has to lead to a page; `nowhere`: what it named is not public; `perhaps`: it may be either (a file that was not kept, a link that was dead there too). */
export type Expected = 'there' | 'nowhere' | 'perhaps';
/** An address of an old blog: path and query, as people have it in their bookmarks. */
export type OldAddress = { address: string; what: string; expected: Expected };

/** `isLocked`: it has a password, and its form stands where its old address leads. */
type Item = { item: WxrItem; isPublic: boolean; isLocked: boolean; threads: number };
type Blog = { hosts: Set<string>; items: Map<string, Item>; categories: Map<string, { number: string; parent: string }>; tags: Map<string, string>; authors: Map<string, string> };

/** Path and query of an address, if it is one of the old blog's hosts. */
function pathIn(address: string, hosts: ReadonlySet<string>): string | null {
  if (!URL.canParse(address)) return null;
  const { protocol, host, pathname, search } = new URL(address);
  return /^https?:$/.test(protocol) && hosts.has(host.replace(/^www\./, '')) ? pathname + search : null;
}

const hostOf = (address: string): string[] => (URL.canParse(address) ? [new URL(address).host.replace(/^www\./, '')] : []);

async function readBlog(file: string, now: Date): Promise<Blog> {
  const blog: Blog = { hosts: new Set(), items: new Map(), categories: new Map(), tags: new Map(), authors: new Map() };
  let threads = 0;
  const take: { [K in WxrRecord['kind']]?: (value: never) => void } = {
    site: (site: { 'wp:base_blog_url': string; link: string }) => hostOf(site['wp:base_blog_url'] || site.link).forEach((host) => blog.hosts.add(host)),
    author: (author: { 'wp:author_login': string; 'wp:author_id': string }) => blog.authors.set(author['wp:author_login'], author['wp:author_id']),
    category: (term: { 'wp:category_nicename': string; 'wp:term_id': string; 'wp:category_parent': string }) => blog.categories.set(slugFromName(term['wp:category_nicename']), { number: term['wp:term_id'], parent: slugFromName(term['wp:category_parent']) }),
    tag: (term: { 'wp:tag_slug': string; 'wp:term_id': string }) => blog.tags.set(slugFromName(term['wp:tag_slug']), term['wp:term_id']),
    comment: (comment: WxrComment) => {
      if (comment['wp:comment_parent'] === '' && commentKindOf(comment['wp:comment_type']) && commentStatusOf(comment['wp:comment_approved']) === 'approved') threads += 1;
    },
    item: (item: WxrItem) => {
      const at = momentOf(item['wp:post_date_gmt']) ?? momentOf(item.pubDate) ?? momentOf(item['wp:post_date']);
      const status = (at ?? now) <= now ? postStatusOf(item['wp:status'], item['wp:post_password'] !== '') : null;
      if (!blog.items.has(item['wp:post_id'])) blog.items.set(item['wp:post_id'], { item, isPublic: status === 'published', isLocked: status === 'password', threads });
      threads = 0;
    },
  };
  for await (const { records } of readWxr(file, () => undefined)) {
    for (const { kind, value } of records) (take[kind] as ((given: typeof value) => void) | undefined)?.(value);
  }
  return blog;
}

const withoutSlash = (path: string) => path.replace(/\/+$/, '');

/** Every way in which people have the address of a post or page. */
function* ofPost({ item, isPublic, isLocked, threads }: Item, blog: Blog): Generator<OldAddress> {
  const expected = isPublic || isLocked ? 'there' : 'nowhere';
  const ofListed = isPublic ? 'there' : 'nowhere';
  const type = item['wp:post_type'];
  const number = item['wp:post_id'];
  yield { address: `/?${type === 'page' ? 'page_id' : 'p'}=${number}`, what: `${type} by its number`, expected: ofListed };
  yield { address: `/?p=${number}&feed=rss2`, what: 'feed of a post', expected: ofListed };
  const link = pathIn(item.link, blog.hosts);
  if (link === null || link.includes('?') || link === '/') return;
  const path = withoutSlash(link);
  for (const address of [link, path, path.replace(/%[\da-f]{2}/gi, (code) => code.toLowerCase()), path.replace(/%[\da-f]{2}/gi, (code) => code.toUpperCase()), `${path}//`, `/${path}`, `/index.php${path}/`, `${link}?replytocom=5`, `${link}?share=twitter`, `${link}?amp=1`]) {
    yield { address, what: type, expected };
  }
  for (const tail of ['amp', 'embed', 'trackback']) yield { address: `${path}/${tail}/`, what: `${type} shown otherwise`, expected };
  for (const feed of ['feed', 'feed/rss2', 'feed/atom']) yield { address: `${path}/${feed}/`, what: 'feed of a post', expected: ofListed };
  for (let page = 1; page <= Math.max(1, Math.ceil(threads / OLD_PAGE_THREADS)); page++) yield { address: `${path}/comment-page-${page}/`, what: 'page of comments', expected };
}

function* ofFile({ item }: Item, blog: Blog): Generator<OldAddress> {
  const parent = blog.items.get(item['wp:post_parent']);
  const expected: Expected = parent ? (parent.isPublic ? 'there' : 'nowhere') : 'perhaps';
  yield { address: `/?attachment_id=${item['wp:post_id']}`, what: 'picture by its number', expected };
  const page = pathIn(item.link, blog.hosts);
  if (page && page !== '/' && !page.includes('?')) yield { address: page, what: 'page of a picture', expected: parent?.isLocked ? 'there' : expected };
  if (URL.canParse(item['wp:attachment_url'])) yield { address: new URL(item['wp:attachment_url']).pathname, what: 'file', expected: 'perhaps' };
}

function* ofList(path: string, what: string, expected: Expected): Generator<OldAddress> {
  for (const address of [`${path}/`, path, `${path}/page/2/`]) yield { address, what, expected };
  yield { address: `${path}/feed/`, what: `feed of a ${what}`, expected };
}

/** A category and those above it, by their slugs, the highest first. */
function lineOf(slug: string, blog: Blog): string[] {
  const line: string[] = [];
  for (let one = slug; one !== '' && !line.includes(one); one = blog.categories.get(one)?.parent ?? '') line.unshift(one);
  return line;
}

function* ofLists(blog: Blog): Generator<OldAddress> {
  const posts = [...blog.items.values()].filter(({ item }) => item['wp:post_type'] === 'post');
  const seen = new Set<string>();
  const first = (key: string) => !seen.has(key) && Boolean(seen.add(key));
  for (const { item } of posts.filter(({ isPublic }) => isPublic)) {
    for (const { domain, slug } of item.terms) {
      const plain = slugFromName(slug);
      if (plain === '') continue;
      const line = domain === 'category' ? lineOf(plain, blog) : [plain];
      if (domain === 'category') for (const [depth, one] of line.entries()) {
        if (!first(`category ${one}`)) continue;
        yield* ofList(`/category/${line.slice(0, depth + 1).map(encodeURIComponent).join('/')}`, 'category', 'there');
        const number = blog.categories.get(one)?.number;
        if (number) yield { address: `/?cat=${number}`, what: 'category by its number', expected: 'there' };
      } else if (domain === 'post_tag' && first(`tag ${plain}`)) {
        yield* ofList(`/tag/${encodeURIComponent(plain)}`, 'tag', 'there');
        yield { address: `/?tag=${encodeURIComponent(plain)}`, what: 'tag', expected: 'there' };
      }
    }
    const login = item['dc:creator'];
    if (first(`author ${login}`)) {
      yield* ofList(`/author/${encodeURIComponent(slugOf(login))}`, 'author', 'there');
      if (blog.authors.get(login)) yield { address: `/?author=${blog.authors.get(login)}`, what: 'author by their number', expected: 'there' };
    }
    const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(item['wp:post_date'] || item['wp:post_date_gmt']) ?? [];
    if (!year || !month || year === '0000') continue;
    if (first(year)) yield* ofList(`/${year}`, 'year', 'there');
    if (first(year + month)) {
      yield* ofList(`/${year}/${month}`, 'month', 'there');
      yield { address: `/?m=${year}${month}`, what: 'month', expected: 'there' };
    }
    if (day && first(year + month + day)) yield { address: `/${year}/${month}/${day}/`, what: 'day', expected: 'there' };
  }
}

const OF_THE_BLOG = ['/', '/page/1/', '/index.php', '/?paged=1', '/?s=night', '/search/night/', '/wp-login.php', '/wp-admin/'];
const FEEDS = ['/feed/', '/feed/rss2/', '/feed/atom/', '/feed/rdf/', '/rss', '/rss.xml', '/atom.xml', '/?feed=rss2', '/?feed=atom', '/comments/feed/', '/comments/feed/rss2/', '/?feed=comments-rss2'];

/**
 * Every address of the old blog that can be known from its export (WXR): of posts, pages, pictures, files, lists, feeds,
 * pages of comments, and what its texts link to on the old site itself. Each once.
 */
export async function* oldAddressesOf(file: string, now = new Date()): AsyncGenerator<OldAddress> {
  const blog = await readBlog(file, now);
  const seen = new Set<string>();
  const all = function* (): Generator<OldAddress> {
    for (const address of OF_THE_BLOG) yield { address, what: 'the blog itself', expected: 'there' };
    for (const address of FEEDS) yield { address, what: 'feed', expected: 'there' };
    for (const address of ['/xmlrpc.php', '/wp-json/']) yield { address, what: 'what is no page', expected: 'nowhere' };
    yield* ofLists(blog);
    for (const one of blog.items.values()) {
      const type = one.item['wp:post_type'];
      if (type === 'post' || type === 'page') yield* ofPost(one, blog);
      if (type === 'attachment') yield* ofFile(one, blog);
      for (const [, href = ''] of one.item['content:encoded'].matchAll(/(?:href|src)=["']([^"']+)["']/g)) {
        const address = pathIn(href.replaceAll('&amp;', '&').replaceAll('&#038;', '&'), blog.hosts);
        if (address) yield { address, what: 'link of a text', expected: 'perhaps' };
      }
    }
  };
  for (const one of all()) {
    if (seen.has(one.address)) continue;
    seen.add(one.address);
    yield one;
  }
}
