import { expect, test, vi } from 'vitest';
import { listFaults, noteFault } from '../../lib/faults';
import { log } from '../../lib/log';

test('a fault is logged once and counted each time, the latest first', () => {
  const error = vi.spyOn(log, 'error').mockImplementation(() => undefined);
  noteFault('A page is odd.', '/one', new Date(1));
  noteFault('The cellar is wet.', null, new Date(2));
  noteFault('A page is odd.', '/two', new Date(3));
  expect(listFaults()).toEqual([
    { sentence: 'A page is odd.', path: '/two', count: 2, firstAt: new Date(1), lastAt: new Date(3) },
    { sentence: 'The cellar is wet.', path: null, count: 1, firstAt: new Date(2), lastAt: new Date(2) },
  ]);
  expect(error.mock.calls.map(([sentence]) => sentence as unknown)).toEqual(['A page is odd.', 'The cellar is wet.']);
});

test('faults take no more room than a page shows', () => {
  vi.spyOn(log, 'error').mockImplementation(() => undefined);
  for (let number = 0; number < 1_000; number += 1) noteFault(`Fault ${number}.`);
  expect(listFaults()).toHaveLength(50);
});
