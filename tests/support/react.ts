import type { Locator } from 'playwright-core';
import { expect } from './blog';

/** Waits until React has taken over what the server sent: before that a press may go unheard, and what is typed or checked is kept by the browser alone. */
export const untilTakenOver = (locator: Locator, options?: { timeout: number }): Promise<void> =>
  expect.poll(() => locator.evaluate((element) => Object.keys(element).some((key) => key.startsWith('__react'))), options).toBe(true);
