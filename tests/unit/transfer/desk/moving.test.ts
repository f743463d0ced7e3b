import { expect, test } from 'vitest';
import { FILE_LIMIT_BYTES, isRunning, kindOfSource, percentOf, sizeText, stepOf } from '@/lib/transfer/desk/moving';

test.each([[0, '0 byte'], [900, '900 bytes'], [1_024, '1 kB'], [524_288, '512 kB'], [12_897_485, '12.3 MB'], [FILE_LIMIT_BYTES, '5 GB']])('%i bytes are written as %s', (bytes, text) => {
  expect(sizeText(bytes, 'en').replace(/s$/, '')).toBe(text.replace(/s$/, ''));
});

test('a size is written as its language has it', () => {
  expect(sizeText(12_897_485, 'de')).toBe('12,3 MB');
});

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
