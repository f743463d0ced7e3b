import { expect, test } from 'vitest';
import type { WxrRecord } from '@/lib/transfer/readers/wxr-schema';
import { readWxr } from '@/lib/transfer/readers/wxr-reader';
import { exportOf, fixture, writeExport } from '@/tests/support/wxr/write-export';

async function recordsOf(path: string, onForbidden?: (count: number) => void): Promise<WxrRecord[]> {
  const records: WxrRecord[] = [];
  for await (const batch of readWxr(path, onForbidden)) records.push(...batch.records);
  return records;
}

const refusalOf = async (content: string | Uint8Array) =>
  recordsOf(writeExport(content)).then(
    () => 'was read',
    (error: Error) => error.message,
  );

const of = <K extends WxrRecord['kind']>(records: WxrRecord[], kind: K) => records.filter((record): record is Extract<WxrRecord, { kind: K }> => record.kind === kind);

test.each(['blog-1.0.xml', 'blog-1.1.xml', 'blog-1.2.xml'])('%s is read, whatever its namespace says', async (name) => {
  const records = await recordsOf(fixture(name));
  expect(records[0]?.kind).toBe('site');
  expect(of(records, 'item').length).toBeGreaterThan(0);
  expect(of(records, 'comment').length).toBeGreaterThan(0);
});

test('an export under an https namespace and other prefixes is read', async () => {
  const other = exportOf([{ id: 1 }]).replaceAll('http://wordpress.org', 'https://wordpress.org').replaceAll('wp:', 'press:').replace('xmlns:wp=', 'xmlns:press=');
  const [item] = of(await recordsOf(writeExport(other)), 'item');
  expect(item?.value['wp:post_id']).toBe('1');
});

test('a comment comes out with the number of its item and its own line, before its item ends', async () => {
  const records = await recordsOf(writeExport(exportOf([{ id: 1 }, { id: 2, comments: [{ id: 5 }, { id: 6 }] }])));
  expect(records.slice(-3).map((record) => [record.kind, 'item' in record && record.item, record.line])).toEqual([
    ['comment', 2, 8],
    ['comment', 2, 9],
    ['item', 2, 7],
  ]);
});

test('a CDATA section split around its own end mark is one text', async () => {
  const records = await recordsOf(fixture('blog-1.2.xml'));
  expect(of(records, 'item')[0]?.value['content:encoded']).toContain('if (a[b[0]]> 1) stays.');
});

test('the alt text of a picture comes from its postmeta, and other postmeta is left alone', async () => {
  const items = of(await recordsOf(fixture('blog-1.2.xml')), 'item');
  expect(items.find((item) => item.value['wp:post_id'] === '21')?.value.alt).toBe('A small lamp beside a bed');
  expect(items[0]?.value.alt).toBe('');
});

test('control characters that XML forbids are left out and counted', async () => {
  let count = 0;
  const records = await recordsOf(writeExport(exportOf([{ id: 1, title: 'a\u0000b\u000bc\u001fd\tе' }])), (more) => void (count += more));
  expect(of(records, 'item')[0]?.value.title).toBe('abcd\tе');
  expect(count).toBe(3);
});

test('a byte order mark is no part of the text', async () => {
  expect(await refusalOf(`\ufeff${exportOf([{ id: 1 }])}`)).toBe('was read');
});

test('characters cut by the end of a chunk arrive whole', async () => {
  const text = '日本語ü'.repeat(30_000);
  const [item] = of(await recordsOf(writeExport(exportOf([{ id: 1, text }]))), 'item');
  expect(item?.value['content:encoded']).toBe(text);
});

const good = exportOf([{ id: 1 }, { id: 2 }]);
test.each([
  ['malformed XML', good.replace('</title><link>https://made.example/?p=2', '</titel><link>'), /^Line 7: The file is not well-formed XML \(unexpected close tag/],
  ['a cut-off file', good.slice(0, good.indexOf('Text 2')), /^Line 7: The file ends before it is complete/],
  ['a file cut after its last item', good.slice(0, good.lastIndexOf('</channel>')), /^Line 9: The file ends before it is complete/],
  ['an empty file', '', /^The file is empty/],
  ['JSON', '{"db": []}', /^Line 1: This is not XML\. What is understood so far: WordPress exports/],
  ['an ordinary feed', '<rss version="2.0"><channel><title>x</title></channel></rss>', /^This is an ordinary RSS feed, not an export\. What is understood/],
  ['an Atom feed', '<feed xmlns="http://www.w3.org/2005/Atom"></feed>', /^This is no WordPress export: its outermost element is <feed>/],
  ['a missing version', good.replace('<wp:wxr_version>1.2</wp:wxr_version>', ''), /^Line 5: The export does not say which version it is/],
  ['a version of the future', good.replace('>1.2<', '>2.0<'), /^Line 3: The export says it is WXR 2\.0; WXR 1\.0, 1\.1, 1\.2 are understood/],
  ['another encoding', good.replace('UTF-8', 'ISO-8859-1'), /^Line 1: The file is written in ISO-8859-1\. Only UTF-8 is understood/],
  ['UTF-16', Buffer.from(`\ufeff${good}`, 'utf16le'), /^Line 1: The file is written in UTF-16/],
  ['bytes that are not UTF-8', Buffer.from(good.replace('Text 2', 'T\u00e9xt 2'), 'latin1'), /^Line 7: Here stand bytes that are not UTF-8/],
  ['a packed file', Buffer.from([0x1f, 0x8b, 8, 0]), /^The file is packed/],
  ['an entity of its own', good.replace('<rss', '<!DOCTYPE rss [<!ENTITY lol "lol">]>\n<rss').replace('<title>Made', '<title>&lol;'), /^Line 4: The file is not well-formed XML \(undefined entity/],
])('%s is refused with a reason, and the line where one is to blame', async (_, content, sentence) => {
  expect(await refusalOf(content)).toMatch(sentence);
});

test('a DOCTYPE without use of its entities is read past', async () => {
  expect(await refusalOf(good.replace('<rss', '<!DOCTYPE rss [<!ENTITY lol SYSTEM "file:///etc/passwd">]>\n<rss'))).toBe('was read');
});

test('a text of more than sixteen million characters is refused instead of kept in memory', async () => {
  expect(await refusalOf(exportOf([{ id: 1, text: 'x'.repeat(16_100_000) }]))).toMatch(/^Line 5: (A single text|<content:encoded>) is longer than/);
});
