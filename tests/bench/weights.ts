import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { fieldsOfForm } from '../support/raw-request';
import { ask } from './ask';
import { fillBench, pageOf } from './content';
import { kept } from './kept-pages';
import type { Measure, Row } from './measure';
import { plainPage } from './plain-page';
import { readPostPage } from './views';
import type { World } from './world';

const KB = 1000;
const POST = pageOf(100);
const LIKE_A_BROWSER = { 'accept-encoding': 'gzip, deflate, br' };
const TYPED = ['comment', 'email', 'name', 'website', 'save'];

type Sent = { url: string; type: string; bytes: number };

/** What a page fetches, as sent: bodies as compressed, and heads. */
async function watchBytes(cdp: CDPSession): Promise<Sent[]> {
  const [begun, sent] = [new Map<string, { url: string; type: string }>(), [] as Sent[]];
  await cdp.send('Network.enable');
  cdp.on('Network.requestWillBeSent', ({ requestId, request, type = 'Other' }) => begun.set(requestId, { url: request.url, type }));
  cdp.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    const request = begun.get(requestId);
    if (request) sent.push({ ...request, bytes: encodedDataLength });
  });
  return sent;
}

type Script = { src: string; isBlocking: boolean; inlineBytes: number };

const scriptsOf = (page: Page): Promise<Script[]> =>
  page.evaluate(() => [...document.scripts].filter(({ type }) => ['', 'module', 'text/javascript'].includes(type)).map((script) => ({
    src: script.src, isBlocking: !(script.type === 'module' || (script.src !== '' && (script.defer || script.async))), inlineBytes: script.src ? 0 : new TextEncoder().encode(script.text).length,
  })));

/** Files that a window fetches and a headless browser may not: the icon, and the rules of the Speculation-Rules header. */
async function unseen(url: string, seen: readonly Sent[]): Promise<Sent[]> {
  const { body, headers } = await ask(url, { headers: { 'accept-encoding': 'identity' } });
  const icons = [...body.toString('utf8').matchAll(/<link[^>]*rel="icon"[^>]*href="([^"]+)"|<link[^>]*href="([^"]+)"[^>]*rel="icon"/g)].map(([, first, second]) => first ?? second ?? '');
  const rules = [...String(headers['speculation-rules'] ?? '').matchAll(/"([^"]+)"/g)].map(([, address = '']) => address);
  const missing = [...icons, ...rules].map((address) => new URL(address.replaceAll('&amp;', '&'), url).href).filter((address) => seen.every((one) => one.url !== address));
  return Promise.all(missing.map(async (address) => {
    const answer = await ask(address, { headers: LIKE_A_BROWSER });
    return { url: address, type: 'Other', bytes: answer.body.length + answer.raw.join(': \r\n').length };
  }));
}

async function firstVisit(url: string): Promise<{ sent: Sent[]; scripts: Script[] }> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    const sent = await watchBytes(await page.context().newCDPSession(page));
    await page.goto(url, { waitUntil: 'networkidle' });
    await page.evaluate(async () => { await document.fonts.ready; });
    return { sent: [...sent, ...(await unseen(url, sent))], scripts: await scriptsOf(page) };
  } finally {
    await browser.close();
  }
}

const sum = (sent: readonly Sent[]): number => sent.reduce((total, { bytes }) => total + bytes, 0);
const listed = (sent: readonly Sent[]) => Object.fromEntries(sent.map(({ url, type, bytes }) => [`${type} ${new URL(url).pathname}`, `${bytes} bytes`]));

async function run(world: World): Promise<Row[]> {
  await world.database('bench', fillBench);
  const server = await world.serve('bench');
  const url = server.url + POST;
  await kept(url);
  const { sent, scripts } = await firstVisit(url);
  const addressesOf = (some: readonly Script[]) => some.map(({ src }) => src);
  const bytesOf = (some: readonly Script[]) => sum(sent.filter((one) => addressesOf(some).includes(one.url))) + some.reduce((total, { inlineBytes }) => total + inlineBytes, 0);
  const blocking = scripts.filter(({ isBlocking }) => isBlocking);
  const fonts = sent.filter(({ type }) => type === 'Font');
  const others = sent.filter(({ type }) => type !== 'Font');
  const inline = { 'inline script': `${scripts.reduce((total, { inlineBytes }) => total + inlineBytes, 0)} bytes` };
  return [
    { what: 'script on a post page, as sent', bound: { atMost: 15, unit: 'KB' }, value: bytesOf(scripts) / KB, raw: { ...inline, ...listed(sent.filter((one) => addressesOf(scripts).includes(one.url))) } },
    { what: 'render-blocking script on a post page', bound: { atMost: 1, unit: 'KB' }, value: bytesOf(blocking) / KB, raw: { ...inline, 'scripts that block': blocking.length } },
    await againstPlain(world, url),
    { what: 'all that a first visit to a post page with 100 comments fetches, without fonts', bound: { under: 40, unit: 'KB' }, value: sum(others) / KB, raw: listed(others) },
    { what: 'fonts of a first visit', bound: { under: 80, unit: 'KB' }, value: sum(fonts) / KB, raw: listed(fonts) },
  ];
}

async function againstPlain(world: World, url: string): Promise<Row> {
  const page = await world.asBlog('bench', () => readPostPage(POST.split('/')[2]!));
  const { body } = await ask(url, { headers: { 'accept-encoding': 'identity' } });
  const hidden = Object.fromEntries(Object.entries(fieldsOfForm(body.toString('utf8'), 'Post Comment')).filter(([name]) => name !== '' && !TYPED.includes(name)));
  const plain = Buffer.from(plainPage(page, url, hidden));
  const [blog, least] = [gzipSync(body).length, gzipSync(plain).length];
  const sentGzip = (await ask(url, { headers: { 'accept-encoding': 'gzip' } })).body.length;
  const raw = { 'blog': `${body.length} bytes, ${blog} by gzip (as sent ${sentGzip})`, 'plainest': `${plain.length} bytes, ${least} by gzip` };
  return { what: 'HTML of a post page with 100 comments, gzip, against the plainest HTML of the same', bound: { atMost: 1.3, unit: '×' }, value: blog / least, raw };
}

export const weights: Measure = {
  name: 'weights',
  how: 'A browser with an empty cache opens the post with 100 comments; DevTools count what comes over the wire, heads included (KB of 1000 bytes), plus the icon and the speculation rules, which a headless browser may not ask for. The plainest HTML (`tests/bench/plain-page.ts`) has the same texts, ids, links, names, times, landmarks and form fields and no class, wrapper, `data-` attribute, style or script; both by zlib’s default gzip.',
  run,
};
