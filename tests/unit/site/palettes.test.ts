import Color from 'color';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PALETTE_COLOURS, PALETTES, paletteOf } from '@/lib/site/palettes';
import { en } from '@/lib/words/en';

const tokens = readFileSync('components/tokens.css', 'utf8');

type Colours = Record<string, string>;

/** The colours of a palette as its block has them, by day or by night. */
function coloursOf(palette: string, theme: 'light' | 'dark'): Colours {
  const [, block = ''] = new RegExp(`\\[data-palette='${palette}'\\] \\{\\n([^}]*)\\}`).exec(tokens) ?? [];
  const lines = [...block.matchAll(/--color-([a-z-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\);/g)];
  expect(lines).toHaveLength(block.trim().split('\n').length);
  return Object.fromEntries(lines.map(([, name = '', light = '', dark = '']) => [name, theme === 'light' ? light : dark]));
}

const LEAST: Record<string, number> = { ink: 7, muted: 7, accent: 4.5, 'accent-strong': 4.5, danger: 4.5, good: 4.5, edge: 3 };

test('the style sheet has the palettes that can be chosen, and no others', () => {
  expect([...tokens.matchAll(/\[data-palette='([a-z]+)'\]/g)].map(([, name]) => name)).toEqual([...PALETTES]);
  for (const words of [en.site.paletteName, en.site.paletteWords]) expect(Object.keys(words)).toEqual([...PALETTES]);
  expect([paletteOf('moss'), paletteOf('another'), paletteOf('')]).toEqual(['moss', 'clay', 'clay']);
});

test.each(PALETTES)('what is drawn without a style sheet has the colours of %s', (palette) => {
  const { paper, ink, muted, accent } = coloursOf(palette, 'light');
  expect(PALETTE_COLOURS[palette]).toEqual({ paper, ink, muted, accent });
});

test.each(PALETTES.flatMap((palette) => (['light', 'dark'] as const).map((theme) => [palette, theme] as const)))('%s, %s: text stands out 7 to 1 on every ground, accents 4.5, edges 3', (palette, theme) => {
  const colours = coloursOf(palette, theme);
  expect(Object.keys(colours).sort()).toEqual(Object.keys(coloursOf('clay', 'light')).sort());
  const on = (ground: string, name: string) => Color(colours[ground]!).contrast(Color(colours[name]!));
  const pairs = ['paper', 'sheet', 'wash'].flatMap((ground) => Object.keys(LEAST).map((name) => ({ ground, name, contrast: on(ground, name) })));
  expect(pairs.filter(({ name, contrast }) => !(contrast >= LEAST[name]!))).toEqual([]);
  for (const ground of ['accent', 'accent-strong']) expect(on(ground, 'on-accent')).toBeGreaterThanOrEqual(4.5);
});
