import { expect as expectValue, test } from 'vitest';
import { expect, useBlog } from '../support/blog';
import { DeskScript } from '../support/desk-script';
import { addPictureAndTable, listReaderPages, makeLongDiscussion } from '../support/reader-pages';
import { MP4, PDF, pictureIn } from '../support/sample-files';
import { articleWith, findOpenPost, postComment } from '../support/stories';

const blog = useBlog();

const DESK_PAGES = ['/admin/health', '/admin/posts', '/admin/rules', '/admin/settings', '/sign-in', '/sign-in/link', ...['pending', 'approved', 'spam', 'trash', 'all'].map((queue) => `/admin/comments?queue=${queue}`)];

/** What the policy of a page refuses, by the directive that refuses it. */
const FORBIDDEN = {
  'script-src-elem': () => document.body.append(Object.assign(document.createElement('script'), { textContent: 'document.title = "taken"' })),
  'style-src-elem': () => document.body.append(Object.assign(document.createElement('style'), { textContent: 'body { display: none }' })),
  'style-src-attr': () => document.body.setAttribute('style', 'display: none'),
  'frame-src': () => document.body.append(Object.assign(document.createElement('iframe'), { src: 'https://elsewhere.example/' })),
  'media-src': () => document.body.append(Object.assign(document.createElement('video'), { src: 'https://elsewhere.example/film.mp4' })),
  'img-src': () => document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/pixel.gif' })),
  'object-src': () => document.body.append(Object.assign(document.createElement('object'), { data: 'https://elsewhere.example/applet' })),
  'connect-src': () => void fetch('https://elsewhere.example/').catch(() => undefined),
};

test.each(Object.entries(FORBIDDEN))('a violation of %s on a page of readers is noticed', async (directive, violate) => {
  const page = await blog.newPage();
  await page.goto('/');
  await page.evaluate(violate);
  const noticed: string[] = [];
  await expect.poll(() => noticed.push(...blog.takeComplaints()) && noticed.some((complaint) => complaint.startsWith(`console error: policy violation: ${directive} `))).toBe(true);
});

test('a picture or script from elsewhere at the desk is noticed', async () => {
  const page = await blog.newPage();
  await page.goto('/sign-in');
  const violate = () => page.evaluate(() => {
    document.body.append(Object.assign(document.createElement('img'), { src: 'https://elsewhere.example/pixel.gif' }));
    document.body.insertAdjacentHTML('beforeend', '<p onclick="document.title = 1">Press</p>');
    // The browser looks at it when it is wanted.
    document.body.querySelector<HTMLElement>('p[onclick]')?.click();
  });
  const noticed: string[] = [];
  const isNoticed = (directive: string) => noticed.some((complaint) => complaint.startsWith(`console error: policy violation: ${directive} `));
  // Again each time: React, which is only waking up then, may take away what it did not make before the browser looks at it.
  await expect.poll(async () => {
    await violate();
    noticed.push(...blog.takeComplaints());
    return isNoticed('img-src') && isNoticed('script-src-attr');
  }).toBe(true);
});

test('no page of readers violates its policy, whatever is done on it', async () => {
  const page = await blog.newPage({ allow: [/^request to another origin: https:\/\/www\.youtube-nocookie\.com\//] });
  for (const path of [await makeLongDiscussion(blog), ...(await listReaderPages(blog))]) await page.goto(path);
  await page.goto(await addPictureAndTable(blog));
  await page.getByRole('button', { name: 'Dark theme' }).click();
  await page.getByRole('link', { name: 'Play video on YouTube' }).click();
  await expect(page.frameLocator('iframe[title="Video on YouTube"]').locator('body')).toBeAttached();
  await expect(page.getByRole('link', { name: 'Picture: A cat at pictures.example' })).toHaveAttribute('href', 'https://pictures.example/cat.png');
  await page.getByRole('link', { name: /^Reply to / }).first().click();
  await page.getByRole('link', { name: 'Cancel reply' }).click();
  await postComment(page, { comment: 'Refused.', email: 'nobody' });
  await expect(page.getByRole('alert').first()).toBeVisible();
  await postComment(page, { comment: 'Held.' });
  await expect(articleWith(page, 'Held.')).toBeVisible();
});

test('no page of the desk violates its policy, whatever is done on it', async () => {
  const { path } = await findOpenPost(blog);
  const guest = await blog.newPage({ javaScript: false });
  await guest.goto(path);
  await postComment(guest, { comment: 'Held.' });
  const page = await blog.newPage();
  await blog.signIn(page, 'owner');
  for (const address of DESK_PAGES) await page.goto(address, { waitUntil: 'networkidle' });
  await page.goto('/admin/comments');
  await articleWith(page, 'Held.').getByRole('button', { name: 'Approve', exact: true }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
});

/** What can be asked for of every kind, and how: pages of readers and of the desk, kept files, feeds, what is missing or refused. */
async function everyAsk(): Promise<[string, RequestInit][]> {
  const { path } = await findOpenPost(blog);
  const { sessionToken } = await blog.openSession('owner');
  const desk = new DeskScript(blog.url, sessionToken);
  const files = (await Promise.all(([['dot.png', await pictureIn('png')], ['plan.pdf', PDF], ['film.mp4', MP4]] as const).map(([name, bytes]) => desk.upload(name, bytes)))).map(({ said }) => said!.path);
  return [
    ...[...(await listReaderPages(blog)), ...DESK_PAGES, ...files, ...PLAIN, '/%E0%A4%A', '/_next/static/none.js', '/admin/none', '//elsewhere.example', '/admin/live'].map((address): [string, RequestInit] => [address, {}]),
    ...DESK_PAGES.map((address): [string, RequestInit] => [address, { headers: { cookie: `authjs.session-token=${sessionToken}` } }]),
    [path, { method: 'POST' }], [path, { method: 'PUT' }], [path, { method: 'OPTIONS' }], ['/icon.svg', { headers: { 'accept-encoding': 'br' } }],
    ...files.flatMap((address): [string, RequestInit][] => [[address, { headers: { range: 'bytes=0-1' } }], [address, { headers: { 'if-none-match': '*' } }], [address, { headers: { range: 'bytes=99999999-' } }]]),
  ];
}

const PLAIN = ['/healthz', '/readyz', '/icon.svg', '/feed.xml', '/feed.json', '/sitemap.xml', '/robots.txt', '/share.jpg', '/speculation-rules.json'];

test('no answer may be shown within another page, takes its addresses from a base that somebody put there, or is read by another site', async () => {
  for (const [address, init] of await everyAsk()) {
    const answer = await blog.request(address, { ...init, headers: { ...init.headers, ...(init.method === undefined && { origin: 'https://elsewhere.example' }) } });
    await answer.body?.cancel();
    const policy = answer.headers.get('content-security-policy')?.split('; ') ?? [];
    expectValue([address, policy.filter((directive) => /^(frame-ancestors|base-uri)/.test(directive)).sort()]).toEqual([address, ["base-uri 'none'", "frame-ancestors 'none'"]]);
    expectValue([address, [...answer.headers.keys()].filter((name) => name.startsWith('access-control-'))]).toEqual([address, []]);
    expectValue([address, answer.headers.get('x-content-type-options')]).toEqual([address, 'nosniff']);
  }
});

test('no answer allows a script because it stands in a page, or text to become one', async () => {
  const { path } = await findOpenPost(blog);
  const { sessionToken } = await blog.openSession('owner');
  const icon = '/icon.svg';
  const asks: [string, RequestInit][] = [
    ...[...(await listReaderPages(blog)), ...DESK_PAGES, '/healthz', icon, '/%E0%A4%A', '/_next/static/none.js', '/admin/none'].map((address): [string, RequestInit] => [address, {}]),
    ...DESK_PAGES.map((address): [string, RequestInit] => [address, { headers: { cookie: `authjs.session-token=${sessionToken}` } }]),
    [path, { method: 'POST' }], [path, { method: 'PUT' }], [icon, { headers: { 'accept-encoding': 'br' } }],
  ];
  for (const [address, init] of asks) {
    const answer = await blog.request(address, init);
    const policy = answer.headers.get('content-security-policy') ?? '';
    const scripts = policy.split('; ').filter((directive) => /^(script|default)-src/.test(directive));
    expectValue([address, scripts.length, scripts.some((directive) => /unsafe|data:|blob:|http|\*/.test(directive))]).toEqual([address, 2, false]);
    const nonces = policy.match(/'nonce-[^']+'/g) ?? [];
    expectValue([address, nonces.length]).toEqual([address, DESK_PAGES.includes(address) ? 1 : nonces.length]);
    await answer.body?.cancel();
  }
});
