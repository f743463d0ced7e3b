import type { SaxesTagNS } from 'saxes';
import { t } from '../../words/t';
import { MAX_TEXT_CHARACTERS } from '../schema';
import { xmlParser } from './xml-parser';
import { BrokenFile, readCharacters } from './xml-source';

/** An element with what stands in it: `text` is its own, without that of its children. */
export type XmlElement = { name: string; line: number; attributes: Readonly<Record<string, string>>; text: string; children: XmlElement[] };

export type XmlElementBatch = { elements: XmlElement[]; bytesRead: number };

/** Which file it is, and how its elements and attributes are called: `prefixes` gives a namespace its prefix, '' for none. */
export type XmlKind = {
  /** @throws BrokenFile for an outermost element that is not this kind's */
  root: (tag: SaxesTagNS) => void;
  prefixes: Readonly<Record<string, string>>;
};

type Open = { element: XmlElement; parts: string[] };

// One record: a post with its labels, or a comment.
const MAX_ELEMENTS = 20_000;

/** Puts together the children of the outermost element, one after another. */
class Children {
  private readonly open: Open[] = [];
  private depth = 0;
  private characters = 0;
  private count = 0;

  constructor(private readonly kind: XmlKind, private readonly send: (element: XmlElement) => void) {}

  begin(name: string, line: number, tag: SaxesTagNS): void {
    if (this.depth++ === 0) return;
    if (this.open.length === 0) this.characters = this.count = 0;
    const attributes: Record<string, string> = {};
    for (const { uri, local, value } of Object.values(tag.attributes)) attributes[this.nameOf(uri, local)] = value;
    this.count += 1;
    for (const value of Object.values(attributes)) this.measure(value.length, line);
    if (this.count > MAX_ELEMENTS) throw new BrokenFile(t('transfer.file.entryTooFull', { max: String(MAX_ELEMENTS) }), line);
    this.open.push({ element: { name, line, attributes, text: '', children: [] }, parts: [] });
  }

  text(text: string): void {
    const current = this.open.at(-1);
    if (!current) return;
    this.measure(text.length, current.element.line);
    current.parts.push(text);
  }

  end(): void {
    this.depth -= 1;
    const ended = this.open.pop();
    if (!ended) return;
    ended.element.text = ended.parts.join('');
    const around = this.open.at(-1);
    if (around) around.element.children.push(ended.element);
    else this.send(ended.element);
  }

  nameOf(uri: string, local: string): string {
    if (uri === '') return local;
    const prefix = this.kind.prefixes[uri] ?? `{${uri}}`;
    return prefix === '' ? local : `${prefix}${local}`;
  }

  private measure(characters: number, line: number): void {
    this.characters += characters;
    if (this.characters > MAX_TEXT_CHARACTERS) throw new BrokenFile(t('transfer.file.entryTooLong', { max: String(MAX_TEXT_CHARACTERS) }), line);
  }
}

/**
 * The children of a file's outermost element, each whole, in the order of the file: never more of it in memory than a
 * chunk and one of them. Gives a batch for each chunk. `onForbidden` counts characters left out because XML forbids them.
 * @throws BrokenFile with line and reason: not XML, malformed, cut off, another kind, an entry without end
 */
export async function* readElements(path: string, kind: XmlKind, onForbidden: (count: number) => void): AsyncGenerator<XmlElementBatch> {
  let elements: XmlElement[] = [];
  const children = new Children(kind, (element) => elements.push(element));
  const parser = xmlParser({
    root: kind.root,
    nameOf: (tag) => children.nameOf(tag.uri, tag.local),
    open: (name, line, tag) => children.begin(name, line, tag),
    text: (text) => children.text(text),
    close: () => children.end(),
  });
  let bytes = 0;
  for await (const { text, bytesRead } of readCharacters(path, onForbidden)) {
    parser.write(text);
    bytes = bytesRead;
    yield { elements, bytesRead };
    elements = [];
  }
  parser.end();
  yield { elements, bytesRead: bytes };
}

/** The first child of that name, or null. */
export const childOf = (element: XmlElement, name: string): XmlElement | null => element.children.find((child) => child.name === name) ?? null;

/** The text of the first child of that name, without white space around it; '' for none. */
export const textOf = (element: XmlElement, name: string): string => childOf(element, name)?.text.trim() ?? '';
