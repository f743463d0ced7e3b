import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBlogger } from '@/lib/transfer/readers/blogger-reader';
import { readDisqus } from '@/lib/transfer/readers/disqus-reader';
import { kindOfHead } from '@/lib/transfer/readers/file-kind';
import type { Reader } from '@/lib/transfer/form';
import { readGhost } from '@/lib/transfer/readers/ghost-reader';
import { ghostHtml } from '@/lib/transfer/readers/ghost-text';
import { unpacked } from '@/lib/transfer/readers/unpacking';
import { readWordPress } from '@/lib/transfer/readers/wxr-form';
import { BrokenFile } from '@/lib/transfer/readers/xml-source';
import { exported, madeFolder, recordsOf, written } from '@/tests/support/exports/read-all';
import { fixture } from '@/tests/support/wxr/write-export';

const kinds: [string, Reader, Buffer][] = [
  ['WordPress', readWordPress, readFileSync(fixture('blog-1.2.xml'))],
  ['Disqus', readDisqus, readFileSync(exported('disqus.xml'))],
  ['Blogger', readBlogger, readFileSync(exported('blogger.xml'))],
  ['Takeout', readBlogger, readFileSync(exported('blogger-takeout.atom'))],
  ['Ghost', readGhost, readFileSync(exported('ghost.json'))],
];

/** Records whose every value is of its type, or BrokenFile: anything else fails the test. */
async function readsOrRefuses(read: Reader, content: Uint8Array): Promise<'read' | 'refused'> {
  try {
    const records = await recordsOf(read, written(content));
    for (const record of records) {
      if ('item' in record) expect(record.item).toBeGreaterThan(0);
      if (record.kind === 'comment' && record.value.number) expect(BigInt(record.value.number) < BigInt(2) ** BigInt(63)).toBe(true);
      if (record.kind === 'comment') expect(Number.isNaN(record.value.createdAt.getTime())).toBe(false);
      if (record.kind === 'post') expect([record.value.createdAt, record.value.updatedAt].every((date) => date.getUTCFullYear() >= 1000 && date.getUTCFullYear() <= 9999)).toBe(true);
    }
    expect(records.filter((record) => record.kind === 'site')).toHaveLength(1);
    expect(records[0]?.kind).toBe('site');
    return 'read';
  } catch (error) {
    if (!(error instanceof BrokenFile)) throw error;
    return 'refused';
  }
}

test.each(kinds)('every cut of an export of %s is refused, and none is taken for a whole one', async (_, read, content) => {
  const end = content.toString().trimEnd().length;
  await fc.assert(fc.asyncProperty(fc.integer({ min: 0, max: Buffer.byteLength(content.toString().slice(0, end)) - 1 }), async (at) => {
    expect(await readsOrRefuses(read, content.subarray(0, at))).toBe('refused');
  }), { numRuns: 60 });
});

test.each(kinds)('an export of %s with any bytes changed is read or refused', async (_, read, content) => {
  const change = fc.record({ at: fc.nat(content.length - 1), with: fc.oneof(fc.uint8Array({ minLength: 1, maxLength: 4 }), fc.constantFrom('<', '>', '"', '&', ']]>', '{', '}', '[', ']', '\\', ',', '</entry>', '<!--', '\u0000').map((text) => Buffer.from(text))), removed: fc.nat(200) });
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
    let changed: Buffer = content;
    for (const { at, with: bytes, removed } of changes) changed = Buffer.concat([changed.subarray(0, at), bytes, changed.subarray(at + removed)]);
    await readsOrRefuses(read, changed);
  }), { numRuns: 80 });
});

test.each(kinds)('an export of %s whose values are exchanged for anything is read or refused', async (_, read, content) => {
  const values = fc.constantFrom('', '0', '-1', '1e999', '9'.repeat(40), 'null', '__proto__', 'constructor', '0000-00-00 00:00:00', '2020-02-30T25:61:61Z', 'javascript:alert(1)', '//', 'http://[', '\ud83d\ude00', '<script>', '%00%ff', 'tag:blogger.com,1999:blog-.post-');
  const texts = [...content.toString().matchAll(/>([^<>]{1,60})<|"([^"\\]{1,60})"|'([^']{1,60})'/g)].map((match) => ({ at: match.index + 1, length: match[0].length - 2 }));
  await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(texts.length - 1), values), { minLength: 1, maxLength: 6 }), async (changes) => {
    let changed = content.toString();
    for (const [index, value] of changes.sort((a, b) => b[0] - a[0])) {
      const { at, length } = texts[index]!;
      changed = changed.slice(0, at) + value + changed.slice(at + length);
    }
    await readsOrRefuses(read, Buffer.from(changed));
  }), { numRuns: 80 });
});

test('any bytes are some kind of file, and no kind of archive throws anything but a reason', async () => {
  const start = fc.constantFrom(...['', 'PK\u0003\u0004', '\u001f\u008b\b', '<?xml version="1.0"?>', '<rss', '<feed xmlns="http://www.w3.org/2005/Atom">', '{"db":', '--', '<!DOCTYPE', '\u00ff\u00fe', '%PDF'].map((text) => Buffer.from(text, 'latin1')));
  await fc.assert(fc.asyncProperty(start, fc.uint8Array({ maxLength: 600 }), async (head, rest) => {
    const bytes = Buffer.concat([head, rest]);
    kindOfHead(bytes);
    await unpacked(written(bytes), madeFolder()).catch((error: unknown) => expect(error).toBeInstanceOf(BrokenFile));
  }), { numRuns: 300 });
});

test('any source of a Ghost post becomes text, however deep or tangled', () => {
  const deep = (open: string, close: string) => open.repeat(50_000) + close.repeat(50_000);
  const none = { html: '', lexical: '', mobiledoc: '', markdown: '' };
  const sources = [deep('[', ']'), deep('{"children":[', ']}'), `{"root":${deep('{"children":[', ']}')}}`, '{"root":{"children":{"a":1}}}', '{"sections":[[1],[2],[3],[10,99],5,null,[3,"ul",[[[0,[9,9],99,"a"]]]]],"markups":[[],["a",["href"]],5],"cards":[5]}'];
  for (const source of sources) {
    expect(typeof ghostHtml({ ...none, lexical: source }, () => undefined)).toBe('string');
    expect(typeof ghostHtml({ ...none, mobiledoc: source }, () => undefined)).toBe('string');
  }
  fc.assert(fc.property(fc.json({ maxDepth: 8 }), (json) => typeof ghostHtml({ ...none, lexical: `{"root":{"children":[${json}]}}`, mobiledoc: `{"sections":[${json}]}` }, () => undefined) === 'string'));
});
