import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { candidates, fits, sourceAddress } from '@/lib/media/source-address';

const FILE = 'ann.files.wordpress.com/2016/05/a.jpg';
const UPLOAD = 'blog.example/wp-content/uploads/2016/05/a.jpg';

describe('one picture has one key', () => {
  test.each([
    [`https://${FILE}`, FILE],
    [`http://${FILE}`, FILE],
    [`//${FILE}`, FILE],
    [` HTTPS://Ann.Files.WordPress.com/2016/05/a.jpg `, FILE],
    [`https://${FILE}#more`, FILE],
    [`https://${FILE}?w=300`, FILE],
    [`https://${FILE}?w=300&h=200&crop=1`, FILE],
    [`https://${FILE}?resize=300%2C200&quality=80&ssl=1`, FILE],
    [`https://${FILE}?fit=300,200`, FILE],
    ['https://ann.wordpress.com/wp-content/uploads/2016/05/a.jpg?w=1024', FILE],
    [`https://i0.wp.com/${FILE}?w=300&ssl=1`, FILE],
    [`https://i2.wp.com/${UPLOAD}?resize=300%2C200`, UPLOAD],
    [`https://i1.wp.com/${UPLOAD}`, UPLOAD],
    [`https://${UPLOAD}?w=640`, UPLOAD],
    [`https://blog.example:443/wp-content/uploads/2016/05/a.jpg`, UPLOAD],
    ['https://blog.example/wp-content/uploads/caf%c3%a9.jpg', 'blog.example/wp-content/uploads/caf%C3%A9.jpg'],
    ['https://blog.example/wp-content/uploads/café.jpg', 'blog.example/wp-content/uploads/caf%C3%A9.jpg'],
    ['https://blog.example/wp-content/uploads/a b.jpg', 'blog.example/wp-content/uploads/a%20b.jpg'],
  ])('%s is %s', (address, key) => {
    expect(sourceAddress(address)).toBe(key);
  });
});

describe('two pictures never have one key', () => {
  test.each([
    ['another name', `https://${UPLOAD}`, 'https://blog.example/wp-content/uploads/2016/05/b.jpg'],
    ['another month', `https://${UPLOAD}`, 'https://blog.example/wp-content/uploads/2016/06/a.jpg'],
    ['another host', `https://${UPLOAD}`, 'https://other.example/wp-content/uploads/2016/05/a.jpg'],
    ['another port', `https://${UPLOAD}`, 'https://blog.example:8443/wp-content/uploads/2016/05/a.jpg'],
    ['a name that reads like a size', `https://${UPLOAD}`, 'https://blog.example/wp-content/uploads/2016/05/a-300x200.jpg'],
    ['a name that reads like a large one', `https://${UPLOAD}`, 'https://blog.example/wp-content/uploads/2016/05/a-scaled.jpg'],
    ['another blog at WordPress.com', `https://${FILE}`, 'https://bob.files.wordpress.com/2016/05/a.jpg'],
    ['a page that draws', 'https://charts.example/draw?w=300', 'https://charts.example/draw?w=400'],
    ['a picture that is drawn', 'https://charts.example/draw.png?w=300', 'https://charts.example/draw.png?w=400'],
    ['a filter', `https://i0.wp.com/${UPLOAD}?filter=grayscale`, `https://i0.wp.com/${UPLOAD}`],
    ['an id in the query', 'https://blog.example/?attachment_id=1', 'https://blog.example/?attachment_id=2'],
    ['é in two ways', 'https://blog.example/wp-content/uploads/caf\u00e9.jpg', 'https://blog.example/wp-content/uploads/cafe\u0301.jpg'],
    ['a slash in a name', 'https://blog.example/wp-content/uploads/a%2Fb.jpg', 'https://blog.example/wp-content/uploads/a/b.jpg'],
    ['a question mark in a name', 'https://blog.example/wp-content/uploads/a.jpg%3Fw=1', 'https://blog.example/wp-content/uploads/a.jpg'],
  ])('%s', (_what, one, other) => {
    expect(sourceAddress(one)).not.toBeNull();
    expect(sourceAddress(one)).not.toBe(sourceAddress(other));
  });

  const name = fc.stringMatching(/^[a-z0-9-]{1,12}$/);
  const size = fc.constantFrom('', '?w=300', '?resize=300%2C200&ssl=1', '?h=20&crop=1', '#x');
  const place = fc.constantFrom('https://ann.files.wordpress.com/2016/05/', 'https://blog.example/wp-content/uploads/', 'https://i0.wp.com/blog.example/wp-content/uploads/', 'https://ann.wordpress.com/wp-content/uploads/2016/05/');

  test('whatever the names, sizes and ways to write them', () => {
    fc.assert(fc.property(name, name, size, size, place, place, (one, other, oneSize, otherSize, onePlace, otherPlace) => {
      fc.pre(one !== other);
      expect(sourceAddress(`${onePlace}${one}.jpg${oneSize}`)).not.toBe(sourceAddress(`${otherPlace}${other}.jpg${otherSize}`));
    }));
  });

  test('the same name in other sizes has the same key', () => {
    fc.assert(fc.property(name, size, size, place, (one, oneSize, otherSize, here) => {
      expect(sourceAddress(`${here}${one}.jpg${oneSize}`)).toBe(sourceAddress(`${here}${one}.jpg${otherSize}`));
    }));
  });
});

test.each(['', 'a.jpg', '/media/a.jpg', 'data:image/png;base64,AAAA', 'ftp://blog.example/a.jpg', 'file:///etc/passwd', 'javascript:alert(1)', 'https://', 'https://[not', 'https://me:secret@blog.example/a.jpg', 'https://blog.example/%00.jpg', `https://blog.example/${'x'.repeat(2_000)}`, `https://blog.example/${'é'.repeat(1_000)}`])('%s has none, and nothing is asked', (address) => {
  expect(sourceAddress(address)).toBeNull();
  expect(candidates(address).every((candidate) => candidate.length <= 2_000)).toBe(true);
});

test.each([
  [`https://${FILE}?w=300`, [`https://${FILE}`, `https://${FILE}?w=300`]],
  [`http://${UPLOAD}`, [`http://${UPLOAD}`]],
  ['https://blog.example/wp-content/uploads/2016/05/a-300x200.jpg', [`https://${UPLOAD}`, 'https://blog.example/wp-content/uploads/2016/05/a-300x200.jpg']],
  ['https://blog.example/wp-content/uploads/2016/05/a-scaled.jpg', [`https://${UPLOAD}`, 'https://blog.example/wp-content/uploads/2016/05/a-scaled.jpg']],
  ['https://blog.example/wp-content/uploads/-300x200.jpg', ['https://blog.example/wp-content/uploads/-300x200.jpg']],
  ['https://other.example/banner-728x90.png', ['https://other.example/banner-728x90.png']],
  ['https://ann.wordpress.com/wp-content/uploads/2016/05/a.jpg', [`https://${FILE}`, 'https://ann.wordpress.com/wp-content/uploads/2016/05/a.jpg']],
  [`https://i0.wp.com/${UPLOAD}?w=300&ssl=1`, [`https://${UPLOAD}`, `https://i0.wp.com/${UPLOAD}?ssl=1`, `https://i0.wp.com/${UPLOAD}?w=300&ssl=1`]],
  [`https://i0.wp.com/blog.example/wp-content/uploads/2016/05/a-300x200.jpg`, [`http://${UPLOAD}`, 'http://blog.example/wp-content/uploads/2016/05/a-300x200.jpg', 'https://i0.wp.com/blog.example/wp-content/uploads/2016/05/a-300x200.jpg']],
  ['https://i.ytimg.com/vi/abc/maxresdefault.jpg', ['https://i.ytimg.com/vi/abc/maxresdefault.jpg']],
  ['https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F1', ['https://vimeo.com/api/oembed.json?url=https%3A%2F%2Fvimeo.com%2F1']],
  ['not an address', []],
])('for %s these are asked', (address, asked) => {
  expect(candidates(address)).toEqual(asked);
});

test('the address as it was written is always the last to be asked', () => {
  fc.assert(fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (address) => {
    const asked = candidates(address);
    const { protocol, host } = new URL(address);
    expect(asked.length).toBeGreaterThan(0);
    expect(asked.at(-1)?.startsWith(`${protocol}//${host}/`)).toBe(true);
    expect(sourceAddress(asked.at(-1) ?? '')).toBe(sourceAddress(address));
  }));
});

const sized = (size: string) => `https://blog.example/wp-content/uploads/a-${size}.jpg`;
const ORIGINAL = 'https://blog.example/wp-content/uploads/a.jpg';

test.each([
  ['the same shape', sized('300x200'), { width: 3_000, height: 2_000 }, 'same'],
  ['the same shape, rounded as WordPress does', sized('300x169'), { width: 1_920, height: 1_080 }, 'same'],
  ['just as large', sized('300x200'), { width: 300, height: 200 }, 'same'],
  ['cut to a square', sized('150x150'), { width: 3_000, height: 2_000 }, 'perhaps'],
  ['smaller than what was made of it', sized('300x200'), { width: 200, height: 133 }, 'other'],
  ['no picture', sized('300x200'), { width: null, height: null }, 'other'],
  ['longer than WordPress scales', 'https://blog.example/wp-content/uploads/a-scaled.jpg', { width: 4_000, height: 3_000 }, 'same'],
  ['too small to have been scaled', 'https://blog.example/wp-content/uploads/a-scaled.jpg', { width: 800, height: 600 }, 'other'],
])('an original %s: %s of %o is %s', (_what, address, size, fit) => {
  expect(fits(address, ORIGINAL, size)).toBe(fit);
  expect(fits(address, address, { width: 1, height: 1 })).toBe('same');
});
