import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { commentSchema, postSchema } from '../../../lib/text/allowed';
import { commentHtml, readLinks } from '../../../lib/text/comment-text';
import { plainText } from '../../../lib/text/plain';
import { postHtml } from '../../../lib/text/post-html';
import { slugOf } from '../../../lib/text/slug';
import { cleanText } from '../../../lib/text/clean';
import { dangersIn, hostileText, pieces, playersIn, reread } from './hostile';

const runs = { numRuns: 600 };
const inComments = {
  elements: new Set(commentSchema.tagNames),
  attributes: new Set(['href', 'rel', 'title', 'start']),
  protocols: /^https?:$/,
};
const inPosts = {
  elements: new Set(postSchema.tagNames),
  attributes: new Set([
    'id', 'className', 'lang', 'controls', 'preload', 'poster', 'ariaLabel', 'dir', 'title', 'href', 'rel', 'dataLoad', 'dataPlayer', 'src', 'alt', 'width', 'height', 'loading', 'start',
    'reversed', 'type', 'value', 'colSpan', 'rowSpan', 'scope', 'dateTime', 'open',
  ]),
  protocols: /^(?:https?|mailto|tel):$/,
};
const brackets = (html: string) => html.replaceAll('&#91;', '[');

describe.each(['markdown', 'html'] as const)('a comment in %s, whatever was typed', (format) => {
  test('holds nothing but allowed words and links', () => {
    fc.assert(fc.property(hostileText, (source) => {
      expect(dangersIn(commentHtml(source, format), inComments)).toEqual([]);
    }), runs);
  });

  test('is read by a browser as it was written', () => {
    fc.assert(fc.property(hostileText, (source) => {
      const html = commentHtml(source, format);
      expect(reread(html)).toBe(html);
    }), runs);
  });

  test('marks every link as a reader’s', () => {
    fc.assert(fc.property(hostileText, (source) => {
      const html = commentHtml(source, format);
      expect(html.match(/<a /g) ?? []).toHaveLength(html.match(/<a href="[^"]*" rel="nofollow ugc noopener">/g)?.length ?? 0);
      expect(readLinks(html).hosts.length).toBe(html.match(/<a /g)?.length ?? 0);
    }), runs);
  });
});

/** Some of the old site's files, of any kind and size; one lies about where it is kept. */
const someMedia = fc.func(fc.option(fc.record({
  path: fc.constantFrom('/media/a.jpg', '/media/b.mp3', `/media/${'0'.repeat(64)}.mp4`, '/media/../evil', 'https://evil.test/a.jpg', '/media/a"b'),
  kind: fc.constantFrom('image' as const, 'video' as const, 'audio' as const, 'file' as const),
  width: fc.option(fc.nat()),
  height: fc.option(fc.nat()),
}), { freq: 4 }));
const attachments = new Map([['1', { url: 'https://a.test/1.jpg', alt: 'A "b"', caption: '<script>c</script>', attached: true }]]);
const posts = fc.tuple(hostileText, someMedia).map(([source, media]) => ({ source, options: { media, attachments, blocks: new Map([['1', source]]), footnotes: source } }));

describe('a post, whatever it held and whatever of it we keep', () => {
  test('holds nothing that loads from elsewhere or runs', () => {
    fc.assert(fc.property(posts, ({ source, options }) => {
      expect(dangersIn(postHtml(source, options).html, inPosts)).toEqual([]);
    }), runs);
  });

  test('plays nothing but YouTube and Vimeo', () => {
    fc.assert(fc.property(posts, ({ source, options }) => {
      for (const player of playersIn(postHtml(source, options).html)) {
        expect(player).toMatch(/^https:\/\/(www\.youtube-nocookie\.com\/embed\/|player\.vimeo\.com\/video\/)/);
      }
    }), runs);
  });

  test('is read by a browser as it was written', () => {
    fc.assert(fc.property(posts, ({ source, options }) => {
      const { html } = postHtml(source, options);
      expect(reread(html)).toBe(brackets(html));
    }), runs);
  });

  test('comes out the same when it goes in again, whether or not it is asked anew what we keep', () => {
    fc.assert(fc.property(posts, ({ source, options }) => {
      const { html } = postHtml(source, options);
      expect(postHtml(html).html).toBe(html);
      expect(postHtml(html, { media: options.media }).html).toBe(html);
    }), runs);
  });

  test('wants the same files whatever of them we keep: whole addresses, each once', () => {
    fc.assert(fc.property(posts, ({ source, options }) => {
      const { wanted } = postHtml(source, { ...options, media: undefined });
      expect(postHtml(source, options).wanted).toEqual(wanted);
      const first = wanted.map(({ addresses }) => addresses[0]);
      expect(new Set(first).size).toBe(first.length);
      for (const { addresses } of wanted) {
        expect(addresses.length).toBeGreaterThan(0);
        for (const address of addresses) expect(new URL(address).href).toMatch(/^https?:/);
      }
    }), runs);
  });
});

test.each(pieces.map((piece) => [piece]))('alone, %j is harmless', (piece) => {
  for (const format of ['markdown', 'html'] as const) expect(dangersIn(commentHtml(piece, format), inComments)).toEqual([]);
  expect(dangersIn(postHtml(piece).html, inPosts)).toEqual([]);
});

describe('plain text, slugs and clean text, of anything', () => {
  test('plain text has one line', () => {
    fc.assert(fc.property(hostileText, (source) => {
      expect(plainText(source)).not.toMatch(/[\n\t]|^ | $/);
    }), runs);
  });

  test('a slug is an address word and its own slug', () => {
    fc.assert(fc.property(hostileText, (source) => {
      const slug = slugOf(source);
      expect(slug).toMatch(/^[^\s/?#%&"<>\\]{1,200}$/u);
      expect(slugOf(slug)).toBe(slug);
      expect(encodeURIComponent(slug)).toBeTruthy();
    }), runs);
  });

  test('clean text is well formed and clean again', () => {
    fc.assert(fc.property(hostileText, (source) => {
      const clean = cleanText(source);
      expect(clean).not.toMatch(/[\0\r]|\p{Surrogate}/u);
      expect(cleanText(clean)).toBe(clean);
    }), runs);
  });
});
