import { readdirSync, readFileSync } from 'node:fs';

const SIDE = /(^|-)(left|right)(-|$)/;
const SIDES = /^(margin|padding|inset|border-(width|style|color)|scroll-(margin|padding))$/;
const WORDS = /^(text-align|float|clear|caption-side|transform-origin|perspective-origin|background(-position|-image)?|mask(-position|-image)?)$/;
const MOVES = /^(box-shadow|text-shadow|translate|transform)$/;
const MIRRORED = 'var(--onward)';

/** The words of a value, those in brackets together. */
function wordsOf(value: string): string[] {
  const words = [''];
  let depth = 0;
  for (const letter of value) {
    depth += letter === '(' ? 1 : letter === ')' ? -1 : 0;
    if (letter === ' ' && depth === 0) words.push('');
    else words[words.length - 1] += letter;
  }
  return words.filter((word) => word !== '');
}

const isZero = (word: string | undefined): boolean => word === undefined || /^-?0[a-z%]*$/.test(word);

/** Whether one side of four is another than the one across. */
const isLopsided = ([, right, , left]: string[]): boolean => left !== undefined && left !== right;

/** Whether the corners at one side are others than those across. */
function isLopsidedRound(words: string[]): boolean {
  const [first, second = first, third = first, fourth = second] = words;
  return first !== second || third !== fourth;
}

/** How far the layers of a shadow, or a movement, go to one side: none, both, or as the lines run. */
function movesAside(property: string, value: string): boolean {
  if (value.includes(MIRRORED)) return false;
  if (property === 'transform') return /translate(X|3d)?\((?!-?0[,)])/.test(value);
  const layers = value.split(/,(?![^(]*\))/).map((layer) => wordsOf(layer.trim()).filter((word) => /^-?[\d.]|^calc/.test(word))[0]);
  const aside = layers.filter((word) => !isZero(word));
  return aside.length > 0 && !aside.every((word) => aside.includes(word!.startsWith('-') ? word!.slice(1) : `-${word}`));
}

function isPhysical(property: string, value: string): boolean {
  if (property.startsWith('--')) return false;
  if (SIDE.test(property)) return true;
  const words = wordsOf(value.replace('!important', ''));
  if (SIDES.test(property)) return isLopsided(words);
  if (property === 'border-radius') return isLopsidedRound(words);
  if (WORDS.test(property)) return /(^|[\s(,])(left|right)\b/.test(value);
  return MOVES.test(property) && movesAside(property, value);
}

/** What of a style sheet would stay at its side on a blog that is written from right to left. */
export const physicalIn = (css: string): string[] =>
  [...css.replace(/\/\*[\s\S]*?\*\//g, '').matchAll(/(?<=[{;]\s*)([a-z-]+)\s*:\s*([^;{}]+)/g)]
    .map(([, property = '', value = '']) => ({ property, value: value.trim() }))
    .filter(({ property, value }) => isPhysical(property, value))
    .map(({ property, value }) => `${property}: ${value}`);

/** Tailwind's classes that do. */
export const physicalClassesIn = (source: string): string[] =>
  [...source.matchAll(/className=(?:"([^"]*)"|\{([^}]*)\})/g)].flatMap(([, plain, computed]) =>
    (plain ?? computed ?? '').split(/[\s"'`:]+/).filter((word) => /^-?(m[lr]|p[lr]|left|right|scroll-[mp][lr]|border-[lr]|rounded-([lr]|[tb][lr]))(-(\d|\[|\(|px|auto|full|[smlx23]).*)?$|^(text|float|clear)-(left|right)$|^-?(space-x|translate-x)-/.test(word)));

/** The style sheets of the blog, by path. */
export const styleSheets = (): { path: string; css: string }[] =>
  ['components', 'app'].flatMap((folder) =>
    (readdirSync(folder, { recursive: true }) as string[]).filter((name) => name.endsWith('.css')).map((name) => ({ path: `${folder}/${name}`, css: readFileSync(`${folder}/${name}`, 'utf8') })));
