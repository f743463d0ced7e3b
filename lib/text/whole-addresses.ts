import { toHtml } from 'hast-util-to-html';
import { visit } from 'unist-util-visit';
import { readHtml } from './html-tree';
import { isRelative, parseUrl } from './links';
import { type SafeHtml, storedHtml } from './safe-html';

const ADDRESSES = ['href', 'src', 'poster'] as const;

/** Safe HTML as it may stand anywhere else: addresses that are relative to `page`, a whole address, made whole; fragments too. */
export function withWholeAddresses(html: SafeHtml, page: string): SafeHtml {
  const tree = readHtml(html);
  const whole = (address: string) => (parseUrl(address) && isRelative(address) && URL.canParse(address, page) ? new URL(address, page).href : address);
  visit(tree, 'element', ({ properties }) => {
    for (const name of ADDRESSES) if (typeof properties[name] === 'string') properties[name] = whole(properties[name]);
    // What HTML reads as a list of addresses with their sizes.
    if (typeof properties.srcSet === 'string') properties.srcSet = properties.srcSet.replace(/(^|,\s*)(\/[^\s,]*)/g, (_, before: string, address: string) => before + whole(address));
  });
  return storedHtml(toHtml(tree, { characterReferences: { useNamedReferences: true } }));
}
