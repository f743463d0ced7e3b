import { isObject } from './ghost-cards';
import { parsed, type GhostSource } from './ghost-text';

// What stands in Ghost's HTML around a card that not everybody sees.
const GATE = /<!--\s*kg-gated-block:begin([^>]*)/gi;

const isGate = (parameters: string): boolean => !/\bnonMember:["']?true\b/i.test(parameters) || /\bnonMember:["']?false\b/i.test(parameters);

/** Who sees a card, as its source says it; the first Ghosts with such cards only knew the web and mail. */
function isGated({ visibility }: Readonly<Record<string, unknown>>): boolean {
  if (!isObject(visibility)) return false;
  return visibility.showOnWeb === false || (isObject(visibility.web) && visibility.web.nonMember !== true);
}

/** Without recursion: the tree is as deep as the file wants. */
function holdsGated(tree: unknown): boolean {
  const left = [tree];
  while (left.length > 0) {
    const value = left.pop();
    if (isObject(value) && isGated(value)) return true;
    if (typeof value === 'object' && value !== null) for (const inner of Object.values(value)) left.push(inner);
  }
  return false;
}

/** Whether a part of what a post says (`html`, as ghostHtml gives it) was not for everybody. */
export function hasGatedCard(source: GhostSource, html: string): boolean {
  for (const [, parameters = ''] of html.matchAll(GATE)) if (isGate(parameters)) return true;
  return source.html.trim() === '' && (holdsGated(parsed(source.lexical)) || holdsGated(parsed(source.mobiledoc)));
}
