import { isBlock, tagOf } from './blocks';

const RENAMED = new Map(Object.entries({ h1: 'h2', b: 'strong', i: 'em', strike: 's', del: 's', tt: 'code', font: 'span', center: 'div', article: 'div', main: 'div', header: 'div', footer: 'div', nav: 'div', address: 'p', section: 'div', aside: 'div' }));

/** What a style says of a property, without the properties that only Word knows. */
function said(node: Element, ...properties: string[]): string {
  const declarations = (node.getAttribute('style') ?? '').toLowerCase().split(';').map((one) => one.split(':').map((part) => part.trim()));
  return declarations.flatMap(([name = '', value = '']) => (properties.includes(name) ? [value] : [])).join(' ');
}

/** The tags that say what a style said of its words. */
function tagsOf(node: Element): string[] {
  const isIn = (selector: string) => node.closest(selector) !== null;
  const line = said(node, 'text-decoration', 'text-decoration-line');
  const height = said(node, 'vertical-align');
  return [
    ...(/^(?:bold|bolder|[6-9]00)/.test(said(node, 'font-weight')) && !isIn('h1,h2,h3,h4,h5,h6,strong,b,th') ? ['strong'] : []),
    ...(/^(?:italic|oblique)/.test(said(node, 'font-style')) && !isIn('em,i') ? ['em'] : []),
    ...(/underline/.test(line) && !isIn('a,u') ? ['u'] : []),
    ...(/line-through/.test(line) && !isIn('s,del,strike') ? ['s'] : []),
    ...(height === 'super' && !isIn('sup') ? ['sup'] : []),
    ...(height === 'sub' && !isIn('sub') ? ['sub'] : []),
  ];
}

/** Elements whose style takes back what their name says, as Google Docs wraps all it copies in `<b style="font-weight:normal">`. */
const isTakenBack = (node: Element): boolean =>
  (/^(?:b|strong)$/.test(tagOf(node)) && /^(?:normal|[1-4]00)/.test(said(node, 'font-weight'))) || (/^(?:i|em)$/.test(tagOf(node)) && said(node, 'font-style') === 'normal');

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
    if (isTakenBack(node)) {
      node.replaceWith(...node.childNodes);
      continue;
    }
    if (!isBlock(node) && !/^(?:a|img|br)$/.test(tagOf(node))) wrapInside(node, tagsOf(node));
    const align = /^(center|right)/.exec(said(node, 'text-align'))?.[1] ?? (tagOf(node) === 'center' ? 'center' : null);
    if (align && /^(?:p|h[1-6])$/.test(tagOf(node))) node.classList.add(`has-text-align-${align}`);
  }
  for (const node of [...root.querySelectorAll('*')]) rename(node);
}
