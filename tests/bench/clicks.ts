import type { CDPSession, Page } from 'playwright-core';
import { launchBrowser } from '../support/browser';
import { fillBench } from './content';
import { type Measure, type Pace, type Row, times } from './measure';
import { slowNetwork } from './slow-network';
import { median, percentile } from './statistics';
import type { World } from './world';

const CLICKS = 12;
const DELAY_MS = 150;
const PATIENCE_MS = 5_000;
const WARM_UPS = 2;

type Browsing = { page: Page; cdp: CDPSession; url: string };

/** A visitor whose browser has the style sheet and the font already. */
async function withVisitor(url: string, work: (browsing: Browsing) => Promise<void>): Promise<void> {
  const browser = await launchBrowser();
  try {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.addInitScript(() => addEventListener('click', (event) => sessionStorage.setItem('clickedAt', String(performance.timeOrigin + event.timeStamp)), true));
    await page.goto(url, { waitUntil: 'networkidle' });
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('Preload.enable');
    await work({ page, cdp, url });
  } finally {
    await browser.close();
  }
}

/** Waits until the browser has fetched a page ahead. @throws when it does not */
function untilFetchedAhead(cdp: CDPSession, address: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => reject(new Error(`The browser did not fetch ${address} ahead when its link was hovered.`)), PATIENCE_MS);
    cdp.on('Preload.prefetchStatusUpdated', ({ prefetchUrl, status }) => {
      if (prefetchUrl !== address || !['Ready', 'Success'].includes(status)) return;
      clearTimeout(late);
      resolve();
    });
  });
}

/** Opens a list of posts, clicks one of its links, and gives the milliseconds from the click to the first paint of the post. */
async function clickMs({ page, cdp, url }: Browsing, number: number, hovered: boolean): Promise<number> {
  await page.goto(`${url}/page/${2 + number}`, { waitUntil: 'networkidle' });
  const link = page.locator('main article h2 a').nth(number % 5);
  const address = await link.evaluate((element) => (element as HTMLAnchorElement).href);
  await link.scrollIntoViewIfNeeded();
  const box = await link.boundingBox();
  if (!box) throw new Error('The link is not seen.');
  const [x, y] = [box.x + Math.min(20, box.width / 2), box.y + box.height / 2];
  if (hovered) {
    const ahead = untilFetchedAhead(cdp, address);
    await page.mouse.move(x, y);
    await ahead;
  }
  await Promise.all([page.waitForURL(address, { waitUntil: 'load' }), page.mouse.click(x, y)]);
  await page.waitForFunction(() => performance.getEntriesByName('first-paint').length > 0);
  return page.evaluate(() => performance.timeOrigin + (performance.getEntriesByName('first-paint')[0]?.startTime ?? Number.NaN) - Number(sessionStorage.getItem('clickedAt')));
}

async function run(world: World, pace: Pace): Promise<Row[]> {
  await world.database('bench', fillBench);
  const { url } = await world.serve('bench');
  const [hovered, cold]: [number[], number[]] = [[], []];
  let complaint: string | null = null;
  const slow = await slowNetwork(url, DELAY_MS);
  await withVisitor(slow.url, async (browsing) => {
    for (let click = 0; click < WARM_UPS + times(CLICKS, pace, 3); click++) {
      // Where nothing is fetched ahead, what a click costs without it is still worth knowing.
      const ahead: number | null = complaint === null ? await clickMs(browsing, 2 * click, true).catch((error: Error) => { complaint = error.message; return null; }) : null;
      const without = await clickMs(browsing, 2 * click + 1, false);
      if (click >= WARM_UPS) cold.push(without);
      if (click >= WARM_UPS && ahead !== null) hovered.push(ahead);
    }
  }).finally(slow.close);
  const raw = (values: number[]) => ({ clicks: values.length, median: `${median(values).toFixed(1)} ms`, shortest: `${Math.min(...values).toFixed(1)} ms`, p90: `${percentile(values, 0.9).toFixed(1)} ms` });
  return [
    { what: 'click to first paint with 150 ms of network delay: a hovered link', bound: { under: 60, unit: 'ms' }, value: complaint === null ? median(hovered) : Number.NaN, raw: complaint === null ? raw(hovered) : { 'not measured': complaint } },
    { what: 'click to first paint with 150 ms of network delay: without hover', bound: { atLeast: 150, unit: 'ms' }, value: median(cold), raw: raw(cold) },
  ];
}

export const clicks: Measure = {
  name: 'clicks',
  how: 'A browser on a network on which every answer arrives 150 ms late (DevTools’ own delay leaves out what is fetched ahead) follows links from lists of posts to posts it has not seen, in turn after the hovered page was fetched ahead and without a hover; from the click event to the first paint that the new page reports. Style sheet and font are in its cache. Medians.',
  run,
};
