import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import { toDocument } from '../../../server/to-document';

const page = (head: string, body: string) => `<!DOCTYPE html><html lang="en"><head>${head}</head><body>${body}</body></html>`;
const own = '<script data-own="">theme()</script><script data-own="" type="module" defer="" src="/enhance/e.js"></script>';
const start = '<script>(self.__next_f=self.__next_f||[]).push([0])</script>';
const bootstrap = '<script id="_R_">(globalThis["TURBOPACK"] || (globalThis["TURBOPACK"] = [])).push({"otherChunks":["static/chunks/a.js"],"runtimeModuleIds":[1]});</script>';

function documentOf(html: string): { document: string; surprise: string | undefined } {
  const onSurprise = vi.fn<(what: string) => void>();
  const document = toDocument(html, onSurprise);
  return { document, surprise: onSurprise.mock.calls[0]?.[0] };
}

test("Next's scripts, script preloads and flight data are gone, all else is byte for byte the same", () => {
  const kept = '<meta charSet="utf-8"/><link rel="preload" href="/f.woff2" as="font" crossorigin=""/><link rel="stylesheet" href="/a.css"/>';
  const words = '<p>Tea &amp; “quotes” <b>x</p><!--$--><!--/$-->1<!-- -->2<form><!--F!--><input type="hidden" name="$ACTION_1:0" value="{&quot;id&quot;:1}"/></form>';
  const made = page(
    `${kept}<link rel="preload" as="script" fetchPriority="low" href="/_next/static/chunks/0busu-_~.js"/><link rel="modulepreload" href="/_next/static/chunks/b.js"/><script src="/_next/static/chunks/turbopack-077.js" async=""></script>${own}<script src="/_next/static/chunks/p.js" noModule=""></script>`,
    `${words}${bootstrap}<script>(self.__next_f=self.__next_f||[]).push([0]);self.__next_f.push([2,[{"message":"no"},"k",1]])</script><script>self.__next_f.push([1,"</p>\\u003c\\n"])</script><script>self.__next_f.push([3,"AAAA"])</script>`,
  );
  expect(documentOf(made)).toEqual({ document: page(kept + own, words), surprise: undefined });
});

const unknownScript = "a script is not one of Next's";
const unknownFile = "a script file is not one of Next's";
const waiting = 'a part waits for a script';

test.each([
  ['a boundary that waits', page('', '<!--$?--><template id="B:0"></template>loading<!--/$-->'), waiting],
  ['a boundary that waits in a newer way', page('', '<!--$~-->loading<!--/$-->'), waiting],
  ['a boundary that failed', page('', '<!--$!--><template data-dgst="1"></template><!--/$-->'), waiting],
  ['a template', page('', '<template id="P:1"></template>'), waiting],
  ['a part that arrives late', page('', '<div hidden id="S:0">late</div>'), waiting],
  ['rows that arrive late', page('', '<table hidden id="S:1a"><tr></tr></table>'), waiting],
  ['a mark that is not known', page('', '<!--&-->x<!--/&-->'), "a mark of React's is not known"],
  ['a script that puts parts in their places', page('', '<script>$RC=function(b,a){};$RC("B:0","S:0")</script>'), unknownScript],
  ['a bootstrap of another kind', page('', '<script id="_R_">globalThis.__webpack_start({})</script>'), unknownScript],
  ['a bootstrap that does more', page('', bootstrap.replace(');</script>', ');more();</script>')), unknownScript],
  ['a script under the name of the bootstrap', page('', '<script id="_R_">x()</script>'), unknownScript],
  ['data of another kind', page('', '<script>self.__next_f.push([4,"x"])</script>'), unknownScript],
  ['data under another name', page('', '<script>self.__next_g.push([1,"x"])</script>'), unknownScript],
  ['data and more', page('', '<script>self.__next_f.push([1,"x"]);x([1])</script>'), unknownScript],
  ['a script with an attribute that is not known', page('', start.replace('<script', '<script type="text/x"')), unknownScript],
  ['a script of somebody else', page('<script src="https://evil.example/_next/static/chunks/a.js"></script>', ''), unknownFile],
  ['a script file of another place', page('<script src="/_next/other/a.js" async=""></script>', ''), unknownFile],
  ['a script file that is a module', page('<script src="/_next/static/chunks/a.js" type="module"></script>', ''), unknownFile],
  ['a preload of another place', page('<link rel="modulepreload" href="/other.js"/>', ''), unknownFile],
  ['no end', `<!DOCTYPE html><html><body><p>x</p>${start}`, 'the page has no end'],
  ['a script without an end', `<!DOCTYPE html><html><body>${start.replace('</script>', '')}`, 'the page has no end'],
])('a page with %s comes back whole, and it is told what', (_what, html, surprise) => {
  expect(documentOf(html)).toEqual({ document: html, surprise });
});

test('words that look like markup stay words', () => {
  fc.assert(fc.property(fc.string(), (words) => {
    const text = words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('\0', '');
    expect(documentOf(page('', `<p>${text}</p>${start}`))).toEqual({ document: page('', `<p>${text}</p>`), surprise: undefined });
  }));
});
