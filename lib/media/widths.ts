import { keptPath, typeOfMime } from './kept-types';
import { VARIANT_WIDTHS } from './schema';

/** In which formats the sizes of a picture are made, best first. Its own format stays as it is, for browsers that know neither. */
const FORMATS: Record<string, readonly VariantFormat[]> = {
  'image/jpeg': ['avif', 'webp', 'jpg'],
  'image/png': ['avif', 'webp'],
  'image/webp': ['avif', 'webp'],
  'image/avif': ['avif', 'webp'],
};

export const VARIANT_FORMATS = ['avif', 'webp', 'jpg'] as const;
export type VariantFormat = (typeof VARIANT_FORMATS)[number];

/** The formats in which sizes of a picture of this type are made; none for what is only shown as it is. */
export const formatsOf = (mimeType: string): readonly VariantFormat[] => FORMATS[mimeType] ?? [];

/** The widths in which a picture of this width is made: those of VARIANT_WIDTHS below its own, and its own up to the last of them. */
export function widthsOf(width: number): number[] {
  const last = VARIANT_WIDTHS[VARIANT_WIDTHS.length - 1] ?? 0;
  const below = VARIANT_WIDTHS.filter((each) => each < width);
  return width <= last ? [...below, width] : below;
}

export type VariantName = { sha256: string; width: number; format: VariantFormat };

const NAME = /^([0-9a-f]{64})-([1-9]\d{0,4})\.(avif|webp|jpg)$/;

/** What the name of a picture's size says (SHA256-WIDTH.EXT); null for every other name. */
export function readVariantName(name: string): VariantName | null {
  const [, sha256, width, extension] = NAME.exec(name) ?? [];
  const format = VARIANT_FORMATS.find((each) => each === extension);
  return sha256 && width && format ? { sha256, width: Number(width), format } : null;
}

export const variantName = ({ sha256, width, format }: VariantName): string => `${sha256}-${width}.${format}`;

type Pictured = { sha256: string; mimeType: string; widths: readonly number[] };

/** A small picture of a kept file, for lists; the picture itself where there are no sizes of it; null for what is no picture. */
export function thumbOf({ sha256, mimeType, widths }: Pictured): string | null {
  const [smallest] = widths;
  if (smallest !== undefined && formatsOf(mimeType).includes('webp')) return `/media/${variantName({ sha256, width: smallest, format: 'webp' })}`;
  return typeOfMime(mimeType)?.kind === 'image' ? keptPath(sha256, mimeType) : null;
}
