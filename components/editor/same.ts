import { isElementNode } from './allow';
import { isBlankText, isBlock, tagOf } from './blocks';

const INLINE = new Set(['a', 'b', 'strong', 'i', 'em', 'u', 's', 'del', 'code', 'sup', 'sub', 'small', 'mark', 'ins', 'kbd', 'samp', 'var', 'cite', 'q', 'dfn', 'abbr', 'span', 'time', 'bdi', 'bdo']);

const attributesOf = (node: Element): string =>
  [...node.attributes]
    .map(({ name, value }) => `${name}=${JSON.stringify(name === 'class' || name === 'rel' ? value.split(/\s+/).filter(Boolean).sort().join(' ') : value)}`)
    .sort()
    .join(' ');

/** A place that links lead to, with nothing to be seen in it. */
const isBarePlace = (node: Element): boolean => node.id !== '' && node.children.length === 0 && [...node.childNodes].every(isBlankText);

type Token = { mark: string; text: string } | { tag: string };

/**
 * What a tree shows, so that two can be compared: its blocks, its words, and what stands around each word (in whatever
 * order). Links and whatever has an id count one by one; white space counts as a browser shows it.
 */
class Shape {
  private readonly tokens: Token[] = [];
  private count = 0;

  constructor(root: Element) {
    this.add(root, [], false);
  }

  private add(node: Node, marks: string[], isCode: boolean): void {
    if (node.nodeType === 3) return this.addText(node.nodeValue ?? '', marks, isCode);
    if (!isElementNode(node)) return;
    const tag = tagOf(node);
    if (INLINE.has(tag) && node.childNodes.length > 0 && !isBarePlace(node)) {
      const ordinal = tag === 'a' || tag === 'q' || node.id ? ` ${(this.count += 1)}` : '';
      // One that says nothing is none, but in a link to a picture or film, which is known by it, and around an address: alone on its line that would play.
      const isNothing = tag === 'span' && node.attributes.length === 0 && !marks.some((mark) => mark.startsWith('a ')) && !/^\s*https?:\S+\s*$/i.test(node.textContent);
      const inner = isNothing ? marks : [...marks, `${tag}${ordinal} ${attributesOf(node)}`];
      return node.childNodes.forEach((child) => this.add(child, inner, isCode));
    }
    this.tokens.push({ tag: `<${tag} ${attributesOf(node)} ${isBlock(node) ? '' : [...marks].sort().join('|')}>` });
    const holdsBlocks = [...node.childNodes].some(isBlock);
    for (const child of node.childNodes) if (!(holdsBlocks && isBlankText(child))) this.add(child, marks, isCode || tag === 'pre');
    this.tokens.push({ tag: `</${tag}>` });
  }

  private addText(value: string, marks: string[], isCode: boolean): void {
    const mark = `${isCode ? 'pre ' : ''}${[...marks].sort().join('|')}`;
    const last = this.tokens.at(-1);
    if (last && 'text' in last && last.mark === mark) last.text += value;
    else this.tokens.push({ mark, text: value });
  }

  toString(): string {
    let afterSpace = true;
    const out: string[] = [];
    for (const [i, token] of this.tokens.entries()) {
      if ('tag' in token) {
        afterSpace = !token.tag.startsWith('<img') && !token.tag.startsWith('</img');
        out.push(token.tag);
      } else if (token.mark.startsWith('pre ')) out.push(`[${token.mark}]${token.text}`);
      else {
        let text = token.text.replace(/[\t\n\f\r ]+/g, ' ');
        if (afterSpace) text = text.replace(/^ /, '');
        const next = this.tokens[i + 1];
        if (next && 'tag' in next && !next.tag.startsWith('<img')) text = text.replace(/ $/, '');
        afterSpace = text === '' ? afterSpace : text.endsWith(' ');
        if (text) out.push(`[${token.mark}]${text}`);
      }
    }
    return out.join('\n');
  }
}

/** Whether two elements show the same, with the same links and pictures. */
export const showSame = (one: Element, other: Element): boolean => new Shape(one).toString() === new Shape(other).toString();
