/** One tag of raw HTML. `end` is the index after its `>`; -1 when the text ends before the tag does. */
export type Tag = { name: string; closes: boolean; start: number; end: number; attributes: number };

const SPACE = /[\t\n\f\r ]/;
type State = 'between' | 'name' | 'after' | 'value' | 'bare' | '"' | "'";

/** The state after `char`, by the tokenizer of the HTML standard (13.2.5.32 to .39). */
function next(state: State, char: string): State {
  if (state === '"' || state === "'") return char === state ? 'between' : state;
  if (state === 'value') return char === '"' || char === "'" ? char : SPACE.test(char) ? 'value' : 'bare';
  if (state === 'bare') return SPACE.test(char) ? 'between' : 'bare';
  if (char === '/') return 'between';
  if (SPACE.test(char)) return state === 'between' ? 'between' : 'after';
  if (char === '=' && state !== 'between') return 'value';
  return 'name';
}

/** Reads on from behind a tag's name to its end: quoted values may hold `>`. Counts the attributes on the way. */
function restOfTag(html: string, from: number): { end: number; attributes: number } {
  let state: State = 'between';
  let attributes = 0;
  for (let at = from; at < html.length; at++) {
    const char = html[at] as string;
    if (char === '>' && state !== '"' && state !== "'") return { end: at + 1, attributes };
    const after = next(state, char);
    if (after === 'name' && state !== 'name') attributes++;
    state = after;
  }
  return { end: -1, attributes };
}

/** Reads the tag at `start`, or null when what stands there is no tag (a comment, an instruction, a mere `<`). */
export function tagAt(html: string, start: number): Tag | null {
  const opening = /<(\/?)([a-z][^\t\n\f\r />]*)/iy;
  opening.lastIndex = start;
  const found = opening.exec(html);
  if (!found) return null;
  const rest = restOfTag(html, opening.lastIndex);
  return { name: (found[2] as string).toLowerCase(), closes: found[1] === '/', start, ...rest };
}

/** The index after the comment or instruction at `start`, the text's length if it never ends, or null if there is none. */
export function endOfComment(html: string, start: number): number | null {
  if (!/^<(?:[!?]|\/[^a-z])/i.test(html.slice(start, start + 3))) return null;
  const comment = html.startsWith('<!--', start);
  // `<!-->` and `<!--->` are whole comments.
  const end = comment ? /-?->|--!>/g : />/g;
  end.lastIndex = start + 2;
  if (comment) {
    const short = /<!--(-?>)/y;
    short.lastIndex = start;
    if (short.test(html)) return short.lastIndex;
    end.lastIndex = start + 4;
  }
  for (let found = end.exec(html); found; found = end.exec(html)) {
    if (!comment || found[0].length === 3 || found[0] === '--!>') return end.lastIndex;
  }
  return html.length;
}

/** Finds closing tags from left to right; remembers which have none left, so that many asking stay linear. */
export class Closers {
  private readonly missing = new Set<string>();
  private readonly lower: string;

  constructor(text: string) {
    // Only ASCII letters are folded: other letters could change the length, and with it every index.
    this.lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  }

  /** The index of `closer` (lower case) at or after `from`, or -1. */
  find(closer: string, from: number): number {
    if (this.missing.has(closer)) return -1;
    const at = this.lower.indexOf(closer, from);
    if (at < 0) this.missing.add(closer);
    return at;
  }
}
