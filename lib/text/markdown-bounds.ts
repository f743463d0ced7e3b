// The Markdown parser's work grows with the square of some things that a person never writes many of. What a text
// carries to absurdity is switched off for it and shown as typed; what is merely long is read in pieces.

/** Quotes and lists begun on one line, or by one line's indent. */
const MAX_NESTING = 12;
/** Lines that begin a quote or a list's point. */
const MAX_MARKED_LINES = 400;
/** Marks of one kind in one passage (between blank lines). */
const MAX_MARKS = 300;
/** Lines of a text altogether: nobody types more, and each costs the parser a block of its own. */
const MAX_LINES = 3_000;
/** A piece ends at the first good place after this. */
const PIECE_CHARS = 400;

const marker = '(?:>|[-+*](?=[\\t ]|$)|\\d{1,9}[.)](?=[\\t ]|$))';
const markedLine = new RegExp(`^[\\t ]*${marker}`, 'gm');
const deepLine = new RegExp(`^[\\t ]*(?:${marker}[\\t ]*){${MAX_NESTING + 1}}`, 'm');
const deepIndent = new RegExp(`^[\\t ]{${MAX_NESTING * 4},}${marker}`, 'm');

const marks: Array<{ mark: RegExp; constructs: string[] }> = [
  { mark: /\*+|_+/g, constructs: ['attention'] },
  { mark: /\[/g, constructs: ['labelStartLink', 'labelStartImage'] },
  { mark: /`+/g, constructs: ['codeText'] },
  { mark: /</g, constructs: ['autolink'] },
];

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether a text has so many lines that none of them is read as Markdown. */
export const hasTooManyLines = (source: string): boolean => count(source, /\n/g) > MAX_LINES;

/** The names of the parser's constructs that this text carries to absurdity. */
export function absurd(source: string): string[] {
  const passages = source.split(/\n[\t ]*\n/);
  const tooMany = marks.filter(({ mark }) => passages.some((passage) => count(passage, mark) > MAX_MARKS));
  const nested = deepLine.test(source) || deepIndent.test(source) || count(source, markedLine) > MAX_MARKED_LINES;
  return [...tooMany.flatMap(({ constructs }) => constructs), ...(nested ? ['blockQuote', 'list'] : [])];
}

/** Follows fenced code from line to line. Says whether the text after `line` stands in such code. */
function insideFence(fence: string, line: string): string {
  const found = /^ {0,3}(`{3,}|~{3,})(.*)$/.exec(line);
  if (!found) return fence;
  const [, run = '', rest = ''] = found;
  if (!fence) return run.startsWith('`') && rest.includes('`') ? '' : run;
  return run.startsWith(fence) && rest.trim() === '' ? '' : fence;
}

/**
 * Cuts a long text where it makes no difference: at a blank line outside of fenced code, before a line that cannot
 * go on with a list or a quote. The pieces together are the text.
 */
export function cutForParser(source: string): string[] {
  const pieces: string[] = [];
  let from = 0;
  let at = 0;
  let fence = '';
  let blank = false;
  for (const line of source.split('\n')) {
    if (blank && !fence && at - from > PIECE_CHARS && /^[^\s>+*\-\d]/.test(line)) {
      pieces.push(source.slice(from, at));
      from = at;
    }
    fence = insideFence(fence, line);
    blank = line.trim() === '';
    at += line.length + 1;
  }
  pieces.push(source.slice(from));
  return pieces;
}
