import type { Root, RootContent } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { postSchema } from './allowed';
import { markPostLinks, prefixAnchors } from './anchors';
import { cleanText } from './clean';
import { replaceEmbeds } from './embeds';
import { printHtml, readHtml } from './html-tree';
import { modernize, settleCaptions } from './old-elements';
import { settleParagraphs } from './paragraphs';
import { firstWords, textBeforeMore } from './post-excerpt';
import { finished } from './post-finish';
import { arrangeLines } from './post-lines';
import { type SafeHtml, storedHtml } from './safe-html';
import { type Attachment, keepBracketsLiteral, type OldSite, runShortcodes } from './shortcodes';
import type { Note } from './pictures';

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
function noteEmptyBlocks(source: string, note: Note): void {
  for (const [, name = ''] of source.matchAll(/<!--\s+wp:([a-z][\w/-]*)[^>]{0,5000}?\/-->/g)) {
    if (!/^(?:more|nextpage|paragraph)$/.test(name)) note(`the block “${name}”`);
  }
}

type Reading = { safe: Root; html: string; before: string };

/** One reading: from source to safe HTML. */
function readPost(source: string, site: OldSite): Reading {
  const { note } = site;
  const tree = readHtml(runShortcodes(source, site));
  replaceEmbeds(tree, note);
  modernize(tree, note);
  const before = textBeforeMore(tree);
  markPostLinks(tree);
  tree.children = settlePost(tree.children);
  settleCaptions(tree);
  arrangeLines(tree, note);
  markPostLinks(tree);
  prefixAnchors(tree);
  const read = sanitize(tree, postSchema);
  const safe = finished(read.type === 'root' ? read : { type: 'root', children: [] });
  return { safe, html: keepBracketsLiteral(printHtml(safe)), before };
}

/** Tangled HTML may show something new once it is in order: it is read again until nothing changes. */
const MAX_READINGS = 5;

function settled(first: Reading): Reading {
  const site: OldSite = { attachments: new Map(), note: () => {} };
  let last = first;
  for (let round = 1; round < MAX_READINGS; round++) {
    const next = readPost(last.html, site);
    if (next.html === last.html) break;
    last = next;
  }
  return last;
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
  const first = readPost(clean, { attachments: options.attachments ?? new Map(), note });
  const { safe, html } = settled(first);
  return { html: storedHtml(html), excerpt: first.before || firstWords(safe), unusable: [...unusable] };
}
