import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { BuildStep } from './build-steps';
import { inProject } from './project';

/** Where `components/layout/reading-font.ts` finds the fonts of readers' pages. */
export const FONTS_FOLDER = inProject('components/layout/fonts');
const SOURCE = inProject('node_modules/@fontsource-variable/source-serif-4/files');

// The ranges of the package's own style sheet; the second is the `unicode-range` in reading-font.ts.
const LATIN = 'U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD';
const FURTHER = 'U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C4,U+2113,U+2C60-2C7F,U+A720-A7FF';

type Cut = { name: string; from: string; range: string; weight: number | { min: number; max: number } };

// The weights that the style sheets ask for. Whole, each file has those from 200 to 900 and is half as large again.
const WEIGHTS = { min: 400, max: 700 };
// Two fixed italics: the bold one is fetched only where there is one, and the other is half of one that can be both.
const CUTS: Cut[] = [
  { name: 'roman', from: 'latin-wght-normal', range: LATIN, weight: WEIGHTS },
  { name: 'roman-further', from: 'latin-ext-wght-normal', range: FURTHER, weight: WEIGHTS },
  { name: 'italic', from: 'latin-wght-italic', range: LATIN, weight: 400 },
  { name: 'italic-bold', from: 'latin-wght-italic', range: LATIN, weight: 650 },
];

// What browsers apply unasked, and the figures that prose.css asks for. Small capitals, fractions and the like are left out.
const FEATURES = ['calt', 'ccmp', 'clig', 'kern', 'liga', 'locl', 'mark', 'mkmk', 'rlig', 'rvrn', 'lnum', 'onum', 'pnum', 'tnum'];

const fileOf = (folder: string, name: string): string => path.join(folder, `${name}.woff2`);

/** The fonts of readers' pages, cut to the letters, weights and features that they show. */
export const fontsStep: BuildStep = {
  name: 'fonts',
  sources: ['server/build-fonts.ts', 'package-lock.json'],
  results: CUTS.map(({ name }) => path.relative(inProject(), fileOf(FONTS_FOLDER, name))),
  make: () => cutFonts(FONTS_FOLDER),
};

/** Writes the fonts into a folder, as woff2. */
export async function cutFonts(folder: string): Promise<void> {
  // Loaded here, for a start that finds all up to date needs none of it.
  const { default: subsetFont } = await import('subset-font');
  mkdirSync(folder, { recursive: true });
  for (const { name, from, range, weight } of CUTS) {
    const whole = readFileSync(path.join(SOURCE, `source-serif-4-${from}.woff2`));
    const options = { targetFormat: 'woff2' as const, keepFeatures: FEATURES, variationAxes: { wght: weight } };
    writeFileSync(fileOf(folder, name), await subsetFont(whole, lettersOf(range), options));
  }
}

/** The characters of a CSS `unicode-range`. */
function lettersOf(range: string): string {
  return range.split(',').map((part) => {
    const [first = 0, last = first] = part.replace('U+', '').split('-').map((hex) => Number.parseInt(hex, 16));
    return String.fromCodePoint(...Array.from({ length: last - first + 1 }, (_, index) => first + index));
  }).join('');
}
