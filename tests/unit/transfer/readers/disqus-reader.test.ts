import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { readDisqus } from '@/lib/transfer/readers/disqus-reader';
import { exported, notesOf, NOW, recordsOf, valuesOf, written } from '@/tests/support/exports/read-all';

const fixture = readFileSync(exported('disqus.xml'), 'utf8');
const read = (content = fixture) => recordsOf(readDisqus, written(content));

test('the forum names the source, whatever its capitals, and does not rename the blog', async () => {
  const records = await read();
  expect(records[0]?.kind).toBe('site');
  expect(valuesOf(records, 'site')).toEqual([{ source: 'disqus:lantern-room', address: '', title: '', tagline: '' }]);
});

test('pages come as threads with both addresses that they were known by', async () => {
  expect(valuesOf(await read(), 'thread')).toEqual([
    { number: '5001', address: 'https://made.example/2020/01/01/post-1/', otherAddress: 'https://made.example/?p=1', title: 'Post 1' },
    { number: '5002', address: 'https://made.example/never-came-along/', otherAddress: '', title: 'Nobody moved this one & it stays' },
    { number: '5003', address: 'https://made.example/changed-since/', otherAddress: 'https://made.example/?p=2', title: 'Post 2' },
  ]);
});

test('a comment keeps its number, thread, parent, writer and moment', async () => {
  const records = await read();
  const comments = records.filter((record) => record.kind === 'comment');
  expect(comments.map(({ item, value }) => [value.number, item, value.parent, value.status])).toEqual([
    ['70001', 1, '', 'approved'], ['70002', 1, '70001', 'approved'], ['70003', 1, '', 'spam'], ['70004', 1, '', 'trash'], ['70005', 2, '', 'approved'], ['70006', 3, '', 'approved'],
  ]);
  expect(comments[0]?.value).toMatchObject({ name: 'Sandra', email: 'Sandra@Reader.Example', author: '', createdAt: new Date('2020-01-02T03:04:05Z') });
});

test('a writer without a name is called by the name they signed in with', async () => {
  expect(valuesOf(await read(), 'comment')[1]?.name).toBe('h_kittycity');
});

test('links lead where they were meant to, past the counter of clicks', async () => {
  const [first] = valuesOf(await read(), 'comment');
  expect(first?.content).toContain('<a href="https://lamps.example/a?b=1&amp;c=2" rel="nofollow noopener">this lamp</a>');
});

test('nothing of the address that a comment was written from is kept', async () => {
  expect(JSON.stringify(await read())).not.toContain('192.0.2');
});

test('a day that no calendar has is listed, and today stands in', async () => {
  const records = await read();
  expect(valuesOf(records, 'comment')[4]?.createdAt).toEqual(NOW);
  expect(notesOf(records)).toEqual(['Comments without a date that can be read: today’s was taken: comment 70005']);
});

test('a comment that stands before its thread, and one that names none, are given', async () => {
  const [head, rest] = fixture.split('<category', 2) as [string, string];
  void rest;
  const records = await read(`${head}<post dsq:id="1"><message>a</message><createdAt>2020-01-01T00:00:00Z</createdAt><thread dsq:id="8"/></post><thread dsq:id="8"><link>https://a.example/b/</link></thread><post dsq:id="2"><message>b</message></post></disqus>`);
  expect(records.flatMap((record) => (record.kind === 'thread' || record.kind === 'comment' ? [[record.kind, record.item]] : []))).toEqual([['comment', 1], ['thread', 1], ['comment', 2]]);
});

test('a number that is none leaves the comment without one', async () => {
  expect(valuesOf(await read(fixture.replace('dsq:id="70001"', 'dsq:id="abc"').replace('dsq:id="70002"', 'dsq:id="99999999999999999999"')), 'comment').map((comment) => comment.number).slice(0, 2)).toEqual(['', '']);
});

test.each([
  ['another kind of XML', '<rss></rss>', /^This is no Disqus export/],
  ['an export without anything', fixture.replace(/<category[\s\S]*(?=<\/disqus>)/, ''), /nothing in it to import/],
  ['a cut file', fixture.slice(0, 3000), /^Line \d+: The file ends before it is complete/],
  ['elements without end', `<disqus>${'<a>'.repeat(400)}`, /inside one another/],
  ['a comment with a text without end', `<disqus><post><message>${'x'.repeat(20_000_000)}</message></post></disqus>`, /longer than/],
])('%s is refused with a reason', async (_, content, sentence) => {
  await expect(read(content)).rejects.toThrow(sentence);
});
