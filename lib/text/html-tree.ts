import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { boundedHtml } from './bounded-html';
import { type SafeHtml, storedHtml } from './safe-html';

/** Reads a piece of HTML as a browser would, nested about a hundred deep at most. Never throws. */
export const readHtml = (html: string): Root => fromHtml(boundedHtml(html), { fragment: true });

/** Writes a tree that has just been through a sanitizer. To be called with nothing else. */
export const printHtml = (tree: Root): SafeHtml => storedHtml(toHtml(tree));
