import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { crawl, crawlTable } from '../support/crawl';
import { oldAddressesOf } from '../support/old-addresses';
import { type CommentSpec, exportOf, type ItemSpec, fixture, writeExport } from '../support/wxr/write-export';

const blog = useBlog();

const OLD = 'https://made.example';
const category = (id: number, slug: string, parent = '') => `<wp:category><wp:term_id>${id}</wp:term_id><wp:category_nicename>${slug}</wp:category_nicename><wp:category_parent>${parent}</wp:category_parent><wp:cat_name>${slug}</wp:cat_name></wp:category>`;
const inCategory = (slug: string) => `<category domain="category" nicename="${slug}"><![CDATA[${slug}]]></category>`;
const inTag = (slug: string) => `<category domain="post_tag" nicename="${slug}"><![CDATA[${slug}]]></category>`;
const attachment = (id: number, parent: number, link: string) => ({ id, type: 'attachment', status: 'inherit', slug: `picture-${id}`, parent, link: OLD + link, more: `<wp:attachment_url>${OLD}/wp-content/uploads/2020/01/${id}.jpg</wp:attachment_url>` });

/** Threads of three, which are more to a page here than were there. */
const threads: CommentSpec[] = Array.from({ length: 120 }, (_, n) => [
  { id: 1000 + n, type: n % 30 === 0 ? 'pingback' : '', text: `Thread ${n}` },
  ...(n % 30 === 0 ? [] : [{ id: 2000 + n, parent: 1000 + n }, { id: 3000 + n, parent: 1000 + n }]),
]).flat();

// Each is an address of ours, or asked an old blog for something, and may have been a page there.
const COLLIDING = ['search', 'media', 'pictures', 'comments', 'signed-in', 'broken', 'missing', 'feed', 'posts', 'privacy', '2016', '404', 'healthz', 'tags', 'archive', 'wp-json'];

const madeExport = (more: ItemSpec[] = []) => exportOf([
  ...more,
  { id: 1, slug: 'long-talk', link: `${OLD}/2020/01/01/long-talk/`, comments: threads, more: inCategory('first-year') + inTag('night'), text: `See <a href="${OLD}/2020/01/01/with-a-picture/#more">this</a> and <a href="${OLD}/?p=3">that</a> and <a href="${OLD}/2020/01/01/ours-alone/">ours</a>.` },
  { id: 2, slug: 'with-a-picture', link: `${OLD}/2020/01/01/with-a-picture/`, more: inCategory('babies') },
  { id: 3, slug: '%e6%98%8e%e3%81%8b%e3%82%8a', link: `${OLD}/2020/01/01/%e6%98%8e%e3%81%8b%e3%82%8a/`, more: inTag('%e6%98%8e') },
  { id: 4, slug: 'ours-alone', link: `${OLD}/2020/01/01/ours-alone/`, status: 'private', more: inCategory('ours') },
  { id: 5, type: 'page', slug: 'about-us', link: `${OLD}/about-us/` },
  { id: 6, type: 'page', slug: 'our-house', parent: 5, link: `${OLD}/about-us/our-house/` },
  attachment(21, 2, '/2020/01/01/with-a-picture/picture-21/'),
  attachment(22, 4, '/2020/01/01/ours-alone/picture-22/'),
  attachment(23, 0, '/picture-23/'),
], `<wp:author><wp:author_id>7</wp:author_id><wp:author_login>maker</wp:author_login><wp:author_email>maker@made.example</wp:author_email><wp:author_display_name>The Maker</wp:author_display_name></wp:author>
${category(2, 'babies')}${category(3, 'first-year', 'babies')}${category(4, 'ours')}<wp:tag><wp:term_id>5</wp:term_id><wp:tag_slug>night</wp:tag_slug><wp:tag_name>night</wp:tag_name></wp:tag>`);

const pagesAtOurs = COLLIDING.map((slug, index): ItemSpec => ({ id: 100 + index, type: 'page', slug, link: `${OLD}/${slug}/`, text: `The page ${slug}` }));

const ask = (path: string) => blog.request(path);

test.each([['the export of every case', () => fixture('blog-1.2.xml')], ['one with a long talk', () => writeExport(madeExport())]] as const)('every address that %s names answers with a page, or with one redirect to one, or is rightly not there', async (_what, fileOf) => {
  const file = fileOf();
  await blog.command('import', file, '--no-media');
  const crawled = await crawl(ask, oldAddressesOf(file));
  expectValue(crawled.length).toBeGreaterThan(150);
  expectValue(crawled.some(({ outcome }) => outcome === 'wrong'), crawlTable(crawled)).toBe(false);
  for (const outcome of ['page', 'moved', 'nowhere']) expectValue(crawled.some((one) => one.outcome === outcome)).toBe(true);
});

test('a page that stood at an address of ours is shown at another, to which its own leads where it can', async () => {
  await blog.command('import', writeExport(madeExport(pagesAtOurs)), '--no-media');
  for (const slug of COLLIDING) {
    const { rows } = await blog.sql.query<{ slug: string }>(`SELECT slug FROM "Post" WHERE kind = 'page' AND title = $1`, [`Post ${100 + COLLIDING.indexOf(slug)}`]);
    const shown = await blog.request(`/${rows[0]!.slug}`);
    expectValue([slug, shown.status, (await shown.text()).includes(`The page ${slug}`)]).toEqual([slug, 200, true]);
  }
  for (const [old, place] of [['/pictures/', '/pictures-2'], ['/media/', '/media-2'], ['/comments/', '/comments-2'], ['/posts/', '/posts-2']]) {
    const moved = await blog.request(old!);
    expectValue([old, moved.status, moved.headers.get('location')]).toEqual([old, 308, place]);
  }
});

test('whoever reads the old blog’s feeds, in whichever form, is led to ours in one hop; an old JSON feed to JSON', async () => {
  await blog.command('import', writeExport(madeExport()), '--no-media');
  const forms = ['', 'rss2/', 'rss/', 'rdf/', 'atom/'];
  const old = forms.flatMap((form): [string, string][] => [
    [`/feed/${form}`, '/feed.xml'], [`/comments/feed/${form}`, '/comments/feed.xml'], [`/2020/01/01/long-talk/feed/${form}`, '/posts/long-talk/feed.xml'],
    [`/category/babies/first-year/feed/${form}`, '/categories/first-year/feed.xml'], [`/tag/night/feed/${form}`, '/tags/night/feed.xml'],
  ]);
  const short = forms.slice(1).flatMap((form): [string, string][] => [[`/comments/${form}`, '/comments/feed.xml'], [`/category/babies/first-year/${form}`, '/categories/first-year/feed.xml'], [`/tag/night/${form}`, '/tags/night/feed.xml'], [`/2020/01/01/long-talk/${form}`, '/posts/long-talk/feed.xml']]);
  const asked: [string, string][] = [['/?feed=rss2', '/feed.xml'], ['/?feed=comments-rss2', '/comments/feed.xml'], ['/?feed=rss2&p=1', '/posts/long-talk/feed.xml']];
  for (const [path, target] of [...old, ...short, ...asked]) {
    const moved = await blog.request(path);
    expectValue([path, moved.status, moved.headers.get('location')]).toEqual([path, 308, target]);
    expectValue([target, (await blog.request(target)).status]).toEqual([target, 200]);
  }
  await blog.change(`WITH moved AS (UPDATE "Post" SET slug = 'longer-talk' WHERE slug = 'long-talk' RETURNING id) INSERT INTO "Redirect" (path, "postId") SELECT '/posts/long-talk', id FROM moved`);
  for (const form of ['xml', 'json']) expectValue((await blog.request(`/posts/long-talk/feed.${form}`)).headers.get('location')).toBe(`/posts/longer-talk/feed.${form}`);
});

test('an old link to one comment ends at it, on whatever page it stands now', async () => {
  await blog.command('import', writeExport(madeExport()), '--no-media');
  const page = await blog.newPage();
  for (const number of [1001, 2119, 3061, 1030]) {
    for (const old of [`/2020/01/01/long-talk/#comment-${number}`, `/2020/01/01/long-talk/comment-page-2/#comment-${number}`, `/2020/01/01/long-talk/comment-page-99/#comment-${number}`]) {
      await page.goto(old);
      const { rows } = await blog.sql.query<{ id: string }>('SELECT "publicId" AS id FROM "Comment" WHERE "legacyNumber" = $1', [number]);
      await expect(page.locator(`#comment-${rows[0]!.id}`)).toBeInViewport();
      expectValue(new URL(page.url()).pathname).toMatch(/^\/posts\/long-talk(\/comments\/\d+)?$/);
    }
  }
});

test('what an old address leads to ends when it is no longer public', async () => {
  await blog.command('import', writeExport(madeExport()), '--no-media');
  const old = ['/2020/01/01/with-a-picture/', '/?p=2', '/2020/01/01/with-a-picture/feed/', '/2020/01/01/with-a-picture/picture-21/', '/?attachment_id=21', '/2020/01/01/with-a-picture/comment-page-2/'];
  for (const path of old) expectValue([path, (await blog.request(path)).status]).toEqual([path, 308]);
  await blog.change(`UPDATE "Post" SET status = 'private' WHERE slug = 'with-a-picture'`);
  for (const path of [...old, '/posts/with-a-picture/feed.xml']) expectValue([path, (await blog.request(path)).status]).toEqual([path, 404]);
  for (const feed of ['/feed.xml', '/comments/feed.xml']) expectValue(await (await blog.request(feed)).text()).not.toContain('/posts/with-a-picture');
});
