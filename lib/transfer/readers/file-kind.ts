import { SaxesParser, type SaxesTagNS } from 'saxes';
import { t, type Message } from '../../words/t';

// What a file is, told by how it begins: never by its name.

export type ExportName = 'WordPress' | 'Disqus' | 'Ghost' | 'Blogger';
export type FileKind = { is: ExportName } | { is: 'packed'; as: 'zip' | 'gzip' | 'tar' } | { is: 'empty' } | { is: 'other'; sentence: string };

/** So many bytes of the beginning are enough, whatever comments and definitions stand there. */
export const HEAD_BYTES = 64 * 1024;

type Other = Extract<Message, `transfer.otherFiles.${string}`> extends `transfer.otherFiles.${infer Name}` ? Name : never;

/** What no reader reads, by its name in the catalogue. */
const otherAs = (what: string): FileKind => ({ is: 'other', sentence: `${what} ${t('transfer.file.understood')}` });
const other = (name: Other): FileKind => otherAs(t(`transfer.otherFiles.${name}`));

const startsWith = (head: Uint8Array, ...start: number[]) => start.every((byte, index) => head[index] === byte);
const ascii = (head: Uint8Array, from: number, text: string) => Buffer.from(head.subarray(from, from + text.length)).toString('latin1') === text;

const BINARY: [Other, number[]][] = [
  ['pdf', [0x25, 0x50, 0x44, 0x46]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  ['rar', [0x52, 0x61, 0x72, 0x21]],
  ['sevenZip', [0x37, 0x7a, 0xbc, 0xaf]],
  ['xz', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['bzip2', [0x42, 0x5a, 0x68]],
  ['sqlite', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
];

const WORDPRESS_EXPORT = /^https?:\/\/wordpress\.org\/export\/1\.\d+\//;
const ATOM = 'http://www.w3.org/2005/Atom';
const BLOGGER_SIGNS = /tag:blogger\.com,1999:|schemas\.google\.com\/blogger\/20|<generator[^>]{0,200}>\s*Blogger\s*</;

class Found extends Error {
  constructor(readonly root: SaxesTagNS | null) {
    super();
  }
}

/** The outermost element, or null where no XML begins. */
function rootOf(text: string): SaxesTagNS | null {
  const parser = new SaxesParser({ xmlns: true });
  parser.on('opentag', (tag) => {
    throw new Found(tag);
  });
  parser.on('error', () => {
    throw new Found(null);
  });
  try {
    parser.write(text);
  } catch (found) {
    if (found instanceof Found) return found.root;
    throw found;
  }
  return null;
}

function kindOfRoot(root: SaxesTagNS, text: string): FileKind {
  const spaces = Object.values(root.ns ?? {});
  const name = root.local.toLowerCase();
  if (name === 'disqus') return { is: 'Disqus' };
  if (name === 'rss') return spaces.some((uri) => WORDPRESS_EXPORT.test(uri)) ? { is: 'WordPress' } : other('rss');
  if (name === 'feed' && root.uri === ATOM) return BLOGGER_SIGNS.test(text) ? { is: 'Blogger' } : other('atom');
  if (name === 'html') return spaces.some((uri) => uri.includes('google.com/2005/gml')) ? other('bloggerTheme') : other('webPage');
  if (name === 'urlset' || name === 'sitemapindex') return other('sitemap');
  if (name === 'opml') return other('opml');
  return otherAs(t('transfer.file.otherXml', { element: `<${root.name.slice(0, 60)}>` }));
}

function kindOfMarkup(text: string): FileKind {
  if (/^<!doctype\s+html|^<html[\s>]/i.test(text) && !/google\.com\/2005\/gml/.test(text.slice(0, 4_000))) return other('webPage');
  if (/^<\?php/i.test(text)) return other('program');
  const root = rootOf(text);
  if (root) return kindOfRoot(root, text);
  // Damaged or cut off before it says what it is: its reader says where.
  if (/<rss[\s>]/.test(text) && /wordpress\.org\/export\//.test(text)) return { is: 'WordPress' };
  return other('likeXml');
}

function kindOfJson(text: string): FileKind {
  if (/^\{\s*"(?:db|meta|data)"\s*:/.test(text)) return { is: 'Ghost' };
  return other('json');
}

function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/, 6).filter((line) => line.trim() !== '').slice(0, 4);
  const marks = [',', ';', '\t'].find((mark) => (lines[0] ?? '').includes(mark));
  if (marks === undefined || lines.length === 0) return false;
  const columns = (line: string) => line.split(marks).length;
  return lines.length === 1 ? columns(lines[0]!) > 2 : lines.every((line) => Math.abs(columns(line) - columns(lines[0]!)) <= 1);
}

function kindOfText(text: string): FileKind {
  if (/^(?:--|\/\*)[^\n]{0,200}(?:MySQL|MariaDB|phpMyAdmin|PostgreSQL|SQL Dump|Adminer)/i.test(text) || /^\s*(?:CREATE TABLE|INSERT INTO|DROP TABLE|SET NAMES|LOCK TABLES)\b/im.test(text.slice(0, 8_000))) {
    return other('sql');
  }
  if (/^\/\*[\s\S]{0,400}?Theme Name:/i.test(text)) return other('theme');
  if (/^---\r?\n[\s\S]{0,4000}?\r?\n---/.test(text)) return other('markdown');
  return isTable(text) ? other('table') : other('text');
}

/** Text in UTF-16, which some editors save: enough of it to see what it is; its reader says what to do. */
function textOf(head: Uint8Array): string {
  const utf16 = startsWith(head, 0xff, 0xfe) || startsWith(head, 0x3c, 0, 0x3f) ? 'utf-16le' : startsWith(head, 0xfe, 0xff) || startsWith(head, 0, 0x3c, 0) ? 'utf-16be' : 'utf-8';
  return new TextDecoder(utf16).decode(head);
}

/** What the file is that begins with these bytes (HEAD_BYTES of it, or all where it is shorter). Never throws. */
export function kindOfHead(head: Uint8Array): FileKind {
  if (head.length === 0) return { is: 'empty' };
  if (startsWith(head, 0x50, 0x4b, 3, 4) || startsWith(head, 0x50, 0x4b, 5, 6)) return { is: 'packed', as: 'zip' };
  if (startsWith(head, 0x1f, 0x8b)) return { is: 'packed', as: 'gzip' };
  if (ascii(head, 257, 'ustar')) return { is: 'packed', as: 'tar' };
  const binary = BINARY.find(([, start]) => startsWith(head, ...start));
  if (binary) return other(binary[0]);
  const text = textOf(head).trimStart();
  if (text === '') return other('blank');
  if (text.startsWith('<')) return kindOfMarkup(text);
  if (text.startsWith('{') || text.startsWith('[')) return kindOfJson(text);
  return text.includes('\0') ? other('noText') : kindOfText(text);
}
