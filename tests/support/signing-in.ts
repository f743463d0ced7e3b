import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';
import { PROVIDER_BUTTONS, WAY_NAMES, type Provider } from '../../lib/identity/schema';
import { SOMEBODY } from './provider-script';
import { field } from './stories';

/** Words that took an hour: what a sign-in must not lose is more than one line of letters. */
export const AN_HOUR = 'It took me an hour to write this.\n\nA second paragraph – “quoted”, <b>not bold</b>, with ü and 🙂.';

export const text = (page: Page): Locator => field(page, 'Comment (required)');
export const providerButton = (page: Page, provider: Provider): Locator => page.getByRole('button', { name: PROVIDER_BUTTONS[provider], exact: true });
export const connecting = (page: Page, provider: Provider): Locator => page.getByRole('status').filter({ hasText: `Connecting to ${WAY_NAMES[provider]}…` });
export const consentLink = (page: Page, name: string): Locator => page.getByRole('link', { name, exact: true });
export const speaking = (page: Page, way: string): Locator => page.getByText(`You are commenting using your ${way} account.`, { exact: true });

/** Presses a provider's button; gives the window that opens, when its page is there. */
export async function openPopup(page: Page, provider: Provider): Promise<Page> {
  const [popup] = await Promise.all([page.waitForEvent('popup'), providerButton(page, provider).click()]);
  await expect(consentLink(popup, 'Cancel')).toBeVisible();
  return popup;
}

/** Follows a link of the consent page in a window of its own, which closes then. */
export async function follow(popup: Page, words: string): Promise<void> {
  await Promise.all([popup.waitForEvent('close'), consentLink(popup, words).click()]);
}

/** Signs in by a window of its own, as the provider's one person. */
export async function signInByPopup(page: Page, provider: Provider, name = SOMEBODY[provider].name): Promise<void> {
  await follow(await openPopup(page, provider), `Continue as ${name}`);
  await expect(speaking(page, WAY_NAMES[provider])).toBeVisible();
}

/** Signs in by leaving the page and coming back, as the provider's one person; waits for the box. */
export async function signInByRedirect(page: Page, provider: Provider, name = SOMEBODY[provider].name): Promise<void> {
  await providerButton(page, provider).click();
  await consentLink(page, `Continue as ${name}`).click();
  await expect(speaking(page, WAY_NAMES[provider])).toBeVisible();
}

/** From now on no window opens in this browser, as where a blocker sees to it. */
export const blockPopups = (page: Page): Promise<unknown> => page.context().addInitScript(() => void (window.open = () => null));

/** The text stands in the box, and the caret in it. */
export async function expectTextKept(page: Page, words = AN_HOUR): Promise<void> {
  await expect(text(page)).toHaveValue(words);
  await expect(text(page)).toBeFocused();
}

/** The path that the page is at. */
export const pathOf = (page: Page): string => new URL(page.url()).pathname;
