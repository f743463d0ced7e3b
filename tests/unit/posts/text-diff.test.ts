import { expect, test } from 'vitest';
import { diffTexts, type DiffPiece, type TextDiff } from '../../../lib/posts/text-diff';

const pieces = ({ blocks }: TextDiff): DiffPiece[] => blocks.flatMap((block) => (block.is === 'changed' ? block.pieces : []));
const texts = (diff: TextDiff, is: DiffPiece['is']): string[] => pieces(diff).filter((piece) => piece.is === is).map(({ text }) => text.trim());

/** The text before, or after, put together again from what is shown. */
const put = ({ blocks }: TextDiff, without: 'added' | 'removed'): string[] =>
  blocks.flatMap((block) => (block.is === 'same' ? block.lines : [block.pieces.filter(({ is }) => is !== without).map(({ text }) => text).join('')])).filter((line) => line !== '');

test('a changed word is shown as taken out and added, in its line; other lines are the same', () => {
  const diff = diffTexts(['It rained all day.', 'We stayed in.'], ['It snowed all day.', 'We stayed in.']);
  expect([texts(diff, 'removed'), texts(diff, 'added')]).toEqual([['rained'], ['snowed']]);
  expect(diff.blocks.at(-1)).toEqual({ is: 'same', lines: ['We stayed in.'] });
  expect([diff.addedWords, diff.removedWords, diff.isCut]).toEqual([1, 1, false]);
});

test('a new and a missing paragraph are whole', () => {
  expect(texts(diffTexts(['One.', 'Three.'], ['One.', 'Two.', 'Three.']), 'added')).toEqual(['Two.']);
  expect(texts(diffTexts(['One.', 'Two.', 'Three.'], ['One.', 'Three.']), 'removed')).toEqual(['Two.']);
});

test('the same text differs in nothing, and an empty one is all new', () => {
  expect(pieces(diffTexts(['One.'], ['One.']))).toEqual([]);
  expect(diffTexts([], [])).toEqual({ blocks: [], addedWords: 0, removedWords: 0, isCut: false });
  expect(texts(diffTexts([], ['One two three.']), 'added')).toEqual(['One two three.']);
});

test('both texts can be read off what is shown', () => {
  const before = ['A first line.', 'A second one, which stays.', 'A third, taken out.', 'The end.'];
  const after = ['A first line, longer now.', 'A second one, which stays.', 'Quite another end.'];
  const diff = diffTexts(before, after);
  expect(put(diff, 'added')).toEqual(before);
  expect(put(diff, 'removed')).toEqual(after);
});

test('two books with nothing in common are compared in a moment, and shown in part', () => {
  const book = (word: string) => Array.from({ length: 5_000 }, (_, n) => `${word} ${n} ${word.repeat(3)} and so on, for a paragraph of some length, number ${n}.`);
  const begun = performance.now();
  const diff = diffTexts(['The same beginning.', ...book('rain'), 'The same end.'], ['The same beginning.', ...book('snow'), 'The same end.']);
  expect(performance.now() - begun).toBeLessThan(8_000);
  expect([diff.isCut, diff.blocks[0]]).toEqual([true, { is: 'same', lines: ['The same beginning.'] }]);
});

test('a line as long as a book is shown as it was and as it is', () => {
  const line = (word: string) => `${word} `.repeat(20_000);
  const begun = performance.now();
  expect(pieces(diffTexts([line('rain')], [line('snow')])).map(({ is }) => is)).toEqual(['removed', 'added']);
  expect(performance.now() - begun).toBeLessThan(2_000);
});
