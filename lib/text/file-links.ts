import type { Element, Root } from 'hast';
import { toString } from 'hast-util-to-string';
import { visit } from 'unist-util-visit';
import { t } from '../words/t';
import { elementsIn, property } from './html-tree';
import { webUrl } from './links';
import { isDocument, playedAs } from './media-files';
import type { OldSite } from './old-site';
import { keptHere, keptMediaPath, wholeAddress } from './own-media';
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

/** A link that shows nothing but pictures without words has no name to read aloud: where it leads is said instead. */
function nameLink(link: Element): void {
  const pictures = elementsIn(link, 'img');
  if (pictures.length === 0 || pictures.some((picture) => property(picture, 'alt').trim()) || toString(link).trim()) return;
  const href = property(link, 'href');
  const url = webUrl(href);
  link.properties.ariaLabel = url ? t('posts.kept.leadsTo', { host: url.host }) : t(keptMediaPath(href) === null ? 'posts.kept.anotherPage' : 'posts.kept.wholePicture');
}

/** Links to files that we keep lead to them here; those to further uploads of the old site are wanted. */
export function leadToOwnFiles(tree: Root, site: OldSite): void {
  visit(tree, 'element', (node) => {
    if (node.tagName !== 'a' || isStandIn(node)) return;
    nameLink(node);
    const url = webUrl(wholeAddress(property(node, 'href'), site) ?? '');
    if (!url || !isFile(url.href)) return;
    url.hash = '';
    if (isUpload(url)) site.want({ kind: isPictureFile(url.href) ? 'picture' : 'file', addresses: [url.href], alt: '' });
    const own = keptHere([url.href], ['image', 'video', 'audio', 'file'], site);
    if (own) node.properties.href = own.path;
  });
}
