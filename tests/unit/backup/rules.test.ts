import { expect, test } from 'vitest';
import { isBackupName } from '@/lib/backup/files';
import { readMediaLine } from '@/lib/backup/manifest';
import { dueTonight, kindOf, nameBefore, nameByHand, NIGHTS_KEPT, OTHERS_KEPT, tooMany } from '@/lib/backup/rules';

const at = (time: string) => new Date(time);

test.each([
  ['before three in the blog’s zone none is due', 'Europe/Berlin', '2026-11-26T01:59:59Z', [], null],
  ['at three it is, by the blog’s own clock', 'Europe/Berlin', '2026-11-26T02:00:00Z', [], '2026-11-26T0300'],
  ['elsewhere the day may be another', 'Pacific/Auckland', '2026-11-25T20:10:00Z', [], '2026-11-26T0910'],
  ['one of the same day is enough', 'UTC', '2026-11-26T22:00:00Z', ['2026-11-26T0300'], null],
  ['one of the day before is not', 'UTC', '2026-11-26T03:00:00Z', ['2026-11-25T0300'], '2026-11-26T0300'],
  ['those made by hand, or before a migration, do not count', 'UTC', '2026-11-26T12:34:00Z', ['2026-11-26T010203-by-hand', 'before-20261126000000_x'], '2026-11-26T1234'],
  ['in a night without three o’clock it is due at the hour after', 'Africa/Cairo', '2026-04-24T00:00:00Z', [], '2026-04-24T0300'],
])('%s', (_what, zone, now, names, expected) => {
  expect(dueTonight(names, zone, at(now))).toBe(expected);
});

test('our names are told from paths and from unfinished folders', () => {
  const ours = ['2026-11-26T0300', nameByHand('UTC', at('2026-11-26T15:10:12Z')), nameBefore('20261126100530_moving', []), 'before-20261126100530_moving-2'];
  expect(ours.map(kindOf)).toEqual(['nightly', 'by-hand', 'before', 'before']);
  expect(ours.filter(isBackupName)).toEqual(ours);
  for (const name of ['', '..', '../x', '2026-11-26T0300/..', '.soapbox-backup-host-1-abc', 'before-', 'before-a/b', 'x'.repeat(400)]) expect([name, isBackupName(name)]).toEqual([name, false]);
});

test('a second backup before the same migration has a name of its own', () => {
  expect(nameBefore('a', ['before-a', 'before-a-2'])).toBe('before-a-3');
});

test('seven nights are kept, and three of the others, each kind by itself', () => {
  const nights = Array.from({ length: 9 }, (_, day) => `2026-11-${String(26 - day).padStart(2, '0')}T0300`);
  const before = ['before-d', 'before-c', 'before-b', 'before-a'];
  expect(tooMany([...before, ...nights], 'nightly')).toEqual(nights.slice(NIGHTS_KEPT));
  expect(tooMany([...nights, ...before], 'before')).toEqual(before.slice(OTHERS_KEPT));
  expect([NIGHTS_KEPT, OTHERS_KEPT]).toEqual([7, 3]);
});

test('a list of media names nothing but kept files', () => {
  const sha = 'ab'.repeat(32);
  expect(readMediaLine(`${sha}.jpg 120`)).toEqual({ name: `${sha}.jpg`, bytes: 120 });
  for (const line of ['', `${sha}.jpg`, `../${sha}.jpg 1`, `${sha}.jpg/.. 1`, `${sha}.jpg -1`, `${sha} 1`]) expect(readMediaLine(line)).toBeNull();
});
