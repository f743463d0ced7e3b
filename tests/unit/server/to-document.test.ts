import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { toDocument } from '../../../server/to-document';

const page = (head: string, body: string) => `<!DOCTYPE html><html lang="en"><head>${head}</head><body>${body}</body></html>`;

test("Next's scripts, script preloads and flight data are gone, all else is byte for byte the same", () => {
  const made = page(
    '<meta charSet="utf-8"/><link rel="preload" as="script" fetchPriority="low" href="/_next/a.js"/><link rel="modulepreload" href="/_next/b.js"/><link rel="preload" href="/f.woff2" as="font" crossorigin=""/><link rel="stylesheet" href="/a.css"/><script src="/_next/a.js" async=""></script><script data-own="">theme()</script><script data-own="" type="module" src="/enhance/e.js"></script>',
    '<p>Tea &amp; “quotes” <b>x</p><!--$--><!--/$--><script>(self.__next_f=self.__next_f||[]).push([0])</script><form><input type="hidden" name="$ACTION_1:0" value="{&quot;id&quot;:1}"/></form><script>self.__next_f.push([1,"</p>\\u003c"])</script>',
  );
  expect(toDocument(made)).toBe(page(
    '<meta charSet="utf-8"/><link rel="preload" href="/f.woff2" as="font" crossorigin=""/><link rel="stylesheet" href="/a.css"/><script data-own="">theme()</script><script data-own="" type="module" src="/enhance/e.js"></script>',
    '<p>Tea &amp; “quotes” <b>x</p><!--$--><!--/$--><form><input type="hidden" name="$ACTION_1:0" value="{&quot;id&quot;:1}"/></form>',
  ));
});

test.each([
  ['a boundary that waits', page('', '<template id="B:0"></template><script>x()</script>')],
  ['a part that arrives late', page('', '<div hidden id="S:0">late</div><script>x()</script>')],
  ['no end', '<!DOCTYPE html><html><body><p>x</p><script>x()</script>'],
  ['a script without an end', '<!DOCTYPE html><html><body><script>x()'],
])('a page with %s comes back whole', (_what, html) => {
  vi.spyOn(console, 'error').mockImplementation(() => undefined);
  expect(toDocument(html)).toBe(html);
});

test('words that look like markup stay words', () => {
  fc.assert(fc.property(fc.string(), (words) => {
    const text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\0', '');
    expect(toDocument(page('', `<p>${text}</p><script>x</script>`))).toBe(page('', `<p>${text}</p>`));
  }));
});
