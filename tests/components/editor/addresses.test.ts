import { describe, expect, test } from 'vitest';
import { wholeAddress } from '@/components/editor/address-dialog';
import { mayLeadTo } from '@/components/editor/allow';
import { loneVideo } from '@/components/editor/insert';
import { fileOfData } from '@/components/editor/uploads';

describe('an address as people write it', () => {
  test.each([
    ['https://example.com/a b', null], ['example.com/x?y#z', 'https://example.com/x?y#z'], [' example.com ', 'https://example.com'], ['name@example.com', 'mailto:name@example.com'],
    ['/about', '/about'], ['#top', '#top'], ['tel:+491234', 'tel:+491234'], ['HTTP://x.test', 'HTTP://x.test'], ['word', null], ['', null], ['javascript:alert(1)', null], ['data:text/html,x', null],
    ['java\tscript:x', null], ['https://', null], ['ftp://x.test/a', null],
  ])('%j leads to %j', (typed, address) => expect(wholeAddress(typed)).toBe(address));

  test.each(['javascript:x', ' JavaScript:x', 'java\nscript:x', 'vbscript:x', 'data:text/html,x', 'file:///x', 'blob:x', ''])('%j may stand in no link', (address) => expect(mayLeadTo(address)).toBe(false));
});

describe('a line', () => {
  test.each([
    [' https://youtu.be/dQw4w9WgXcQ\n', 'https://youtu.be/dQw4w9WgXcQ'], ['https://vimeo.com/76979871', 'https://vimeo.com/76979871'],
    ['see https://youtu.be/dQw4w9WgXcQ', null], ['https://example.com/watch?v=dQw4w9WgXcQ', null], ['', null],
  ])('%j is the video %j', (text, address) => expect(loneVideo(text)).toBe(address));
});

describe('a picture written out', () => {
  test('is a file of its kind', async () => {
    const file = await fileOfData('data:image/jpeg;base64,aGVsbG8=');
    expect([file?.name, file?.type, file?.size]).toEqual(['Pasted picture.jpg', 'image/jpeg', 5]);
    expect((await fileOfData('data:image/svg+xml,%3Csvg/%3E'))?.size).toBe(6);
  });

  test.each(['data:text/html,x', 'data:image/png;base64,***', 'https://x.test/a.png', 'data:image/png'])('is none of %j', async (address) => expect(await fileOfData(address)).toBeNull());
});
