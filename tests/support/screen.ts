import type { Page, Route } from 'playwright-core';

type Shift = { value: number; what: string[] };
type Watched = typeof globalThis & { layoutShifts: Shift[] };

function noteShifts(): void {
  const shifts: Shift[] = [];
  (globalThis as Watched).layoutShifts = shifts;
  const words = (node: Node | null | undefined) => (node instanceof Element ? `${node.tagName.toLowerCase()}.${node.className}` : node?.nodeName ?? 'gone');
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries() as (PerformanceEntry & { value: number; sources: { node?: Node }[] })[]) shifts.push({ value: entry.value, what: entry.sources.map(({ node }) => words(node)) });
  }).observe({ type: 'layout-shift', buffered: true });
}

/** From now on this page's documents note what moves in them. */
export const watchShifts = (page: Page): Promise<unknown> => page.addInitScript(noteShifts);

/** What has moved so far, once two more frames have been painted and every font has come or failed. */
export const shiftsOf = (page: Page): Promise<Shift[]> =>
  page.evaluate(async () => {
    await document.fonts.ready;
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return (globalThis as Watched).layoutShifts;
  });

/** Where everything that is shown stands, down to the end of the page: what moves below the window is no shift to the browser, but is to who scrolls there. */
export const placesOf = (page: Page): Promise<string[]> =>
  page.evaluate(() => [...document.querySelectorAll('body *')].filter((one) => one.checkVisibility() && one.tagName !== 'NEXT-ROUTE-ANNOUNCER').map((one) => {
    const { top, height } = one.getBoundingClientRect();
    return `${one.tagName.toLowerCase()}.${one.className} ${Math.round(top + scrollY)} ${Math.round(height)}`;
  }));

const SLOW = { offline: false, latency: 100, downloadThroughput: 400_000, uploadThroughput: 100_000 };

/** A slow line to an empty cache, on which every font waits until it is released. */
export async function slowFonts(page: Page): Promise<{ release: () => Promise<void> }> {
  const line = await page.context().newCDPSession(page);
  await line.send('Network.enable');
  await line.send('Network.setCacheDisabled', { cacheDisabled: true });
  await line.send('Network.emulateNetworkConditions', SLOW);
  const waiting: Route[] = [];
  let isReleased = false;
  await page.route('**/*.woff2', (route) => (isReleased ? route.continue() : void waiting.push(route)));
  page.on('framenavigated', () => { isReleased = false; });
  return {
    release: async () => {
      isReleased = true;
      await Promise.all(waiting.splice(0).map((route) => route.continue()));
    },
  };
}

/** What stands out of the page to a side; nothing where the page does not scroll that way. */
export const sidewaysIn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const wide = [...document.querySelectorAll('body *')].filter((element) => {
      const { left, right, width } = element.getBoundingClientRect();
      return width > 0 && (left < -0.5 || right > clientWidth + 0.5);
    });
    return [`${scrollWidth} px of ${clientWidth}`, ...wide.slice(-3).map((element) => `${element.tagName.toLowerCase()}.${element.className}`)];
  });

/** The controls that lie under something else even when they are scrolled to, as the focus scrolls. */
export const hiddenUnderSticky = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const controls = [...document.querySelectorAll<HTMLElement>('main :is(a[href], button, input, textarea, select, summary)')].filter((one) => one.checkVisibility({ visibilityProperty: true, opacityProperty: true }) && one.tabIndex >= 0);
    return controls.filter((control) => {
      control.focus();
      return document.activeElement === control && ![...control.getClientRects()].some(({ left, right, top, bottom }) => {
        const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
        const over = document.elementFromPoint(x, y);
        return over !== null && (control.contains(over) || over.contains(control) || over.closest('label')?.contains(control));
      });
    }).map((control) => `${control.tagName.toLowerCase()} ${control.id} “${(control.textContent ?? '').trim().slice(0, 40)}”`);
  });
