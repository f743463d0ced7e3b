import { Client } from 'pg';
import { expect, test, vi } from 'vitest';
import { Copier } from '@/lib/transfer/copy';
import { SHOWN_CHARACTERS } from '@/lib/transfer/rules';
import { Stager } from '@/lib/transfer/stage';
import { Tally } from '@/lib/transfer/tally';

test('of an endless reusable block as much is staged as of a post is shown, without what PostgreSQL cannot keep', () => {
  const copier = new Copier(new Client());
  const add = vi.spyOn(copier, 'add');
  new Stager(copier, new Tally()).add({ kind: 'block', line: 7, value: { number: '5', content: `a\0b\n${'x'.repeat(16_000_000)}` } });
  expect(add.mock.calls).toEqual([['s_block', ['5', 'ab']]]);
  const tally = new Tally();
  new Stager(copier, tally).add({ kind: 'block', line: 7, value: { number: '6', content: 'x'.repeat(16_000_000) } });
  expect(add.mock.calls[1]?.[1]).toEqual(['6', 'x'.repeat(SHOWN_CHARACTERS)]);
  expect(tally.report(true, '').notes).toEqual([{ reason: 'Reusable blocks longer than 500000 characters, cut', count: 1, examples: [{ line: 7, what: 'block 6' }] }]);
});
