import { expect, test } from 'vitest';
import { sizeText } from '@/lib/size-text';

test.each([[0, '0 byte'], [900, '900 bytes'], [1_024, '1 kB'], [524_288, '512 kB'], [12_897_485, '12.3 MB'], [5 * 1024 ** 3, '5 GB']])('%i bytes are written as %s', (bytes, text) => {
  expect(sizeText(bytes).replace(/s$/, '')).toBe(text.replace(/s$/, ''));
});

test('a size is written as its language has it', () => {
  expect(sizeText(12_897_485, 'de')).toBe('12,3 MB');
});
