import { db } from '../db/client';
import type { Prisma } from '../db/generated/client';
import { keptPath } from '../media/kept-types';
import { picturesIn, sizesFor, sourcesOf, withResponsivePictures, type KnownPicture, type Source } from '../text/responsive';
import type { SafeHtml } from '../text/safe-html';

/** Of kept files those that are there, with the sizes in which they can be had. Whoever shows them is told of a change by the post's own tag. */
export async function findPictures(shas: string[]): Promise<Map<string, KnownPicture>> {
  if (shas.length === 0) return new Map();
  const rows = await db().mediaAsset.findMany({ where: { sha256: { in: shas } }, select: { sha256: true, mimeType: true, width: true, height: true, widths: true } });
  return new Map(rows.map(({ sha256, ...picture }) => [sha256, picture]));
}

/** A post's stored text as readers get it, its pictures in all their sizes. `isBelowPicture`: a picture stands above it. */
export async function withPictures(html: SafeHtml, { isBelowPicture }: { isBelowPicture: boolean }): Promise<SafeHtml> {
  const shas = picturesIn(html);
  return shas.length === 0 ? html : withResponsivePictures(html, await findPictures(shas), { isFirst: !isBelowPicture });
}

/** The picture above a text: a kept file, in pixels where its size is known, in the sizes that it can be had in. Focus: percent from the left and the top. */
export type CoverView = {
  path: string; alt: string; width: number | null; height: number | null;
  sources?: Source[]; srcSet?: string; sizes?: string; focusX?: number; focusY?: number;
};

/** The columns of a post that `coverOf` asks for. */
export const coverColumns = {
  coverAlt: true, coverFocusX: true, coverFocusY: true,
  cover: { select: { sha256: true, mimeType: true, alt: true, width: true, height: true, widths: true } },
} as const satisfies Prisma.PostSelect;

type CoverRow = Prisma.PostGetPayload<{ select: typeof coverColumns }>;

/** A post's cover as readers get it, with its own words, else those of the library. */
export function coverOf({ cover, coverAlt, coverFocusX, coverFocusY }: CoverRow): CoverView | null {
  if (!cover) return null;
  const { sha256, mimeType, alt, width, height } = cover;
  return { path: keptPath(sha256, mimeType), alt: coverAlt || alt, width, height, ...sourcesOf(sha256, cover), sizes: sizesFor(width), focusX: coverFocusX, focusY: coverFocusY };
}
