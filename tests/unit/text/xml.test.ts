import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { expect, test } from 'vitest';
import { printXml, xml, type XmlElement } from '@/lib/text/xml';

/** What a parser that takes nothing amiss reads in a document. */
function parsed(document: string): XmlElement {
  const root: XmlElement = { name: '', attributes: {}, children: [] };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('error', (error) => { throw error; });
  parser.on('opentag', ({ name, attributes }) => {
    const element: XmlElement = { name, attributes: attributes as Record<string, string>, children: [] };
    open.at(-1)!.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => void open.at(-1)!.children.push(text));
  parser.on('closetag', () => void open.pop());
  parser.write(document).close();
  return root.children.find((child) => typeof child !== 'string')!;
}

test('what stands in a document is what was put in, whatever it looks like', () => {
  const element = xml('item', { href: 'a?b=1&c="2"\n<' }, xml('title', {}, '<b>Tom & Ines</b> ]]> '), null, 'x');
  expect(parsed(printXml(element))).toEqual(element);
});

test('any text at all is well-formed, without what XML forbids', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (value, text) => {
    const read = parsed(printXml(xml('a', { b: value }, text)));
    const kept = (said: string) => said.replace(/\r\n?/g, '\n').replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu, '');
    expect([read.attributes.b, read.children.join('')]).toEqual([kept(value), kept(text)]);
  }));
});
