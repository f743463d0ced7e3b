import { performance } from 'node:perf_hooks';
import { expect, test } from 'vitest';
import { sizesFor, sourcesOf, withResponsivePictures, type KnownPicture } from '@/lib/text/responsive';
import { storedHtml } from '@/lib/text/safe-html';

const [A, B] = ['a'.repeat(64), 'b'.repeat(64)];
const photo: KnownPicture = { mimeType: 'image/jpeg', width: 1200, height: 800, widths: [320, 640, 960, 1200] };
const known = new Map([[A, photo], [B, { ...photo, mimeType: 'image/png', widths: [320] }]]);
const shown = (html: string, more?: { isFirst?: boolean }) => withResponsivePictures(storedHtml(html), known, more) as string;
const img = (more = '', sha256 = A) => `<img src="/media/${sha256}.jpg" alt="x"${more}>`;

test('a picture is offered in its sizes and newer formats, with its size in pixels', () => {
  expect(shown(`<p>Words.</p>${img(' width="600" height="400" loading="lazy"')}`, { isFirst: false })).toBe(
    `<p>Words.</p><picture><source type="image/avif" srcset="/media/${A}-320.avif 320w, /media/${A}-640.avif 640w, /media/${A}-960.avif 960w, /media/${A}-1200.avif 1200w" sizes="${sizesFor(600)}">`
    + `<source type="image/webp" srcset="/media/${A}-320.webp 320w, /media/${A}-640.webp 640w, /media/${A}-960.webp 960w, /media/${A}-1200.webp 1200w" sizes="${sizesFor(600)}">`
    + `<img src="/media/${A}.jpg" alt="x" width="600" height="400" loading="lazy" decoding="async" srcset="/media/${A}-320.jpg 320w, /media/${A}-640.jpg 640w, /media/${A}-960.jpg 960w, /media/${A}-1200.jpg 1200w" sizes="${sizesFor(600)}"></picture>`,
  );
});

test('one that is written without its size gets it, in its own shape: nothing moves when it comes', () => {
  expect(shown(img())).toContain('width="1200" height="800"');
  expect(shown(img(' width="300"'))).toContain('width="300" height="200"');
  expect(shown(img(' height="200"'))).toContain('width="300" height="200"');
});

test('the first at the beginning of a text is loaded at once, all others when they come into view', () => {
  const loading = (html: string) => [...html.matchAll(/<img[^>]*>/g)].map(([tag]) => (tag.includes('loading="lazy"') ? 'lazy' : tag.includes('fetchpriority="high"') ? 'first' : 'none'));
  expect(loading(shown(img(' loading="lazy"') + img()))).toEqual(['first', 'lazy']);
  expect(loading(shown(img() + img(), { isFirst: false }))).toEqual(['lazy', 'lazy']);
  expect(loading(shown(`<p>${'word '.repeat(400)}</p>${img()}`))).toEqual(['lazy']);
});

test('doing it twice is doing it once', () => {
  const html = `<figure class="alignleft">${img(' width="10" height="10"')}</figure><p>a</p>${img('', B)}${img('', 'c'.repeat(64))}<p><img src="/media/x.jpg" alt=""></p>`;
  expect(shown(shown(html))).toBe(shown(html));
});

test('a picture that is had only as it is stays an img; one that was deleted gives way to its words', () => {
  const still = new Map([[A, { ...photo, mimeType: 'image/gif', widths: [] }]]);
  expect(withResponsivePictures(storedHtml(img()), still)).toBe(`<img src="/media/${A}.jpg" alt="x" width="1200" height="800" fetchpriority="high" decoding="async">`);
  expect(withResponsivePictures(storedHtml(img()), new Map())).toBe('<span class="picture-gone">x</span>');
  expect(withResponsivePictures(storedHtml(`<img src="/media/${A}.jpg" alt="">`), new Map())).toBe('<span class="picture-gone">This picture was deleted.</span>');
});

test('a PNG keeps itself as what every browser knows', () => {
  expect(shown(img('', B))).not.toContain('.jpg 320w');
  expect(sourcesOf(B, known.get(B)!).srcSet).toBe('');
});

test('pictures in a gallery and beside the text are asked for as small as they are shown', () => {
  expect(shown(`<figure class="gallery columns-3"><figure>${img()}</figure></figure>`)).toContain(`sizes="${sizesFor(1200, 'gallery')}"`);
  expect(shown(`<figure class="alignright">${img()}</figure>`)).toContain(`sizes="${sizesFor(1200, 'beside')}"`);
  expect(shown(`<figure class="alignright">${img()}</figure>${img()}`)).toContain(`sizes="${sizesFor(1200)}"`);
  expect(sizesFor(200)).toBe('(min-width: 680px) 200px, min(200px, calc(100vw - 40px))');
});

test('a text without our pictures is the same text, and a long one takes little time', () => {
  const plain = storedHtml('<p>No picture. <img src="https://elsewhere.example/a.jpg" alt=""></p>');
  expect(withResponsivePictures(plain, known)).toBe(plain);
  const long = storedHtml(Array.from({ length: 150 }, () => `<p>${'Many words of a long text, with a <em>few</em> tags. '.repeat(35)}</p><figure>${img()}</figure>`).join(''));
  expect(long.length).toBeGreaterThan(280_000);
  withResponsivePictures(long, known);
  const times = Array.from({ length: 7 }, () => {
    const begun = performance.now();
    withResponsivePictures(long, known);
    return performance.now() - begun;
  });
  // Of several, for another process may have had the processor.
  expect(Math.min(...times)).toBeLessThan(20);
});
