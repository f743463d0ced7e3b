import { expect, test } from 'vitest';
import { isRunning, kindOfSource, percentOf, stepOf } from '@/lib/transfer/desk/moving';

test('nothing is at a hundred percent before all of it is there', () => {
  expect([percentOf(0, 3), percentOf(1, 3), percentOf(999_999, 1_000_000), percentOf(3, 3), percentOf(0, 0)]).toEqual([0, 33, 99, 100, 100]);
});

test('a step is said in words, with its share where there is one', () => {
  expect(stepOf({ step: 'media', done: 5, total: 20 })).toEqual({ words: 'Copying pictures and files', percent: 25 });
  expect(stepOf({ step: 'waiting', done: 0, total: 0 }).percent).toBeNull();
  expect(stepOf({ step: 'media', done: 0, total: 0 }).percent).toBeNull();
  expect(stepOf(null)).toEqual({ words: 'Getting ready', percent: null });
});

test.each([
  ['wxr:lantern.example/blog', { kind: 'a WordPress export', blog: 'lantern.example/blog' }],
  ['ghost:x', { kind: 'a Ghost export', blog: 'x' }],
  ['something', { kind: 'a file', blog: '' }],
  ['other:x', { kind: 'a file', blog: 'x' }],
])('%s tells what kind of file it was, and whose', (source, told) => {
  expect(kindOfSource(source)).toEqual(told);
});

test('only what is checked or imported is waited for', () => {
  expect((['uploading', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled'] as const).filter((state) => isRunning({ state }))).toEqual(['checking', 'importing']);
});
