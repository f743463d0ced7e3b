import { sharePicture } from '../media/share-picture';
import { db } from '../db/client';
import { findSiteLook } from '../site/identity';
import { PALETTE_COLOURS } from '../site/palettes';
import { findSite } from '../site/queries';
import { writtenDate } from '../site/rules';
import { findPage, findPost } from './queries';

type Picture = Uint8Array<ArrayBuffer>;

async function findBlog() {
  const [site, { palette }] = await Promise.all([findSite(), findSiteLook()]);
  return { site, colours: PALETTE_COLOURS[palette] };
}

/** Draws that of a post or page that everyone may read who has its address; null for any other. A page says no date. */
export async function drawPostShare(kind: 'post' | 'page', slug: string, now: Date): Promise<Picture | null> {
  const [{ site, colours }, post] = await Promise.all([findBlog(), (kind === 'post' ? findPost : findPage)(slug, now)]);
  if (!post) return null;
  const cover = post.cover && (await db().post.findUnique({ where: { id: post.id }, select: { cover: { select: { sha256: true, mimeType: true } } } }))?.cover;
  const line = kind === 'post' ? `${post.author.name} · ${writtenDate(post.publishedAt, site)}` : '';
  return sharePicture({ title: post.title, blog: site.title, line, colours, picture: cover ?? null });
}

/** Draws that of the blog: its name and tagline, and the picture beside the words about its author. */
export async function drawSiteShare(): Promise<Picture> {
  const [{ site, colours }, row] = await Promise.all([findBlog(), db().site.findFirst({ orderBy: { id: 'asc' }, select: { picture: { select: { sha256: true, mimeType: true } } } })]);
  return sharePicture({ title: site.title, blog: '', line: site.tagline, colours, picture: row?.picture ?? null });
}
