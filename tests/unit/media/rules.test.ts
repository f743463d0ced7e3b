import { expect, test } from 'vitest';
import { monogramOf, picturePath, sha256OfName, shownPicture } from '@/lib/media/rules';
import { HUES } from '@/lib/media/schema';

const SHA = 'a1'.repeat(32);

test.each([
  ['Marlene Haushofer', 'MH'],
  ['Ines', 'I'],
  ['ines', 'I'],
  ['  ruth   van der Berg ', 'RB'],
  ['Anne-Marie', 'A'],
  ['J.R. Tolkien', 'JT'],
  ['“Bob” (Smith)', 'BS'],
  ['Élodie Ørsted', 'ÉØ'],
  ['E\u0301lodie', 'É'],
  ['straße', 'S'],
  ['ßen Test', 'ST'],
  ['Ольга Иванова', 'ОИ'],
  ['Αθηνά Παππά', 'ΑΠ'],
  ['ნინო ბერიძე', 'ნბ'],
  ['דוד כהן', 'דכ'],
  ['山田 太郎', '山'],
  ['김민준', '김'],
  ['さくら', 'さ'],
  ['أحمد محمد', 'أ'],
  ['क्षितिज शर्मा', 'क्षि'],
  ['User 42', 'U4'],
  ['7', '7'],
  ['🦊 Fox', '🦊'],
  ['Fox 🦊', 'F'],
  ['👩🏽‍💻', '👩🏽‍💻'],
  ['🇫🇮 Finland', '🇫🇮'],
  ['🏴󠁧󠁢󠁥󠁮󠁧󠁿', '🏴󠁧󠁢󠁥󠁮󠁧󠁿'],
  ['... Ann', 'A'],
  ['...', '.'],
  ['—', '—'],
  ['\u3164\u3164 Kim', 'K'],
  ['', '?'],
  ['   ', '?'],
])('%j is shown as %s', (name, letters) => {
  expect(monogramOf(name).letters).toBe(letters);
});

test('a letter under a heap of marks stays small', () => {
  expect([...monogramOf(`Z${'\u0335\u0321\u0310'.repeat(60)} a`).letters].length).toBeLessThanOrEqual(5);
});

test('a name has one hue, whatever its case and spaces', () => {
  const hues = ['Marlene Haushofer', 'marlene haushofer', ' Marlene  Haushofer '].map((name) => monogramOf(name).hue);
  expect(new Set(hues).size).toBe(1);
  expect(monogramOf('E\u0301lodie').hue).toBe(monogramOf('Élodie').hue);
});

test('names are spread over all hues', () => {
  const counts = Array.from({ length: HUES }, () => 0);
  for (let number = 0; number < 1_200; number++) counts[monogramOf(`Reader ${number}`).hue]! += 1;
  expect(Math.min(...counts)).toBeGreaterThan(50);
  expect(Math.max(...counts)).toBeLessThan(200);
});

test.each([
  [`${SHA}.webp`, SHA],
  [`${SHA.toUpperCase()}.webp`, null],
  [`${SHA}.png`, null],
  [SHA, null],
  [`${SHA}0.webp`, null],
  ['..%2f..%2fetc', null],
  ['', null],
])('the name %s is the picture %s', (name, sha256) => {
  expect(sha256OfName(name)).toBe(sha256);
});

test('a picture is shown only where its person lets it', () => {
  const person = { showPicture: true, picture: { sha256: SHA } };
  expect(shownPicture(person)).toBe(picturePath(SHA));
  expect(shownPicture({ ...person, showPicture: false })).toBeNull();
  expect(shownPicture({ ...person, picture: null })).toBeNull();
  expect(shownPicture(null)).toBeNull();
});
