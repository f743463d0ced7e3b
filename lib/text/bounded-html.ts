import { Closers, endOfComment, tagAt, type Tag } from './html-tags';

/** Open elements at once beyond which further ones are left out; honest pages stay under 30. */
const MAX_OPEN = 100;
/** The same for elements that the HTML parser opens again in every paragraph until they are closed. */
const MAX_OPEN_INLINE = 8;
/** Bounds of one tag: beyond them it is left out. */
const MAX_TAG_CHARS = 100_000;
const MAX_ATTRIBUTES = 100;

const inline = new Set([
  'a', 'b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong', 'tt', 'u',
]);
// Void, or closed by the parser itself when the next of their kind begins: left open, these do not nest.
const neverNest = new Set([
  'p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'option', 'caption', 'colgroup',
  'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr',
]);
// Inside drawings and formulas other parsing rules hold, and many attacks live there; nothing of them is ever shown.
const foreign = new Set(['svg', 'math', 'plaintext']);
// Their content is text to the parser and never shown. The element stays, empty: it is still to be listed.
export const unread: ReadonlySet<string> = new Set(['script', 'style', 'title', 'textarea', 'xmp', 'iframe', 'noembed', 'noframes']);

/** Counts what is open, roughly: a closing tag takes away one of its own name. */
class OpenElements {
  private readonly open = new Map<string, number>();
  private total = 0;
  private inline = 0;

  /** Whether this tag may stay. */
  pass({ name, closes }: Tag): boolean {
    if (neverNest.has(name)) return true;
    const present = this.open.get(name) ?? 0;
    const isInline = inline.has(name);
    if (!closes && (this.total >= MAX_OPEN || (isInline && this.inline >= MAX_OPEN_INLINE))) return false;
    if (closes && present === 0) return true;
    const by = closes ? -1 : 1;
    this.open.set(name, present + by);
    this.total += by;
    if (isInline) this.inline += by;
    return true;
  }
}

const isTooLarge = (tag: Tag): boolean => tag.end - tag.start > MAX_TAG_CHARS || tag.attributes > MAX_ATTRIBUTES;

/**
 * The same HTML, bounded: without tags that would nest deeper than a hundred elements or make the parser's work grow
 * with the square of its length (formatting elements never closed, thousands of attributes), without the content
 * of elements whose content is not HTML, without `svg` and `math` tags. What follows a tag that never ends is left out,
 * as a browser does. Linear in time. Honest HTML comes out as it was.
 */
export function boundedHtml(html: string): string {
  const open = new OpenElements();
  const closers = new Closers(html);
  const kept: string[] = [];
  let from = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const tag = tagAt(html, at);
    if (!tag) {
      at = endOfComment(html, at) ?? at + 1;
      continue;
    }
    if (tag.end < 0) return kept.join('') + html.slice(from, at);
    const drop = foreign.has(tag.name) || isTooLarge(tag) || !open.pass(tag);
    if (drop) kept.push(html.slice(from, at));
    at = tag.end;
    if (drop) from = at;
    if (!unread.has(tag.name) || tag.closes) continue;
    kept.push(html.slice(from, at), drop ? '' : `</${tag.name}>`);
    const closer = closers.find(`</${tag.name}`, at);
    from = closer < 0 ? html.length : (tagAt(html, closer)?.end ?? html.length);
    if (from < 0) from = html.length;
    at = from;
  }
  return kept.join('') + html.slice(from);
}
