import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toString } from 'hast-util-to-string';
import { SaxesParser } from 'saxes';
import sharp from 'sharp';
import { visit } from 'unist-util-visit';
import { beforeEach, describe, expect, test } from 'vitest';
import type { UploadedMedia } from '../../lib/media/schema';
import type { Section } from '../../lib/site/settings-form';
import { pieces } from '../unit/text/hostile';
import { actionId, DeskScript, type Fields, newSave } from '../support/desk-script';
import { useBlog } from '../support/blog';

// What somebody with a desk, or with their session, sends straight to the blog, past every form; then each page that shows it.
const blog = useBlog();

const RUN = 'window.hurt=1';
const HURT = `"><img src=x onerror=${RUN}>`;
const HOSTILE = `</title></script><script>${RUN}</script>${HURT}<svg onload=${RUN}>]]>{{7*7}}\u202e`;
const ADDRESSES = ['javascript:alert(1)', 'JaVaScRiPt:alert(1)', 'java\nscript:alert(1)', 'data:text/html,<script>1</script>', '//evil.example', '/\\evil.example', 'https:evil.example', 'https://me@evil.example', `https://e.example/${'x'.repeat(10_000)}`, '\u202ehttps://evil.example', ' '];

let desk: DeskScript;
let token: string;
beforeEach(async () => {
  token = (await blog.openSession('owner')).sessionToken;
  desk = new DeskScript(blog.url, token);
});

async function set(section: Section, fields: Fields) {
  const { said } = await desk.saveSection(section, '', fields);
  return said?.seen ? desk.saveSection(section, said.seen, fields) : desk.saveSection(section, '', fields);
}
const setWell = async (section: Section, fields: Fields) => expect([section, await set(section, fields)]).toEqual([section, expect.objectContaining({ status: 200, said: expect.objectContaining({ done: 'Saved.' }) })]);

/** What a browser would run, load or be led away by, of what came in as words. */
function dangersIn(html: string): string[] {
  const dangers: string[] = [];
  visit(fromHtml(html), 'element', (node: Element) => {
    const said = `<${node.tagName}> ${JSON.stringify(node.properties).slice(0, 200)}`;
    if (node.tagName === 'script' && toString(node).startsWith(RUN)) dangers.push(said);
    if (['base', 'object', 'embed'].includes(node.tagName)) dangers.push(said);
    for (const [name, value] of Object.entries(node.properties)) {
      if (/^on[a-z]|^srcDoc$/i.test(name)) dangers.push(said);
      if (['href', 'src', 'action', 'formAction', 'poster', 'data', 'xLinkHref'].includes(name) && /^[\s\p{C}]*(?:javascript|vbscript|data)\s*:/iu.test(String(value))) dangers.push(said);
      // A text may link to where it likes; nothing is loaded from there, or sent there.
      if (node.tagName !== 'a' && ['href', 'src', 'action', 'formAction', 'poster'].includes(name) && /^(?:x$|\/[/\\]|https?:)/.test(String(value).replace(blog.url, ''))) dangers.push(said);
    }
    if (node.tagName === 'meta' && /refresh/i.test(String(node.properties.httpEquiv))) dangers.push(said);
  });
  return dangers;
}

/** The whole texts in a feed, which are HTML to its reader; all else in it is plain. @throws where it is not well-formed */
function textsOfFeed(xml: string): string[] {
  const texts: string[] = [];
  const open: string[] = [];
  const parser = new SaxesParser();
  for (const kind of ['text', 'cdata'] as const) parser.on(kind, (text) => { if (open.at(-1) === 'content:encoded') texts.push(text); });
  parser.on('opentag', ({ name }) => open.push(name));
  parser.on('closetag', () => open.pop());
  parser.on('error', (error) => { throw error; });
  parser.write(xml).close();
  return texts;
}

async function uploadHostile(): Promise<UploadedMedia> {
  const bytes = await sharp({ create: { width: 64, height: 64, channels: 3, background: '#a53' } }).png().toBuffer();
  // What stands behind the end of a picture may be a page to somebody.
  const { status, said } = await desk.upload(`${HURT}.png`, Buffer.concat([bytes, Buffer.from(`<!DOCTYPE html>${HOSTILE}`)]));
  expect(status).toBe(201);
  return said!;
}

async function describeHostile(id: string): Promise<void> {
  expect(await desk.submit(`/admin/media/${id}`, actionId('describeAction', 'media'), { alt: '', done: null, message: null }, [['id', id], ['alt', HOSTILE]])).toMatchObject({ status: 200, said: { done: 'Saved.' } });
}

/** A post all of whose words are hostile, and out. */
async function publishHostile(assetId: string): Promise<{ id: string; slug: string }> {
  const save = newSave({ title: HOSTILE, html: `<p>${HOSTILE}</p>${pieces.join(' ')}<p><a href="${HURT}">a</a><img src="/media/x" alt="${HOSTILE}"></p>`, excerpt: HOSTILE, slug: '"><img src=x>/../../admin', categories: [HURT, HOSTILE], tags: [HURT, `</script>${HURT}`], cover: { assetId, alt: HOSTILE, focusX: 50, focusY: 50 } });
  const saved = await desk.save(save);
  const out = await desk.act(save.id, saved.said?.value?.seen ?? '', { to: 'published' }, save.tab);
  expect([saved.status, out.status, out.said?.ok]).toEqual([200, 200, true]);
  return { id: save.id, slug: out.said!.value!.slug };
}

const slugsOf = async (table: 'Category' | 'Tag', id: string) => (await blog.sql.query<{ slug: string }>(`SELECT t.slug FROM "Post${table}" pt JOIN "${table}" t ON t.id = pt."${table === 'Tag' ? 'tagId' : 'categoryId'}" WHERE pt."postId" = $1`, [id])).rows.map(({ slug }) => slug);

describe('settings sent straight to the blog', () => {
  test.each<[Section, Fields]>([
    ...ADDRESSES.map((to): [Section, Fields] => ['menu', [['own', 'own'], ['page', ''], ['to', to], ['label', 'x']]]),
    ...ADDRESSES.filter((to) => to.trim() !== '' && !to.includes('\n')).map((to): [Section, Fields] => ['elsewhere', [['social', to]]]),
    ['menu', [['own', 'own'], ['page', HURT], ['to', ''], ['label', 'x']]], ['menu', [['own', 'own'], ['page', ''], ['to', '/x'], ['label', 'x'.repeat(10_000)]]], ['menu', [['own', 'own'], ['page', ''], ['to', '/x'], ['label', '\0\u0007\u2028']]],
    ['name', [['title', 'x'.repeat(10_000)], ['tagline', '']]], ['name', [['title', '\0\u0001 '], ['tagline', '']]], ['look', [['palette', HURT], ['iconId', '']]], ['look', [['palette', 'clay'], ['iconId', HURT]]],
    ['about', [['about', 'x'.repeat(10_000)], ['pictureId', '']]], ['conduct', [['conduct', 'x'.repeat(10_000)]]], ['reading', [['postsPerPage', '1e9'], ['timeZone', HURT], ['language', HURT]]],
  ])('%s %j is refused, and changes nothing', async (section, fields) => {
    const before = (await blog.sql.query('SELECT * FROM "Site"')).rows;
    const { status, said } = await set(section, fields);
    expect([status, said?.done, Object.values(said?.fields ?? {})[0]]).toEqual([422, null, expect.stringMatching(/[A-Z“].{8,}/)]);
    expect((await blog.sql.query('SELECT * FROM "Site"')).rows).toEqual(before);
  });
});

test.each<[string, Buffer]>([
  ['an SVG', Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"><script>${RUN}</script></svg>`)],
  ['an SVG behind a comment', Buffer.from(`<!-- GIF89a --><svg xmlns="http://www.w3.org/2000/svg" onload="${RUN}"/>`)],
  ['a script that begins as a GIF', Buffer.from(`GIF89a/*${' '.repeat(40)}*/=1;${RUN};//${'x'.repeat(600)}`)],
])('%s is no picture of the blog', async (_, bytes) => {
  const { status, said, text } = await desk.upload('icon.png', bytes);
  expect([status, said && 'id' in said]).toEqual([422, false]);
  expect(text).not.toContain(RUN);
});

test('a page that begins as a picture is never shown as a page', async () => {
  const { said } = await desk.upload('icon.bmp', Buffer.from(`BM<script>${RUN}</script>${' '.repeat(600)}`));
  const { headers } = await blog.request(said!.path);
  expect([headers.get('content-type'), headers.get('x-content-type-options'), headers.get('content-security-policy')]).toEqual(['image/bmp', 'nosniff', expect.stringMatching(/^default-src 'none';.*sandbox$/)]);
  expect(await set('look', [['palette', 'clay'], ['iconId', said!.id]])).toMatchObject({ status: 422, said: { fields: { iconId: expect.any(String) } } });
});

test('hostile words in everything that a desk can set are words on every page, in the feeds, and in the desk itself', async () => {
  const media = await uploadHostile();
  await describeHostile(media.id);
  await setWell('name', [['title', HOSTILE], ['tagline', HOSTILE]]);
  await setWell('about', [['about', `${HOSTILE}\n\n[a](javascript:${RUN}) ![b](x) <a href="javascript:1">c</a>`], ['pictureId', media.id]]);
  await setWell('look', [['palette', 'clay'], ['iconId', media.id]]);
  await setWell('conduct', [['conduct', `${HOSTILE}\n\n[a](data:text/html,${RUN})`]]);
  await setWell('elsewhere', [['social', `https://evil.example/${HURT}?a='&b=<script>`]]);
  await setWell('menu', [['own', 'own'], ['page', ''], ['to', `/x${HURT}`], ['label', `\u202e${HURT}`], ['page', ''], ['to', `https://evil.example/${HURT}`], ['label', `</script>${HURT}`]]);
  const post = await publishHostile(media.id);
  expect(post.slug).toMatch(/^[\p{L}\p{N}-]+$/u);
  const picture = await blog.request(media.path);
  expect([picture.headers.get('content-type'), picture.headers.get('x-content-type-options'), (await picture.text()).includes(RUN)]).toEqual(['image/png', 'nosniff', false]);

  const [categories, tags] = [await slugsOf('Category', post.id), await slugsOf('Tag', post.id)];
  const { rows: [author] } = await blog.sql.query<{ slug: string }>('SELECT u.slug FROM "Post" p JOIN "User" u ON u.id = p."authorId" WHERE p.id = $1', [post.id]);
  const readers = ['/', `/posts/${post.slug}`, `/posts/${post.slug}/reply`, ...categories.map((slug) => `/categories/${slug}`), ...tags.map((slug) => `/tags/${slug}`), `/authors/${author?.slug}`, `/search?q=${encodeURIComponent(HOSTILE)}`, `/search?q=${encodeURIComponent(HURT)}`, '/privacy'];
  const own = ['/admin', '/admin/posts', `/admin/posts?q=${encodeURIComponent(HOSTILE)}`, `/admin/posts/${post.id}`, `/admin/posts/${post.id}/revisions`, `/admin/posts/${post.id}/discussion`, '/admin/posts/new', '/admin/media', `/admin/media?q=${encodeURIComponent(HURT)}`, `/admin/media/${media.id}`, '/admin/settings', '/account', '/sign-in'];
  for (const path of [...readers, ...own]) expect([path, dangersIn(await desk.read(path))]).toEqual([path, []]);
  expect(await desk.read('/')).toContain('&lt;/script&gt;');
  for (const path of ['/feed.xml', '/comments/feed.xml', `/posts/${post.slug}/feed.xml`]) {
    for (const text of textsOfFeed(await desk.read(path))) expect([text, dangersIn(text)]).toEqual([text, []]);
  }
  expect(textsOfFeed(await desk.read('/feed.xml')).join('')).toContain('{{7*7}}');

  const page = await blog.newPage({ allow: [/404: GET .*\/media\//] }); // as the hostile text names them
  await page.context().addCookies([{ name: 'authjs.session-token', value: token, url: blog.url, httpOnly: true, sameSite: 'Lax' }]);
  for (const path of [...readers.slice(0, 4), ...own]) {
    await page.goto(path, { waitUntil: 'networkidle' });
    expect([path, await page.evaluate(() => ['hurt' in window, document.querySelectorAll('img[src="x"], [onerror], [onload]').length])]).toEqual([path, [false, 0]]);
  }
});
