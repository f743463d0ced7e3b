import { t } from '../words/t';
import { storedHtml, type SafeHtml } from './safe-html';

/** What is known of a kept picture. `widths`: in which it can be had, smallest first; none: only as it is. */
export type KnownPicture = { mimeType: string; width: number | null; height: number | null; widths: readonly number[] };

export type Source = { type: string; srcSet: string };
/** The sizes of a picture for browsers: the newer formats, and the sizes of the one that all know ('' where it is only to be had as it is). */
export type Sources = { sources: Source[]; srcSet: string };

// Of what a size is made, best first (lib/media/widths.ts says which are made).
const NEWER = ['avif', 'webp'] as const;
const HAVE_SIZES = ['image/jpeg', 'image/png', 'image/webp', 'image/avif'];

/** The addresses of a kept picture's sizes: `/media/SHA-640.avif 640w, …`. */
export function sourcesOf(sha256: string, { mimeType, widths }: Pick<KnownPicture, 'mimeType' | 'widths'>): Sources {
  if (widths.length === 0 || !HAVE_SIZES.includes(mimeType)) return { sources: [], srcSet: '' };
  const list = (extension: string): string => widths.map((width) => `/media/${sha256}-${width}.${extension} ${width}w`).join(', ');
  return { sources: NEWER.map((format) => ({ type: `image/${format}`, srcSet: list(format) })), srcSet: mimeType === 'image/jpeg' ? list('jpg') : '' };
}

/** How wide a text is at most (`--measure`), and what stands beside it on a phone, in pixels. */
const MEASURE_PX = 640;
const MARGIN_PX = 40;
const BESIDE_PX = 295;
const ONE_COLUMN = `(min-width: ${MEASURE_PX + MARGIN_PX}px)`;

/** As how wide a picture is shown that is written with this width, on phones and on desks. */
export function sizesFor(width: number | null, place: 'text' | 'beside' | 'gallery' = 'text'): string {
  if (place === 'gallery') return `(min-width: 480px) 210px, 50vw`;
  const most = place === 'beside' ? BESIDE_PX : MEASURE_PX;
  const shown = width === null ? most : Math.min(width, most);
  // A small picture is not shown larger than it is.
  const onPhone = width !== null && width < MEASURE_PX ? `min(${width}px, calc(100vw - ${MARGIN_PX}px))` : `calc(100vw - ${MARGIN_PX}px)`;
  return `${ONE_COLUMN} ${shown}px, ${onPhone}`;
}

// Written by lib/text alone: quoted attributes, and no `<` in a text that begins no tag.
const ATTRIBUTES = String.raw`(?:[^"'>]|"[^"]*"|'[^']*')*`;
const PARTS = new RegExp(String.raw`<picture\b[\s\S]*?</picture>|<(figure)\b(${ATTRIBUTES})>|</figure>|<img\b(${ATTRIBUTES})>`, 'gi');
const IMAGES = new RegExp(String.raw`<img\b(${ATTRIBUTES})>`, 'gi');
const KEPT = /^\/media\/([0-9a-f]{64})\.[a-z0-9]{2,4}$/;

const attribute = (attributes: string, name: string): string | null => new RegExp(`(?:^|\\s)${name}="([^"]*)"`, 'i').exec(attributes)?.[1] ?? null;
const without = (attributes: string, name: string): string => attributes.replace(new RegExp(`\\s${name}="[^"]*"`, 'gi'), '');
const pixels = (written: string | null): number | null => (written !== null && /^[1-9]\d{0,5}$/.test(written) ? Number(written) : null);

/** The kept files that a stored text shows as pictures, by their SHA-256; each once. */
export function picturesIn(html: string): string[] {
  if (!html.includes('/media/')) return [];
  const sources = [...html.matchAll(IMAGES)].map(([, attributes = '']) => KEPT.exec(attribute(attributes, 'src') ?? '')?.[1]);
  return [...new Set(sources.filter((sha256) => sha256 !== undefined))];
}

/** From here on the beginning of a text may not be seen without scrolling. */
const IN_VIEW_CHARACTERS = 1_200;

type Place = 'text' | 'beside' | 'gallery';

function placeOf(classes: string): Place {
  if (/\bgallery\b/.test(classes)) return 'gallery';
  return /\balign(?:left|right)\b/.test(classes) ? 'beside' : 'text';
}

/**
 * Stored safe HTML as readers get it: each picture of ours in the sizes and formats that it can be had in, with its size
 * in pixels so that nothing moves, and loaded when it comes into view; but the first where the text begins with it
 * (`isFirst`: nothing stands above). One that was deleted gives way to its words. Idempotent; what is safe stays safe, for
 * nothing is taken over but numbers of ours. Texts without pictures cost nothing.
 */
export function withResponsivePictures(html: SafeHtml, known: ReadonlyMap<string, KnownPicture>, { isFirst = true }: { isFirst?: boolean } = {}): SafeHtml {
  if (!html.includes('/media/')) return html;
  const places: Place[] = [];
  let isAhead = isFirst;
  return storedHtml(html.replace(PARTS, (part: string, figure: string | undefined, figureAttributes: string | undefined, img: string | undefined, at: number) => {
    if (figure !== undefined) places.push(placeOf(attribute(figureAttributes ?? '', 'class') ?? ''));
    if (/^<\/figure/i.test(part)) places.pop();
    if (img === undefined) return part;
    const isEager = isAhead && at < IN_VIEW_CHARACTERS;
    isAhead = false;
    // Of a gallery every picture is one in a row, also where it has a figure of its own.
    return pictureOf(part, img, known, { place: places.includes('gallery') ? 'gallery' : (places.at(-1) ?? 'text'), isEager });
  }));
}

// What is text in an attribute may begin a tag elsewhere.
const asText = (attribute: string): string => attribute.replaceAll('<', '&lt;').replaceAll('>', '&gt;');

function pictureOf(whole: string, attributes: string, known: ReadonlyMap<string, KnownPicture>, { place, isEager }: { place: Place; isEager: boolean }): string {
  const sha256 = KEPT.exec(attribute(attributes, 'src') ?? '')?.[1];
  if (sha256 === undefined || attribute(attributes, 'srcset') !== null) return whole;
  const picture = known.get(sha256);
  if (!picture) return `<span class="picture-gone">${asText(attribute(attributes, 'alt') || t('posts.kept.pictureGone'))}</span>`;
  const written = pixels(attribute(attributes, 'width'));
  const sized = sizeAttributes(attributes.replace(/\s*\/$/, ''), picture);
  const eager = isEager ? `${without(sized, 'loading')} fetchpriority="high"` : attribute(sized, 'loading') === null ? `${sized} loading="lazy"` : sized;
  const { sources, srcSet } = sourcesOf(sha256, picture);
  if (sources.length === 0) return `<img${eager} decoding="async">`;
  const sizes = sizesFor(written ?? picture.width, place);
  const list = sources.map((source) => `<source type="${source.type}" srcset="${source.srcSet}" sizes="${sizes}">`).join('');
  return `<picture>${list}<img${eager} decoding="async"${srcSet && ` srcset="${srcSet}" sizes="${sizes}"`}></picture>`;
}

/** With its size in pixels where that is not written: as wide as it is written, and as high as its shape says. */
function sizeAttributes(attributes: string, { width, height }: KnownPicture): string {
  const [writtenWidth, writtenHeight] = [pixels(attribute(attributes, 'width')), pixels(attribute(attributes, 'height'))];
  if ((writtenWidth !== null && writtenHeight !== null) || !width || !height) return attributes;
  const shown = writtenWidth ?? (writtenHeight !== null ? Math.round((writtenHeight * width) / height) : width);
  return `${without(without(attributes, 'width'), 'height')} width="${shown}" height="${writtenHeight ?? Math.round((shown * height) / width)}"`;
}
