import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { HUES } from '@/lib/media/schema';

const tokens = readFileSync('components/tokens.css', 'utf8');
const styles = readFileSync('components/identity/portrait.css', 'utf8');
const hues = [...styles.matchAll(/\.hue-(\d+) { --hue: (\d+); }/g)].map(([, number, hue]) => [Number(number), Number(hue)]);

function token(name: string): [lightness: number, chroma: number] {
  const [, lightness, chroma] = new RegExp(`--monogram-${name}: ([\\d.]+) ([\\d.]+);`).exec(tokens) ?? [];
  return [Number(lightness), Number(chroma)];
}

/** Linear light of an OKLCH colour in sRGB (CSS Color 4, 9.2 and 10). */
function light([lightness, chroma]: [number, number], hue: number): [number, number, number] {
  const [a, b] = [chroma * Math.cos((hue * Math.PI) / 180), chroma * Math.sin((hue * Math.PI) / 180)];
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s, -1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s, -0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s];
}

const luminance = ([r, g, b]: [number, number, number]) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

test('there is a hue for every number that a monogram may have', () => {
  expect(hues.map(([number]) => number)).toEqual(Array.from({ length: HUES }, (_, number) => number));
  expect(new Set(hues.map(([, hue]) => hue)).size).toBe(HUES);
});

test.each(['light', 'dark'])('the letters of every monogram are read easily in the %s theme', (theme) => {
  for (const [, hue] of hues) {
    const colours = [light(token(`paper-${theme}`), hue!), light(token(`ink-${theme}`), hue!)];
    // Outside of what a screen shows, a browser would choose another colour.
    for (const part of colours.flat()) expect(part).toBeGreaterThan(-0.001);
    for (const part of colours.flat()) expect(part).toBeLessThan(1.001);
    const [darker, lighter] = colours.map(luminance).sort((one, other) => one - other);
    expect((lighter! + 0.05) / (darker! + 0.05)).toBeGreaterThan(4.5);
  }
});
