import type { Locator, Page } from 'playwright-core';
import { assert } from 'vitest';

export type Focus = {
  /** What has it, in words. */
  words: string;
  isLost: boolean;
  /** It has an outline, in a colour that is not its ground's. */
  isMarked: boolean;
  /** It is in the window, and nothing lies over it. */
  isSeen: boolean;
  /** How many controls come before it, it included. */
  steps: number;
  header: boolean;
};

const MOST_PRESSES = 300;

/** What has the focus now, and whether a person sees that. */
export const focusOf = (page: Page): Promise<Focus> =>
  page.evaluate(() => {
    const element = document.activeElement;
    if (!element || element === document.body || element === document.documentElement) return { words: 'nothing', isLost: true, isMarked: false, isSeen: false, steps: 0, header: false };
    const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(element);
    const boxes = [...element.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
    // A part of it may be below the edge of the window; what is over it would be over all of it.
    const isSeen = boxes.some(({ left, right, top, bottom }) => {
      const [x, y] = [(Math.max(left, 0) + Math.min(right, innerWidth)) / 2, (Math.max(top, 0) + Math.min(bottom, innerHeight)) / 2];
      const over = document.elementFromPoint(x, y);
      return top < innerHeight && bottom > 0 && left < innerWidth && right > 0 && over !== null && (element.contains(over) || over.contains(element));
    });
    const controls = [...document.querySelectorAll('a[href], button, input, textarea, select, summary')].filter((one) => one.checkVisibility());
    return {
      words: `${element.tagName.toLowerCase()} ${element.id} “${(element.textContent ?? '').trim().slice(0, 40)}”`,
      isLost: false, isMarked: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && !/, 0\)$/.test(outlineColor), isSeen,
      steps: controls.indexOf(element) + 1, header: element.closest('header.site-header') !== null,
    };
  });

/** Presses Tab until this has the focus, which must be seen and marked at each step, and never lost. @throws when it is not reached */
export async function pressTabUntil(page: Page, target: Locator): Promise<void> {
  for (let presses = 0; presses < MOST_PRESSES; presses += 1) {
    await page.keyboard.press('Tab');
    const focus = await focusOf(page);
    assert.deepEqual(focus, { ...focus, isLost: false, isMarked: true, isSeen: true }, `after ${presses + 1} presses on ${page.url()}`);
    if (await target.evaluate((element) => element === document.activeElement)) return;
  }
  assert.fail(`${String(target)} was not reached.`);
}
