import { expect, test } from 'vitest';
import { isAllMet, numberText, type Outcome, performancePage, rowText } from '../../bench/report';

const machine = { machine: '2 × Some Processor', node: '20.20.2', date: '2026-11-24', commit: 'abc1234', client: 'wrk 4', seconds: 4 };
const met = { what: 'kept page', bound: { atLeast: 0.9, unit: '×' }, value: 0.954, raw: { 'answers a second': 12_345, 'a | b': 'x' } };
const missed = { ...met, what: 'first render', bound: { atMost: 3, unit: '×' }, value: 7.81 };
const outcome = (changes: Partial<Outcome>): Outcome => ({ measure: { name: 'kept', how: 'So and so.' }, rows: [met], failure: null, seconds: 12.3, ...changes });

test('the table says of each number whether it keeps its bound', () => {
  const page = performancePage([outcome({ rows: [met, missed] })], machine);
  expect(page).toContain('| kept page | at least 0.9 × | 0.954 × | met |');
  expect(page).toContain('| first render | at most 3 × | 7.81 × | **missed** |');
  expect(page).toContain('2 × Some Processor. Node 20.20.2. 2026-11-24. Commit abc1234. Load by wrk 4, rounds of 4 s.');
  expect(page.split('| answers a second | 12,345 |')).toHaveLength(2);
  expect(page).toContain('- kept page\n- first render\n\n| seen | value |');
  expect(page).toContain('| a \\| b | x |');
  expect(page).toContain('- **kept** (12 s): So and so.');
});

test('what could not be measured is no success', () => {
  const failed = outcome({ rows: [], failure: 'No browser.\n  at somewhere' });
  expect(performancePage([failed], machine)).toContain('| kept |  | No browser. | **not measured** |');
  expect([isAllMet([outcome({})]), isAllMet([outcome({}), failed]), isAllMet([outcome({ rows: [missed] })]), isAllMet([outcome({ rows: [] })])]).toEqual([true, false, false, false]);
});

test.each([[0.95432, '0.954'], [1.3, '1.3'], [25_188.4, '25,188'], [0, '0'], [150, '150'], [Number.NaN, 'none']])('%d is written %s', (value, expected) => {
  expect(numberText(value)).toBe(expected);
});

test('a row is one line for the terminal', () => {
  expect([rowText(met), rowText(missed)]).toEqual(['met     kept page: 0.954 × (at least 0.9 ×)', 'missed  first render: 7.81 × (at most 3 ×)']);
});
