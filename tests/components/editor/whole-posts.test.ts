import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toDocument, toHtml } from '@/components/editor/load';
import { postHtml } from '@/lib/text/post-html';
import { listTexts } from '@/tests/support/posts-of-every-kind';
import { shownOf } from '@/tests/support/shown';
import { hostileText } from '@/tests/unit/text/hostile';

// Opened in the editor and saved again, a post shows what it showed: whatever it holds, touched or not.

/** A post's HTML after it was opened and saved, as the blog then keeps it. */
const saved = (html: string): string => postHtml(toHtml(toDocument(html))).html;

/** The same where every block that can be edited was touched: no node is the one that was loaded. */
function savedAnew(html: string): string {
  const doc = toDocument(html);
  return postHtml(toHtml(doc.type.schema.nodeFromJSON(doc.toJSON()))).html;
}

describe.each(listTexts().map(({ name, html }) => [name, html] as const))('%s', (_, html) => {
  test('is to the letter what it was, when nothing was touched', () => expect(saved(html)).toBe(html));
  test('shows what it showed, when everything was touched', () => expect(shownOf(savedAnew(html))).toEqual(shownOf(html)));
});

/** What random texts have shown once. */
const FOUND: [string][] = [['<a id="comment-1" name="body">    '], ['<span>https://a.test/1.mp4'], ['<span>\r\n'], ['<span>\u0001<br>']];

test('so does whatever anybody could have written', () => {
  fc.assert(fc.property(hostileText, (source) => {
    const { html } = postHtml(source);
    expect(shownOf(saved(html))).toEqual(shownOf(html));
    expect(shownOf(savedAnew(html))).toEqual(shownOf(html));
  }), { numRuns: 100, examples: FOUND });
});
