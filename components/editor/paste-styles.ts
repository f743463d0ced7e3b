import { isBlock, tagOf } from './blocks';

const RENAMED = new Map(Object.entries({ h1: 'h2', b: 'strong', i: 'em', strike: 's', del: 's', tt: 'code', font: 'span', center: 'div', article: 'div', main: 'div', header: 'div', footer: 'div', nav: 'div', address: 'p', section: 'div', aside: 'div' }));

/** The tags that say what a style said of its words. */
function tagsOf(node: Element): string[] {
  const style = (node.getAttribute('style') ?? '').toLowerCase();
  const isIn = (selector: string) => node.closest(selector) !== null;
  return [
    ...(/font-weight:\s*(?:bold|[6-9]00)/.test(style) && !isIn('h1,h2,h3,h4,h5,h6,strong,b,th') ? ['strong'] : []),
    ...(/font-style:\s*(?:italic|oblique)/.test(style) && !isIn('em,i') ? ['em'] : []),
    ...(/text-decoration[^;:]*:[^;]*underline/.test(style) && !isIn('a,u') ? ['u'] : []),
    ...(/text-decoration[^;:]*:[^;]*line-through/.test(style) && !isIn('s,del,strike') ? ['s'] : []),
    ...(/vertical-align:\s*super/.test(style) && !isIn('sup') ? ['sup'] : []),
    ...(/vertical-align:\s*sub/.test(style) && !isIn('sub') ? ['sub'] : []),
  ];
}

/** Elements whose style takes back what their name says, as Google Docs wraps all it copies in `<b style="font-weight:normal">`. */
const isTakenBack = (node: Element): boolean => {
  const style = (node.getAttribute('style') ?? '').toLowerCase();
  return (/^(?:b|strong)$/.test(tagOf(node)) && /font-weight:\s*(?:normal|[1-4]00)/.test(style)) || (/^(?:i|em)$/.test(tagOf(node)) && /font-style:\s*normal/.test(style));
};

function wrapInside(node: Element, tags: string[]): void {
  for (const tag of tags) {
    const wrapper = node.ownerDocument.createElement(tag);
    wrapper.append(...node.childNodes);
    node.append(wrapper);
  }
}

function rename(node: Element): void {
  const tag = RENAMED.get(tagOf(node));
  if (!tag) return;
  const other = node.ownerDocument.createElement(tag);
  for (const { name, value } of node.attributes) other.setAttribute(name, value);
  other.append(...node.childNodes);
  node.replaceWith(other);
}

/** Says with elements what styles said: bold, italic, underlined, struck out, raised, centred. Changes the tree. */
export function stylesAsTags(root: Element): void {
  for (const node of [...root.querySelectorAll('*')]) {
    const style = (node.getAttribute('style') ?? '').toLowerCase();
    if (isTakenBack(node)) {
      node.replaceWith(...node.childNodes);
      continue;
    }
    if (!isBlock(node) && !/^(?:a|img|br)$/.test(tagOf(node))) wrapInside(node, tagsOf(node));
    const align = /text-align:\s*(center|right)/.exec(style)?.[1] ?? (tagOf(node) === 'center' ? 'center' : null);
    if (align && /^(?:p|h[1-6])$/.test(tagOf(node))) node.classList.add(`has-text-align-${align}`);
  }
  for (const node of [...root.querySelectorAll('*')]) rename(node);
}
