import type { SaxesTagNS } from 'saxes';
import { t } from '../../words/t';
import { OWN_NAMESPACE } from '../own-schema';
import type { WxrRecord } from './wxr-schema';
import { WxrOutline } from './wxr-outline';
import { type XmlParser, xmlParser } from './xml-parser';
import { BrokenFile, readCharacters } from './xml-source';

export type WxrBatch = { records: WxrRecord[]; bytesRead: number };

const EXPORT_NAMESPACE = /^https?:\/\/wordpress\.org\/export\/1\.\d+\/(excerpt\/)?$/;
const PREFIX_BY_NAMESPACE: Record<string, string> = {
  'http://purl.org/dc/elements/1.1/': 'dc:',
  'http://purl.org/rss/1.0/modules/content/': 'content:',
  [OWN_NAMESPACE]: 'soapbox:',
};

/** The name we know an element by, whatever prefix the file uses and whichever version of the namespace. */
function knownName(tag: SaxesTagNS): string {
  const wordpress = EXPORT_NAMESPACE.exec(tag.uri);
  if (wordpress) return `${wordpress[1] ? 'excerpt:' : 'wp:'}${tag.local}`;
  return tag.uri === '' ? tag.local : `${PREFIX_BY_NAMESPACE[tag.uri] ?? `{${tag.uri}}`}${tag.local}`;
}

function refuseOtherKinds(root: SaxesTagNS): void {
  const declares = Object.values(root.ns ?? {}).some((uri) => EXPORT_NAMESPACE.test(uri));
  if (root.name === 'rss' && declares) return;
  const is = root.name === 'rss' ? t('transfer.file.ordinaryRss') : t('transfer.file.noWordPress', { element: `<${root.name}>` });
  throw new BrokenFile(`${is} ${t('transfer.file.understoodWxr')}`);
}

const parserFor = (outline: WxrOutline): XmlParser => xmlParser({
  root: refuseOtherKinds,
  nameOf: knownName,
  open: (name, line, tag) => outline.open(name, line, (attribute) => tag.attributes[attribute]?.value ?? ''),
  text: (text) => outline.text(text),
  close: (name, line) => outline.close(name, line),
});

/**
 * Reads a WordPress export piece by piece, in the order of the file, never holding more of it than a chunk and the one
 * item being read (without its comments: each comes out as it ends). Knows nothing of the database.
 * Entity definitions of a DOCTYPE are not expanded. `onForbidden` counts characters left out because XML forbids them.
 * @throws BrokenFile with the line and the reason: not XML, malformed, cut off, another kind of file, another version
 */
export async function* readWxr(path: string, onForbidden: (count: number) => void = () => undefined): AsyncGenerator<WxrBatch> {
  let records: WxrRecord[] = [];
  const outline = new WxrOutline((record) => records.push(record));
  const parser = parserFor(outline);
  let isFirst = true;
  let bytes = 0;
  for await (const { text, bytesRead } of readCharacters(path, onForbidden)) {
    if (isFirst && !/^\s*</.test(text)) throw new BrokenFile(`${t('transfer.file.noXml')} ${t('transfer.file.understoodWxr')}`, 1);
    isFirst = false;
    parser.write(text);
    bytes = bytesRead;
    yield { records, bytesRead };
    records = [];
  }
  parser.end();
  outline.end();
  yield { records, bytesRead: bytes };
}
