import type { Root } from 'hast';
import { visit } from 'unist-util-visit';
import { property } from './html-tree';
import { webUrl } from './links';
import { isDocument, playedAs } from './media-files';
import type { OldSite } from './old-site';
import { keptHere, wholeAddress } from './own-media';
import { isPictureFile } from './picture-addresses';
import { isStandIn } from './pictures';

/** Where WordPress keeps what is uploaded: its own folder, its older one for many blogs, and WordPress.com's host. */
const uploads = /\/wp-content\/(?:uploads|blogs\.dir)\/|^\/files\/\d{4}\/\d{2}\//;
const uploadsHost = /(?:^|\.)files\.wordpress\.com$/;

/** Whether the address is one of a picture, document, sound or film, by its name. */
const isFile = (address: string): boolean =>
  isPictureFile(address) || playedAs(address) !== null || isDocument(address);

function isUpload(url: URL): boolean {
  return uploads.test(url.pathname) || uploadsHost.test(url.hostname);
}

/** Links to files that we keep lead to them here; those to further uploads of the old site are wanted. */
export function leadToOwnFiles(tree: Root, site: OldSite): void {
  visit(tree, 'element', (node) => {
    if (node.tagName !== 'a' || isStandIn(node)) return;
    const url = webUrl(wholeAddress(property(node, 'href'), site) ?? '');
    if (!url || !isFile(url.href)) return;
    url.hash = '';
    if (isUpload(url)) site.want({ kind: isPictureFile(url.href) ? 'picture' : 'file', addresses: [url.href], alt: '' });
    const own = keptHere([url.href], ['image', 'video', 'audio', 'file'], site);
    if (own) node.properties.href = own.path;
  });
}
