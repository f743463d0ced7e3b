import type { Root, RootContent } from 'hast';
import { sanitize } from 'hast-util-sanitize';
import { postSchema } from './allowed';
import { markPostLinks, prefixAnchors } from './anchors';
import { fillBlocks } from './blocks';
import { cleanText } from './clean';
import { replaceEmbeds } from './embeds';
import { append, printHtml, readHtml } from './html-tree';
import { modernize, settleCaptions } from './old-elements';
import { webUrl } from './links';
import { settleParagraphs } from './paragraphs';
import { firstWords, textBeforeMore } from './post-excerpt';
import { finished } from './post-finish';
import { arrangeLines } from './post-lines';
import { type SafeHtml, storedHtml } from './safe-html';
import type { Attachment, OldSite } from './old-site';
import { type OwnMedia, type Wanted, WantedList } from './own-media';
import { leadToOwnFiles } from './file-links';
import { keepBracketsLiteral, runShortcodes } from './shortcodes';

export type PostHtml = {
  html: SafeHtml;
  /** Plain text: what stands before `<!--more-->`, else about the first fifty words. */
  excerpt: string;
  /** What could not be shown, in words for the owner, each once. */
  unusable: string[];
  /** The pictures and files that it would show or lead to if we had them, each once. */
  wanted: Wanted[];
};

/** Text between WordPress's blocks was typed as in the classic editor; inside of a block only tags count. */
function settlePost(nodes: RootContent[]): RootContent[] {
  const out: RootContent[] = [];
  let run: RootContent[] = [];
  let depth = 0;
  const flush = () => {
    append(out, settleParagraphs(run, depth > 0 ? 'plain' : 'typed'));
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

type Reading = { safe: Root; html: string; before: string };

/** One reading: from source to safe HTML. */
function readPost(source: string, site: OldSite): Reading {
  const tree = readHtml(runShortcodes(source, site));
  replaceEmbeds(tree, site);
  modernize(tree, site);
  const before = textBeforeMore(tree);
  markPostLinks(tree);
  tree.children = settlePost(tree.children);
  settleCaptions(tree);
  arrangeLines(tree, site);
  leadToOwnFiles(tree, site);
  markPostLinks(tree);
  prefixAnchors(tree);
  const read = sanitize(tree, postSchema);
  const safe = finished(read.type === 'root' ? read : { type: 'root', children: [] });
  return { safe, html: keepBracketsLiteral(printHtml(safe)), before };
}

/** Tangled HTML may show something new once it is in order: it is read again until nothing changes. */
const MAX_READINGS = 5;

function settled(first: Reading, { media }: OldSite): Reading {
  const site: OldSite = { attachments: new Map(), media, base: null, note: () => {}, want: () => {} };
  let last = first;
  for (let round = 1; round < MAX_READINGS; round++) {
    const next = readPost(last.html, site);
    if (next.html === last.html) break;
    last = next;
  }
  return last;
}

type PostOptions = {
  /** The pictures and files of the old site by their numbers: for galleries, and for words that the text has none of. */
  attachments?: ReadonlyMap<string, Attachment>;
  /** Whether a file is kept here: asked with the addresses of `wanted`. */
  media?: (address: string) => OwnMedia | null;
  /** Reusable blocks by their numbers. */
  blocks?: ReadonlyMap<string, string>;
  /** WordPress's footnotes: the JSON it keeps beside a post. */
  footnotes?: string;
  /** The whole address that the post had: from where relative addresses start. */
  address?: string;
};

/**
 * Safe HTML of a post or page from WordPress's content (classic or blocks, with its shortcodes) or any HTML.
 * Pictures, sounds and films that we keep (`media`) stand in it; what is kept elsewhere becomes a link, a video of
 * YouTube or Vimeo one that plays it at a click. No markup makes a browser load anything but files under `/media/`.
 * Ids get the prefix `user-content-`. Pure, but for its own few words, said in the blog's language; never throws; its own
 * result comes out the same.
 */
export function postHtml(source: string, { attachments, media, blocks = new Map(), footnotes = '', address = '' }: PostOptions = {}): PostHtml {
  const unusable = new Set<string>();
  const wanted = new WantedList();
  const site: OldSite = {
    attachments: attachments ?? new Map(), media: media ?? (() => null), base: webUrl(address),
    note: (what) => void unusable.add(what), want: (file) => wanted.add(file),
  };
  const whole = cleanText(fillBlocks(cleanText(source), { blocks, footnotes, note: site.note }));
  const first = readPost(whole, site);
  const { safe, html } = settled(first, site);
  return { html: storedHtml(html), excerpt: first.before || firstWords(safe), unusable: [...unusable], wanted: wanted.list };
}
