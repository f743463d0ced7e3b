/** The palettes that an owner can choose from: their colours, light and dark, stand in components/tokens.css. */
export const PALETTES = ['clay', 'moss', 'harbour', 'plum', 'ink'] as const;
export type Palette = (typeof PALETTES)[number];

/** The palette of this name; `clay`, the blog's own, for any other. */
export const paletteOf = (name: string): Palette => PALETTES.find((one) => one === name) ?? 'clay';

/** Of the light ones, what is drawn where no style sheet is: the picture by which a post is shared. As in components/tokens.css. */
export const PALETTE_COLOURS: Record<Palette, { paper: string; ink: string; muted: string; accent: string }> = {
  clay: { paper: '#fbf8f3', ink: '#26221d', muted: '#574e45', accent: '#b4532a' },
  moss: { paper: '#f8f9f3', ink: '#20251d', muted: '#485143', accent: '#44703a' },
  harbour: { paper: '#f6f9fb', ink: '#1b242c', muted: '#43505b', accent: '#1f6a96' },
  plum: { paper: '#faf7f9', ink: '#271f26', muted: '#574a55', accent: '#8c3f74' },
  ink: { paper: '#fafafa', ink: '#1a1a1a', muted: '#4a4a4a', accent: '#3d3d3d' },
};
