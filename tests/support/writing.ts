import { expect } from '@playwright/test';
import type { Locator, Page } from 'playwright-core';

export const titleBox = (page: Page): Locator => page.getByRole('textbox', { name: 'Title', exact: true });
export const body = (page: Page): Locator => page.getByRole('textbox', { name: 'Post body', exact: true });
export const act = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true });
export const saved = (page: Page): Locator => page.getByRole('status').filter({ hasText: /^Saved/ });

type Pasted = { text?: string; html?: string; files?: { name: string; type: string; bytes: Buffer }[] };

/** Pastes as a browser does, whatever the machine's clipboard holds. */
export function paste(into: Locator, { text, html, files = [] }: Pasted): Promise<void> {
  const sent = { text, html, files: files.map(({ bytes, ...file }) => ({ ...file, base64: bytes.toString('base64') })) };
  return into.evaluate((element, given) => {
    const data = new DataTransfer();
    if (given.text !== undefined) data.setData('text/plain', given.text);
    if (given.html !== undefined) data.setData('text/html', given.html);
    for (const { name, type, base64 } of given.files) data.items.add(new File([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))], name, { type }));
    element.dispatchEvent(new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }));
  }, sent);
}

/** Waits until the editor can be typed in. */
export async function editorIsReady(page: Page): Promise<void> {
  await expect(body(page)).toBeVisible();
  await expect(body(page)).toHaveAttribute('contenteditable', 'true');
}

/** A new post with this title and one paragraph, typed by keys. */
export async function write(page: Page, title: string, words: string): Promise<void> {
  await page.goto('/admin/posts/new');
  await editorIsReady(page);
  await titleBox(page).fill(title);
  await body(page).click();
  await page.keyboard.type(words);
}

/** The id in the address of an editor, once it is there. */
export async function postIdOf(page: Page): Promise<string> {
  await expect(page).toHaveURL(/\/admin\/posts\/[0-9a-f-]{36}$/);
  return new URL(page.url()).pathname.split('/').at(-1) ?? '';
}
