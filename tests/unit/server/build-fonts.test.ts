import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import subsetFont from 'subset-font';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { cutFonts } from '@/server/build-fonts';
import { inProject } from '@/server/project';

const FONTS_MAX_BYTES = 80_000;
let folder = '';

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), 'soapbox-fonts-'));
  await cutFonts(folder);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const font = (name: string) => readFileSync(path.join(folder, `${name}.woff2`));
const bytes = (...names: string[]) => names.reduce((sum, name) => sum + statSync(path.join(folder, `${name}.woff2`)).size, 0);

/** One table of an uncompressed font (OpenType, “Organization of an OpenType Font”: a directory of 16 bytes each). */
function tableOf(sfnt: Buffer, tag: string): Buffer | undefined {
  const entries = Array.from({ length: sfnt.readUInt16BE(4) }, (_, index) => sfnt.subarray(12 + 16 * index, 28 + 16 * index));
  const entry = entries.find((each) => each.toString('latin1', 0, 4) === tag);
  return entry && sfnt.subarray(entry.readUInt32BE(8), entry.readUInt32BE(8) + entry.readUInt32BE(12));
}

/** How many glyphs a font has for a letter; one, the mark of a missing letter, is always there. */
async function glyphsFor(name: string, letter: string): Promise<number> {
  const maxp = tableOf(await subsetFont(font(name), letter, { targetFormat: 'sfnt', noLayoutClosure: true }), 'maxp');
  return (maxp?.readUInt16BE(4) ?? 1) - 1;
}

test.each([
  ['roman and italic', ['roman', 'italic']],
  ['bold italics too', ['roman', 'italic', 'italic-bold']],
  ['further letters too', ['roman', 'italic', 'roman-further']],
])('a page with %s fetches less than 80 KB', (_, names) => {
  expect(bytes(...names)).toBeLessThan(FONTS_MAX_BYTES);
});

test.each(['roman', 'italic', 'italic-bold'])('%s has the letters and marks of Western languages', async (name) => {
  for (const letter of 'azAZ09äöüßÄéèêëçñåøæœŒıíóúãõ¿¡«»“”„‘’–—…€§°·') expect(await glyphsFor(name, letter), letter).toBeGreaterThan(0);
});

test('further letters are there for the languages east of those', async () => {
  for (const letter of 'ąęłńśźżčďěňřšťůžőűăşţșțğİāēģķļņūėįųẁŵŷẞ') expect(await glyphsFor('roman-further', letter), letter).toBeGreaterThan(0);
});

test('the roman has every weight from 400 to 700', async () => {
  const fvar = tableOf(await subsetFont(font('roman'), 'a', { targetFormat: 'sfnt' }), 'fvar')!;
  const axis = fvar.subarray(fvar.readUInt16BE(4));
  expect([axis.toString('latin1', 0, 4), axis.readInt32BE(4) / 65_536, axis.readInt32BE(8) / 65_536, axis.readInt32BE(12) / 65_536]).toEqual(['wght', 400, 400, 700]);
});

test('what the style sheet calls the further letters is what the file of them was cut to', () => {
  const range = /value: '(U\+[^']+)'/.exec(readFileSync(inProject('components/layout/reading-font.ts'), 'utf8'))?.[1];
  expect(range).toBeDefined();
  expect(readFileSync(inProject('server/build-fonts.ts'), 'utf8')).toContain(`FURTHER = '${range}'`);
});
