/** The sides in pixels of the squares that are made of an owner's choice: as PNG for the site's icon, as WebP for the picture beside the words about the author. */
export const ICON_SIDES_PX = [32, 192] as const;
/** Of what a phone puts on its screen. */
export const TOUCH_ICON_SIDE_PX = 180;
export const ABOUT_SIDE_PX = 256;

export type SitePictureFormat = 'png' | 'webp';
export type SitePictureName = { sha256: string; side: number; format: SitePictureFormat };

const KINDS: [format: SitePictureFormat, sides: readonly number[]][] = [['png', [...ICON_SIDES_PX, TOUCH_ICON_SIDE_PX]], ['webp', [ABOUT_SIDE_PX]]];

/** Where such a square stands: named by the file that it is made of. */
export const sitePicturePath = ({ sha256, side, format }: SitePictureName): string => `/pictures/${sha256}-${side}.${format}`;

/** What the name of such a square says; null for any other name. */
export function readSitePictureName(name: string): SitePictureName | null {
  const [, sha256, digits, extension] = /^([0-9a-f]{64})-(\d{2,3})\.(png|webp)$/.exec(name) ?? [];
  const kind = KINDS.find(([format, sides]) => format === extension && sides.includes(Number(digits)));
  return sha256 && kind ? { sha256, side: Number(digits), format: kind[0] } : null;
}
