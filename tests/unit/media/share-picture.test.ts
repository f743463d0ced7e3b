import sharp from 'sharp';
import { expect, test } from 'vitest';
import { drawable, sharePicture } from '@/lib/media/share-picture';

const colours = { paper: '#ffffff', ink: '#000000', muted: '#000000', accent: '#000000' };

test.each(['What a Tuesday', 'Ένα βράδυ', 'Вечер', 'كيف ينام الطفل', 'چگونه می‌خوابد', 'איך ילד ישן'])('%s can be written', (title) => {
  expect(drawable(title, 220)).toBe(title);
});

test.each(['明かり', 'शाम', 'A 夜'])('%s cannot', (title) => {
  expect(drawable(title, 220)).toBe('');
});

test('a long title is cut between letters, and pictographs are left out', () => {
  expect(drawable('A long 🍵 title', 8)).toBe('A long…');
});

/** How much is written on the left and on the right half of the picture, between the lines above and below. */
async function inkOf(title: string): Promise<[number, number]> {
  const { data, info } = await sharp(await sharePicture({ title, blog: '', line: '', colours, picture: null })).greyscale().raw().toBuffer({ resolveWithObject: true });
  const ink: [number, number] = [0, 0];
  for (let y = 100; y < 500; y += 1) for (let x = 0; x < info.width; x += 1) if (data[y * info.width + x]! < 100) ink[x < info.width / 2 ? 0 : 1] += 1;
  return ink;
}

test.each(['طفل', 'ילד'])('%s stands on the right', async (title) => {
  const [left, right] = await inkOf(title);
  expect([left, right > 300]).toEqual([0, true]);
});

test('a Latin title stands on the left', async () => {
  const [left, right] = await inkOf('Child');
  expect([left > 300, right]).toEqual([true, 0]);
});
