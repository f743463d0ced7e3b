import { SaxesParser, type SaxesTagNS } from 'saxes';
import { t } from '../../words/t';
import { MAX_TEXT_CHARACTERS } from '../schema';
import { BrokenFile } from './xml-source';

/** What a kind of export makes of its elements. `open` and `close` get the name that `nameOf` gave. */
export type XmlEvents = {
  /** @throws BrokenFile for an outermost element that is not this kind's */
  root: (tag: SaxesTagNS) => void;
  nameOf: (tag: SaxesTagNS) => string;
  /** `line` is where the element begins. */
  open: (name: string, line: number, tag: SaxesTagNS) => void;
  text: (text: string) => void;
  /** `line` is where the element ends. */
  close: (name: string, line: number) => void;
};

export type XmlParser = { write: (text: string) => void; end: () => void };

/** No export nests its elements as deep: each costs memory until it is closed. */
const MAX_DEPTH = 200;

const sentence = (reason: string) => t('transfer.file.brokenXml', { reason: reason.replace(/^\S*?\d+:\d+: /, '').replace(/\.$/, '') });

/** Themes with a blank line before `<?php` put blank lines before an export's first line, where XML allows none: its declaration is made blank, too. */
const withoutLateDeclaration = (text: string): string => text.replace(/^\s+<\?xml\s[^>]*\?>/, (start) => start.replace(/[^\n]/g, ' '));

/**
 * A streaming parser that holds no more than the open elements and one text. Definitions of a DOCTYPE are not expanded.
 * Its `write` and `end` throw BrokenFile, with the line, for what is malformed, cut off, endless or nested without end.
 */
export function xmlParser(events: XmlEvents): XmlParser {
  const parser = new SaxesParser({ xmlns: true });
  let depth = 0;
  let lastEvent = 0;
  let ending = false;
  let opened = 1;
  const seen = () => void (lastEvent = parser.position);
  parser.on('error', (error) => {
    const truncated = ending && /unclosed|unexpected end|must contain a root/.test(error.message);
    throw new BrokenFile(truncated ? t('transfer.file.cutOffAt', { reason: error.message.replace(/^\d+:\d+: /, '') }) : sentence(error.message), parser.line);
  });
  parser.on('opentagstart', () => void (opened = parser.line));
  parser.on('opentag', (tag) => {
    seen();
    if (depth++ === 0) events.root(tag);
    if (depth > MAX_DEPTH) throw new BrokenFile(t('transfer.file.elementsTooDeep', { max: String(MAX_DEPTH) }), opened);
    events.open(events.nameOf(tag), opened, tag);
  });
  parser.on('closetag', (tag) => {
    seen();
    depth--;
    events.close(events.nameOf(tag), parser.line);
  });
  parser.on('text', (text) => (seen(), events.text(text)));
  parser.on('cdata', (text) => (seen(), events.text(text)));
  let begun = false;
  return {
    write(text) {
      parser.write(begun ? text : withoutLateDeclaration(text));
      begun = true;
      if (parser.position - lastEvent > MAX_TEXT_CHARACTERS) throw new BrokenFile(t('transfer.file.textTooLong', { max: String(MAX_TEXT_CHARACTERS) }), opened);
    },
    end() {
      ending = true;
      parser.close();
    },
  };
}
