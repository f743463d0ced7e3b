import { Parser } from 'htmlparser2';

let hasComplained = false;

/**
 * A reader's page without what only Next's runtime in the browser would need: its scripts, script preloads and the
 * second copy of the data inside them. Scripts marked `data-own` are the blog's and stay; style sheets and font
 * preloads stay. One pass over the markup; all else comes back byte for byte.
 * @returns the page whole when its markup is not what is expected: a part that waits for a script, or no end
 */
export function toDocument(html: string): string {
  const cuts: [from: number, to: number][] = [];
  let scriptFrom = -1;
  let isWhole = false;
  let waits = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      if (name === 'script' && attributes['data-own'] === undefined) scriptFrom = parser.startIndex;
      else if (name === 'link' && isScriptPreload(attributes)) cuts.push([parser.startIndex, parser.endIndex + 1]);
      else if (name === 'template' && attributes.id?.startsWith('B:')) waits = true;
      else if (name === 'div' && attributes.hidden !== undefined && attributes.id?.startsWith('S:')) waits = true;
    },
    onclosetag(name, isImplied) {
      if (name === 'html' && !isImplied) isWhole = true;
      if (name !== 'script' || scriptFrom < 0) return;
      cuts.push([scriptFrom, parser.endIndex + 1]);
      scriptFrom = -1;
    },
  });
  parser.end(html);
  if (waits || !isWhole || scriptFrom >= 0) return complain(html, waits ? 'a part waits for a script' : 'the page has no end');
  return without(html, cuts);
}

const isScriptPreload = ({ rel, as }: Record<string, string>): boolean => rel === 'modulepreload' || ((rel === 'preload' || rel === 'prefetch') && as === 'script');

function without(html: string, cuts: [number, number][]): string {
  const kept: string[] = [];
  let at = 0;
  for (const [from, to] of cuts) {
    kept.push(html.slice(at, from));
    at = to;
  }
  kept.push(html.slice(at));
  return kept.join('');
}

function complain(html: string, reason: string): string {
  if (!hasComplained) console.error(`A page is sent as Next made it, scripts included: ${reason}.`);
  hasComplained = true;
  return html;
}
