import { showing } from '../answer';
import { db } from '../db/client';
import { ABOUT_SIDE_PX, sitePicturePath } from '../media/site-picture-names';
import { ownerHtml } from '../text/owner-text';
import type { SafeHtml } from '../text/safe-html';
import { paletteOf, type Palette } from './palettes';
import { storedMenuSchema, type MenuItem } from './settings-form';

/** What every page shows of the blog's own choice, besides its name. `icon`: the SHA-256 of the file it is made of. */
export type SiteLook = { palette: Palette; icon: string | null; social: string[]; menu: MenuItem[] | null };

const ONE = { orderBy: { id: 'asc' } } as const;

/** How the blog looks and where its header and footer lead; the defaults while no row exists. */
export async function findSiteLook(): Promise<SiteLook> {
  showing('site');
  const found = await db().site.findFirst({ ...ONE, select: { palette: true, menu: true, social: true, icon: { select: { sha256: true } } } });
  return { palette: paletteOf(found?.palette ?? ''), icon: found?.icon?.sha256 ?? null, social: found?.social ?? [], menu: storedMenuSchema.parse(found?.menu ?? null) };
}

/** Who writes here, in their own words, with their picture. */
export type AboutView = { html: SafeHtml; picture: { path: string; alt: string } | null };

/** What the owner has written about the author; null: nothing. */
export async function findAbout(): Promise<AboutView | null> {
  showing('site');
  const found = await db().site.findFirst({ ...ONE, select: { about: true, picture: { select: { sha256: true, alt: true } } } });
  if (!found?.about) return null;
  const { about, picture } = found;
  return { html: ownerHtml(about), picture: picture && { path: sitePicturePath({ sha256: picture.sha256, side: ABOUT_SIDE_PX, format: 'webp' }), alt: picture.alt } };
}

/** By what rules people talk here, for whoever writes a comment; null: the owner has written none. */
export async function findConduct(): Promise<SafeHtml | null> {
  showing('site');
  const found = await db().site.findFirst({ ...ONE, select: { conduct: true } });
  return found?.conduct ? ownerHtml(found.conduct) : null;
}
