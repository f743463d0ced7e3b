/** The size of a picture by which a link is shared, as networks want it (ogp.me; 1.91 to 1). */
export const SHARE_WIDTH_PX = 1200;
export const SHARE_HEIGHT_PX = 630;
