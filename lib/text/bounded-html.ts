/** Open elements at once beyond which further ones are left out; honest pages stay under 30. */
const MAX_OPEN = 100;
/** The same for elements that the HTML parser opens again in every paragraph until they are closed. */
const MAX_OPEN_INLINE = 8;
/** Attributes and characters of one tag beyond which the tag is left out. */
const MAX_ATTRIBUTES = 100;
const MAX_TAG_CHARS = 100_000;

const reopened = new Set([
  'a', 'b', 'big', 'code', 'em', 'font', 'i', 'nobr', 's', 'small', 'strike', 'strong', 'tt', 'u',
]);
// Void, or closed by the parser itself when the next of their kind begins: these do not nest by being left open.
const neverNest = new Set([
  'p', 'li', 'dt', 'dd', 'tr', 'td', 'th', 'thead', 'tbody', 'tfoot', 'option', 'caption', 'colgroup',
  'area', 'base', 'br', 'col', 'embed', 'hr', 'img', 'input', 'link', 'meta', 'param', 'source', 'track', 'wbr',
]);
// Inside drawings and formulas other parsing rules hold (and many attacks live there); nothing of them is ever shown.
const foreign = new Set(['svg', 'math']);

/** The end of the tag that begins at `start`: the index after its `>`, or -1 when it never ends. Quotes hold `>`. */
function endOfTag(html: string, start: number): number {
  let quote = '';
  for (let at = start; at < html.length; at++) {
    const char = html[at] as string;
    if (quote) quote = char === quote ? '' : quote;
    else if (char === '>') return at + 1;
    else if ((char === '"' || char === "'") && /=\s*$/.test(html.slice(Math.max(start, at - 8), at))) quote = char;
  }
  return -1;
}

/** Counts what is open, roughly: a closing tag takes one of its own name away. */
class OpenElements {
  private readonly open = new Map<string, number>();
  private total = 0;
  private inline = 0;

  private add(name: string, by: 1 | -1): void {
    this.open.set(name, (this.open.get(name) ?? 0) + by);
    this.total += by;
    if (reopened.has(name)) this.inline += by;
  }

  /** Whether this opening tag may stay. */
  enter(name: string): boolean {
    if (neverNest.has(name)) return true;
    if (this.total >= MAX_OPEN || (reopened.has(name) && this.inline >= MAX_OPEN_INLINE)) return false;
    this.add(name, 1);
    return true;
  }

  leave(name: string): void {
    if (this.open.get(name)) this.add(name, -1);
  }
}

/**
 * The same HTML, without the tags that would nest deeper than a hundred elements or make the parser's work grow
 * with the square of its length (formatting elements never closed, thousands of attributes, tags without an end).
 * Linear in time; honest HTML comes out unchanged but for `svg` and `math`, whose tags are always left out.
 */
export function boundedHtml(html: string): string {
  const open = new OpenElements();
  const tag = /<(?:!--|(\/?)([a-z][^\s/>]*))/gi;
  let kept = '';
  let from = 0;
  for (let found = tag.exec(html); found; found = tag.exec(html)) {
    if (!found[2]) {
      const end = html.indexOf('-->', found.index + 2);
      if (end < 0) break;
      tag.lastIndex = end + 3;
      continue;
    }
    const end = endOfTag(html, tag.lastIndex);
    if (end < 0) break;
    tag.lastIndex = end;
    if (stays(open, html.slice(found.index, end), found[1] === '/', found[2].toLowerCase())) continue;
    kept += html.slice(from, found.index);
    from = end;
  }
  return kept + html.slice(from);
}

function stays(open: OpenElements, tag: string, closes: boolean, name: string): boolean {
  if (foreign.has(name)) return false;
  if (closes) {
    open.leave(name);
    return true;
  }
  if (tag.length > MAX_TAG_CHARS || (tag.match(/[\s"'/][^\s"'/=>]/g)?.length ?? 0) > MAX_ATTRIBUTES * 8) return false;
  return open.enter(name);
}
