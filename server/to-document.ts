import { Parser } from 'htmlparser2';
import { isScriptPreload, surpriseOfComment, surpriseOfElement, surpriseOfScript } from './next-markup';

type Cut = [from: number, to: number];

/**
 * A reader's page without what only Next's runtime in the browser would need: its scripts, script preloads and the
 * second copy of the data inside them. Scripts marked `data-own` are the blog's and stay; style sheets and font
 * preloads stay. One pass over the markup; all else comes back byte for byte.
 * @returns the page whole when anything in it is not as expected (a script that is not known, a part that waits for
 * one, no end): `onSurprise` is then told what, as half a sentence. Words are better than none, and the policy of the
 * page keeps whatever script it is from running
 */
export function toDocument(html: string, onSurprise: (what: string) => void): string {
  const { cuts, surprise } = read(html);
  if (surprise === null) return without(html, cuts);
  onSurprise(surprise);
  return html;
}

function read(html: string): { cuts: Cut[]; surprise: string | null } {
  const cuts: Cut[] = [];
  let script: { from: number; textFrom: number; attributes: Record<string, string> } | null = null;
  let surprise: string | null = null;
  let isWhole = false;
  const parser = new Parser({
    onopentag(name, attributes) {
      surprise ??= surpriseOfElement(name, attributes);
      if (name === 'script' && attributes['data-own'] === undefined) script = { from: parser.startIndex, textFrom: parser.endIndex + 1, attributes };
      else if (name === 'link' && isScriptPreload(attributes)) cuts.push([parser.startIndex, parser.endIndex + 1]);
    },
    oncomment(text) {
      surprise ??= surpriseOfComment(text);
    },
    onclosetag(name, isImplied) {
      if (name === 'html' && !isImplied) isWhole = true;
      if (name !== 'script' || !script) return;
      surprise ??= surpriseOfScript(script.attributes, html.slice(script.textFrom, parser.startIndex));
      cuts.push([script.from, parser.endIndex + 1]);
      script = null;
    },
  });
  parser.end(html);
  return { cuts, surprise: surprise ?? (isWhole ? null : 'the page has no end') };
}

function without(html: string, cuts: Cut[]): string {
  const kept: string[] = [];
  let at = 0;
  for (const [from, to] of cuts) {
    kept.push(html.slice(at, from));
    at = to;
  }
  kept.push(html.slice(at));
  return kept.join('');
}
