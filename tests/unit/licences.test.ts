import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installedAs, licencesDocument, productionPackages } from '@/scripts/production-packages';

type Locked = { resolved?: string; integrity?: string; inBundle?: boolean; dev?: boolean };
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { lockfileVersion: number; packages: Record<string, Locked> };
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as Record<'dependencies' | 'devDependencies', Record<string, string>>;
const packages = productionPackages();

/** Licences that ask for no more than to be named. */
const TAKEN = ['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0', 'CC0-1.0', 'Unlicense', 'Zlib', 'Python-2.0'];
/** Others, each for what it is used for: fonts; a library of its own beside sharp; tools of the build and data that are not changed. */
const TAKEN_FOR: [RegExp, string][] = [
  [/^@(?:expo-google-fonts|fontsource-variable)\//, 'OFL-1.1'],
  [/^@img\/sharp-/, 'LGPL-3.0-or-later'],
  [/^lightningcss(?:-|$)/, 'MPL-2.0'],
  [/^elkjs$/, 'EPL-2.0'],
  [/^caniuse-lite$/, 'CC-BY-4.0'],
];

/** Whether an expression of SPDX (AND, OR, brackets around all of it) holds only what is taken for this package. */
function isTaken(name: string, licence: string): boolean {
  const may = (one: string) => TAKEN.includes(one) || TAKEN_FOR.some(([of, taken]) => of.test(name) && taken === one);
  return licence.replace(/^\((.*)\)$/, '$1').split(/ or /i).some((way) => way.split(/ and /i).every(may));
}

test('docs/licences.md lists what package-lock.json has for production', () => {
  expect(readFileSync('docs/licences.md', 'utf8'), 'Run: node --import tsx scripts/licences.ts').toBe(licencesDocument());
});

test('what is installed has the version and the licence that are listed', () => {
  const installed = packages.flatMap((one) => { const found = installedAs(one.folder); return found ? [{ ...one, found }] : []; });
  expect(installed.length).toBeGreaterThan(400);
  expect(installed.filter(({ version, licence, found }) => version !== found.version || licence !== found.licence)).toEqual([]);
});

test('every licence is one of few', () => {
  expect(packages.filter(({ name, licence }) => !isTaken(name, licence))).toEqual([]);
  expect([['x', 'GPL-3.0'], ['x', 'unknown'], ['x', 'MIT AND GPL-3.0'], ['x', 'OFL-1.1'], ['x', 'LGPL-3.0-or-later'], ['x', '(MIT OR GPL-3.0)']].map(([name = '', licence = '']) => isTaken(name, licence))).toEqual([false, false, false, false, false, true]);
});

test('what is installed comes from the one public registry, as the bytes that were there when it was chosen', () => {
  expect(lock.lockfileVersion).toBe(3);
  const named = Object.entries(lock.packages).filter(([folder]) => folder !== '');
  // npm asks the registry that it is set to where none stands there; the hash says whether it gave the same.
  expect(named.filter(([, { resolved }]) => resolved !== undefined && !resolved.startsWith('https://registry.npmjs.org/')).map(([folder]) => folder)).toEqual([]);
  // What comes within another package has that one's hash.
  expect(named.filter(([, { integrity = '', inBundle }]) => !inBundle && !/^sha512-[\w+/]{86}==$/.test(integrity)).map(([folder]) => folder)).toEqual([]);
});

test('what the blog itself asks for is counted, and each is of one version', () => {
  const direct = Object.values(manifest.dependencies);
  // More than before? Say in docs/decisions what it is for, and raise the number.
  expect(direct.length).toBeLessThanOrEqual(102);
  expect(Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(([, version]) => !/^\d+\.\d+\.\d+(?:-[\w.-]+)?$/.test(version))).toEqual([]);
  expect(packages.length).toBeLessThanOrEqual(650);
});
