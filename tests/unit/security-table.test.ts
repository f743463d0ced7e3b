import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const document = readFileSync('docs/security.md', 'utf8');

/** A requirement of ASVS 5: chapter, section, number. */
const NUMBER = /^(?:[1-9]|1[0-7])\.[1-9]\.(?:[1-9]|1\d)$/;
/** A place and what is quoted of it; a name with a backtick stands between two of them. */
const SHOWN = /^`([\w./-]+)` › (?:`` (.+) ``|`([^`]+)`)$/;
const NONE_YET = /^\*\*none yet\*\*(?:: \S.*)?$/;

type Row = { line: string; cells: string[] };

/** The lines of all tables that begin with numbers, the one of what does not apply among them. */
const rows: Row[] = document.split('\n').filter((line) => /^\| *\d/.test(line)).map((line) => ({ line, cells: line.split('|').slice(1, -1).map((cell) => cell.trim()) }));
const applying = rows.filter(({ cells }) => cells.length !== 2);
const numbers = rows.flatMap(({ line, cells: [first = ''] }) => first.split(', ').map((number) => ({ line, number })));

/** The lines that are not as they should be, as a test shows them. */
const linesOf = (found: { line: string }[]): string[] => found.map(({ line }) => line);

/** What is wrong with one thing that a line names as shown by: no file, no such name or heading in it; null when it is there. */
function wrongIn(shown: string): string | null {
  if (NONE_YET.test(shown)) return null;
  const [, path = '', marked, plain] = SHOWN.exec(shown) ?? [];
  const name = marked ?? plain ?? '';
  if (name === '') return `is neither a place with a name nor “none yet”: ${shown}`;
  if (!existsSync(path)) return `names a file that is not there: ${path}`;
  const text = readFileSync(path, 'utf8');
  const isThere = path.endsWith('.md') ? text.split('\n').some((line) => /^#+ /.test(line) && line.replace(/^#+ /, '') === name) : /^tests\/.+\.test\.tsx?$/.test(path) && text.includes(name);
  return isThere ? null : `names what ${path} does not have: ${name}`;
}

test('every line names tests and headings that are there, or says that there is none', () => {
  const wrong = applying.flatMap(({ cells: [number, , , shown = ''] }) => shown.split('<br>').flatMap((one) => wrongIn(one) ?? []).map((what) => `${number} ${what}`));
  expect(wrong).toEqual([]);
});

test('every number is one of ASVS 5, and stands once', () => {
  expect(linesOf(numbers.filter(({ number }) => !NUMBER.test(number)))).toEqual([]);
  expect(numbers.filter(({ number }, index) => numbers.findIndex((other) => other.number === number) !== index).map(({ number, line }) => `${number} stands again: ${line}`)).toEqual([]);
});

test('all requirements of levels 1 and 2 have a line, none of which has an empty cell', () => {
  expect(numbers).toHaveLength(253);
  expect(linesOf(rows.filter(({ cells }) => ![2, 4].includes(cells.length) || cells.includes('')))).toEqual([]);
});
