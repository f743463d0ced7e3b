/** The palettes that an owner can choose from: their colours, light and dark, stand in components/tokens.css. */
export const PALETTES = ['clay', 'moss', 'harbour', 'plum', 'ink'] as const;
export type Palette = (typeof PALETTES)[number];

/** How each is called, and how it looks, for the form. */
export const PALETTE_WORDS: Record<Palette, { name: string; words: string }> = {
  clay: { name: 'Clay', words: 'Warm paper, burnt orange.' },
  moss: { name: 'Moss', words: 'Soft green on pale paper.' },
  harbour: { name: 'Harbour', words: 'Cool and clear, sea blue.' },
  plum: { name: 'Plum', words: 'A quiet red-violet.' },
  ink: { name: 'Ink', words: 'Black, white and greys.' },
};

/** The palette of this name; `clay`, the blog's own, for any other. */
export const paletteOf = (name: string): Palette => PALETTES.find((one) => one === name) ?? 'clay';
