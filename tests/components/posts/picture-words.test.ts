import { describe, expect, test } from 'vitest';
import { postHtml } from '@/lib/text/post-html';
import { picturesIn, withResponsivePictures, type KnownPicture } from '@/lib/text/responsive';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const photo: KnownPicture = { mimeType: 'image/jpeg', width: 1200, height: 800, widths: [320, 640] };
const known = new Map([[A, photo]]);

describe('whatever an alt text says, it stays a text', () => {
  const evil = ['a > b', '<script>alert(1)</script>', '"><script>alert(1)</script>', "' onerror='alert(1)", '</picture><img src=x onerror=alert(1)>', ` src="/media/${B}.jpg"`, '&lt;img src=x&gt;', '$& $1 $`'];
  test.each(evil)('%s', (alt) => {
    const stored = postHtml(`<p>a</p><img src="/media/${A}.jpg" alt="${alt.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"><p>b</p>`).html;
    const words = read(stored).words;
    for (const map of [known, new Map<string, KnownPicture>()]) {
      expect(read(withResponsivePictures(stored, map))).toEqual({ scripts: 0, handlers: 0, paragraphs: ['a', 'b'], words });
    }
    expect(picturesIn(stored)).toEqual([A]);
  });
});

/** What a browser makes of it. */
function read(html: string) {
  const { document } = { document: new DOMParser().parseFromString(html, 'text/html') };
  const all = [...document.querySelectorAll('*')];
  return {
    scripts: all.filter(({ tagName }) => tagName === 'SCRIPT').length,
    handlers: all.filter((element) => [...element.attributes].some(({ name }) => name.startsWith('on'))).length,
    paragraphs: [...document.querySelectorAll('p')].map(({ textContent }) => textContent.trim()).filter((text) => text === 'a' || text === 'b'),
    words: document.querySelector('img')?.getAttribute('alt') ?? document.querySelector('.picture-gone')?.textContent ?? null,
  };
}
