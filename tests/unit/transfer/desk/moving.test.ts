import { expect, test } from 'vitest';
import { isRunning, kindOfSource, percentOf, stepOf } from '@/lib/transfer/desk/moving';
import { t } from '@/lib/words/t';

test('nothing is at a hundred percent before all of it is there', () => {
  expect([percentOf(0, 3), percentOf(1, 3), percentOf(999_999, 1_000_000), percentOf(3, 3), percentOf(0, 0)]).toEqual([0, 33, 99, 100, 100]);
});

test('a step is told, with its share where there is one', () => {
  expect(stepOf({ step: 'media', done: 5, total: 20 })).toEqual({ step: 'media', percent: 25 });
  expect(stepOf({ step: 'waiting', done: 0, total: 0 }).percent).toBeNull();
  expect(stepOf({ step: 'media', done: 0, total: 0 }).percent).toBeNull();
  expect(stepOf(null)).toEqual({ step: 'ready', percent: null });
  expect([t('transfer.steps.media'), t('transfer.steps.ready')]).toEqual(['Copying pictures and files', 'Getting ready']);
});

test.each([
  ['wxr:lantern.example/blog', 'This is a WordPress export.', 'lantern.example/blog'],
  ['ghost:x', 'This is a Ghost export.', 'x'],
  ['something', 'This is a file.', ''],
  ['other:x', 'This is a file.', 'x'],
])('%s tells what kind of file it was, and whose', (source, words, whose) => {
  const { kind, blog } = kindOfSource(source);
  expect([t(`transfer.source.${kind}`), blog]).toEqual([words, whose]);
});

test('only what is checked or imported is waited for', () => {
  expect((['uploading', 'checking', 'checked', 'importing', 'done', 'failed', 'cancelled'] as const).filter((state) => isRunning({ state }))).toEqual(['checking', 'importing']);
});
