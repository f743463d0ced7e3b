import { JSDOM } from 'jsdom';
import sharp from 'sharp';
import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { readFeed } from '../support/rss';
import { findOpenPost } from '../support/stories';

const blog = useBlog();

const documentAt = async (path: string) => new JSDOM(await (await blog.request(path)).text()).window.document;
const content = (document: Document, name: string) => document.querySelector(`meta[property="${name}"], meta[name="${name}"]`)?.getAttribute('content') ?? null;
const feedsOf = (document: Document) => [...document.querySelectorAll('link[rel=alternate]')].map((link) => [link.getAttribute('type'), link.getAttribute('href')]);

type Told = { '@type': string; headline?: string; text?: string; author: { name: string }; comment?: Told[]; commentCount?: number };
const deepest = (told: Told): number => 1 + Math.max(0, ...(told.comment ?? []).map(deepest));
const all = (told: Told): Told[] => (told.comment ?? []).flatMap((one) => [one, ...all(one)]);

test('a post says what it is to whoever finds or shares it', async () => {
  const post = await findOpenPost(blog);
  const document = await documentAt(post.path);
  expectValue(document.querySelector('link[rel=canonical]')?.getAttribute('href')).toBe(blog.url + post.path);
  expectValue(['og:type', 'og:title', 'og:url', 'og:site_name', 'twitter:card'].map((name) => content(document, name))).toEqual(['article', post.title, blog.url + post.path, 'Small Hours', 'summary_large_image']);
  expectValue(content(document, 'og:description')).toBeTruthy();
  expectValue(content(document, 'article:published_time')).toMatch(/^\d{4}-/);
  const picture = content(document, 'og:image')!;
  expectValue([picture.startsWith(`${blog.url}${post.path}/share.jpg?v=`), content(document, 'og:image:width'), content(document, 'og:image:height')]).toEqual([true, '1200', '630']);
  const drawn = await blog.request(new URL(picture).pathname);
  expectValue([drawn.status, drawn.headers.get('content-type')]).toEqual([200, 'image/jpeg']);
  const { width, height, format } = await sharp(Buffer.from(await drawn.arrayBuffer())).metadata();
  expectValue([width, height, format]).toEqual([1200, 630, 'jpeg']);
  expectValue(feedsOf(document)).toEqual([
    ['application/rss+xml', `${blog.url}/feed.xml`], ['application/rss+xml', `${blog.url}${post.path}/feed.xml`],
    ['application/feed+json', `${blog.url}/feed.json`], ['application/feed+json', `${blog.url}${post.path}/feed.json`],
  ]);
});

test('its comments are told to machines as they stand below one another, and nothing that a reader wrote ends the telling', async () => {
  const post = await findOpenPost(blog);
  await blog.change(`UPDATE "Comment" SET name = '</script><script>alert(1)</script>', html = '<p>Two &lt; three &amp; <em>more</em>.</p>' WHERE id = (
    SELECT c.id FROM "Comment" c JOIN "Post" p ON p.id = c."postId" WHERE p.slug = $1 AND c.status = 'approved' ORDER BY c."createdAt" LIMIT 1)`, [post.slug]);
  const document = await documentAt(post.path);
  const scripts = [...document.querySelectorAll('script[type="application/ld+json"]')];
  expectValue(scripts).toHaveLength(1);
  const told = JSON.parse(scripts[0]!.textContent!) as Told;
  expectValue([told['@type'], told.headline, told.commentCount, all(told).length]).toEqual(['BlogPosting', post.title, post.count, post.count]);
  expectValue(deepest(told)).toBeGreaterThan(2);
  expectValue(all(told).filter(({ author, text }) => author.name === '</script><script>alert(1)</script>' && text === 'Two < three & more.')).toHaveLength(1);
  expectValue([...document.querySelectorAll('script')].map((script) => script.textContent).join('')).not.toContain('</script>');
});

test('where search engines may not quote comments, the discussion asks them not to, kept or not, and machines are told the post alone', async () => {
  const post = await findOpenPost(blog);
  const seen = async () => {
    const document = await documentAt(post.path);
    const told = JSON.parse(document.querySelector('script[type="application/ld+json"]')!.textContent!) as Told;
    return [document.querySelector('#comments')!.hasAttribute('data-nosnippet'), document.querySelectorAll('[data-nosnippet] article').length, all(told).length, told.commentCount];
  };
  expectValue(await seen()).toEqual([false, 0, post.count, post.count]);
  const desk = await blog.newPage();
  await blog.signIn(desk, 'owner');
  await desk.goto('/admin/settings');
  const section = desk.getByRole('region', { name: 'Search engines and other sites' });
  await section.getByRole('checkbox', { name: 'Search engines may quote comments' }).uncheck();
  await section.getByRole('button', { name: 'Save' }).click();
  await expect(section.getByRole('status')).toHaveText('Saved.');
  await expect.poll(seen).toEqual([true, post.count, 0, post.count]);
  expectValue(await seen()).toEqual([true, post.count, 0, post.count]);
  await desk.reload();
  await expect(section.getByRole('checkbox', { name: 'Search engines may quote comments' })).not.toBeChecked();
  await expect(section.getByRole('checkbox', { name: /Webmention/ })).toBeChecked();
});

test('the front page and lists are found by their one address, and lead to their feeds', async () => {
  const front = await documentAt('/');
  expectValue([front.querySelector('link[rel=canonical]')?.getAttribute('href'), content(front, 'og:type'), content(front, 'og:image')]).toEqual([blog.url, 'website', `${blog.url}/share.jpg`]);
  expectValue(front.title).toBe('Small Hours');
  const tag = front.querySelector('a[href^="/tags/"]')?.getAttribute('href') ?? (await documentAt((await findOpenPost(blog)).path)).querySelector('a[href^="/tags/"]')!.getAttribute('href')!;
  const list = await documentAt(tag);
  expectValue(feedsOf(list)).toContainEqual(['application/rss+xml', `${blog.url}${tag}/feed.xml`]);
  const feed = await blog.request(`${tag}/feed.xml`);
  expectValue([feed.status, feed.headers.get('content-type')]).toEqual([200, 'application/rss+xml; charset=utf-8']);
  expectValue(readFeed(await feed.text()).items.length).toBeGreaterThan(0);
  expectValue((await blog.request('/tags/no-such-tag/feed.json')).status).toBe(404);
});

test('what is only for those who have its address says so, and is told to nobody', async () => {
  const post = await findOpenPost(blog);
  await blog.change(`UPDATE "Post" SET status = 'unlisted' WHERE slug = $1`, [post.slug]);
  const document = await documentAt(post.path);
  expectValue(document.querySelector('script[type="application/ld+json"]')).toBeNull();
  expectValue(content(document, 'robots')).toContain('noindex');
  const parts = (await (await blog.request('/sitemap.xml')).text()).match(/<loc>[^<]*/g)!.map((found) => new URL(found.slice(5)).pathname);
  expectValue(parts).toContain('/sitemaps/posts-1.xml');
  for (const path of [...parts, '/feed.xml', '/feed.json', '/comments/feed.xml', '/comments/feed.json']) {
    const answer = await blog.request(path);
    expectValue([path, answer.status, (await answer.text()).includes(post.path)]).toEqual([path, 200, false]);
  }
  await blog.change(`UPDATE "Post" SET status = 'private' WHERE slug = $1`, [post.slug]);
  for (const path of ['share.jpg', 'feed.xml', 'feed.json']) expectValue([path, (await blog.request(`${post.path}/${path}`)).status]).toEqual([path, 404]);
});

test.each(['/feed.xml', '/feed.json', '/comments/feed.xml', '/comments/feed.json', '/sitemap.xml', '/sitemaps/pages.xml', '/robots.txt', '/share.jpg'])('%s is sent again only when it is another', async (path) => {
  const first = await blog.request(path);
  expectValue(first.status).toBe(200);
  await first.arrayBuffer();
  const again = await blog.request(path, { headers: { 'if-none-match': first.headers.get('etag')! } });
  expectValue(again.status).toBe(304);
  await blog.change(`UPDATE "Site" SET title = title || ' and Days'`);
  const changed = await blog.request(path, { headers: { 'if-none-match': first.headers.get('etag')! } });
  expectValue(changed.status).toBe(/sitemap|robots/.test(path) ? 304 : 200);
});

test('robots.txt leads to the sitemap, and every address in it is there', async () => {
  const robots = await (await blog.request('/robots.txt')).text();
  expectValue(robots).toContain(`Sitemap: ${blog.url}/sitemap.xml`);
  const locations = async (path: string) => (await (await blog.request(path)).text()).match(/<loc>[^<]*/g)!.map((found) => found.slice(5));
  const addresses = (await Promise.all((await locations('/sitemap.xml')).map(async (part) => locations(new URL(part).pathname)))).flat();
  expectValue(addresses.length).toBeGreaterThan(3);
  for (const address of addresses) expectValue([address, (await blog.request(new URL(address).pathname)).status]).toEqual([address, 200]);
});
