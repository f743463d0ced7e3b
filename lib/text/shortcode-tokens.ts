import { Closers, endOfComment, tagAt } from './html-tags';

/** A WordPress shortcode with its place in the text: `[name attrs]` or `[name attrs]content[/name]`. */
export type Shortcode = {
  name: string;
  /** What stands between the name and the `]`, as written. */
  rest: string;
  /** What it encloses, or null when nothing closes it. */
  content: string | null;
  start: number;
  end: number;
  /** `[[name]]`: to be shown with one pair of brackets, and not run. */
  escaped: boolean;
};

/** An opening tag longer than this is a sentence in brackets. */
const MAX_OPENING_CHARS = 4_000;
const opening = /(\[?)\[([a-z][\w-]*)(?=[\s=\]/]|&nbsp;)((?:[^\]"']|"[^"]*"|'[^']*')*?|[^\]]*?)(\/?)\](\]?)/iy;
const withAttribute = /(?:^|\s)[a-z][\w-]*=(?:["'“”„″‘’′]|&(?:quot|#0?3[49]|#82(?:1[67]|2[0-2]|43)|[lr]dquo);|https?:|\d)/i;
const untouched = ['pre', 'code', 'script', 'style', 'textarea'];

type Known = { alone: ReadonlySet<string>; around: ReadonlySet<string> };

/** Notes the names of shortcodes that nobody knows: with attributes, or closed later. Prose in brackets has neither. */
class Unknown {
  private readonly opened = new Set<string>();

  constructor(private readonly tell: (name: string) => void) {}

  open(name: string, rest: string): void {
    if (withAttribute.test(rest)) this.tell(name);
    else if (rest.trim() === '') this.opened.add(name);
  }

  /** A closing tag may stand at `at`. */
  close(text: string, at: number): void {
    const closing = /\[\/([a-z][\w-]{0,60})\]/iy;
    closing.lastIndex = at;
    const name = closing.exec(text)?.[1]?.toLowerCase() ?? '';
    if (this.opened.has(name)) this.tell(name);
  }
}

function shortcodeAt(text: string, at: number, known: Known, closers: Closers, unknown: Unknown): Shortcode | null {
  // The pattern is tried on a window: its quotes may otherwise look for their ends through the whole text.
  const window = text.slice(at, at + MAX_OPENING_CHARS);
  opening.lastIndex = 0;
  const found = opening.exec(window);
  if (!found) return null;
  const [whole, before, rawName = '', rest = '', slash, after] = found;
  const name = rawName.toLowerCase();
  const isKnown = known.alone.has(name) || known.around.has(name);
  let end = at + whole.length - (after && !before ? 1 : 0);
  let content: string | null = null;
  if (known.around.has(name) && !slash && !after) {
    const closer = closers.find(`[/${name}]`, end);
    if (closer >= 0) {
      content = text.slice(end, closer);
      end = closer + name.length + 3;
    }
  }
  const closesTwice = content === null ? Boolean(after) : text[end] === ']';
  const escaped = Boolean(before) && closesTwice;
  if (escaped) return { name, rest, content, start: at, end: content === null ? at + whole.length : end + 1, escaped };
  if (!before && !isKnown) unknown.open(name, rest);
  if (before || !isKnown) return null;
  return { name, rest, content, start: at, end, escaped };
}

/**
 * Finds the shortcodes of a text from left to right, without those inside of `<pre>`, `<code>`, comments or tags.
 * Names are only those of `known`; an escaped `[[name]]` is found whatever its name. `tell` hears the names of what looks
 * like a shortcode and is none of them. Linear in time.
 */
export function* shortcodesOf(text: string, known: Known, tell: (name: string) => void): Generator<Shortcode> {
  const closers = new Closers(text);
  const unknown = new Unknown(tell);
  const mark = /[[<]/g;
  for (let found = mark.exec(text); found; found = mark.exec(text)) {
    const at = found.index;
    if (found[0] === '[') {
      const code = shortcodeAt(text, at, known, closers, unknown);
      if (!code) unknown.close(text, at);
      if (code) yield code;
      mark.lastIndex = code?.end ?? at + 1;
      continue;
    }
    mark.lastIndex = afterTag(text, at, closers);
  }
}

/** Where to read on after the `<` at `at`: behind its tag, and behind all of an element that is not to be touched. */
function afterTag(text: string, at: number, closers: Closers): number {
  const tag = tagAt(text, at);
  if (!tag) return endOfComment(text, at) ?? at + 1;
  if (tag.end < 0) return text.length;
  if (tag.closes || !untouched.includes(tag.name)) return tag.end;
  const closer = closers.find(`</${tag.name}`, tag.end);
  return closer < 0 ? tag.end : closer;
}

const entities: Record<string, string> = {
  '&quot;': '"', '&#34;': '"', '&#034;': '"', '&#39;': "'", '&#039;': "'", '&apos;': "'", '&#8220;': '“', '&#8221;': '”',
  '&#8222;': '„', '&#8243;': '″', '&#8216;': '‘', '&#8217;': '’', '&#8242;': '′', '&ldquo;': '“', '&rdquo;': '”',
  '&amp;': '&', '&#38;': '&', '&#038;': '&', '&nbsp;': ' ',
};
const pair = /([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|[“”„″]([^“”„″]*)[“”„″]|[‘’′]([^‘’′]*)[‘’′]|([^\s"'“”„″]+))|"([^"]*)"|'([^']*)'|(\S+)/g;

/** A shortcode's attributes: `named` ones in lower case, the others in order (`[youtube=URL]` has its URL among them). */
export type Attributes = { named: Record<string, string>; bare: string[] };

/**
 * Reads what stands after a shortcode's name: double, single, no, typographic or HTML-escaped quotes, as WordPress's
 * editors have left them.
 */
export function attributesOf(rest: string): Attributes {
  const named: Record<string, string> = {};
  const bare: string[] = [];
  let text = rest.replace(/&(?:quot|apos|ldquo|rdquo|amp|nbsp|#0?\d+);/g, (entity) => entities[entity] ?? entity).trim();
  if (text.startsWith('=')) {
    const value = /^=\s*["'“”„″]?([^\s"'“”„″]*)["'“”„″]?/.exec(text);
    if (value) bare.push(value[1] ?? '');
    text = text.slice(value?.[0].length ?? 1);
  }
  for (const found of text.matchAll(pair)) {
    const [, name, ...values] = found;
    const value = values.find((each) => each !== undefined) ?? '';
    // An address has its own `=`: `[youtube https://…?v=ID]` is no attribute named `v`.
    if (name && (!found[0].includes('://') || /^[\w-]+\s*=\s*["'“”„″‘’′]/.test(found[0]))) named[name.toLowerCase()] = value;
    else if (name && /^(?:url|src|href|id|mp3|mp4|m4a|ogg|m4v|webm|ogv|wav|flv|wmv|caption|link|poster)$/i.test(name)) named[name.toLowerCase()] = value;
    else bare.push(name ? found[0] : value);
  }
  return { named, bare };
}
