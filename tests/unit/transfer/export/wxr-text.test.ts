import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { isXmlText, ownJson, withoutForbidden } from '@/lib/transfer/own-schema';
import { asHtml, cdata, gmtDate, localDates, rssDate } from '@/lib/transfer/export/wxr-text';
import { plain } from '@/lib/transfer/rules';

function read(xml: string): string {
  let text = '';
  const parser = new SaxesParser();
  parser.on('error', (error) => { throw error; });
  const add = (part: string) => void (text += part);
  parser.on('text', add);
  parser.on('cdata', add);
  parser.write(`<x>${xml}</x>`).close();
  return text;
}
const anything = fc.oneof(fc.string({ unit: 'binary' }), fc.array(fc.constantFrom(']', ']]', '>', ']]>', '<![CDATA[', '<', '&', '\r', '\n', '\u0000', '\ufffe', '\ud800', 'a')).map((parts) => parts.join('')));

test('a text comes out of its section as it went in, but for what XML forbids', () => {
  fc.assert(fc.property(anything, (text) => {
    const back = read(cdata(text));
    expect(back).toBe(isXmlText(text) ? text : withoutForbidden(text).replace(/\r\n?/g, '\n'));
  }), { numRuns: 2_000 });
});

test('any text comes back whole by the JSON of our namespace', () => {
  fc.assert(fc.property(anything, (text) => {
    expect((JSON.parse(read(cdata(ownJson({ text })))) as { text: string }).text).toBe(text);
  }), { numRuns: 2_000 });
});

test('a title as WordPress keeps it is markup to nobody, and reads as it was', () => {
  for (const title of ['Fish & chips', '<script>x</script>', '1 < 2 > 0', 'a &amp; b', '“Quoted”', `"straight" 'too'`]) {
    expect(read(asHtml(title))).not.toMatch(/<[a-z]/);
    expect(plain(read(asHtml(title)))).toBe(title);
  }
});

test('dates are written as WordPress writes them, at home in the blog’s zone', () => {
  const at = new Date('2016-02-29T23:30:05.999Z');
  expect([rssDate(at), gmtDate(at)]).toEqual(['Mon, 29 Feb 2016 23:30:05 +0000', '2016-02-29 23:30:05']);
  expect(['UTC', 'Europe/Berlin', 'America/St_Johns', 'Nowhere/Land'].map((zone) => localDates(zone)(at))).toEqual(['2016-02-29 23:30:05', '2016-03-01 00:30:05', '2016-02-29 20:00:05', '2016-02-29 23:30:05']);
});
