import type { Root, RootContent } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { visit } from 'unist-util-visit';
import { postSchema } from './allowed';
import { markPostLinks, prefixAnchors } from './anchors';
import { cleanText } from './clean';
import { replaceEmbeds } from './embeds';
import { classesOf, isElement, printHtml, readHtml } from './html-tree';
import { modernize, settleCaptions } from './old-elements';
import { flattenNewlines, onOwnLines, settleParagraphs } from './paragraphs';
import { firstWords, textBeforeMore } from './post-excerpt';
import { arrangeLines } from './post-lines';
import { type SafeHtml, storedHtml } from './safe-html';
import { keepBracketsLiteral, runShortcodes } from './shortcodes';

/** A picture of the old site, known to the importer by its number. `alt` and `caption` are plain text. */
export type Attachment = { url: string; alt: string; caption: string };

export type PostHtml = {
  html: SafeHtml;
  /** Plain text: what stands before `<!--more-->`, else about the first fifty words. */
  excerpt: string;
  /** What could not be shown, in words for the owner, each once. */
  unusable: string[];
};

/** Text between WordPress's blocks was typed as in the classic editor; inside of a block only tags count. */
function settlePost(nodes: RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  let run: RootContent[] = [];
  let depth = 0;
  const flush = () => {
    out.push(...settleParagraphs(run, depth > 0 ? 'plain' : 'typed'));
    run = [];
  };
  for (const node of nodes) {
    const block = node.type === 'comment' ? /^\s*(\/?)wp:[\s\S]*?(\/?)\s*$/.exec(node.value) : null;
    if (!block) run.push(node);
    else if (!block[2]) {
      flush();
      depth = Math.max(0, depth + (block[1] ? -1 : 1));
    }
  }
  flush();
  return out;
}

/** Blocks that WordPress fills in when it shows a page: nothing of them is in the text. */
function noteEmptyBlocks(source: string, note: (unusable: string) => void): void {
  for (const [, name] of source.matchAll(/<!--\s+wp:([a-z][\w/-]*)[^>]*?\/-->/g)) {
    if (name !== 'more' && name !== 'nextpage' && name !== 'paragraph') note(`the block “${name}”`);
  }
}

/**
 * Safe HTML of a post or page from WordPress's content (classic or blocks, with its shortcodes) or any HTML.
 * What loads from elsewhere becomes a click-to-load figure or a link; no markup makes a browser load anything but
 * pictures under `/media/`. Ids get the prefix `user-content-`. `attachments` gives the pictures of galleries by their
 * number. Pure; never throws; its own result comes out the same.
 */
export function postHtml(source: string, options: { attachments?: ReadonlyMap<string, Attachment> } = {}): PostHtml {
  const unusable = new Set<string>();
  const note = (what: string) => void unusable.add(what);
  const clean = cleanText(source);
  noteEmptyBlocks(clean, note);
  const tree = readHtml(runShortcodes(clean, { attachments: options.attachments ?? new Map(), note }));
  replaceEmbeds(tree, note);
  modernize(tree, note);
  const before = textBeforeMore(tree);
  tree.children = settlePost(tree.children);
  settleCaptions(tree);
  arrangeLines(tree, note);
  prefixAnchors(tree);
  markPostLinks(tree);
  const safe = finished(sanitize(tree, postSchema));
  const html = storedHtml(keepBracketsLiteral(printHtml(safe)));
  return { html, excerpt: before || firstWords(safe), unusable: [...unusable] };
}

/** The sanitized tree once more in order: what was dropped may have left lines without a paragraph, or empty ones. */
function finished(read: ReturnType<typeof sanitize>): Root {
  const tree: Root = read.type === 'root' ? read : { type: 'root', children: [] };
  visit(tree, 'element', (node) => {
    if (classesOf(node).length === 0) delete node.properties.className;
  });
  flattenNewlines(tree);
  const children = settleParagraphs(tree.children, 'plain').filter((node) => !isElement(node, 'p') || node.children.length > 0);
  return { type: 'root', children: onOwnLines(children) };
}
