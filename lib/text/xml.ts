import { cleanText } from './clean';

/** An element with its attributes and what is in it: elements, or texts, which are escaped. */
export type XmlElement = { name: string; attributes: Record<string, string>; children: (XmlElement | string)[] };

/** A new element of a document that `printXml` writes. Names are the caller's own, never from outside. */
export const xml = (name: string, attributes: Record<string, string>, ...children: (XmlElement | string | null)[]): XmlElement =>
  ({ name, attributes, children: children.filter((child) => child !== null) });

const REFERENCES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\r': '&#13;', '\n': '&#10;', '\t': '&#9;' };

/** A text without what XML 1.0 forbids altogether (control characters, lone surrogates, U+FFFE and U+FFFF). */
const allowed = (value: string): string => cleanText(value).replace(/[\u0001-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '');

const escapedText = (value: string): string => allowed(value).replace(/[&<>]/g, (character) => REFERENCES[character]!);
// A parser would take white space in an attribute for spaces.
const escapedValue = (value: string): string => allowed(value).replace(/[&<>"\r\n\t]/g, (character) => REFERENCES[character]!);

function print(node: XmlElement | string): string {
  if (typeof node === 'string') return escapedText(node);
  const attributes = Object.entries(node.attributes).map(([name, value]) => ` ${name}="${escapedValue(value)}"`).join('');
  if (node.children.length === 0) return `<${node.name}${attributes}/>`;
  return `<${node.name}${attributes}>${node.children.map(print).join('')}</${node.name}>`;
}

/** The document of which `root` is the root, in XML 1.0: well-formed whatever texts and values hold. */
export const printXml = (root: XmlElement): string => `<?xml version="1.0" encoding="UTF-8"?>\n${print(root)}\n`;
