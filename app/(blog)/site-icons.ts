import { ICON_SIDES_PX, sitePicturePath, TOUCH_ICON_SIDE_PX } from '@/lib/media/site-picture-names';

/** The icons of every document: those made of the owner's picture, or the blog's own. */
export function siteIcons(sha256: string | null) {
  if (sha256 === null) return { icon: [{ url: '/icon.svg', type: 'image/svg+xml' }] };
  const square = (side: number) => ({ url: sitePicturePath({ sha256, side, format: 'png' }), sizes: `${side}x${side}`, type: 'image/png' });
  return { icon: ICON_SIDES_PX.map(square), apple: [square(TOUCH_ICON_SIDE_PX)] };
}
