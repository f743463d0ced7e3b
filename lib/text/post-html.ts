import { sanitize } from 'hast-util-sanitize';
import { postSchema } from './allowed';
import { cleanText } from './clean';
import { printHtml, readHtml } from './html-tree';
import { excerptOf } from './plain';
import type { SafeHtml } from './safe-html';

/** A picture of the old site, known to the importer by its number. */
export type Attachment = { url: string; alt: string; caption: string };

export type PostHtml = {
  html: SafeHtml;
  /** Plain text: what stands before `<!--more-->`, else the first words. */
  excerpt: string;
  /** What could not be shown, in words for the owner, each once. */
  unusable: string[];
};

/** Safe HTML of a post. */
export function postHtml(source: string, _options: { attachments?: Map<string, Attachment> } = {}): PostHtml {
  const tree = sanitize(readHtml(cleanText(source)), postSchema);
  const html = printHtml(tree.type === 'root' ? tree : { type: 'root', children: [] });
  return { html, excerpt: excerptOf(html, 300), unusable: [] };
}
