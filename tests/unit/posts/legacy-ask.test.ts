import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { legacyAsk, type LegacyAsk, type OldThing } from '@/lib/posts/legacy-ask';
import { canonicalPath, OLD_QUERY_NAMES } from '@/lib/posts/schema';

const ask = (thing: OldThing, more: Partial<LegacyAsk> = {}): LegacyAsk => ({ thing, page: 1, commentPage: 1, view: 'itself', ...more });
const term = (of: 'category' | 'tag' | 'author', slug: string) => ({ kind: 'term', of, slug }) as const;
const path = (...paths: string[]) => ({ kind: 'path', paths }) as const;
const month = { kind: 'month', year: 2016, month: 5 } as const;
const front = { kind: 'front' } as const;

describe('an old path', () => {
  test.each<[string, LegacyAsk]>([
    ['/category/sleep', ask(term('category', 'sleep'))],
    ['/category/growing-up/sleep', ask(term('category', 'sleep'))],
    ['/category/growing-up/sleep/page/3', ask(term('category', 'sleep'), { page: 3 })],
    ['/category/growing-up/sleep/feed', ask(term('category', 'sleep'), { view: 'feed' })],
    ['/category/growing-up/sleep/feed/atom', ask(term('category', 'sleep'), { view: 'feed' })],
    ['/tag/attachment', ask(term('tag', 'attachment'))],
    ['/tag/attachment/page/2', ask(term('tag', 'attachment'), { page: 2 })],
    ['/tag/feed', ask(term('tag', 'feed'))],
    ['/tag/feed/feed', ask(term('tag', 'feed'), { view: 'feed' })],
    ['/author/marja', ask(term('author', 'marja'))],
    ['/index.php/category/sleep', ask(term('category', 'sleep'))],
    ['/2016', ask({ kind: 'year', year: 2016 })],
    ['/2016/page/2', ask({ kind: 'year', year: 2016 }, { page: 2 })],
    ['/2016/05', ask(month)],
    ['/2016/05/page/2', ask(month, { page: 2 })],
    ['/2016/05/13', ask(month)],
    ['/2016/05/feed', ask(month, { view: 'feed' })],
    ['/page/3', ask(front, { page: 3 })],
    ['/search/good+night', ask({ kind: 'search', words: 'good night' })],
    ['/search/good night/page/2', ask({ kind: 'search', words: 'good night' })],
    ['/search/label/Sleep Tips', ask(term('tag', 'sleep-tips'))],
    ['/wp-login.php', ask({ kind: 'sign-in' })],
    ['/wp-admin', ask({ kind: 'sign-in' })],
    ['/wp-admin/post.php', ask({ kind: 'sign-in' })],
    ['/2016/05/13/slug', ask(path('/2016/05/13/slug'))],
    ['/2016/05/13/slug/comment-page-2', ask(path('/2016/05/13/slug/comment-page-2', '/2016/05/13/slug'), { commentPage: 2 })],
    ['/slug/comment-page-1', ask(path('/slug/comment-page-1', '/slug'))],
    ['/2016/05/13/slug/2', ask(path('/2016/05/13/slug/2', '/2016/05/13/slug'))],
    ['/2016/05/13/slug/amp', ask(path('/2016/05/13/slug/amp', '/2016/05/13/slug'))],
    ['/2016/05/13/slug/photo', ask(path('/2016/05/13/slug/photo', '/2016/05/13/slug'))],
    ['/2016/05/13/slug/feed', ask(path('/2016/05/13/slug'), { view: 'feed' })],
    ['/2016/05/13/slug/attachment/photo', ask(path('/2016/05/13/slug/attachment/photo', '/2016/05/13/slug'))],
    ['/about/our-house', ask(path('/about/our-house'))],
    ['/about/our-house/trackback', ask(path('/about/our-house/trackback', '/about/our-house'))],
    ['/category', ask(path('/category'))],
    ['/2016/13', ask(path('/2016/13', '/2016'))],
    ['/xmlrpc.php', ask(path('/xmlrpc.php'))],
    ['/index.php/2016/05/13/slug', ask(path('/2016/05/13/slug'))],
  ])('%s asks for %j', (old, expected) => {
    expect(legacyAsk(old, {})).toEqual(expected);
  });

  test.each(['/feed', '/feed/rss2', '/feed/atom', '/feed/rdf', '/rss', '/rss2', '/rdf', '/atom', '/rss.xml', '/atom.xml', '/wp-rss2.php', '/index.php/feed', '/feeds/posts/default'])('%s asks for the feed of the blog', (old) => {
    expect(legacyAsk(old, {})).toEqual(ask(front, { view: 'feed' }));
  });

  test.each<[string, ReturnType<typeof legacyAsk>]>([
    ['/category/a/sleep/rss2', ask({ kind: 'term', of: 'category', slug: 'sleep' }, { view: 'feed' })], ['/tag/night/atom', ask({ kind: 'term', of: 'tag', slug: 'night' }, { view: 'feed' })],
    ['/author/marja/rss', ask({ kind: 'term', of: 'author', slug: 'marja' }, { view: 'feed' })], ['/tag/rss', ask({ kind: 'term', of: 'tag', slug: 'rss' })],
    ['/2016/05/13/cups/rdf', ask({ kind: 'path', paths: ['/2016/05/13/cups'] }, { view: 'feed' })], ['/2016/05/13/rss', ask({ kind: 'path', paths: ['/2016/05/13/rss'] })],
  ])('%s asks for a feed where something is named before its form', (old, expected) => {
    expect(legacyAsk(old, {})).toEqual(expected);
  });

  test.each(['/comments/feed', '/comments/feed/rss2', '/comments/atom', '/wp-commentsrss2.php', '/feeds/comments/default'])('%s asks for the feed of all comments', (old) => {
    expect(legacyAsk(old, {})).toEqual(ask(front, { view: 'comments' }));
  });
});

describe('an old query', () => {
  const number = (said: string) => ({ kind: 'number', number: said }) as const;
  test.each<[Parameters<typeof legacyAsk>[1], LegacyAsk | null]>([
    [{ p: '123' }, ask(number('123'))],
    [{ page_id: '7' }, ask(number('7'))],
    [{ attachment_id: '21' }, ask(number('21'))],
    [{ p: '5', cpage: '2' }, ask(number('5'), { commentPage: 2 })],
    [{ p: '5', feed: 'rss2' }, ask(number('5'), { view: 'feed' })],
    [{ p: '5', feed: 'comments-rss2' }, ask(number('5'), { view: 'feed' })],
    [{ feed: 'rss2' }, ask(front, { view: 'feed' })],
    [{ feed: 'comments-rss2' }, ask(front, { view: 'comments' })],
    [{ cat: '3' }, ask({ kind: 'term-number', of: 'category', number: '3' })],
    [{ cat: '3,4', paged: '2' }, ask({ kind: 'term-number', of: 'category', number: '3' }, { page: 2 })],
    [{ tag_id: '3' }, ask({ kind: 'term-number', of: 'tag', number: '3' })],
    [{ author: '1' }, ask({ kind: 'term-number', of: 'author', number: '1' })],
    [{ tag: 'night+day' }, ask(term('tag', 'night'))],
    [{ category_name: 'babies/first-year' }, ask(term('category', 'first-year'))],
    [{ author_name: 'marja' }, ask(term('author', 'marja'))],
    [{ m: '2016' }, ask({ kind: 'year', year: 2016 })],
    [{ m: '201605' }, ask(month)],
    [{ m: '20160513' }, ask(month)],
    [{ year: '2016', monthnum: '5' }, ask(month)],
    [{ year: '2016' }, ask({ kind: 'year', year: 2016 })],
    [{ s: 'good night' }, ask({ kind: 'search', words: 'good night' })],
    [{ s: '' }, ask({ kind: 'search', words: '' })],
    [{ name: 'slug' }, ask({ kind: 'name', slug: 'slug' })],
    [{ pagename: 'about/our-house' }, ask(path('/about/our-house'))],
    [{ paged: '2' }, ask(front, { page: 2 })],
    [{ paged: 'x', m: '1', cat: '-5' }, ask(front)],
    [{ p: '0' }, null], [{ p: '-1' }, null], [{ p: '1 OR 1=1' }, null], [{ p: '9'.repeat(30) }, null], [{ p: '' }, null], [{ attachment_id: 'x' }, null],
  ])('/?%j asks for %j', (query, expected) => {
    expect(legacyAsk('/', query)).toEqual(expected);
    expect(legacyAsk('/index.php', query)).toEqual(expected);
  });

  test('elsewhere a query says a page of comments, a feed or a picture, and nothing else', () => {
    expect(legacyAsk('/2016/05/13/slug', { cpage: '2', p: '9', s: 'x' })).toEqual(ask(path('/2016/05/13/slug'), { commentPage: 2 }));
    expect(legacyAsk('/2016/05/13/slug', { feed: 'rss2' })).toEqual(ask(path('/2016/05/13/slug'), { view: 'feed' }));
    expect(legacyAsk('/2016/05/13/slug', { attachment_id: '21' })).toEqual(ask(number('21')));
  });
});

test('whatever is asked, the ask is made of bounded numbers and never throws', () => {
  const segment = fc.oneof(fc.string({ unit: 'binary', maxLength: 20 }), fc.constantFrom('category', 'tag', 'page', 'feed', '2016', '05', '13', 'comment-page-2', 'index.php', 'amp', '99999999'));
  const query = fc.dictionary(fc.constantFrom(...OLD_QUERY_NAMES), fc.oneof(fc.string({ unit: 'binary', maxLength: 30 }), fc.nat().map(String)));
  fc.assert(fc.property(fc.array(segment, { maxLength: 8 }), query, (segments, asked) => {
    const found = legacyAsk(canonicalPath(`/${segments.join('/')}`), asked);
    if (!found) return;
    for (const said of [found.page, found.commentPage]) expect(said).toSatisfy((value: number) => Number.isInteger(value) && value >= 1 && value <= 100_000);
    if (found.thing.kind === 'path') expect(found.thing.paths.length).toBeLessThanOrEqual(4);
  }));
});
