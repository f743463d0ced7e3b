import { readFileSync } from 'node:fs';

export type KeptColumn = { table: string; column: string; /** Null: it says nothing about a person. */ whose: string | null; erased: string };

const rowsOf = (text: string): string[][] =>
  text.split('\n').filter((line) => line.startsWith('| ')).map((line) => line.slice(1, -1).split('|').map((cell) => cell.trim())).filter((cells) => !/^-+$/.test(cells[0]!) && cells[0] !== 'Table');

/** Every column that docs/privacy.md lists, as it says. */
export function listKeptColumns(): KeptColumn[] {
  return rowsOf(readFileSync('docs/privacy.md', 'utf8')).flatMap(([table = '', columns = '', what, whose, howLong, erased]) => {
    const isPersonal = what !== undefined;
    if (isPersonal && [what, whose, howLong, erased].some((cell) => !cell)) throw new Error(`docs/privacy.md: a cell is empty in the row of ${table}, ${columns}.`);
    return columns.split(', ').map((column) => ({ table, column, whose: isPersonal ? whose! : null, erased: erased ?? '' }));
  });
}
