import type { Element } from 'hast';
import { element, property } from './html-tree';
import { keptMediaPath } from './own-media';

type Shown = { path: string; alt: string; width: number | null; height: number | null };

/** The `<img>` of a picture we keep; with its size, so that nothing moves when it comes. */
export function ownImage({ path, alt, width, height }: Shown): Element {
  const size = { ...(width && { width }), ...(height && { height }) };
  return element('img', { src: path, alt, ...size, loading: 'lazy' }, []);
}

/** The size that an element's own attributes give it, in pixels. */
export function sizeWritten(node: Element): { width: number | null; height: number | null } {
  const read = (name: string) => (/^[1-9]\d{0,4}$/.test(property(node, name)) ? Number(property(node, name)) : null);
  return { width: read('width'), height: read('height') };
}

/** An `<img>` that shows a picture of ours already, made anew with other words; null for any other. */
export function writtenImage(img: Element, alt: string): Element | null {
  const path = keptMediaPath(property(img, 'src'));
  return path === null ? null : ownImage({ path, alt, ...sizeWritten(img) });
}
