import { SaxesParser, type SaxesTagNS } from 'saxes';

// What a file is, told by how it begins: never by its name.

export type ExportName = 'WordPress' | 'Disqus' | 'Ghost' | 'Blogger';
export type FileKind = { is: ExportName } | { is: 'packed'; as: 'zip' | 'gzip' | 'tar' } | { is: 'empty' } | { is: 'other'; sentence: string };

/** So many bytes of the beginning are enough, whatever comments and definitions stand there. */
export const HEAD_BYTES = 64 * 1024;

const UNDERSTOOD =
  'What can be imported: a WordPress export (Tools → Export), a Blogger export (Settings → Back up content, or Google Takeout), a Ghost export (Settings → Import/Export), or a Disqus export of comments. Nothing was imported.';
const other = (what: string): FileKind => ({ is: 'other', sentence: `${what} ${UNDERSTOOD}` });

const startsWith = (head: Uint8Array, ...start: number[]) => start.every((byte, index) => head[index] === byte);
const ascii = (head: Uint8Array, from: number, text: string) => Buffer.from(head.subarray(from, from + text.length)).toString('latin1') === text;

const BINARY: [string, number[]][] = [
  ['This is a PDF. A blog cannot be read out of it.', [0x25, 0x50, 0x44, 0x46]],
  ['This is a picture, not an export.', [0xff, 0xd8, 0xff]],
  ['This is a picture, not an export.', [0x89, 0x50, 0x4e, 0x47]],
  ['This is a picture, not an export.', [0x47, 0x49, 0x46, 0x38]],
  ['This is a RAR archive. Unpack it, then import the export inside.', [0x52, 0x61, 0x72, 0x21]],
  ['This is a 7-Zip archive. Unpack it, then import the export inside.', [0x37, 0x7a, 0xbc, 0xaf]],
  ['This archive is packed in a way that is not understood here (xz). Unpack it, then import the export inside.', [0xfd, 0x37, 0x7a, 0x58, 0x5a]],
  ['This archive is packed in a way that is not understood here (bzip2). Unpack it, then import the export inside.', [0x42, 0x5a, 0x68]],
  ['This is a database file (SQLite), not an export.', [0x53, 0x51, 0x4c, 0x69, 0x74, 0x65, 0x20, 0x66]],
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
  if (name === 'rss') return spaces.some((uri) => WORDPRESS_EXPORT.test(uri)) ? { is: 'WordPress' } : other('This is an ordinary RSS feed: it holds only the newest posts, and no comments.');
  if (name === 'feed' && root.uri === ATOM) return BLOGGER_SIGNS.test(text) ? { is: 'Blogger' } : other('This is an ordinary Atom feed: it holds only the newest posts, and no comments.');
  if (name === 'html') return spaces.some((uri) => uri.includes('google.com/2005/gml')) ? other('This is a Blogger theme: how the blog looked, without its posts.') : other('This is a web page, not an export.');
  if (name === 'urlset' || name === 'sitemapindex') return other('This is a sitemap: a list of addresses, without what stands there.');
  if (name === 'opml') return other('This is a list of feeds (OPML), not an export.');
  return other(`This is XML of another kind: its outermost element is <${root.name.slice(0, 60)}>.`);
}

function kindOfMarkup(text: string): FileKind {
  if (/^<!doctype\s+html|^<html[\s>]/i.test(text) && !/google\.com\/2005\/gml/.test(text.slice(0, 4_000))) return other('This is a web page, not an export.');
  if (/^<\?php/i.test(text)) return other('This is a program file of a theme or plugin, not an export.');
  const root = rootOf(text);
  if (root) return kindOfRoot(root, text);
  // Damaged or cut off before it says what it is: its reader says where.
  if (/<rss[\s>]/.test(text) && /wordpress\.org\/export\//.test(text)) return { is: 'WordPress' };
  return other('This begins like XML, but cannot be read as such.');
}

function kindOfJson(text: string): FileKind {
  if (/^\{\s*"(?:db|meta|data)"\s*:/.test(text)) return { is: 'Ghost' };
  return other('This is JSON, but no Ghost export.');
}

function isTable(text: string): boolean {
  const lines = text.split(/\r?\n/, 6).filter((line) => line.trim() !== '').slice(0, 4);
  const marks = [',', ';', '\t'].find((mark) => (lines[0] ?? '').includes(mark));
  if (marks === undefined || lines.length === 0) return false;
  const columns = (line: string) => line.split(marks).length;
  return lines.length === 1 ? columns(lines[0]!) > 2 : lines.every((line) => Math.abs(columns(line) - columns(lines[0]!)) <= 1);
}

const TABLE = 'This is a table (CSV), not a blog. Lists of subscribers or of statistics are not a blog’s posts or comments.';

function kindOfText(text: string): FileKind {
  if (/^(?:--|\/\*)[^\n]{0,200}(?:MySQL|MariaDB|phpMyAdmin|PostgreSQL|SQL Dump|Adminer)/i.test(text) || /^\s*(?:CREATE TABLE|INSERT INTO|DROP TABLE|SET NAMES|LOCK TABLES)\b/im.test(text.slice(0, 8_000))) {
    return other('This is a copy of a database (SQL). Make an export in WordPress instead, under Tools → Export.');
  }
  if (/^\/\*[\s\S]{0,400}?Theme Name:/i.test(text)) return other('This is a theme: how the blog looked, without its posts.');
  if (/^---\r?\n[\s\S]{0,4000}?\r?\n---/.test(text)) return other('This is a single post in Markdown, not an export of a blog.');
  return isTable(text) ? other(TABLE) : other('This is a text, but no export of a blog.');
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
  if (text === '') return other('There is nothing in this file but white space.');
  if (text.startsWith('<')) return kindOfMarkup(text);
  if (text.startsWith('{') || text.startsWith('[')) return kindOfJson(text);
  return text.includes('\0') ? other('This is not a file of text.') : kindOfText(text);
}
