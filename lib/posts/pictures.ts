import { db } from '../db/client';
import { picturesIn, withResponsivePictures, type KnownPicture } from '../text/responsive';
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
