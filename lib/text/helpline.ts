import type { ElementContent, Root } from 'hast';
import { sanitize, type Schema } from 'hast-util-sanitize';
import { SKIP, visit } from 'unist-util-visit';
import { linkBareAddresses } from './bare-links';
import { cleanText } from './clean';
import { element, printHtml, text } from './html-tree';
import type { SafeHtml } from './safe-html';

const schema: Schema = { tagNames: ['p', 'br', 'a'], attributes: { a: ['href', 'rel'] }, protocols: { href: ['http', 'https', 'tel'] }, strip: [], required: {}, clobber: [] };

/** Groups of digits, one sign apart, as telephone numbers are written; the first may have a plus, any may stand in brackets. */
const GROUPS = /(?<![\p{L}\p{N}.,:/+#–-])\+?(?:\(\d{1,6}\)\d*|\d+)(?:(?! 24\/7)[ \u00a0./–-](?:\(\d{1,6}\)\d*|\d+)){0,9}(?![\p{L}\p{N}]|[.,:]\d)/gu;
/** A short number, such as that of an emergency, is one only behind these words. */
const SHORT = /(?:\b(?:call|dial|text|ring|phone|telephone|tel\.?):?|:)[ \u00a0]{1,3}(\d{3,5})(?=[.,;)\n]|[ \u00a0]*$|[ \u00a0](?:or|and|to|for|at|if|now|\()|$)/giu;

const DATE = /^(?:\d{1,2}[./-]\d{1,2}[./-](?:\d{2}|\d{4})|\d{4}[./-]\d{1,2}[./-]\d{1,2})$/;
const HOURS = /^\d{1,2}\.\d{2}[ –-]\d{1,2}\.\d{2}$/;
const YEARS = /^(?:19|20)\d{2}[ –/-](?:19|20)\d{2}$/;
const ROUND = /^\d{1,3}(?:[ \u00a0.]\d{3})*[ \u00a0.]000$/;
const DECIMAL = /^\d{1,2}\.\d+$/;
const FEWEST_DIGITS = 6;
const MOST_DIGITS = 15;

/** As a telephone takes it: behind a country’s code the zero in brackets is left out. */
const digitsOf = (written: string): string => (written.startsWith('+') ? written.replace('(0)', '') : written).replace(/(?!^\+)\D/g, '');

function isNumber(written: string): boolean {
  const { length } = digitsOf(written).replace('+', '');
  return length >= FEWEST_DIGITS && length <= MOST_DIGITS && ![DATE, HOURS, YEARS, ROUND, DECIMAL].some((other) => other.test(written));
}

type Found = { at: number; written: string };

function numbersIn(value: string): Found[] {
  const whole = [...value.matchAll(GROUPS)].map(({ 0: written, index: at }) => ({ at, written })).filter(({ written }) => isNumber(written));
  const short = [...value.matchAll(SHORT)].map(({ 0: all, 1: written = '', index }) => ({ at: index + all.length - written.length, written }));
  const isInside = ({ at }: Found) => whole.some((one) => at >= one.at && at < one.at + one.written.length);
  return [...whole, ...short.filter((one) => !isInside(one))].sort((a, b) => a.at - b.at);
}

/** A text cut into its telephone numbers, as links, and what stands between them. */
function linked(value: string): ElementContent[] {
  const parts: ElementContent[] = [];
  let from = 0;
  for (const { at, written } of numbersIn(value)) {
    if (at > from) parts.push(text(value.slice(from, at)));
    parts.push(element('a', { href: `tel:${digitsOf(written)}` }, [text(written)]));
    from = at + written.length;
  }
  if (from < value.length) parts.push(text(value.slice(from)));
  return parts;
}

function linkNumbers(tree: Root): void {
  visit(tree, (node, index, parent) => {
    if (node.type === 'element' && node.tagName === 'a') return SKIP;
    if (node.type !== 'text' || !parent || index === undefined) return;
    const parts = linked(node.value);
    parent.children.splice(index, 1, ...parts);
    return [SKIP, index + parts.length];
  });
}

const withBreaks = (passage: string): ElementContent[] =>
  passage.split('\n').flatMap((line, at) => (at === 0 ? [text(line)] : [element('br', {}, []), text(line)]));

/**
 * Safe HTML of what an author writes for readers who need somebody to talk to: plain text, whose blank lines part
 * paragraphs. Bare web addresses and telephone numbers become links; dates, years, hours and round numbers do not. Pure;
 * never throws.
 */
export function helplineHtml(source: string): SafeHtml {
  const passages = cleanText(source).trim().split(/\n(?:[\t ]*\n)+/).filter((passage) => passage.trim() !== '');
  const tree: Root = { type: 'root', children: passages.map((passage) => element('p', {}, withBreaks(passage))) };
  linkBareAddresses(tree);
  linkNumbers(tree);
  visit(tree, 'element', (node) => {
    if (node.tagName === 'a') node.properties.rel = ['noopener'];
  });
  return printHtml(sanitize(tree, schema));
}
